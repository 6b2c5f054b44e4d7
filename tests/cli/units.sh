#!/usr/bin/env bash
# The units of systemd: well-formed, hardened, installed where they belong; and what they start does what they say, as written there, with or without systemd.
. "$(dirname "$0")/lib.sh"
unit="$BUILD/systemd/livenet-hub-collect@.service" sync="$BUILD/systemd/livenet-sync.service" timer=$top/systemd/livenet-sync.timer

# setting UNIT NAME: its value
setting() { sed -n "s/^$2=//p" "$1"; }
is "no place of the build is left in the units" "$(grep -l '@[a-z]*@' "$unit" "$sync" "$timer")" ""

# --- what systemd itself says of them (its programs, where they are; the units' programs are put where the units look for them) ---
if command -v systemd-analyze > /dev/null; then
	mkdir -p units root/bin
	printf '#!/bin/sh\n' > root/bin/livenet
	chmod +x root/bin/livenet
	cp root/bin/livenet root/bin/livenet-hub
	for file in "$unit" "$sync" "$timer"; do
		name=${file##*/}
		sed "s,^ExecStart=[^ ]*/,ExecStart=$work/root/bin/," "$file" > "units/${name/@/@srv-livenet}"
	done
	ours() { grep -E 'livenet' <<< "$1"; }
	is "verify: the hub's" "$(ours "$(SYSTEMD_UNIT_PATH=$work/units: systemd-analyze verify --man=no "units/livenet-hub-collect@srv-livenet.service" 2>&1)")" ""
	is "verify: a person's" "$(ours "$(SYSTEMD_UNIT_PATH=$work/units: systemd-analyze verify --user --man=no units/livenet-sync.timer units/livenet-sync.service 2>&1)")" ""
	exposure=$(systemd-analyze security --offline=yes --no-pager "units/livenet-hub-collect@srv-livenet.service" 2>&1 | grep -oE 'level for .*: [0-9.]+' | grep -oE '[0-9.]+$')
	like "security: the exposure is low (at most 2.0 of 10): $exposure" "$exposure" '^(0\.[0-9]|1\.[0-9]|2\.0)$'
fi

# --- the command of the hub's unit, as written ---
new_hub
mkdir -p lib/livenet-hub srv/livenet credentials
cp hub.ldb lib/livenet-hub/hub.ldb
cp hub.key credentials/hub.key
chmod 400 credentials/hub.key
new_device a "Хасанова Гузель"
enrol a
cp hub.ldb lib/livenet-hub/hub.ldb
on a sync --via srv/livenet > a.sync.txt
read -ra command < <(setting "$unit" ExecStart | sed -e "s,^[^ ]*/livenet-hub,livenet-hub," -e "s,/var/lib,$work/lib,g" -e "s,%f,$work/srv/livenet,g" -e "s,\${CREDENTIALS_DIRECTORY},$work/credentials,g")
run=(env -i "PATH=$PATH" LC_ALL=C.UTF-8)
command -v setpriv > /dev/null && run+=(setpriv --no-new-privs)
"${run[@]}" "${command[@]}" > unit.out 2> unit.err &
service=$!
trap 'kill "$service" 2> /dev/null; rm -rf "$work"' EXIT
collected() { grep -q "bundles taken: 1" unit.out; }
waits "the service collects" collected
holds "and ends when systemd says so" bash -c "kill -TERM $service"
status=0
wait "$service" || status=$?
is "cleanly" "$status" 0
is "with nothing to say" "$(cat unit.err)" ""
is "its key lies where the unit has it put" "$(setting "$unit" LoadCredential)" "hub.key:/etc/livenet/hub.key"
cp a.key credentials/hub.key 2> /dev/null || { chmod 600 credentials/hub.key; cp a.key credentials/hub.key; }
exits 3 "a wrong key" "${run[@]}" "${command[@]}"
like "is not tried again" " $(setting "$unit" RestartPreventExitStatus) " " 3 "

# --- a person's timer ---
read -ra command < <(setting "$sync" ExecStart | sed "s,^[^ ]*/livenet,livenet,")
is "it syncs by the last way" "${command[*]}" "livenet sync"
export LIVENET_STORE=$work/a.ldb LIVENET_KEY_FILE=$work/a.key
good=" 0 $(setting "$sync" SuccessExitStatus) "
# fine NAME: the exit of the unit's command counts as a success, and it says a line at most
fine() {
	local status=0
	"${command[@]}" > sync.out 2> sync.err < /dev/null || status=$?
	if [[ $good == *" $status "* && $(wc -l < sync.err) -le 1 ]]; then pass "$1"; else fail "$1" "status $status: $(cat sync.err)"; fi
}
fine "an exchange"
mv srv gone
fine "no stick"
mv gone srv
unset LIVENET_STORE LIVENET_KEY_FILE
begin a
shows_home() { [[ -n $(screen) ]] && on a status 2>&1 > /dev/null | grep -q .; }
waits "the screens are open" shows_home
export LIVENET_STORE=$work/a.ldb LIVENET_KEY_FILE=$work/a.key
fine "open screens"
finish
