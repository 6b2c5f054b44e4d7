#!/usr/bin/env bash
# What was refused, on the hub and on a device: seen, judged once more after a person set right what was wrong, deleted.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
enrol a
is "nothing yet" "$(hub quarantine list)" $'number\tarrived\tdevice\tlabel\tsigned\tbundle\tsize\tkept\treason'
is "nothing yet, as JSON" "$(hub quarantine list --json)" "[]"
refused 1 "a number that is not there" hub quarantine show 1
refused 2 "no number" hub quarantine show one
refused 2 "no verb" hub quarantine burn 1
refused 2 "an option of another verb" hub quarantine list --all

# --- garbage, a changed bundle, and one whose sender is not let in ---
holds "a first exchange" travel a
box=$(inbox)
printf 'мусор\033[2J\n' > "$box/garbage.bundle"
on a person add --name "Раннее Дело" --municipality 80618000 > a.id
on a sync --via stick > /dev/null
cp "$box"/*2.bundle whole.bundle
flip "$box/00000002.bundle" 1500
exits 7 "the hub refuses both" hub collect stick
list=$(hub quarantine list --json)
is "two lie there" "$(json length <<< "$list")" 2
is "garbage claims nobody" "$(json '.[] | select(.device == null) | [.bundle, .signed, .label] | @json' <<< "$list")" '[null,false,null]'
is "the bundle says from whom, proved by its first lines" "$(json '.[] | select(.device != null) | [.device, .label, .bundle, .signed] | @json' <<< "$list")" \
	"[\"$(on a status --json | json .device)\",\"$(hub roster --json | json '.[0].label')\",2,true]"
entry=$(json '.[] | select(.device != null) | .number' <<< "$list")
other=$(json '.[] | select(.device == null) | .number' <<< "$list")
shown=$(hub quarantine show "$entry")
like "show has the signed line" "$shown" $'\nline\tbundle/1 from='
like "and its hash" "$shown" $'\nhash\t[0-9a-f]{64}\n'
like "and what could be checked: the first lines hold" "$shown" $'check\tsignature of the first lines\tgood\t\n'
like "and the contents do not" "$shown" $'check\tsignature of the contents\tbad\tthe signature'
is "show as JSON" "$(hub quarantine show "$entry" --json | json '[.number, (.checks | map(.good))] | @json')" "[$entry,[true,true,true,false,true]]"
is "of garbage the first step" "$(hub quarantine show "$other" --json | json '.checks | map(.good) | @json')" "[false]"
like "a hostile name and reason are escaped" "$(hub quarantine show "$other" | tr -d '\n\t' | tr -dc '[:cntrl:]' | wc -c)" '^0$'

exits 7 "judged once more, it is what it was" hub quarantine release "$entry"
like "the verdict is told" "$out" "^$entry"$'\trefused: the signature over its contents'
is "and it lies there still" "$(hub quarantine list --json | json length)" 2
holds "deleted" hub quarantine delete "$entry"
is "it is gone, the other is not" "$(hub quarantine list --json | json '.[].number')" "$other"
refused 1 "not twice" hub quarantine delete "$other" "$entry"
is "all or none" "$(hub quarantine list --json | json length)" 1
refused 2 "days that are none" hub quarantine delete --older-than week
is "nothing is older than a day" "$(hub quarantine delete --older-than 1)" "0 deleted from quarantine"
is "all" "$(hub quarantine delete --all)" "1 deleted from quarantine"
cp whole.bundle "$box/00000002.bundle"
holds "the whole one is taken" hub collect stick

# --- set right by a person: a device that the hub did not know yet ---
new_device b "Ахметов Ильдар"
on b join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o b.join > b.join.txt
cp hub.ldb before.ldb; cp hub.key before.key
hub approve b.join --fingerprint "$(digits < b.join.txt)" --role consultant --municipality 80618000 -o b.welcome > /dev/null
on b welcome b.welcome
on b person add --name "Второе Дело" --municipality 80618000 > b.id
on b sync --via stick > /dev/null
cp hub.ldb after.ldb
cp before.ldb hub.ldb		# as if it came to the hub too early
exits 7 "a bundle of a device that is not on the roster" hub collect stick
entry=$(hub quarantine list --json | json '.[0].number')
is "nobody proved who sent it" "$(hub quarantine list --json | json '.[0].signed')" false
exits 7 "it is judged the same way" hub quarantine release "$entry"
like "and so it says" "$out" "not on the roster"
livenet-hub --store hub.ldb quarantine show "$entry" > b.shown.txt
like "the step that does not hold" "$(cat b.shown.txt)" $'check\tsender\tbad\t'

# --- a device sees and empties its own ---
cp after.ldb hub.ldb
on b sync --via stick > /dev/null
holds "the hub takes it from the one who is known" hub collect stick
out_box=stick/$(basename "$(dirname "$(dirname "$box")")")/outbox/$(on b status --json | json .device)
echo garbage > "$out_box/garbage.bundle"
exits 7 "a device refuses" on b sync --via stick
is "and shows it" "$(on b quarantine list --json | json '.[0].device')" null
exits 7 "judges it again" on b quarantine release 1
is "and empties it" "$(on b quarantine delete --all)" "1 deleted from quarantine"

# --- what was well-formed for nobody is answered: it is never taken, since its sender writes another ---
holds "the store is whole" hub check
finish
