#!/usr/bin/env bash
# The programme with its real figures: what the report says, against what was put in, and against a count in plain SQL over a readable copy.
. "$(dirname "$0")/lib.sh"

mkdir p
holds "the programme is entered" test -x "$BUILD/tests/programme/make_programme"
"$BUILD/tests/programme/make_programme" p > books.json
sqlite3 p/plain.db < "$top/tests/programme/figures.sql" > counted.json
is "the figures are those of the programme" \
	"$(jq -c '[.experts, .consultants, .seminars_local, .seminars_information, .reached_local > 400, .reached + .unnamed]' books.json)" "[20,58,50,3,true,5000]"
is "a count in SQL agrees with the books, every number" "$(jq -S . counted.json)" "$(jq -S . books.json)"

of() { livenet --store p/store.ldb --key-file p/store.key "$@"; }
of report --json > report.json

# Everything that the report counts and the books know.
is "the report says what was put in" "$(jq -S '. + {experts: .people.expert, consultants: .people.consultant, activists: .people.activist,
	officials: .people.official, municipalities_with_consultant, municipalities_with_seminar} | with_entries(select(.key | IN($ARGS.positional[])))' \
	report.json --args $(jq -r 'del(.municipalities) | keys[]' books.json))" \
	"$(jq -S 'del(.municipalities, .seminars_local, .seminars_information, .reached_local, .visits_local)' books.json)"
is "its targets: planned and reached" "$(of indicator list --json | jq -c 'map([.key, .planned, .reached, .percent])')" \
	"$(jq -c 'def of(p): . as $n | [p, $n, ($n * 100 / p | floor)]; [["experts"] + (.experts | of(15)), ["consultants"] + (.consultants | of(50)),
	["seminars"] + (.seminars_local | of(50)), ["participants"] + (.reached_local | of(400)), ["information"] + (.seminars_information | of(3))]' books.json)"
is "the lists behind the targets are as long" "$(for key in experts consultants seminars participants information; do
	of indicator show "$key" --json | jq -c '[.[] | .number] | add'; done | tr '\n' ' ')" \
	"$(jq -r '[.experts, .consultants, .seminars_local, .reached_local, .seminars_information] | join(" ")' books.json) "
is "every municipality has what was put in" \
	"$(of coverage --json | jq -S 'map({(.municipality_code): [.consultants, .seminars, .reached, .visits, .unnamed]}) | add')" "$(jq -S .municipalities books.json)"
is "the seminars of the report add up to its totals" "$(jq -c '[([.seminar_list[] | select(.held) | .by_name] | add), ([.seminar_list[].unnamed] | add)]' report.json)" \
	"$(jq -c '[.visits, .unnamed]' books.json)"
of report --format text > report.txt
holds "and it says so" grep -q "as the figure says" report.txt
exits 0 "and the store is sound" of check
finish
