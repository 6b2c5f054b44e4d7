#!/usr/bin/env bash
# Two devices of one district: what one enters the other has; what both change is kept in both values, the same everywhere.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device b "Ахметов Ильдар"
new_device e "Савельева Ольга" 80745000 expert
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol a
enrol b
enrol e 80745000 expert
enrol r 80701000 coordinator
all() { travel a b e r && travel a b e r; }
on a organisation add --name "АНО «Родник»" --municipality 80618000 > /dev/null
person=$(on a person add --name "Галимова Айгуль" --municipality 80618000 --phone 89170000001 --organisation "АНО «Родник»")
holds "everybody exchanges" all
is "the other device has the person" "$(on b person show "$person" --json | json .organisation)" "АНО «Родник»"
is "so has the coordinator" "$(on r person show "$person" --json | json .name)" "Галимова Айгуль"
refused 1 "the expert has not: she is no mentor here" on e person show "$person"

# --- different fields never conflict ---
on a person edit "$person" --post "руководитель"
on b person edit "$person" --email "aigul@example.ru"
holds "exchange" all
for device in a b r; do
	is "both fields at $device" "$(on $device person show "$person" --json | json '.post + " " + .email')" "руководитель aigul@example.ru"
done
is "no conflict" "$(on a conflicts --json | jq -c .)" "[]"

# --- one field, two values ---
on a person edit "$person" --phone 89170000002
on b person edit "$person" --phone 89170000003
holds "exchange" all
shown=$(on a person show "$person" --json | json .phone)
for device in b r; do is "$device shows the same value" "$(on $device person show "$person" --json | json .phone)" "$shown"; done
for device in a b r; do
	exits 0 "conflicts at $device" on $device conflicts
	like "has one value" "$out" '79170000002'
	like "and the other" "$out" '79170000003'
done
on b person edit "$person" --phone 89170000004
holds "exchange" all
for device in a b r; do
	is "settled at $device" "$(on $device conflicts --json | jq -c .)$(on $device person show "$person" --json | json .phone)" "[]+79170000004"
done

# --- two mark one person at one seminar ---
seminar=$(on a seminar add --title "Вместе" --date 2020-03-01 --place "Бураево" --municipality 80618000)
holds "exchange" all
on a attend "$seminar" "$person"
on b attend "$seminar" "$person" --absent
holds "exchange" all
is "one row, the later wins, at the hub too" "$(hub report --json | jq -c '[.visits, .reached]')" "[0,0]"
is "no conflict of it" "$(on a conflicts --json | jq -c .)" "[]"
on a attend "$seminar" "$person"
holds "exchange" all
is "counted once" "$(hub report --json | jq -c '[.visits, .reached, .seminars_held]')" "[1,1,1]"

# --- mentorship opens the expert's view ---
consultant=$(on r person list --filter "Хасанова" --json | json '.[0].id')
expert=$(on r person list --filter "Савельева" --json | json '.[0].id')
on r mentorship add --mentor "$expert" --mentee "$consultant" --since 2020-03-01 > /dev/null
holds "exchange" all
is "the mentee enters the expert's device" "$(on e person show "$consultant" --json | json .name)" "Хасанова Гузель"
for device in a b e r; do exits 0 "check at $device" on $device check; done
exits 0 "check at the hub" hub check

# --- nothing more to say: files at rest ---
all > /dev/null
bundles() { find stick -type f | wc -l; }
all > /dev/null
count=$(bundles)
all > /dev/null
is "a sync without news writes no further bundle" "$(bundles)" "$count"
finish
