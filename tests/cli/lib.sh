# Sourced by every test of the programs: a folder of its own, the two programs, TAP, and the few steps that most tests begin with.
# shellcheck shell=bash disable=SC2034
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${BUILD:-$top/build}
unset LIVENET_STORE LIVENET_PASSPHRASE_FILE LIVENET_KEY_FILE LANGUAGE LANG LC_MESSAGES NO_COLOR XDG_CONFIG_HOME
export LC_ALL=C.UTF-8 TZ=UTC
work=$(mktemp -d "${TMPDIR:-/tmp}/livenet-cli.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_DATA_HOME=$work/share
cd "$work" || exit 1

PATH=$BUILD:$PATH
printf 'тёплый снег над Таныпом\n' > pw

# --- TAP ---
number=0 bad=0
note() { head -c 2000 <<< "$*" | sed 's/^/# /'; }
pass() { number=$((number + 1)); printf 'ok %d - %s\n' "$number" "$1"; }
fail() { number=$((number + 1)); bad=$((bad + 1)); printf 'not ok %d - %s\n' "$number" "$1"; shift; [[ $# -eq 0 ]] || note "$*"; }
finish() { printf '1..%d\n' "$number"; [[ $bad -eq 0 ]]; exit; }

# holds NAME COMMAND…: the command succeeds
holds() {
	local name=$1
	shift
	if "$@" > holds.out 2>&1; then pass "$name"; else fail "$name" "failed: $*"$'\n'"$(head -c 2000 holds.out)"; fi
}
# is NAME GOT WANT
is() { if [[ $2 == "$3" ]]; then pass "$1"; else fail "$1" "got:  $2"$'\n'"want: $3"; fi; }
# like NAME TEXT REGULAR-EXPRESSION
like() { if [[ $2 =~ $3 ]]; then pass "$1"; else fail "$1" "does not match $3:"$'\n'"$2"; fi; }

# exits STATUS NAME COMMAND…: runs with output in $out and $err
exits() {
	local want=$1 name=$2 status=0
	shift 2
	"$@" > out.txt 2> err.txt < /dev/null || status=$?
	out=$(tr -d '\0' < out.txt) err=$(tr -d '\0' < err.txt)
	if [[ $status -eq $want ]]; then
		pass "$name"
	else
		fail "$name" "status $status, not $want: $*"$'\n'"stdout: ${out:0:600}"$'\n'"stderr: ${err:0:600}"
	fi
}
# refused STATUS NAME COMMAND…: besides, one line on standard error with the program's name, and nothing on standard output
refused() {
	local lines
	exits "$@"
	lines=$(wc -l < err.txt)
	if [[ $lines -eq 1 && $err =~ ^livenet(-hub)?:\ . && ! -s out.txt ]]; then
		pass "$2: one line"
	else
		fail "$2: one line" "$lines lines on stderr: $err"$'\n'"stdout: ${out:0:300}"
	fi
}

# --- the programs ---
hub() { livenet-hub --store hub.ldb "$@"; }
# on DEVICE words…: the device's store is DEVICE.ldb, opened by DEVICE.key
on() {
	local device=$1
	shift
	livenet --store "$device.ldb" --key-file "$device.key" "$@"
}
digits() { grep -Eo '[0-9]{5}( [0-9]{5}){5}' | head -n 1; }

new_hub() {
	hub init --name "Уфа" --key-file hub.key > /dev/null && hub card -o hub.card > hub.card.txt
	mkdir -p stick
}
# new_device NAME [person's name [municipality [role]]]: a store of its own, not joined yet
new_device() {
	livenet --store "$1.ldb" init --name "${2:-Хасанова Гузель Рашитовна}" --municipality "${3:-80618000}" --role "${4:-consultant}" \
		--key-file "$1.key" > "$1.init.txt"
}
# enrol NAME [municipality [role]]
enrol() {
	on "$1" join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o "$1.join" > "$1.join.txt" &&
		hub approve "$1.join" --fingerprint "$(digits < "$1.join.txt")" --role "${3:-consultant}" --municipality "${2:-80618000}" \
			-o "$1.welcome" > "$1.approve.txt" &&
		on "$1" welcome "$1.welcome" > "$1.welcome.txt"
}
# travel NAME…: the devices send, the hub collects, the devices read
travel() {
	local device
	for device; do on "$device" sync --via stick > "$device.sync.txt" || return; done
	hub collect stick > collect.txt || return
	for device; do on "$device" sync --via stick > "$device.sync.txt" || return; done
}
hub_id() { sed -n 's/.*\bid[=: ]*\([0-9a-f]\{32\}\).*/\1/p' "$1" | head -n 1; }
# inbox, outbox: the only hub's and the only device's folders on the stick
inbox() { printf '%s\n' stick/*/inbox/*; }
outbox() { printf '%s\n' stick/*/outbox/*; }

# json FILTER: of standard input
json() { jq -r "$1"; }
# flip FILE OFFSET [BIT]: changes one bit in place
flip() {
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	# shellcheck disable=SC2059
	printf "\\x$(printf %x $((byte ^ (1 << ${3:-0}))))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# --- a terminal: the screens in tmux, waiting for text and never for time ---
tm() { tmux -S "$work/tmux" -f /dev/null -u "$@"; }
screen() { tm capture-pane -p -t s 2> /dev/null; }
# eventually COMMAND…: the command succeeds; three minutes are for a machine that does much else
eventually() {
	local deadline=$((SECONDS + 180))
	until "$@"; do
		[[ $SECONDS -lt $deadline ]] || return 1
		sleep 0.05
	done
}
# waits NAME COMMAND…: a test of that
waits() {
	local name=$1
	shift
	if eventually "$@"; then pass "$name"; else fail "$name" "$(screen)"$'\n'"$(cat screens.err 2> /dev/null)"; fi
}
shows() { screen | grep -qF -- "$1"; }
hides() { ! shows "$1"; }
# sees NAME TEXT, gone NAME TEXT: the screen has the text, or has it no more
sees() { if eventually shows "$2"; then pass "$1"; else fail "$1" "no «$2» on the screen:"$'\n'"$(screen)"; fi; }
gone() { if eventually hides "$2"; then pass "$1"; else fail "$1" "«$2» still on the screen:"$'\n'"$(screen)"; fi; }
keys() { tm send-keys -t s "$@"; }
types() { tm send-keys -t s -l "$1"; }
# terminal COLUMNS ROWS COMMAND: a new one; a server that is just ending (its last session closed) throws out who comes, so we come again
terminal() { eventually tm new-session -d -s s -x "$1" -y "$2" "$3" 2> /dev/null; }
# begin DEVICE [columns rows [assignments of the environment]]: the screens, in Russian
begin() {
	trap 'tm kill-server 2> /dev/null; rm -rf "$work"' EXIT
	rm -f ended
	terminal "${2:-80}" "${3:-24}" \
		"env ${4:-} LANGUAGE=ru livenet --store $1.ldb --key-file $1.key 2> $work/screens.err; echo \$? > $work/ended"
}
# ended NAME [STATUS]
ended() {
	eventually test -s ended
	is "$1" "$(cat ended 2> /dev/null)" "${2:-0}"
}
