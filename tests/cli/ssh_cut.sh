#!/usr/bin/env bash
# The line of an exchange over a real sshd is cut at random bytes, both ways: what was under way ends in a later run, nothing is lost, nothing comes twice, and
# what had arrived does not travel again. LINES_CUT=100 cuts more of them; CUT_SEED repeats a run.
. "$(dirname "$0")/lib.sh"
. "$top/tests/cli/sshd.bash"
rounds=${LINES_CUT:-8}
seed=${CUT_SEED:-$RANDOM}
counted=yes
for key in a b; do new_key "$key"; done
new_hub 2> /dev/null
new_device a "Хасанова Гузель" 2> /dev/null
new_device b "Ахметов Ильдар" 2> /dev/null
enrol a
enrol b
{ authorize a "$(device a)"; authorize b "$(device b)"; } > ssh/authorized_keys
begin_server
for name in a b; do
	settings "$name"
	exits 0 "$name begins" on "$name" sync --via "$via"
done
rm -f ./*.up ./*.down

RANDOM=$seed
note "seed $seed, $rounds rounds"
# long: a text that cannot be made shorter, of up to 18 KiB
long() { head -c $((700 + RANDOM % 13000)) /dev/urandom | base64 -w 0; }
# A line that carries a random number of bytes: each third within ssh's own greeting and the hub's, the others within what is exchanged. (ssh takes what comes in
# packets of up to 32 KiB, and gives on whole ones.)
bytes() { if ((n % 3 == 0)); then echo $((RANDOM % 9000)); else echo $((6000 + RANDOM * 3 % 80000)); fi; }
cut_run() {
	make_ssh bin ssh/config "$work/$1.down"
	settings "$1" "ProxyCommand $BUILD/tests/cli/cut_line %h %p $(bytes)"
	timeout 60 livenet --store "$1.ldb" --key-file "$1.key" sync > cut.out 2> cut.err && return
	case $? in
	6) dropped=$((dropped + 1)) ;;
	*) fail "a cut line in round $n" "$(< cut.err)" ;;
	esac
}
lost=0 dropped=0 begin=$SECONDS
for ((n = 1; n <= rounds; n++)); do
	id=$(on a person add --name "Обрыв $n" --municipality 80618000 --note "$(long)")
	on a person edit "$id" --note "$(long)"
	cut_run a
	cut_run b
	((n % 4 == 0)) || continue
	for name in a b; do
		make_ssh bin ssh/config "$work/$name.down"
		settings "$name"
		on "$name" sync > /dev/null || lost=$((lost + 1))
	done
	is "round $n: all of them are there" "$(on b person list --filter "Обрыв" --json | jq 'map(.name) | unique | length') $(on b person list --filter Обрыв --json | jq length)" "$n $n"
done
for name in a b; do
	make_ssh bin ssh/config "$work/$name.down"
	settings "$name"
	holds "after all of them: $name" on "$name" sync
done
seconds=$((SECONDS - begin))
is "whole lines were never refused" "$lost" 0
is "all has its receipt" "$(on a status --json | jq -c '[.unsent, .sent, .not_accepted]')" "[0,0,0]"
people() { "$@" person list --filter "Обрыв" --json | jq -S 'map({name, note}) | sort_by(.name)'; }
people on a > people.a
for who in hub "on b"; do
	# shellcheck disable=SC2086
	people $who > people.now
	is "$who has each once, with its text" "$(jq length people.now) $(cmp people.now people.a && echo same)" "$rounds same"
done
for name in a b; do exits 0 "check at $name" on "$name" check; done
exits 0 "check at the hub" hub check
is "nothing lies beside the stores" "$(find ./*.spool -type f | wc -l)" 0
is "nothing was put into quarantine" "$(hub quarantine list --json | jq length)" 0

# What arrived, by the words of both ends: every bundle once, and the ends of lines that were cut. Of a bundle that is there only the rest travels. An end that cannot
# answer any more ends at once and leaves unread what its pipe holds: that much, at most a packet of ssh a cut line, may travel again.
# bundles WORD FILE: bytes of the bundles that it names, each once
bundles() { grep -aoE "$1 [0-9]+ [0-9a-f]{64} [0-9]+" "$2" | cut -d' ' -f 2-4 | sort -u | awk '{ bytes += $3 } END { print bytes + 0 }'; }
# (A line that follows bytes begins where they end.)
words() {
	grep -aoE '(livenet-exchange|livenet-hub|have|part|send|want|busy|work|result|offer|bundle|data) [ -~]+$|(inline|ask|go|done|end)$' "$1" | wc -c
}
resumed() { grep -aoE 'data [0-9]+ [1-9][0-9]* [0-9]+$|bundle [0-9]+ [0-9a-f]{64} [0-9]+ [1-9][0-9]*$' "$1" | wc -l; }
for way in "a.up send" "b.down bundle"; do
	file=${way% *} whole=$(bundles "${way#* }" "${way% *}")
	twice=$(($(wc -c < "$file") - $(words "$file") - whole))
	note "$file: $whole bytes of bundles, $twice more than once, $(words "$file") of words, $(resumed "$file") bundles went on in their middle"
	[[ $twice -le $((200 * rounds + 32768 * dropped)) && $twice -lt $((whole / 2)) ]] && pass "$file: what had arrived did not travel again" || fail "$file: what had arrived did not travel again" "$twice of $whole"
done
note "$dropped of $((2 * rounds)) lines were cut, $seconds s"
finish
