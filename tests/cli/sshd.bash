# Sourced by the tests of the exchange over SSH, behind lib.sh: an sshd of our own on the loopback, with keys and settings of its own, run by whoever runs the
# test; and the `ssh` that finds it. Without an sshd here the test is skipped.
#
#     new_key NAME … → authorize NAME "$(device NAME)" > ssh/authorized_keys → begin_server → settings NAME → on NAME sync --via "$via"
# shellcheck shell=bash disable=SC2034
shopt -s nullglob
if [[ ! -x /usr/sbin/sshd ]]; then
	echo '1..0 # SKIP there is no sshd here'
	exit 0
fi
mkdir -m 700 ssh bin
# sshd separates its privileges in this folder when root runs it.
[[ $(id -u) -ne 0 ]] || mkdir -p /run/sshd

new_key() { ssh-keygen -q -t ed25519 -N '' -f "ssh/$1"; }
new_key host
device() { on "$1" status --json | json .device; }

# authorize NAME [DEVICE'S ID]: the line that the manual gives, for the key ssh/NAME. With $counted, what the hub gets from it is kept in NAME.up, and what at() gets in
# NAME.down.
authorize() {
	local command
	command="$BUILD/livenet-hub --store $work/hub.ldb --key-file $work/hub.key exchange${2:+ --device $2}"
	[[ -z ${counted-} ]] || command="tee -a $work/$1.up | $command"
	printf 'restrict,command="%s" %s\n' "$command" "$(cut -d' ' -f1,2 "ssh/$1.pub")"
}

free_port() {
	local port
	while port=$((20000 + RANDOM % 20000)); (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done
	echo "$port"
}
start_server() {
	port=$(free_port)
	cat > ssh/sshd_config <<- END
		Port $port
		ListenAddress 127.0.0.1
		HostKey $work/ssh/host
		AuthorizedKeysFile $work/ssh/authorized_keys
		PidFile none
		UsePAM no
		PasswordAuthentication no
		KbdInteractiveAuthentication no
		PermitRootLogin forced-commands-only
		StrictModes no
		MaxStartups 200
	END
	/usr/sbin/sshd -D -f "$work/ssh/sshd_config" -E "$work/ssh/log" &
	server=$!
}
# CPU seconds of the server and of all that it started and that has ended: field 14 and the three behind it, in hundredths
server_cpu() { sed 's/.*) //' "/proc/$server/stat" | awk '{ printf "%.2f", ($12 + $13 + $14 + $15) / 100 }'; }
stop_server() { kill "$server" 2> /dev/null; wait "$server" 2> /dev/null; }
answers() { ssh-keyscan -p "$port" 127.0.0.1 2> /dev/null | grep -q ssh-ed25519; }
# begin_server: $port and $via are set, and the user's `ssh` is ours
begin_server() {
	local started=
	trap 'stop_server; rm -rf "$work"' EXIT
	chmod 600 ssh/authorized_keys
	for _ in 1 2 3; do
		start_server
		for _ in {1..50}; do answers && started=1 && break 2; sleep 0.1; done
		stop_server
	done
	[[ -n $started ]] || { cat ssh/log; echo 'Bail out! sshd does not start'; exit 1; }
	printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 ssh/host.pub)" > ssh/known_hosts
	use_ssh
	PATH=$work/bin:$PATH
	via=ssh://127.0.0.1:$port
}

# The user's own settings, which ssh reads in the home of the account and not in $HOME: so by the `ssh` that is found first.
# shellcheck disable=SC2016
make_ssh() {	# FOLDER SETTINGS [FILE]: with a file, what comes is kept there
	printf '#!/bin/bash\nset -- -F "%s/%s" "$@"\n' "$work" "$2" > "$1/ssh"
	[[ -z ${3-} ]] || printf '[[ " $* " == *" -G "* ]] || { /usr/bin/ssh "$@" | tee -a "%s"; exit "${PIPESTATUS[0]}"; }\n' "$3" >> "$1/ssh"
	echo 'exec /usr/bin/ssh "$@"' >> "$1/ssh"
	chmod +x "$1/ssh"
}
use_ssh() { make_ssh bin ssh/config; }
lines_of() {	# KEY [line…]
	printf '%s\n' "IdentityFile $work/ssh/$1" 'IdentitiesOnly yes' 'StrictHostKeyChecking yes' "UserKnownHostsFile $work/ssh/known_hosts" 'GlobalKnownHostsFile none' "${@:2}"
}
# settings KEY [line…]
settings() { lines_of "$@" > ssh/config; }
# at DEVICE words…: with a key and an `ssh` of the device's own, whatever else goes on at the same time
at() {
	if [[ ! -d bin.$1 ]]; then
		mkdir "bin.$1"
		make_ssh "bin.$1" "ssh/config.$1" ${counted:+"$work/$1.down"}
		lines_of "$1" > "ssh/config.$1"
	fi
	PATH=$work/bin.$1:$PATH on "$@"
}
