#!/bin/bash
# Seminars with plan and fact, several leads, copies and series; the sign-in sheet on paper; the signed one's record.
. "$(dirname "$0")/lib.sh"
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
papers() { command -v pdftotext > /dev/null && [[ -x $BUILD/livenet-document ]]; }

new_device a
s=$(on a seminar add --title 'Как открыть НКО: Әлфиә һүҙе' --date 2020-02-14 --place 'библиотека')
exits 0 'a seminar shows its plan' on a seminar show "$s" --json
is 'planned date' "$(json .planned_date <<< "$out")" 2020-02-14
holds 'moved' on a seminar edit "$s" --date 2020-02-21 --place школа --remarks 'хорошо' --press 'https://example.org/1' \
	--sheet-number 12 --sheet-pages 2 --sheet-place 'шкаф 3'
out=$(on a seminar show "$s" --json)
is 'plan and fact' "$(json '.planned_date + " " + .date + " " + .planned_place + " " + .place' <<< "$out")" '2020-02-14 2020-02-21 библиотека школа'
is 'the signed sheet' "$(json '.sheet_number + " " + (.sheet_pages | tostring) + " " + .sheet_place' <<< "$out")" '12 2 шкаф 3'

# --- who leads ---
p=$(on a person add --name 'Ғәлиәхмәтова Зөһрә Әхтәм ҡыҙы' --phone 89170000002 --post 'библиотекарь' --municipality 80618000)
q=$(on a person add --name 'Ахметов Ильдар Закирович' --phone 89170000003)
holds 'a second lead' on a seminar staff "$s" "$p"
holds 'a trainer' on a seminar staff "$s" "$q" --part trainer
is 'staff' "$(on a seminar staff "$s" | cut -f3,4 | tail -n +2 | sort | tr '\n\t' ';,')" 'Ахметов Ильдар Закирович,trainer;Ғәлиәхмәтова Зөһрә Әхтәм ҡыҙы,lead;'
refused 1 'no such part' on a seminar staff "$s" "$q" --part watchman
refused 1 'all or none' on a seminar staff "$s" "$q" 'Никто Никтович' --part guest
is 'the part is as before' "$(on a seminar staff "$s" | grep -c trainer)" 1
holds 'taken away' on a seminar staff "$s" "$q" --remove
is 'one is left' "$(on a seminar staff "$s" | wc -l)" 2

# --- again ---
holds 'on the sheet' on a attend "$s" "$p" "$q"
exits 0 'a copy' on a seminar copy "$s" --date 2020-03-01
c=$out
is 'without the list' "$(on a seminar show "$c" --json | json .registered)" 0
c=$(on a seminar copy "$s" --date 01.03.2020 --with-list)
is 'with it, and no marks' "$(on a seminar show "$c" --json | json '"\(.registered) \(.present) \(.status) \(.sheet_number)"')" '2 0 planned '
refused 2 'a copy needs a day' on a seminar copy "$s"
refused 1 'a day that exists' on a seminar copy "$s" --date 31.02.2020
exits 0 'a series' on a seminar repeat "$s" --every 7 --count 3
is 'three ids' "$(wc -l <<< "$out")" 3
is 'the series' "$(on a seminar list --series 'открыть' --json | json 'map(.date) | sort | join(" ")')" '2020-02-21 2020-02-28 2020-03-06 2020-03-13'
refused 2 'a series needs numbers' on a seminar repeat "$s" --every week --count 3
refused 1 'not for ever' on a seminar repeat "$s" --every 7 --count 5000
is 'list by kind' "$(on a seminar list --kind local --json | json length)" 6
is 'none of the other' "$(on a seminar list --kind information --json | json length)" 0

# --- the sheet on paper ---
refused 2 'lines are a number' on a sheet "$s" --lines many -o x.pdf
refused 1 'no such seminar' on a sheet zzzzzzzz-9 -o x.pdf
if papers; then
	holds 'a sheet' on a sheet "$s" -o sheet.pdf
	text=$(pdftotext -layout sheet.pdf -)
	like 'Bashkir letters' "$text" 'Ғәлиәхмәтова Зөһрә'
	like 'telephone' "$text" '\+7 917 000-00-02'
	like 'its id' "$text" "$s"
	like 'both leads' "$text" 'Хасанова Гузель Рашитовна, Ғәлиәхмәтова'
	is 'lines for walk-ins' "$(grep -cE '^ *[3-8] *$' <<< "$text")" 5
	holds 'a blank one' on a sheet "$s" --blank --lines 3 -o blank.pdf
	text=$(pdftotext -layout blank.pdf -)
	is 'nobody on it' "$(grep -c 'Ахметов' <<< "$text")" 0
	is 'three lines' "$(grep -cE '^ *[1-9] *$' <<< "$text")" 3

	# 200 people: pages with the head repeated, nobody lost.
	{ echo 'ФИО;Телефон;Должность;Муниципалитет'; for i in $(seq 1000 1199); do echo "Участникова-$i Ҡәҙриә Һөйөндөҡ ҡыҙы;8917$((2000000 + i));активист;80618000"; done; } > many.csv
	holds 'two hundred people' on a import people many.csv
	big=$(on a seminar add --title "$(printf 'Большой семинар %.0s' {1..12})" --date 2020-04-01 --capacity 300)
	on a person list --json | json '.[] | select(.name | startswith("Участникова")) | .id' > ids
	# shellcheck disable=SC2046
	holds 'all registered' on a attend "$big" $(cat ids) --registered
	holds 'a sheet of two hundred' on a sheet "$big" --lines 0 -o big.pdf
	pages=$(pdfinfo big.pdf | sed -n 's/^Pages: *//p')
	text=$(pdftotext -layout big.pdf -)
	is 'everybody is on it' "$(grep -oE 'Участникова-[0-9]+' <<< "$text" | sort -u | wc -l)" 200
	if [[ $pages -ge 8 && $pages -le 12 ]]; then pass "on $pages pages"; else fail 'pages' "$pages"; fi
	is 'its id on each' "$(grep -cE "^ *$big · Большой.* $pages$" <<< "$text")" "$pages"
	heads=$(grep -cE 'No\.|№' <<< "$text")
	if [[ $heads -ge $((pages - 1)) ]]; then pass 'the head on each'; else fail 'heads' "$heads of $pages"; fi
fi
holds 'the store is sound' on a check
finish
