#!/usr/bin/env bash
# Many devices sync over SSH with one hub at the same moment: those who wait are told that the hub is busy, everybody ends, nothing is lost, and each gets its own
# receipts in their order. MANY_DEVICES=60 takes more of them than these few.
. "$(dirname "$0")/lib.sh"
. "$top/tests/cli/sshd.bash"
count=${MANY_DEVICES:-8}
counted=yes
devices=()
for ((n = 1; n <= count; n++)); do devices+=("d$n"); done
new_hub 2> /dev/null
for name in "${devices[@]}"; do
	new_key "$name"
	new_device "$name" "Консультант ${name#d}" 2> /dev/null
	enrol "$name" 2> /dev/null
	authorize "$name" "$(device "$name")"
done > ssh/authorized_keys
begin_server

# CPU seconds of the devices' programs and their ssh so far, and of the hub's end
own_cpu() { awk -F'[ms ]+' 'NR == 2 { printf "%.2f", $1 * 60 + $2 + $3 * 60 + $4 }' "$1"; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }
# everybody NAME: all of them at once
everybody() {
	local name begin=$EPOCHREALTIME jobs=() bad=0 far elapsed
	rm -f ./*.down
	times > times.before
	far=$(server_cpu)
	for name in "${devices[@]}"; do
		at "$name" sync --via "$via" --json > "$name.out" 2> "$name.err" &
		jobs+=($!)
	done
	for name in "${jobs[@]}"; do wait "$name" || bad=$((bad + 1)); done
	elapsed=$(seconds "$begin" "$EPOCHREALTIME")
	times > times.after
	is "$1: all of them end" "$bad" 0
	[[ $bad -eq 0 ]] || note "$(cat d*.err)"
	note "$1: $count devices in $elapsed s, $(awk -v n="$count" -v s="$elapsed" 'BEGIN { printf "%.1f", n / s }') syncs a second;" \
		"CPU of the devices' end $(seconds "$(own_cpu times.before)" "$(own_cpu times.after)") s, of the hub's $(seconds "$far" "$(server_cpu)") s;" \
		"$(cat ./*.down | grep -ac '^busy ') times the hub was busy, for $(grep -alE '^busy ' ./*.down | wc -l) devices"
}
person_of() { printf 'Общий %s %s' "$1" "$2"; }

everybody "the first"
# Several bundles wait for each: made, and not sent, since nobody listened there.
for name in "${devices[@]}"; do
	for k in 1 2 3; do
		on "$name" person add --name "$(person_of "$name" "$k")" --municipality 80618000 > /dev/null
		on "$name" sync --via ssh://127.0.0.1:1 > /dev/null 2>&1
	done
done
everybody "with three bundles each"
for name in "${devices[@]}"; do
	grep -a '^result ' "$name.down"
done | cut -d' ' -f 2-3 | sort | uniq -c > results
is "all bundles were taken" "$(awk '{ print $3 }' results | sort -u)" taken
wrong=
for name in "${devices[@]}"; do
	[[ $(grep -a '^result ' "$name.down" | cut -d' ' -f2 | xargs) =~ ^([0-9]+)\ ([0-9]+)\ ([0-9]+)$ && ${BASH_REMATCH[1]} -lt ${BASH_REMATCH[2]} && ${BASH_REMATCH[2]} -lt ${BASH_REMATCH[3]} ]] || wrong+="$name "
	[[ $(jq -c '[.accepted >= 3, .refused, .problem]' "$name.out") == '[true,0,null]' ]] || wrong+="$name's receipts "
	[[ $(on "$name" status --json | jq -c '[.unsent, .sent, .not_accepted]') == '[0,0,0]' ]] || wrong+="$name's counts "
done
is "each has its own receipts, in their order" "$wrong" ""
everybody "once more"
wrong=
for name in hub "${devices[@]}"; do
	if [[ $name == hub ]]; then who=(hub); else who=(on "$name"); fi
	[[ $("${who[@]}" person list --filter Общий --json | jq -c '[length, (map(.name) | unique | length)]') == "[$((3 * count)),$((3 * count))]" ]] || wrong+="$name "
done
is "everybody has everything, and the hub" "$wrong" ""
is "nothing was put into quarantine" "$(hub quarantine list --json | jq length)" 0
is "nothing lies beside the stores" "$(find ./*.spool -type f | wc -l)" 0
exits 0 "check at the hub" hub check
exits 0 "check at one of them" on "d$count" check

# --- somebody has the hub's store for a while ---
# Its holder has more to print than a full pipe takes.
mkfifo full
exec 9<> full
dd if=/dev/zero of=full oflag=nonblock bs=4096 count=1000 2> /dev/null
hold() {
	livenet-hub --store hub.ldb --key-file hub.key municipality list >&9 2> holder.err &
	holder=$!
}
# Who looks takes the store too when it comes first: the holder is refused then, and begins again.
held() {
	kill -0 "$holder" 2> /dev/null || hold
	[[ $(hub roster 2>&1 > /dev/null) == *"$holder"* ]]
}
hold
waits "somebody has the hub's store" held
on d1 person add --name "Пока Занято" --municipality 80618000 > /dev/null
rm -f d1.down
at d1 sync --via "$via" > waiting.out 2> waiting.err &
waiting=$!
waits "the one that waits is told so" grep -aqs '^busy ' d1.down
kill "$holder"
wait "$holder" 2> /dev/null
exec 9>&-
status=0
wait "$waiting" || status=$?
is "and goes on by itself" "$status" 0
is "with what it had to send" "$(on d1 status --json | jq -c '[.unsent, .sent]')" "[0,0]"
finish
