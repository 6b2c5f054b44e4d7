#!/usr/bin/env bash
# Bundles that are damaged, foreign, repeated, forked or early: refused whole and kept apart, while the good ones in the same folder are taken.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device b "Ахметов Ильдар"
enrol a
enrol b
cp hub.ldb hub.fresh
people() { hub report --json | jq '[.people[]] | add'; }

on a person add --name "Первый Человек" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
hub_folder=$(find stick -mindepth 1 -maxdepth 1 -type d)
from_a=$(find stick -path '*inbox*' -type f)
cp "$from_a" a1.bundle
rm "$from_a"
size=$(stat -c %s a1.bundle)
exits 0 "nothing to collect" hub collect stick
is "nobody is at the hub yet" "$(people)" 0

# --- one changed bit anywhere ---
wrong=0 silent=0 tries=0
for offset in $(seq 0 29 $((size - 1))) $((size - 1)); do
	cp a1.bundle "$from_a"
	flip "$from_a" "$offset" $((offset % 8))
	hub collect stick > out.txt 2> err.txt
	status=$?
	tries=$((tries + 1))
	[[ $status -eq 7 ]] || { wrong=$((wrong + 1)); note "offset $offset bit $((offset % 8)): status $status $(head -c 200 out.txt err.txt)"; }
	[[ -s out.txt || -s err.txt ]] || silent=$((silent + 1))
	rm -f "$from_a"
done
is "a changed bit is refused at each of $tries places" "$wrong" 0
is "with a reason" "$silent" 0
# --- cut short, longer, empty ---
wrong=0
for length in 0 1 40 100 300 400 $((size / 2)) $((size - 17)) $((size - 1)); do
	head -c "$length" a1.bundle > "$from_a"
	hub collect stick > out.txt 2> err.txt
	status=$?
	[[ $status -eq 7 ]] || { wrong=$((wrong + 1)); note "length $length: status $status $(head -c 200 out.txt err.txt)"; }
	rm -f "$from_a"
done
is "cut short anywhere is refused" "$wrong" 0
{ cat a1.bundle; printf 'x'; } > "$from_a"
exits 7 "a byte too many" hub collect stick
rm -f "$from_a"
is "nothing of them was applied" "$(people)" 0

# --- the good ones are taken all the same ---
on b person add --name "Второй Человек" --municipality 80618000 > /dev/null
on b sync --via stick > /dev/null
cp a1.bundle "$from_a"
flip "$from_a" $((size - 30))
exits 7 "a bad one beside a good one" hub collect stick
is "the good one is taken" "$(people)" 2
cp a1.bundle "$from_a"
exits 0 "the bad one comes again unharmed" hub collect stick
is "and is taken" "$(people)" 4

# --- twice ---
cp a1.bundle "$from_a"
exits 0 "twice" hub collect stick
cp a1.bundle "$(dirname "$from_a")/another-name.bundle"
exits 0 "twice, under another name" hub collect stick
is "changes nothing" "$(people)" 4
on a sync --via stick > /dev/null
on b sync --via stick > /dev/null
hub collect stick > /dev/null

# --- for another hub, from an unknown device ---
mkdir other
(cd other && new_hub && new_device c "Чужой Человек" && enrol c && on c sync --via stick > /dev/null)
find other/stick -path '*inbox*' -type f -exec cp {} "$from_a" \;
exits 7 "for another hub" hub collect stick
rm -f "$from_a"
cp hub.ldb hub.before
new_device d "Новый Человек"
enrol d
mkdir away
on d sync --via away > /dev/null
cp hub.ldb hub.after
cp hub.before hub.ldb; rm -f hub.ldb-wal
mkdir -p "$(dirname "$(dirname "$from_a")")/x"
find away -path '*inbox*' -type f -exec cp {} "$from_a" \;
exits 7 "from a device that the hub does not know" hub collect stick
rm -f "$from_a"
cp hub.after hub.ldb; rm -f hub.ldb-wal
is "nothing of theirs is here" "$(people)" 4

# --- a fork: the store was copied, and both copies went on ---
cp a.ldb a-copy.ldb
cp a.key a-copy.key
on a person add --name "Третий Человек" --municipality 80618000 > /dev/null
on a-copy person add --name "Совсем Другой" --municipality 80618000 > /dev/null
on a-copy sync --via away > /dev/null
forked=$(find away -path "*inbox*$(basename "$(dirname "$from_a")")*" -type f | sort | tail -n 1)
cp "$forked" fork.bundle
on a sync --via stick > /dev/null
exits 0 "the first of the two is taken" hub collect stick
is "one more" "$(people)" 5
cp fork.bundle "$(dirname "$from_a")/fork.bundle"
exits 7 "an old number with another hash" hub collect stick
is "nothing of it is applied" "$(people)" 5
rm -f "$(dirname "$from_a")/fork.bundle"
on a sync --via stick > /dev/null

# --- ahead of its turn ---
on b sync --via stick > /dev/null
hub collect stick > /dev/null
on b sync --via stick > /dev/null
find stick -path '*inbox*' -type f -delete
on b person add --name "Четвёртый Человек" --municipality 80618000 > /dev/null
on b sync --via stick > /dev/null
early=$(find stick -path '*inbox*' -type f | sort | tail -n 1)
cp "$early" second.bundle
missing=$(sed -n '3s/.* seq=\([0-9]*\) .*/\1/p' second.bundle)
on b person add --name "Пятый Человек" --municipality 80618000 > /dev/null
on b sync --via stick > /dev/null
cp "$early" second.again 2> /dev/null
holds "a bundle without receipt is written again byte for byte" cmp second.bundle second.again
rm -f "$early"
exits 0 "a bundle ahead of its turn is parked" hub collect stick
like "and the missing number named" "$out$err" "(^|[^0-9])$missing([^0-9]|$)"
is "nothing of it yet" "$(people)" 5
cp second.bundle "$early"
exits 0 "the missing one comes" hub collect stick
is "both are taken" "$(people)" 7

# --- what is no bundle at all ---
inbox=$(dirname "$early")
ln -s /etc/passwd "$inbox/link.bundle"
mkfifo "$inbox/pipe.bundle"
mkdir "$inbox/folder.bundle"
head -c 3000 /dev/urandom > "$inbox/noise.bundle"
on b person add --name "Шестой Человек" --municipality 80618000 > /dev/null
on b sync --via stick > /dev/null
exits 7 "links, pipes, folders and noise in the inbox" timeout 20 livenet-hub --store hub.ldb collect stick
is "the good one is taken" "$(people)" 8
rm -rf "$inbox"/{link,pipe,folder,noise}.bundle

# --- a link to a folder is not followed: what is read is removed ---
mkdir letters
echo "Дорогая Айгуль" > letters/letter.txt
ln -s "$PWD/letters" "$hub_folder/inbox/link"
exits 0 "a link among the inboxes" hub collect stick
is "nothing behind it is touched" "$(cat letters/letter.txt)" "Дорогая Айгуль"
like "and it is told" "$out" "link: "
rm "$hub_folder/inbox/link"
mv "$hub_folder/outbox/$(on b status --json | json .device)" outbox.b
ln -s "$PWD/letters" "$hub_folder/outbox/$(on b status --json | json .device)"
refused 1 "a link where the outbox should be" on b sync --via stick
exits 1 "the hub does not write through it" hub collect stick
is "nothing is touched by the device either" "$(ls letters; cat letters/letter.txt)" $'letter.txt\nДорогая Айгуль'
rm "$hub_folder/outbox/$(on b status --json | json .device)"
mv outbox.b "$hub_folder/outbox/$(on b status --json | json .device)"
mv "$hub_folder/inbox" inbox.away
ln -s "$PWD/letters" "$hub_folder/inbox"
refused 1 "a link where the inboxes should be" hub collect stick
rm "$hub_folder/inbox"
mv inbox.away "$hub_folder/inbox"
is "still nothing" "$(ls letters)" "letter.txt"
# --- what cannot be kept in quarantine is not removed ---
truncate -s 70M "$inbox/film.bundle"
exits 7 "a file larger than any bundle" hub collect stick
exits 7 "is told of again" hub collect stick
is "and is left where it is" "$(stat -c %s "$inbox/film.bundle")" $((70 << 20))
rm "$inbox/film.bundle"
echo stray > "$hub_folder/inbox/stray"
exits 0 "a file beside the folders" hub collect stick
like "is told of" "$out" "stray: "
is "and left" "$(cat "$hub_folder/inbox/stray")" stray
rm "$hub_folder/inbox/stray"

# --- the other way: a device reads the hub's bundles as strictly ---
# (Of a copied store one goes on, the one whose bundles the hub took; the other gets keys of its own: restore.sh.)
on a sync --via stick > /dev/null
like "a device whose store was copied goes on in the copy that the hub knows" "$(hub roster --json | jq -r --arg device "$(basename "$(dirname "$from_a")")" \
	'.[] | select(.device == $device) | .state')" active
on d sync --via stick > /dev/null
hub collect stick > /dev/null
on d sync --via stick > /dev/null
find "$hub_folder/outbox" -type f -delete
on b person add --name "Седьмой Человек" --municipality 80618000 > /dev/null
on b sync --via stick > /dev/null
hub collect stick > /dev/null
to_d=$(find "$hub_folder/outbox" -name '*' -type f -path "*$(on d status --json | json .device)*" | sort | tail -n 1)
cp "$to_d" to_d.bundle
before=$(on d person list --json | json length)
wrong=0 tries=0
for offset in $(seq 11 97 $(($(stat -c %s to_d.bundle) - 1))); do
	cp to_d.bundle "$to_d"
	flip "$to_d" "$offset" $((offset % 8))
	on d sync --via stick > out.txt 2> err.txt
	status=$?
	tries=$((tries + 1))
	[[ $status -eq 7 ]] || { wrong=$((wrong + 1)); note "offset $offset: status $status $(head -c 200 out.txt err.txt)"; }
done
is "a device refuses a changed bit at each of $tries places" "$wrong" 0
is "and applies nothing" "$(on d person list --json | json length)" "$before"
cp to_d.bundle "$to_d"
exits 0 "the unharmed one is read" on d sync --via stick
is "and brings the new person" "$(on d person list --filter седьмой --json | json length)" 1
exits 0 "check at the device" on d check
exits 0 "check at the hub" hub check
finish
