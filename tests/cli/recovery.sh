#!/usr/bin/env bash
# What opens a store: passphrase, recovery code, key files; the way back in; a backup, and a hub that is put back from one.
. "$(dirname "$0")/lib.sh"
printf 'синий кит поёт в Уфе\n' > new
printf 'зелёная лампа и три ветра\n' > third
a() { livenet --store a.ldb "$@"; }
groups='^[0-9]{5}( [0-9]{5}){9}$'

# --- made with the store ---
exits 0 "init" a --passphrase-file pw init --name "Хасанова Гузель Рашитовна" --municipality 80618000
like "the code goes to standard error" "$err" 'recovery code'
is "ten groups of five" "$(grep -Eo '\b[0-9]{5}\b' <<< "$err" | wc -l)" 10
is "not to standard output" "$(grep -c . <<< "$out")" 1
grep -Eo '\b[0-9]{5}\b' <<< "$err" | head -n 10 | paste -sd' ' > code
like "as it is copied" "$(< code)" "$groups"
exits 0 "key list" a --passphrase-file pw key list --json
is "two keys, the code untested" "$(json 'map([.kind, .tested]) | tostring' <<< "$out")" '[["passphrase",null],["recovery-code",false]]'
is "never under INTERACTIVE" "$(json 'all(.passes >= 2 and .memory_mib >= 64)' <<< "$out")" true
refused 3 "a weak passphrase is not set" a --passphrase-file pw passphrase --new-passphrase-file <(echo 12345678)
like "it says what would do" "$err" 'words that do not belong together'
refused 3 "nor one that is the person's name" a --passphrase-file pw passphrase --new-passphrase-file <(echo "гузель хасанова")
refused 3 "nor a short one" a --passphrase-file pw passphrase --new-passphrase-file <(echo "кит")
refused 3 "nor at init" livenet --store no.ldb --passphrase-file <(echo qwertyuiop) init --name "Новый Человек" --municipality 80618000
is "no store is made then" "$(ls no.ldb 2> /dev/null)" ""

# --- another passphrase ---
exits 0 "the passphrase is changed" a --passphrase-file pw passphrase --new-passphrase-file new
refused 3 "the old one opens nothing" a --passphrase-file pw status
exits 0 "the new one opens" a --passphrase-file new status
exits 0 "the code still does" a recover --test --recovery-file code
is "and is tested now" "$(a --passphrase-file new key list --json | json '.[] | select(.kind == "recovery-code") | .tested')" true

# --- forgotten ---
sed 's/^\(.....\) \(.\)\(.\)/\1 \3\2/' code > swapped
if cmp -s code swapped; then sed 's/^\(..... .\)0/\11/; t; s/^\(..... .\)./\10/' code > swapped; fi
refused 3 "two neighbours changed about" a recover --test --recovery-file swapped
like "the group is named" "$err" 'group 2 of the recovery code'
head -c 53 code > short
refused 3 "a group is missing" a recover --test --recovery-file short
like "how many there are" "$err" '10 groups.*9'
refused 3 "letters" a recover --test --recovery-file pw
head -c 4000 /dev/urandom > noise
refused 3 "noise" a recover --test --recovery-file noise
sum=$(tail -c +8193 a.ldb | sha256sum)
exits 0 "a forgotten passphrase is replaced" a recover --recovery-file code --new-passphrase-file third
refused 3 "the forgotten one opens nothing" a --passphrase-file new status
exits 0 "the newest opens" a --passphrase-file third person list
livenet --store b.ldb --passphrase-file pw init --name "Другая Ольга" --municipality 80618000 --recovery-file b.code > /dev/null 2> b.err
is "with --recovery-file nothing of it is shown" "$(grep -Ec '[0-9]{5}' b.err)" 0
is "the file is the person's alone" "$(stat -c %a b.code)" 600
refused 3 "another store's code" a recover --recovery-file b.code --new-passphrase-file new
like "what it may be" "$err" 'not the recovery code of this store'
refused 1 "no code is written over a file" livenet --store c.ldb --passphrase-file pw init --name "Другая Ольга" --municipality 80618000 --recovery-file b.code
is "and no store is made" "$(ls c.ldb 2> /dev/null)" ""

# --- key files ---
exits 0 "a key file" a --passphrase-file third key add-file a.key
is "its mode" "$(stat -c %a a.key)" 600
refused 1 "not over one that is there" a --passphrase-file third key add-file a.key
exits 0 "it opens" a --key-file a.key status
exits 0 "a passphrase by the key file" a --key-file a.key recover --new-passphrase-file new
refused 3 "the one before opens nothing" a --passphrase-file third status
exits 0 "its name stands in the list" a --key-file a.key key list
like "with the date" "$out" $'key-file\t20[0-9-]{8}\t0\t0\ta.key'
slot=$(a --key-file a.key key list --json | json '.[] | select(.kind == "passphrase") | .number')
exits 0 "the passphrase is taken away" a --key-file a.key key remove "$slot"
refused 3 "it opens nothing" a --passphrase-file new status
slot=$(a --key-file a.key key list --json | json '.[] | select(.kind == "key-file") | .number')
refused 1 "the last key stays" a --key-file a.key key remove "$slot"
refused 1 "what is not there" a --key-file a.key key remove 8
refused 2 "what is no number" a --key-file a.key key remove all
exits 0 "another code" a --key-file a.key key recovery --recovery-file code2
refused 3 "the code before opens nothing" a recover --test --recovery-file code
is "the new one is not tested" "$(a --key-file a.key key list --json | json '.[] | select(.kind == "recovery-code") | .tested')" false
for i in 1 2 3 4 5 6; do a --key-file a.key key add-file "k$i" > /dev/null 2> full.err || break; done
refused 1 "key files leave room for a passphrase" a --key-file a.key key add-file k9
is "no key file is left" "$(ls k9 2> /dev/null)" ""
exits 0 "check" a --key-file a.key check
for line in '^header: .*7 keys' 'pages: [0-9]+' 'tables and indexes: [0-9]+' 'references between tables' 'journal: [0-9]+'; do
	like "check says $line" "$out" "$line"
done
like "and that it is whole" "$(tail -n 1 <<< "$out")" 'a.ldb: whole'

# --- backup of a device ---
exits 0 "a backup" a --key-file a.key backup a.backup
is "its mode" "$(stat -c %a a.backup)" 600
is "nothing else is left" "$(find . -maxdepth 1 -name '.new-*' | wc -l)" 0
is "no key in it" "$(grep -c "$(cut -d' ' -f4 a.key)" a.backup)" 0
cp a.backup again.ldb
exits 0 "it opens by the code" livenet --store again.ldb recover --recovery-file code2 --new-passphrase-file third
exits 0 "and is whole" livenet --store again.ldb --passphrase-file third check
exits 0 "a newer backup takes its place" a --key-file a.key backup a.backup
refused 1 "not over the store" a --key-file a.key backup a.ldb
refused 1 "not over another file" a --key-file a.key backup pw
refused 1 "not over another store" a --key-file a.key backup b.ldb
refused 1 "a folder that is not there" a --key-file a.key backup nowhere/a.backup
exits 0 "the store is as it was" a --key-file a.key check

# --- the hub ---
exits 0 "a hub" hub init --name "Уфа" --key-file hub.key --recovery-file hub.code
hub card -o hub.card > hub.card.txt
mkdir -p stick
new_device d 2> /dev/null
enrol d 2> /dev/null
travel d
on d person add --name "До Копии" --municipality 80618000 > /dev/null
travel d
refused 1 "no backup before the code was tested" hub backup hub.backup
like "it says how" "$err" 'recover --test'
is "and there is none" "$(ls hub.backup 2> /dev/null)" ""
refused 3 "a slip" hub recover --test --recovery-file swapped
exits 0 "the code is tested" hub recover --test --recovery-file hub.code
exits 0 "then there is one" hub backup hub.backup
refused 1 "a key file that is there is not replaced" hub recover --recovery-file hub.code
mkdir away
mv hub.ldb hub.key away/
cp hub.backup hub.ldb
exits 0 "the hub is back with a new key file" hub recover --recovery-file hub.code
exits 0 "it opens" hub roster
mv hub.key hub.key.new
cp away/hub.key hub.key
refused 3 "the lost key file opens nothing" hub roster
mv hub.key.new hub.key
exits 0 "the exchange goes on" travel d
is "nothing is lost" "$(hub person list --json --filter 'До Копии' | jq length)" 1
exits 0 "check at the hub" hub check
like "the signatures" "$out" 'signatures followed'
finish
