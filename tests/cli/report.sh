#!/usr/bin/env bash
# The report in every format, the lists that prove its figures, the targets, filed reports, and the municipalities.
. "$(dirname "$0")/lib.sh"
new_device a "Хасанова Гузель Рашитовна"
evil='<script>alert(1)</script> & "=1"'
person=$(on a person add --name "Галимова Айгуль" --municipality Бураево)
other=$(on a person add --name "Валеева Зиля")
seminar=$(on a seminar add --title "$evil" --date 14.02.2020 --municipality Бураево --place "=СУММА(A1)" --unnamed 100 --unnamed-basis "счёт в зале")
on a attend "$seminar" "$person" "$other"
on a consent sign participation "$person" > /dev/null
on a consultation add --mentee "$person" --date 2020-02-01 --topic "устав" --minutes 90 > /dev/null

exits 0 "report" on a report
like "a figure and how it was computed" "$out" $'People reached: 2\n    people marked present, once each over all seminars'
like "hours and minutes" "$out" $'Hours of consultations: 1 h 30 min\n'
like "the first page: programme, when, of what" "$out" $'Programme: Живая сеть НКО\n.*Made of: what the device holds'
like "possible doubles" "$out" 'Possible doubles, undecided: none'
like "this device's exchange" "$out" 'belongs to no hub'
like "the seminars add up" "$out" 'Visits: the lines come to 2, as the figure says'
is "as JSON" "$(on a report --json | jq -c '[.people.consultant, .reached, .unnamed, .consultation_minutes]')" "[1,2,100,90]"
is "the lists add up to the figures" "$(for figure in $(on a report --json | jq -r '(.people + del(.people)) | to_entries[] | select(.value | type == "number") | .key' |
	grep -v '^possible_doubles$\|^withheld$\|^unsent$'); do on a report "$figure" --json | jq -r '[.[] | .number] | add // 0'; done | tr '\n' ' ')" \
	"$(on a report --json | jq -r 'del(.possible_doubles, .withheld, .unsent) | (.people + del(.people)) | to_entries[] | select(.value | type == "number") | .value' | tr '\n' ' ')"
is "a list" "$(on a report reached)" "$(printf 'type\tid\tname\tdetail\tnumber\nperson\t%s\tВалеева Зиля\t1 visit\t1\nperson\t%s\tГалимова Айгуль\tБураевский, 1 visit\t1' "$other" "$person")"
is "a period" "$(on a report --since 2020-02-15 --json | jq -c '[.visits, .consultations, .people.consultant]')" "[0,0,1]"
is "both its days count" "$(on a report --since 14.02.2020 --until 2020-02-14 --json | jq -c '[.visits, .consultations]')" "[2,0]"
refused 2 "no such figure" on a report nonsense
refused 2 "no such format" on a report --format doc
refused 2 "an end before the beginning" on a report --since 2020-02-02 --until 2020-02-01
refused 1 "no such day" on a report --since 31.02.2020

holds "a page" on a report -o report.html
is "is for its owner" "$(stat -c %a report.html)" 600
is "nothing in it is more than text" "$(grep -c '<script' report.html)" 0
is "nothing is loaded from elsewhere" "$(grep -ciE 'src=|url\(|@import|<link' report.html)" 0
like "and it says what was written" "$(cat report.html)" '&lt;script&gt;alert\(1\)&lt;/script&gt; &amp; &quot;=1&quot;'
like "who consented is named" "$(cat report.html)" 'Галимова Айгуль'
is "who did not is not" "$(grep -c 'Валеева\|Хасанова' report.html)" 0
like "but is there by the id" "$(cat report.html)" "$other"
like "and it says how many" "$(cat report.html)" '2 people have no consent'
is "charts" "$(grep -c '<svg' report.html)" "$(grep -c '</svg>' report.html)"
if command -v xmllint > /dev/null; then holds "well-formed" xmllint --noout <(sed 's/<br>/<br\/>/g' report.html); fi
holds "a list into a file goes through the gate" on a report reached -o list.csv
is "of consents" "$(grep -c 'Валеева' list.csv)" 0
holds "a table" on a report -o report.csv
is "with a byte-order mark" "$(head -c 3 report.csv | od -An -tx1 | tr -d ' ')" "efbbbf"
is "and a line a figure" "$(tail -n +2 report.csv | cut -d';' -f1 | sort)" "$(on a report --json | jq -r 'del(.possible_doubles, .withheld, .unsent) | (.people + del(.people)) | to_entries[] | select(.value | type == "number") | .key' | sort)"
is "in Russian where there is the language" "$(LC_ALL=C.UTF-8 LANGUAGE=ru on a report --json | jq -c .reached)" 2

if [[ -x $BUILD/livenet-document ]]; then
	holds "on paper" on a report -o report.pdf
	if command -v pdftotext > /dev/null; then
		like "it can be read back" "$(pdftotext -layout report.pdf - 2> /dev/null)" 'People reached +2'
		is "without names that may not leave" "$(pdftotext report.pdf - | grep -c 'Валеева')" 0
	fi
	holds "a workbook" on a report -o report.xlsx
	if command -v soffice > /dev/null; then
		timeout 120 soffice --headless --convert-to csv:"Text - txt - csv (StarCalc)":59,34,76,1,,0,false,true,false,false,false,-1 report.xlsx > /dev/null 2>&1
		is "its sheet of seminars comes to the figures" "$(cat report-Seminars.csv 2> /dev/null | grep '^;*Together' | cut -d';' -f9,10)" "2;100"
	fi
fi

exits 0 "targets" on a indicator list
is "as JSON" "$(on a indicator list --json | jq -c '[.[] | [.key, .planned, .reached, .percent]]')" \
	'[["experts",15,0,0],["consultants",50,1,2],["seminars",50,1,2],["participants",400,2,0],["information",3,0,0]]'
is "the rows behind one" "$(on a indicator show participants --json | jq -r '.[].name' | sort)" "$(printf 'Валеева Зиля\nГалимова Айгуль')"
holds "a new one" on a indicator add --key bur --title "Бураево" --kind visits --municipality Бураево --target 4
is "counts" "$(on a indicator list --json | jq -c '.[] | select(.key == "bur") | [.reached, .percent]')" "[2,50]"
holds "is edited by its key" on a indicator edit bur --target 8
is "and counts anew" "$(on a indicator list --json | jq -c '.[] | select(.key == "bur") | .percent')" "25"
refused 1 "a filter that is not heeded" on a indicator edit bur --kind courses
holds "is removed by its key" on a indicator remove bur
refused 1 "and is gone" on a indicator show bur
is "no forecast without dates" "$(on a indicator list --json | jq -c '.[0].forecast')" null
on a programme edit first --since 2020-01-01 --until 2020-06-30
is "after the end: what is reached" "$(on a indicator list --json | jq -c '[.[].forecast]')" "[0,1,1,2,0]"

id=$(on a report file --name "Отчёт 1" --until 2020-12-31)
like "a report is filed" "$id" '^[0-9a-z]{8}-[0-9]+$'
refused 1 "a name is given once" on a report file --name "отчет 1"
is "it is listed, and sound" "$(on a report filings --json | jq -c '.[] | [.name, .until, (.hash | length), .problem]')" '["Отчёт 1","2020-12-31",64,null]'
is "nothing has changed" "$(on a report compare "Отчёт 1" --json)" "[]"
on a attend "$seminar" "$other" --absent
is "what changed, and by whom" "$(on a report compare "Отчёт 1" --json | jq -c '.[] | select(.figure == "reached") | [.filed, .now, .removed[0].name, .removed[0].by]')" \
	'[2,1,"Валеева Зиля","Хасанова Гузель Рашитовна"]'
like "a later report says so" "$(on a report)" 'What changed since the last filed report'
is "in JSON too" "$(on a report --json | jq -c '.changed_since_filed | [.name, ([.figures[].figure] | index("reached") != null)]')" '["Отчёт 1",true]'

exits 0 "municipalities" on a municipality list
is "all of them" "$(wc -l <<< "$out")" 64
is "one" "$(on a municipality show "Бураевский р-н")" "$(printf '%s\n' 'code	name	kind	centre	consultants	seminars	people' \
	"$(grep '^80618000' <<< "$out")")"
is "what it has" "$(on a municipality show 80618000 --json | jq -c '[.name, .kind, .consultants, .seminars, .people]')" \
	'["Бураевский район","district",1,1,2]'
is "a filter" "$(on a municipality list --filter бураев --json | jq -r '.[].name')" "Бураевский район"
refused 1 "no such" on a municipality show Москва
refused 2 "nobody adds one" on a municipality add

# The hub's report is of the region, and says who has not exchanged.
new_hub
enrol a 80618000 coordinator
travel a
exits 0 "the hub reports" hub report --key-file hub.key
like "of the region" "$out" 'Made of: the whole region, as the hub “Уфа” has it'
like "the same figures" "$out" $'People reached: 1\n'
like "its devices" "$out" 'Devices: 0 of 1 device'
refused 1 "filing is not its work" hub report file --name "Отчёт 2" --key-file hub.key
is "but it has what was filed" "$(hub report filings --json --key-file hub.key | jq -c '.[] | [.name, .problem]')" '["Отчёт 1",null]'
finish
