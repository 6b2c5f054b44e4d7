#!/usr/bin/env bash
# The hub that always collects: something comes and is taken, the store is free in between, a folder goes away and comes back, and the end is clean.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
enrol a
on a sync --via stick > /dev/null

# begin_watch OPTION…: in the background, its output in watch.out and watch.err
begin_watch() {
	livenet-hub --store hub.ldb collect stick --watch "$@" > watch.out 2> watch.err &
	watcher=$!
}
end_watch() { kill -"$1" "$watcher" && wait "$watcher"; }
trap 'kill "$watcher" 2> /dev/null; rm -rf "$work"' EXIT
# hub, where the watcher has the store for a moment
patient() { until hub "$@" 2> patient.err; do grep -q "in use\|opened" patient.err || return 1; sleep 0.05; done; }
people() { patient person list --filter "$1" --json | json length; }
has() { [[ $(people "$1") == 1 ]]; }
lines() { [[ $(wc -l < watch.out) -ge $1 ]]; }

refused 2 "minutes that are none" hub collect stick --watch --every never
refused 2 "minutes without a watch" hub collect stick --every 5

# --- by inotify: no poll comes within the time of a test ---
begin_watch --every 1000
waits "what lies there at the beginning is taken" lines 1
is "in one line, with its time" "$(grep -cE '^[0-9]{2}\.[0-9]{2}\.[0-9]{4} [0-9]{2}:[0-9]{2} bundles taken: 1, .* bundles written: 1$' watch.out)" 1
is "the store is free for others" "$(patient roster --json | json '.[0].state')" active
on a sync --via stick > /dev/null
on a person add --name "Первая Весть" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
waits "what comes is taken" has "первая"
new_device b "Ахметов Ильдар"
on b join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o b.join > b.join.txt
cp b.join stick/
pending() { patient pending | grep -q Ахметов; }
waits "a request that a person puts into the folder is seen" pending
patient approve b.join --fingerprint "$(digits < b.join.txt)" --role consultant --municipality 80618000 -o b.welcome > /dev/null
on b welcome b.welcome
on b person add --name "Весть Второй" --municipality 80618000 > /dev/null
on b sync --via stick > /dev/null
waits "so is the inbox of a new device" has "второй"
is "quiet: no line without a bundle" "$(grep -c 'taken: 0, known: 0, waiting: 0, refused: 0.*written: 0' watch.out)" 0
is "and nothing went wrong" "$(cat watch.err)" ""

# --- a file that is being written is let come to its end ---
on a person add --name "Долгая Запись" --municipality 80618000 > /dev/null
mkdir -p aside && cp -r stick/. aside/
on a sync --via aside > /dev/null
bundle=$(find aside/*/inbox -type f | tail -n 1)
target=stick/${bundle#aside/}
{ head -c 700 "$bundle"; sleep 2; tail -c +701 "$bundle"; } > "$target"
waits "a bundle that is copied slowly is taken" has "долгая"
is "and was not refused in its middle" "$(patient quarantine list --json)" "[]"

# --- refused files are told of; the watch goes on ---
echo junk > "$(dirname "$target")/junk.bundle"
told() { grep -q "1 file was refused" watch.err; }
waits "a refused file is told of" told

# --- the folder goes away and comes back, as another one ---
mv stick gone
missing() { grep -q "there is no folder" watch.err; }
mkdir stick
on a person add --name "На Новой Палке" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
waits "another stick in its place is collected from" has "палке"

# --- a busy store is waited for ---
# (Its holder has more to print than a full pipe takes.)
mkfifo full
exec 9<> full
dd if=/dev/zero of=full oflag=nonblock bs=4096 count=1000 2> /dev/null
holder=
# It may come while the watch has the store itself, and is started anew then.
somebody_holds() {
	if [[ -z $holder ]] || ! kill -0 "$holder" 2> /dev/null; then
		livenet-hub --store hub.ldb municipality list >&9 2> /dev/null &
		holder=$!
	fi
	[[ $(hub roster 2>&1 > /dev/null) == *"$holder"* ]]
}
waits "somebody has the store" somebody_holds
on a person add --name "Занято Было" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
says_busy() { grep -q "$holder" watch.err; }
waits "the watch says who has it" says_busy
cat <&9 > /dev/null &
drain=$!
waits "and goes on when it is free" has "занято"
kill "$drain"
exec 9>&-

# --- the end ---
holds "SIGTERM ends it cleanly" end_watch TERM
exits 0 "the store is whole" hub check
begin_watch
listens() { grep -q '^SigBlk:.*[1-9a-f]' "/proc/$watcher/status"; }
waits "it listens" listens
holds "SIGINT ends it cleanly" end_watch INT
# While the folder is not there, it waits.
mv stick gone2
begin_watch --every 1000
waits "no folder: it says so" missing
sleep 1
is "once" "$(wc -l < watch.err)" 1
mv gone2 stick
on a person add --name "Вернулась Палка" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
waits "and takes what comes when it is there" has "вернулась"
holds "and ends" end_watch TERM
begin_watch --json
on a person add --name "Джейсон" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
waits "a line a round as JSON" lines 1
is "which is JSON" "$(head -n 1 watch.out | json .bundles_taken)" 1
holds "ended" end_watch TERM
exits 0 "the store is whole" hub check
mv hub.key key.away
refused 1 "no key: it ends, for somebody to look" hub collect stick --watch
finish
