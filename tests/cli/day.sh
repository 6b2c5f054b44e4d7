#!/usr/bin/env bash
# The whole working day in the words that scripts may rely on, and its bundle read with public tools alone.
. "$(dirname "$0")/lib.sh"

hub_() { livenet-hub --store hub.ldb "$@"; }
a() { livenet --store a.ldb --passphrase-file pw "$@"; }

# --- the hub ---
holds "hub init" livenet-hub --store hub.ldb init --name "Уфа" --key-file hub.key
exits 0 "hub card" hub_ card -o hub.card
hub_fingerprint=$(digits <<< "$out")
like "the card's fingerprint is 6 groups of 5 digits" "$hub_fingerprint" '^[0-9]{5}( [0-9]{5}){5}$'

# --- the device ---
holds "init" a init --name "Хасанова Гузель Рашитовна" --municipality 80618000 --role consultant
exits 0 "join" a join --hub hub.card --fingerprint "$hub_fingerprint" -o a.join
fingerprint=$(digits <<< "$out")
like "the device's fingerprint" "$fingerprint" '^[0-9]{5}( [0-9]{5}){5}$'
cp a.join b.join
exits 0 "approve" hub_ approve a.join --fingerprint "$fingerprint" --role consultant --municipality 80618000 -o a.welcome
holds "welcome" a welcome a.welcome

# --- offline work ---
printf '%s\n' 'ФИО;Телефон;Муниципалитет' 'Ахметов Ильдар Закирович;89170000001;Бураевский р-н' \
	'Валеева Зиля Маратовна;;Бураевский район' 'Ғәлиә Һаҙыева;+7 917 000-00-03;Бураевский' > list.csv
holds "import" a import people list.csv
exits 0 "seminar add" a seminar add --title "Как открыть НКО" --date 2020-02-14 --place "Бураево, библиотека" --municipality 80618000
seminar=$out
like "prints the new id" "$seminar" '^[0-9a-hjkmnp-tv-z]{8}-[0-9]+$'
exits 0 "person list --json" a person list --json
people=$out
is "three people and oneself" "$(json length <<< "$people")" 4
is "a telephone is kept in one form" "$(json '.[] | select(.name | startswith("Ахметов")) | .phone' <<< "$people")" +79170000001
is "a municipality is its name" "$(json '.[] | select(.name | startswith("Ахметов")) | .municipality' <<< "$people")" "Бураевский район"
is "with its code" "$(json '.[] | select(.name | startswith("Ахметов")) | .municipality_code' <<< "$people")" 80618000
mapfile -t ids < <(json '.[] | select(.name | startswith("Хасанова") | not) | .id' <<< "$people")
holds "attend" a attend "$seminar" "${ids[0]}" "${ids[1]}"
holds "attend once more with one who was there" a attend "$seminar" "${ids[1]}" "${ids[2]}"

# --- the way to the hub and back ---
mkdir stick
exits 0 "sync" a sync --via stick
bundle=$(find stick -type f | head -n 1)
like "the bundle stands in the hub's inbox of the device" "$bundle" '^stick/[0-9a-f]{32}/inbox/[0-9a-f]{32}/[^/]+$'
cp "$bundle" day.bundle
exits 0 "collect" hub_ collect stick
like "the receipt stands in the outbox" "$(find stick -path '*outbox*' -type f | head -n 1)" '^stick/[0-9a-f]{32}/outbox/[0-9a-f]{32}/[^/]+$'
exits 0 "sync reads the receipt" a sync --via stick
exits 0 "report" hub_ report --json
is "the report" "$(jq -S -c '{consultation_minutes, consultations, municipalities_with_consultant, municipalities_with_seminar, people, reached, seminars_held,
	seminars_planned, unnamed, visits}' <<< "$out")" \
	'{"consultation_minutes":0,"consultations":0,"municipalities_with_consultant":1,"municipalities_with_seminar":1,"people":{"activist":3,"consultant":1,"coordinator":0,"expert":0,"official":0},"reached":3,"seminars_held":1,"seminars_planned":0,"unnamed":0,"visits":3}'
exits 0 "the report for people" hub_ report
exits 0 "nothing is left to send" a status --json

# --- public tools ---
holds "key identity" hub_ key identity -o hub.id
is "the identity file is for its owner" "$(stat -c %a hub.id)" 600
device=$(sed -n 's,stick/[0-9a-f]*/inbox/\([0-9a-f]*\)/.*,\1,p' <<< "$bundle")
holds "roster --minisign" hub_ roster "$device" --minisign -o dev.pub
head -n 4 day.bundle > day.sig
tail -n +5 day.bundle > day.age
holds "minisign verifies the bundle" minisign -V -H -p dev.pub -x day.sig -m day.age
holds "and takes the bundle as its own signature" minisign -V -H -p dev.pub -x day.bundle -m day.age
age -d -i hub.id day.age > day.zst 2> age.err || note "$(cat age.err)"
zstd -dcq < day.zst > day.jsonl
holds "zstd and jq read the records" jq -c . day.jsonl
is "the first record says what it is" "$(head -n 1 day.jsonl | json .rec)" bundle
is "the last record ends it" "$(tail -n 1 day.jsonl | json .rec)" end
is "the inner sequence number is the outer one" "$(head -n 1 day.jsonl | json .seq)" "$(sed -n '3s/.* seq=\([0-9]*\) .*/\1/p' day.bundle)"
is "the operations are as many as said" "$(jq -s 'map(select(type == "array")) | length' day.jsonl)" "$(tail -n 1 day.jsonl | json .ops)"
recipient=$(hub_ roster --json | jq -r --arg device "$device" '.[] | select(.device == $device) | .age')
is "the device's id is the hash of its keys" "$device" \
	"$(printf 'device-id/1\n%s\n%s\n' "$(sed -n 2p dev.pub)" "$recipient" | b2sum -l 256 | cut -c 1-32)"
holds "age opens it here too" livenet age -d -i hub.id day.age
is "the same bytes" "$(livenet age -d -i hub.id day.age | b2sum)" "$(b2sum < day.zst)"
exits 0 "bundle verify at the hub's store or the device's" a bundle verify day.bundle

# --- what a script may have in its environment, and what was removed ---
exits 0 "the hub's own key goes before a passphrase file" env LIVENET_PASSPHRASE_FILE=pw livenet-hub --store hub.ldb report
guest=$(a person add --name "Снятый С Листа")
a attend "$seminar" "$guest"
before=$(a export attendance --format json | json length)
a person remove "$guest"
is "an export has no marks of whom was removed" "$(a export attendance --format json | json length)" "$((before - 1))"
finish
