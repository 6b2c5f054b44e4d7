#!/usr/bin/env bash
# What the exchange promises beside the plain day: what a role may not do comes back with its reason, what leaves a scope goes, what is lost on the
# way is sent again, and what was done before the welcome travels after it.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
early=$(on a person add --name "Раннее Дело" --municipality 80618000)
new_device b "Ахметов Ильдар"
enrol a
enrol b
holds "exchange" travel a b
is "what was done before the welcome is at the hub" "$(hub person show "$early" --json | json .name)" "Раннее Дело"
is "and is accepted" "$(on a status --json | jq -c '[.unsent, .sent, .not_accepted]')" "[0,0,0]"
travel a b
is "the colleague in the same district has it" "$(on b person show "$early" --json | json .name)" "Раннее Дело"

# --- what a role may not do ---
before=$(hub programme list --json | json '.[0].title')
new_device c "Валеева Зиля"
on c programme edit first --title "Моя программа"		# before there is a hub to say who coordinates
enrol c
on a person edit "$early" --post "учитель"
holds "exchange" travel a b c
refused 1 "a coordinator's work is refused before it is done" on a programme edit first --title "Моя программа"
is "the hub keeps the programme as it was" "$(hub programme list --json | json '.[0].title')" "$before"
is "and takes the rest" "$(hub person show "$early" --json | json .post)" "учитель"
is "the author is told" "$(on c status --json | json .not_accepted)" 1
like "with table and reason" "$(on c status)" $'not_accepted\t[0-9]+\tprogramme\tfirst\t.'
is "and goes back" "$(on c programme list --json | json '.[0].title')" "$before"
exits 0 "check at the author" on c check

# --- what leaves a scope ---
on a person edit "$early" --municipality "г. Уфа"
travel a b
holds "exchange" travel a b
is "who made the record keeps it" "$(on a person show "$early" --json | json .municipality_code)" 80701000
refused 1 "the colleague does not" on b person show "$early"
exits 0 "check at the colleague" on b check
on a person edit "$early" --municipality 80618000
travel a b
holds "exchange" travel a b
is "it comes back whole" "$(on b person show "$early" --json | json .post)" "учитель"

# --- a reference to what the device does not hold is a name ---
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol r 80701000 coordinator
holds "the coordinator joins" travel r
travel r
organisation=$(on r organisation add --name "Фонд развития" --municipality 80701000)
on r person edit "$early" --organisation "$organisation"
travel r a b
holds "exchange" travel a b
is "the name travels with the reference" "$(on b person show "$early" --json | json .organisation)" "Фонд развития"

# --- lost on the way ---
on a person add --name "Потерянная Палка" --municipality 80618000 > /dev/null
on a sync --via stick > /dev/null
find stick -type f -delete
holds "the stick is lost" hub collect stick
on a sync --via stick > /dev/null
exits 0 "sent again" hub collect stick
is "and taken" "$(hub person list --filter "потерянная" --json | json length)" 1
find stick -path '*outbox*' -type f -delete
hub collect stick > /dev/null
on a sync --via stick > /dev/null
is "a lost receipt too" "$(on a status --json | jq -c '[.unsent, .sent]')" "[0,0]"

# --- what an interrupted writing left is cleared away; what cannot be read is told of and stays ---
box=$(find stick -path "*inbox/$(on a status --json | json .device)" -type d)
echo half > "$box/.new-abcdef"
touch "$box/.other"
on a sync --via stick > /dev/null
is "what an interruption left is removed, and nothing else" "$(find "$box" -type f)" "$box/.other"
rm "$box/.other"
if [[ $(id -u) -ne 0 ]]; then
	on a person add --name "Без Прав" --municipality 80618000 > /dev/null
	on a sync --via stick > /dev/null
	chmod 000 "$box"/*
	exits 1 "a bundle that the hub may not read" hub collect stick
	chmod 660 "$box"/*
	exits 0 "is taken later" hub collect stick
	box=${box/inbox/outbox}
	chmod 000 "$box"/*
	exits 1 "one that the device may not read" on a sync --via stick
	like "is told of" "$err" "bundle: "
	chmod 660 "$box"/*
	exits 0 "and is read later" on a sync --via stick
fi

# --- what the hub left before a device joined anew, or what the device could not remove, does not lie there for ever ---
for i in 1 2 3; do
	on r person edit "$early" --note "правка $i" > /dev/null
	on r sync --via stick > /dev/null
	hub collect stick > /dev/null
done
box=$(find stick -path "*outbox/$(on b status --json | json .device)" -type d)
cp -r "$box" kept
on b sync --via stick > /dev/null
on b person edit "$early" --note "своя" > /dev/null
on b sync --via stick > /dev/null
cp kept/* "$box"
hub collect stick > /dev/null
is "what is acknowledged is removed" "$(find "$box" -type f | wc -l)" 1
for i in 1 2 3; do
	on r person edit "$early" --note "ещё правка $i" > /dev/null
	on r sync --via stick > /dev/null
	hub collect stick > /dev/null
done
on b join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o b.join > b.join.txt
hub approve b.join --fingerprint "$(digits < b.join.txt)" --role consultant --municipality 80618000 -o b.welcome
on b welcome b.welcome
hub collect stick > /dev/null
exits 0 "nothing of the enrolment before is in the way" on b sync --via stick
on b person edit "$early" --note "после" > /dev/null
on b sync --via stick > /dev/null
hub collect stick > /dev/null
exits 0 "nor later" on b sync --via stick
travel b r b
is "and the work goes on" "$(on b status --json | jq -c '[.unsent, .sent]')" "[0,0]"
is "on both sides" "$(on b person show "$early" --json | json .note)" "$(hub person show "$early" --json | json .note)"

# --- another folder, a fresh store from the hub ---
mkdir other
on a person add --name "Другой Путь" --municipality 80618000 > /dev/null
exits 0 "through another folder" on a sync --via other
exits 0 "that the hub collects" hub collect other
exits 0 "and the last folder is remembered" on a sync
is "nothing is left" "$(on a status --json | jq -c '[.unsent, .sent]')" "[0,0]"
new_device c "Ахметов Ильдар"
on c join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o c.join > c.join.txt
person=$(hub person list --filter "Ахметов" --json | json '.[0].id')
hub approve c.join --fingerprint "$(digits < c.join.txt)" --role consultant --municipality 80618000 --person "$person" -o c.welcome
on c welcome c.welcome
travel c
holds "a second device of one person" travel c
is "has the district" "$(on c person list --filter "раннее" --json | json length)" 1
is "bundle verify at the hub names the sender" "$(livenet-hub --store hub.ldb roster --json | jq 'length')" 4
exits 0 "check at the hub" hub check
finish
