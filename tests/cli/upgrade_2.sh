#!/usr/bin/env bash
# The store of schema 2 (tests/vectors/stores) under the programs of today: its consultations and consents are there, what a program of schema 3 had sent it and
# it could not read is there now, and what it had not sent goes out.
. "$(dirname "$0")/lib.sh"
device() { on device "$@"; }

cp "$top"/tests/vectors/stores/2/* .
chmod 600 device.*
exits 0 "it opens and is whole" on device check
is "its people are there" "$(device person list --json | jq length)" 5
is "its consultation" "$(device consultation list --json | jq -r '.[] | [.mentee, .date, .minutes, .topic, .next_done] | join("|")')" \
	"Валеева Зиля Маратовна|2020-02-17|45|Устав|2020-03-01"
is "its consents" "$(device consent list --json | jq -r '[.[].person] | sort | join("|")')" "Ахметов Ильдар Закиевич|Валеева Зиля Маратовна"
is "fields that it had kept unread" "$(device programme list --json | jq -r '.[] | [.organiser, .city] | join("|")')" "Фонд развития города|г. Уфа"
is "the targets that every store begins with" "$(device indicator list --json | jq length)" 5
is "it knows what is not sent" "$(device status --json | jq -c '[.unsent, .not_accepted, .conflicts]')" "[4,0,0]"
mkdir stick
exits 0 "which goes out" on device sync --via stick
is "all of it" "$(device status --json | jq -c '[.unsent, .sent]')" "[0,4]"
on device clock --computer > /dev/null		# the fixture grows older, and so does its last work
exits 0 "and the work goes on" on device seminar add --title "После обновления" --date 2020-06-01 --municipality 80618000
exits 0 "sound at the end" on device check
finish
