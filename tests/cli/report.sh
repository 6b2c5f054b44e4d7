#!/usr/bin/env bash
# Figures, the lists that prove them, and the municipalities.
. "$(dirname "$0")/lib.sh"
new_device a "Хасанова Гузель Рашитовна"
evil='<script>alert(1)</script> & "=1"'
person=$(on a person add --name "Галимова Айгуль" --municipality Бураево)
seminar=$(on a seminar add --title "$evil" --date 14.02.2020 --municipality Бураево --place "=СУММА(A1)" --unnamed 100 --unnamed-basis "счёт в зале")
on a attend "$seminar" "$person"
on a consultation add --mentee "$person" --date 2020-02-01 --topic "устав" --minutes 90 > /dev/null

exits 0 "report" on a report
like "a figure and how it was computed" "$out" $'People reached: 1\n    people marked present, once each over all seminars'
like "hours and minutes" "$out" $'Hours of consultations: 1 h 30 min\n'
is "as JSON" "$(on a report --json | jq -c '[.people.consultant, .reached, .unnamed, .consultation_minutes]')" "[1,1,100,90]"
is "the lists add up to the figures" "$(for figure in $(on a report --json | jq -r '(.people + del(.people)) | keys_unsorted[]'); do
	on a report "$figure" --json | jq -r '[.[] | .number] | add // 0'; done | tr '\n' ' ')" \
	"$(on a report --json | jq -r '(.people + del(.people)) | to_entries[].value' | tr '\n' ' ')"
is "a list" "$(on a report reached)" "$(printf 'type\tid\tname\tdetail\tnumber\nperson\t%s\tГалимова Айгуль\tБураевский, 1 visit\t1' "$person")"
refused 2 "no such figure" on a report nonsense
refused 2 "no such format" on a report --format pdf
refused 2 "a list with names stays here" on a report reached -o list.csv

holds "a page" on a report -o report.html
is "is for its owner" "$(stat -c %a report.html)" 600
is "nothing in it is more than text" "$(grep -c '<script' report.html)" 0
like "and it says what was written" "$(cat report.html)" '&lt;script&gt;alert\(1\)&lt;/script&gt; &amp; &quot;=1&quot;'
is "and nobody's name is in it" "$(grep -c 'Галимова\|Хасанова' report.html)" 0
if command -v xmllint > /dev/null; then holds "well-formed" xmllint --html --noout report.html; fi
holds "a table" on a report -o report.csv
is "with a byte-order mark" "$(head -c 3 report.csv | od -An -tx1 | tr -d ' ')" "efbbbf"
is "and a line a figure" "$(wc -l < report.csv)" 15
is "in Russian where there is the language" "$(LC_ALL=C.UTF-8 LANGUAGE=ru on a report --json | jq -c .reached)" 1

exits 0 "municipalities" on a municipality list
is "all of them" "$(wc -l <<< "$out")" 64
is "one" "$(on a municipality show "Бураевский р-н")" "$(printf '%s\n' 'code	name	kind	centre	consultants	seminars	people' \
	"$(grep '^80618000' <<< "$out")")"
is "what it has" "$(on a municipality show 80618000 --json | jq -c '[.name, .kind, .consultants, .seminars, .people]')" \
	'["Бураевский район","district",1,1,2]'
is "a filter" "$(on a municipality list --filter бураев --json | jq -r '.[].name')" "Бураевский район"
refused 1 "no such" on a municipality show Москва
refused 2 "nobody adds one" on a municipality add
finish
