#!/usr/bin/env bash
# The store of schema 3 (tests/vectors/stores) under the programs of today: everything is there, what it had not sent goes out, and what schema 4 brought works
# on it: cards are joined; operations that came
# before it have no bundle, and that is no damage.
. "$(dirname "$0")/lib.sh"
device() { on device "$@"; }

cp "$top"/tests/vectors/stores/3/* .
chmod 600 device.*
exits 0 "it opens and is whole" on device check
is "its people are there" "$(device person list --json | jq length)" 5
is "its consultation" "$(device consultation list --json | jq -r '.[] | [.mentee, .date, .minutes, .topic, .next_done] | join("|")')" \
	"Валеева Зиля Маратовна|2020-02-17|45|Устав|2020-03-01"
is "its consents" "$(device consent list --json | jq -r '[.[].person] | sort | join("|")')" "Ахметов Ильдар Закиевич|Валеева Зиля Маратовна"
is "the programme" "$(device programme list --json | jq -r '.[] | [.organiser, .city] | join("|")')" "Фонд развития города|г. Уфа"
is "it knows what is not sent" "$(device status --json | jq -c '[.unsent, .not_accepted, .conflicts]')" "[4,0,0]"
one=$(device person list --json | jq -r '.[] | select(.name | startswith("Щукин")) | .id')
other=$(device person add --name "Щукин П. И." --municipality 80618000)
exits 0 "two cards of one person are joined" on device person join "$one" "$other"
is "and listed once" "$(device person list --json | jq length)" 5
like "the history of a card" "$(device history "$one")" "Щукин Пётр Ильич"
mkdir stick
exits 0 "all of it goes out" on device sync --via stick
is "nothing is left" "$(device status --json | jq -c '.unsent')" 0
exits 0 "and the work goes on" on device seminar add --title "После обновления" --date 2020-06-01 --municipality 80618000
exits 0 "sound at the end" on device check
finish
