#!/usr/bin/env bash
# The store of schema 4 (tests/vectors/stores) under the programs of today: everything is there, what it had not sent goes out and is the hub's own key to
# read, and what schema 5 brought works on it: what was refused can be looked for, and it gets a recovery code that opens it.
. "$(dirname "$0")/lib.sh"
device() { on device "$@"; }

cp "$top"/tests/vectors/stores/4/* .
chmod 600 device.* hub.identity
exits 0 "it opens and is whole" on device check
is "its people are there" "$(device person list --json | jq length)" 5
is "its consultation" "$(device consultation list --json | jq -r '.[] | [.mentee, .date, .minutes, .topic, .next_done] | join("|")')" \
	"Валеева Зиля Маратовна|2020-02-17|45|Устав|2020-03-01"
is "its consents" "$(device consent list --json | jq -r '[.[].person] | sort | join("|")')" "Ахметов Ильдар Закиевич|Валеева Зиля Маратовна"
is "it knows what is not sent" "$(device status --json | jq -c '[.unsent, .not_accepted, .conflicts]')" "[4,0,0]"
exits 0 "nothing was refused" on device quarantine list
exits 0 "it gets a recovery code" on device key recovery --recovery-file code
exits 0 "which opens it" on device recover --test --recovery-file code
mkdir stick
exits 0 "all of it goes out" on device sync --via stick
is "nothing is left" "$(device status --json | jq -c '.unsent')" 0
tail -n +5 "$(find stick -type f)" > payload.age
exits 0 "the hub's keys open what was written" livenet age -d -i hub.identity -o frame payload.age
is "the four changes" "$(zstd -dc < frame | jq -s '.[] | select(type == "object" and .rec == "end") | .ops')" 4
exits 0 "and the work goes on" on device seminar add --title "После обновления" --date 2020-06-01 --municipality 80618000
exits 0 "sound at the end" on device check
finish
