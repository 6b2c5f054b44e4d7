#!/usr/bin/env bash
# Courses: who is on them, hours, documents, the register and the fund's certificates; numbers that the hub reserves.
. "$(dirname "$0")/lib.sh"
new_device c "Координатор Анна" 80701000 coordinator

course=$(on c course add --title "Основы консультирования НКО" --hours 72 --provider "Учебный центр ГСЗН")
first=$(on c group add --course "$course" --title "Первая группа" --since 10.02.2020 --until 14.02.2020 --place "Уфа, Ленина, 1")
on c group add --course "$course" --title "Вторая группа" --since 16.03.2020 --until 20.03.2020 > /dev/null
galia=$(on c person add --name "Галимова Айгуль Рифовна" --role consultant --stage selected)
salima=$(on c person add --name "Ғәлиева Сәлимә Ғәбит ҡыҙы" --role consultant --stage selected)
rustam=$(on c person add --name "Галиуллин Рустам Фаритович" --role consultant)

like "course add prints an id" "$course" '^[0-9a-z]{8}-[0-9]+$'
is "what the provider gives" "$(on c course show "$course" --json | json .document_kind)" "удостоверение о повышении квалификации"
exits 0 "enrol several" on c course enrol "$course" "$galia" "Ғәлиева Сәлимә Ғәбит ҡыҙы" --group "первая группа"
exits 0 "enrol again" on c course enrol "$course" "$galia"
exits 0 "enrol in the other group" on c course enrol "$course" "$rustam" --group "Вторая группа"
refused 1 "nobody of a misspelt list is enrolled" on c course enrol "$course" "Нет Такого"
is "an enrolment is course/person" "$(on c enrolment list --json | json '[.[].id] | sort | .[0]')" "$course/$galia"
is "three are on it" "$(on c course people "$course" --json | json length)" 3
is "the group stays" "$(on c enrolment show "$course/$galia" --json | json .course_group_id)" "$first"

exits 0 "hours of a group" on c course hours "$course" --date 10.02.2020 --hours 8 --group "Первая группа"
exits 0 "hours of one" on c course hours "$course" --date 11.02.2020 --hours 6 "$galia"
is "nothing to complain of" "$err" ""
exits 0 "a day outside the group's dates" on c course hours "$course" --date 17.02.2020 --hours 8 "$galia"
like "is told" "$err" '17\.02\.2020.*Первая группа'
is "and kept" "$(on c course people "$course" --json | json '.[] | select(.person_id == "'"$galia"'") | .hours')" 22
exits 0 "hours taken back" on c course hours "$course" --date 17.02.2020 --hours 0 "$galia"
is "are gone" "$(on c course people "$course" --json | json '.[] | select(.person_id == "'"$galia"'") | .hours')" 14
refused 1 "a day of 25 hours" on c course hours "$course" --date 10.02.2020 --hours 25 "$galia"
refused 2 "hours of nobody" on c course hours "$course" --date 10.02.2020 --hours 8
refused 2 "hours without a day" on c course hours "$course" --hours 8 --all
exits 0 "hours of all" on c course hours "$course" --date 13.02.2020 --hours 8 --all

exits 0 "complete" on c course complete "$course" "$galia" --document 02-000777 --date 14.02.2020
is "the document" "$(on c enrolment show "$course/$galia" --json | json '[.state, .document, .document_date, .document_kind] | join("|")')" \
	"completed|02-000777|2020-02-14|удостоверение о повышении квалификации"
is "the stage" "$(on c person show "$galia" --json | json .stage)" trained
exits 0 "a document of another kind" on c course complete "$course" "$salima" --document 17 --date 14.02.2020 --kind "диплом"
refused 1 "who is not enrolled" on c course complete "$course" "Координатор Анна" --document 1 --date 14.02.2020
refused 2 "complete without a document" on c course complete "$course" "$rustam" --date 14.02.2020
exits 0 "help" livenet course --help
like "names the fields" "$out" '--provider'

# --- certificates: numbers of a device without a hub, then of blocks ---
tag=${course%-*}
first_certificate=$(on c certificate add --person "$galia" --course "$course")
is "without a hub the tag is in the number" "$(on c certificate show "$first_certificate" --json | json .number)" "ЖС-$tag-1"
is "the hours of the course" "$(on c certificate show "$first_certificate" --json | json .hours)" 72
exits 0 "once more" on c certificate add --person "$galia" --course "$course"
is "is the same" "$out" "$first_certificate"
refused 1 "a number that was given" on c certificate edit "$first_certificate" --number ЖС-000001

new_hub
enrol c 80701000 coordinator
hub collect stick > /dev/null
travel c
travel c
second=$(on c certificate add --person "$salima" --course "$course")
is "the hub's block" "$(on c certificate show "$second" --json | json .number)" "ЖС-000001"
new_device d "Координатор Борис" 80701000 coordinator
enrol d 80701000 coordinator
hub collect stick > /dev/null
travel c d
travel c d
on d certificate add --person "$rustam" --course "$course" > /dev/null
on c certificate add --person "$rustam" > /dev/null
travel c d
travel c d
is "two devices gave different numbers" "$(on c certificate list --json | json '[.[].number] | sort | join(" ")')" "ЖС-000001 ЖС-000002 ЖС-000101 ЖС-$tag-1"
is "and agree" "$(on d certificate list --json | json '[.[].number] | sort | join(" ")')" "$(on c certificate list --json | json '[.[].number] | sort | join(" ")')"
is "the hub too" "$(hub certificate list --json | json length)" 4
on c certificate remove "$second" > /dev/null
is "a removed one's number is not given again" "$(on c certificate show "$(on c certificate add --person "$salima" --course "$course")" --json | json .number)" "ЖС-000003"
travel c d
is "hours of the course at the other device" "$(on d course people "$course" --json | json '[.[].hours] | add')" "$(on c course people "$course" --json | json '[.[].hours] | add')"
exits 0 "check" on c check
exits 0 "check at the other device" on d check
exits 0 "check at the hub" hub check

# --- papers ---
on c programme edit first --organiser "Общественный фонд развития города" --city Уфа --signatory "Иванова А. П." --signatory-post "Президент фонда"
organisation=$(on c organisation add --name "Автономная некоммерческая организация «Центр развития общественных инициатив «Родник»" --municipality 80609000)
on c person edit "$galia" --organisation "$organisation" --municipality 80609000
refused 2 "certificates need a place to go" on c course certificate "$course"
if [[ -x $BUILD/livenet-document ]] && command -v pdftotext > /dev/null; then
	exits 0 "the register" on c course register "$course" -o register.pdf
	pdftotext -layout register.pdf register.txt
	text=$(cat register.txt)
	for word in "Основы консультирования НКО" "Первая группа" "Вторая группа" "Ғәлиева Сәлимә Ғәбит ҡыҙы" "02-000777" "10.02" "13.02"; do
		like "the register says $word" "$(tr -s ' \n' '  ' <<< "$text")" "$word"
	done
	exits 0 "certificates of all who have completed it" on c course certificate "$course" -o all.pdf
	is "numbers and names" "$(sort <<< "$out")" "$(printf 'ЖС-000003\tҒәлиева Сәлимә Ғәбит ҡыҙы\nЖС-%s-1\tГалимова Айгуль Рифовна' "$tag" | sort)"
	like "personal data are told of" "$err" 'personal data'
	is "a page each" "$(pdfinfo all.pdf 2> /dev/null | sed -n 's/^Pages: *//p')" 2
	text=$(pdftotext all.pdf - | tr -s ' \n' '  ')
	for word in "Галимова Айгуль Рифовна" "Ғәлиева Сәлимә Ғәбит ҡыҙы" "ЖС-000003" "ЖС-$tag-1" "72"; do
		like "the certificates say $word" "$text" "$word"
	done
	exits 0 "the same again" on c course certificate "$course" "$salima" "$rustam" --separate papers
	is "a file each" "$(ls papers | wc -l)" 2
	holds "named by number and name" test -s "papers/ЖС-000003 Ғәлиева Сәлимә Ғәбит ҡыҙы.pdf"
	is "no number more" "$(on c certificate list --json | json length)" 4
fi
LIVENET_DOCUMENT=/nonexistent refused 1 "without livenet-document" on c course certificate "$course" "$rustam" -o none.pdf
is "no number is given for a paper that was not made" "$(on c certificate list --json | json '[.[].number] | sort | join(" ")')" \
	"ЖС-000002 ЖС-000003 ЖС-000101 ЖС-$tag-1"
finish
