#!/usr/bin/env bash
# Two cards of one person: found, joined, counted once, parted again; told to be different; and two devices that do the same.
. "$(dirname "$0")/lib.sh"
new_device a "Кто Ведёт Список"

figure() { on a report --format json | json "[.. | objects | select(.name == \"$1\") | .value][0]"; }
people() { on a person list --json | json length; }
doubles() { on a doubles --json | json length; }

first=$(on a person add --name "Галимова Айгуль Рустамовна" --phone 89170000001 --municipality Бураевский)
second=$(on a person add --name "Ғәлимова Айгөл" --phone "+7 917 000-00-01" --email aigul@example.org)
third=$(on a person add --name "Галимова Гузель Рустамовна" --phone 89170000001 --municipality Бураевский)
seminar=$(on a seminar add --title "Как открыть НКО" --date 2020-02-14 --status held)
on a attend "$seminar" "$first" "$second" "$third" > attend.out 2>&1 || note "$(cat attend.out)"

is "two cards of a like name and one telephone are offered, sisters are not" "$(on a doubles --json | json '.[] | .person + " " + .other')" "$first $second"
like "with what they have in common" "$(on a doubles)" "$first	$second	Галимова Айгуль Рустамовна	Ғәлимова Айгөл	.*telephone"
is "four people with the store's own" "$(people)" 4

exits 0 "they are joined" on a person join "$second" "$first"
is "the person is shown under the smallest id" "$out" "$first"
like "what the shown card lacks is told" "$err" "[Ee]mail"
is "the list has the person once" "$(people)" 3
is "and the sheet" "$(on a seminar show "$seminar" --json | json .present)" 2
is "and the doubles no more" "$(doubles)" 0
is "a name of either finds the shown card" "$(on a person show "ғәлимова айгөл" --json | json .id)" "$first"
is "the other one has its id" "$(on a person show "$second" --json | json .name)" "Ғәлимова Айгөл"
is "cards" "$(on a person cards "$second" --json | json '[.[].id] | join(" ")')" "$first $second"
refused 1 "joined already" on a person join "$first" "$second"
refused 1 "one card is not two" on a person join "$first" "$first"
refused 1 "an unknown card" on a person join "$first" "aaaaaaaa-999"
refused 1 "not joined" on a person part "$first" "$third"

exits 0 "an export has the person once" on a export people --format json
is "by one id" "$(json "[.[] | select(.id == \"$first\" or .id == \"$second\")] | length" <<< "$out")" 1
printf 'ФИО;Телефон\nҒәлимова Айгөл;89170000001\n' > list.csv
exits 0 "a list that names the other card" on a import people list.csv --json
is "means the person" "$(people)" 3

like "the history of the card says it" "$(on a history "$first")" "Галимова Айгуль Рустамовна = Ғәлимова Айгөл"
exits 0 "parted" on a person part "$first" "$second"
is "as before" "$(people) $(on a seminar show "$seminar" --json | json .present) $(doubles)" "4 3 1"
exits 0 "joined with what the card lacks" on a person join "$first" "$second" --fill
is "it is taken over" "$(on a person show "$first" --json | json .email)" aigul@example.org
exits 0 "a third card joins the two" on a person join "$third" "$second"
is "one person" "$(people) $(on a seminar show "$seminar" --json | json .present)" "2 1"
refused 1 "two that are joined through another one" on a person part "$first" "$third"
exits 0 "told to be different" on a person distinct "$third" "$second"
is "is parted" "$(people)" 3
exits 0 "check counts the sets anew" on a check
exits 0 "the last two as well" on a person distinct "$first" "$second"
is "not offered again" "$(doubles)" 0
finish
