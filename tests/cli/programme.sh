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
put_in() { jq -S "$1" books.json; }
is "the report agrees: people" "$(jq -S '.people | {experts: .expert, consultants: .consultant, activists: .activist, officials: .official}' report.json)" \
	"$(put_in '{experts, consultants, activists, officials}')"
keys='{seminars_held, seminars_planned, reached, visits, unnamed, municipalities_with_consultant, municipalities_with_seminar, consultations, consultation_minutes}'
is "the report agrees: what was done" "$(jq -S "$keys" report.json)" "$(put_in "$keys")"
exits 0 "and the store is sound" of check
finish
