#!/usr/bin/env bash
# The sealed store from outside: what opens it, what damage does, what can be read on the disk.
. "$(dirname "$0")/lib.sh"

holds "init with a passphrase and a key file" livenet --store a.ldb --passphrase-file pw init --name "Секретова Тайна Закрытовна" \
	--municipality 80618000 --role consultant --key-file a.key
is "the store is its owner's alone" "$(stat -c %a a.ldb)" 600
is "the key file too" "$(stat -c %a a.key)" 600

# --- what opens it ---
exits 0 "the passphrase opens" livenet --store a.ldb --passphrase-file pw person list
exits 0 "the key file opens" livenet --store a.ldb --key-file a.key person list
exits 0 "a key file goes before a passphrase" livenet --store a.ldb --key-file a.key --passphrase-file nowhere person list
echo "не та фраза" > wrong
refused 3 "a wrong passphrase" livenet --store a.ldb --passphrase-file wrong person list
holds "another key" livenet --store b.ldb init --name "Другой Человек" --municipality 80618000 --key-file b.key
refused 3 "another store's key file" livenet --store a.ldb --key-file b.key person list
refused 1 "a store that is not there" livenet --store nowhere.ldb --key-file a.key person list
refused 1 "a file that is no store" livenet --store pw --key-file a.key person list
refused 1 "a store is not overwritten" livenet --store a.ldb --passphrase-file pw init --name "Новый Человек" --municipality 80618000
exits 0 "and is still there" on a person list
refused 1 "a key file is not overwritten" livenet --store c.ldb init --name "Новый Человек" --municipality 80618000 --key-file a.key
is "nothing is left of it" "$(ls c.ldb* 2>/dev/null)" ""
: > empty
refused 3 "an empty passphrase seals nothing" livenet --store c.ldb --passphrase-file empty init --name "Новый Человек" --municipality 80618000
is "and makes nothing" "$(ls c.ldb* 2>/dev/null)" ""

# --- nothing readable ---
on a person add --name "Ғәлиә Һаҙыева" --phone 89170000001 --municipality 80618000 --note "очень личное" > /dev/null
on a seminar add --title "Тайный семинар" --date 2020-02-14 --place "Подвал" --municipality 80618000 > /dev/null
for word in Секретова Һаҙыева 79170000001 личное Тайный 80618000 sqlite SQLite CREATE person oplog; do
	is "«$word» is nowhere on the disk" "$(grep -laF -e "$word" a.ldb* | wc -l)" 0
done
is "no readable letters in Windows-1251 or UTF-16 either" \
	"$( { grep -caF -- "$(iconv -t WINDOWS-1251 <<< Секретова)" a.ldb; grep -caP '\x21\x04\x35\x04\x3a\x04' a.ldb; } | sort -u)" 0
pages=$(( $(stat -c %s a.ldb) ))
packed=$(tail -c +8193 a.ldb | zstd -19 -q | wc -c)
if [[ $packed -ge $((pages - 8192)) ]]; then pass "what is on the disk does not compress"; else fail "what is on the disk does not compress" "$packed of $pages"; fi
is "no shared-memory file, no journal" "$(find . -name 'a.ldb-shm' -o -name 'a.ldb-journal' | wc -l)" 0

# --- damage: exit 4, names the file, never wrong data ---
on a check > /dev/null
cp a.ldb good.ldb
rm -f a.ldb-wal
want=$(on a person list --json)
cp good.ldb a.ldb
size=$(stat -c %s a.ldb)
exits 0 "check of a good store" on a check
missed=0 wrong=0 named=0 tries=0
for offset in $(seq $((8192 + 17)) 4999 $((size - 1))); do
	cp good.ldb a.ldb; rm -f a.ldb-wal
	flip a.ldb "$offset" $((offset % 8))
	tries=$((tries + 1))
	on a check > out.txt 2> err.txt
	status=$?
	[[ $status -eq 4 ]] || { missed=$((missed + 1)); note "offset $offset: status $status: $(head -c 200 err.txt)"; }
	grep -q 'a\.ldb' err.txt && named=$((named + 1))
	cp good.ldb a.ldb; rm -f a.ldb-wal
	flip a.ldb "$offset" $((offset % 8))
	got=$(on a person list --json 2> err.txt)
	status=$?
	[[ ( $status -eq 0 && $got == "$want" ) || $status -eq 4 ]] || { wrong=$((wrong + 1)); note "offset $offset: list: status $status"; }
done
is "check finds every changed bit in the pages ($tries tries)" "$missed" 0
is "and names the file" "$named" "$tries"
is "a list is right or refused, never wrong" "$wrong" 0

# The header has two copies: one may be torn, both may not.
for copy in 100 4196; do
	cp good.ldb a.ldb; rm -f a.ldb-wal
	flip a.ldb "$copy" 3
	exits 0 "a torn header copy at $copy" on a person list
	is "the data are right" "$(on a person list --json)" "$want"
	flip a.ldb "$copy" 3
	exits 4 "check tells of the copy at $copy" on a check
	like "and names the file" "$err" 'a\.ldb'
	exits 0 "which is mended then" on a check
done
cp good.ldb a.ldb; rm -f a.ldb-wal
flip a.ldb 100 3
flip a.ldb 4196 3
refused 4 "both header copies torn" on a person list
like "names the file" "$err" 'a\.ldb'
head -c 20000 good.ldb > a.ldb
exits 4 "a store cut short" on a check
head -c 5000 good.ldb > a.ldb
exits 4 "a store cut in its header" on a check
cp good.ldb a.ldb

# A store of a moment ago with a log that is not its own.
head -c 8272 /dev/urandom > a.ldb-wal
exits 0 "a log of noise is no log" on a person list
is "the data are right" "$(on a person list --json)" "$want"
finish
