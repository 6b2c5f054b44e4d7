#!/usr/bin/env bash
# Thanks: the table of points, the activity with its calculation, letters.
. "$(dirname "$0")/lib.sh"
new_device c "Координатор Анна" 80701000 coordinator
expert=$(on c person add --name "Хасанова Гульнара Рашитовна" --role expert)
first=$(on c person add --name "Ахметов Ильдар Зуфарович" --role consultant)
second=$(on c person add --name "Ғәлиева Сәлимә Ғәбит ҡыҙы" --role consultant)
guest=$(on c person add --name "Гость Первый")
for i in 1 2; do
	seminar=$(on c seminar add --title "Семинар $i" --date 2020-02-0$i --lead "$first" --mentor "$expert" --status held)
	on c attend "$seminar" "$guest"
done
on c consultation add --mentor "$expert" --mentee "$second" --date 2020-02-03 --minutes 30 --topic "Устав" > /dev/null

is "the table of points" "$(on c award rule list --json | json '[.[] | "\(.measure) \(.points)"] | join(", ")')" \
	"seminars_led 10, seminars_mentored 5, consultations 2, people_reached 1, stories 10"
exits 0 "the activity" on c award list --json
is "by points" "$(json '[.[] | "\(.rank) \(.name): \(.points)"] | join("; ")' <<< "$out")" \
	"1 Ахметов Ильдар Зуфарович: 21; 2 Хасанова Гульнара Рашитовна: 12; 3 Ғәлиева Сәлимә Ғәбит ҡыҙы: 0"
is "its calculation" "$(json '.[0].calculation | [.[] | select(.count > 0) | "\(.measure) \(.count)×\(.each)=\(.points)"] | join(" ")' <<< "$out")" \
	"seminars_led 2×10=20 people_reached 1×1=1"
is "the calculation adds up" "$(json '[.[] | .points == ([.calculation[].points] | add)] | all' <<< "$out")" true
like "in words" "$(on c award list)" 'seminars held: 2 × 10 = 20'
exits 0 "a rule is edited" on c award rule edit points-led --points 20
exits 0 "a rule is added" on c award rule add --measure mentees --points 3
refused 1 "a second rule for the same" on c award rule add --measure mentees --points 4
is "it counts at once" "$(on c award list --json | json '.[0].points')" 41

refused 1 "nobody has consented" on c letters -o letters.pdf
like "and it is said who" "$err" 'Ахметов'
on c consent sign participation "$first" --date 2020-01-10 > /dev/null
exits 0 "a dry run" on c letters --dry-run
like "names whom" "$out" 'Ахметов'
like "and who is left out" "$err" '1 person .*Хасанова Гульнара Рашитовна'
is "gives no number" "$(on c export award --format json | json length)" 0
refused 2 "letters need a place to go" on c letters
refused 2 "points or people" on c letters --least 5 "$first" -o letters.pdf
LIVENET_DOCUMENT=/nonexistent exits 1 "without livenet-document" on c letters -o none.pdf
is "no number is given either" "$(on c export award --format json | json length)" 0

if [[ -x $BUILD/livenet-document ]] && command -v pdftotext > /dev/null; then
	tag=${expert%-*}
	exits 0 "letters" on c letters -o letters.pdf
	is "a page each" "$(pdfinfo letters.pdf | sed -n 's/^Pages: *//p')" 1
	text=$(pdftotext letters.pdf - | tr -s ' \n' '  ')
	for word in "Ильдар Зуфарович" "БП-$tag-1" "Живая сеть НКО"; do like "the letter says $word" "$text" "$word"; done
	like "it speaks to the person" "$text" 'Уважаемый Ильдар Зуфарович!'
	is "the list has the number" "$(on c award list --json | json '.[0].number')" "БП-$tag-1"
	on c consent sign participation "$expert" "$second" --date 2020-01-10 > /dev/null
	exits 0 "letters to those with many points" on c letters --least 12 --separate letters
	is "a file each" "$(ls letters | wc -l)" 2
	holds "the first has its number still" test -s "letters/БП-$tag-1 Ахметов Ильдар Зуфарович.pdf"
	seminar=$(on c seminar add --title "Ещё один" --date 2020-02-05 --lead "$first" --status held)
	exits 0 "printed again after more work" on c letters "$first" -o again.pdf --json
	is "it says what it said" "$(json '.[0] | "\(.number) \(.points)"' <<< "$out")" "БП-$tag-1 41"
	exits 0 "a woman's letter" on c letters "$second" -o second.pdf
	like "speaks to a woman" "$(pdftotext second.pdf - | tr -s ' \n' '  ')" 'Уважаемая Сәлимә Ғәбит ҡыҙы!'
fi
exits 0 "check" on c check
finish
