#!/usr/bin/env bash
# The whole selection by commands: first by one coordinator alone, then with sixty applications and three judges on their own devices through a hub, none of
# whom sees another's scores until the call is closed.
. "$(dirname "$0")/lib.sh"

# --- a fresh store with one coordinator ---
new_device one "Хасанова Гузель Рашитовна" 80701000 coordinator
call=$(on one call add --title "Отбор экспертов" --role expert --places 1 --deadline 2099-12-01)
like "add prints the id" "$call" '^[a-z0-9]+-[0-9]+$'
for name in "Абдуллин Айрат" "Баширова Венера" "Валеева Зиля"; do on one person add --name "$name" --municipality 80618000; done > people.txt
readarray -t person < people.txt
a=$(on one application add --call "$call" --person "${person[0]}" --motivation "Хочу учить")
b=$(on one application add --call "отбор экспертов" --person "Баширова Венера")
refused 1 "nobody applies twice" on one application add --call "$call" --person "${person[0]}"
refused 1 "a score needs a criterion" on one application score "$a" --criterion "Опыт" --points 5
like "which is told" "$err" 'criterion add --title'
k=$(on one criterion add --title "Опыт" --weight 2 --maximum 10)
on one criterion add --title "Мотивация" --weight 1 --maximum 5 --call "$call" > /dev/null
exits 0 "points" on one application score "$a" --criterion опыт --points 7 --remark "Работал в ТОС"
like "the first judge is told" "$err" 'first judge'
exits 0 "more points" on one application score "$b" --criterion "$k" --points 9
refused 1 "too many" on one application score "$a" --criterion Мотивация --points 6
like "are told" "$err" '5 points at most'
refused 2 "points must be said" on one application score "$a" --criterion "$k"
is "the own scores" "$(on one application score "$a" --json | jq -c '[.[].points]')" '[7,null]'
is "the ranking is preliminary" "$(on one call rank "$call" --json | jq -c '[.[] | [.place, .person, .total, .preliminary]]')" \
	'[[1,"Баширова Венера",18,true],[2,"Абдуллин Айрат",14,true]]'
like "and says so" "$(on one call rank "$call")" 'Preliminary'
refused 1 "an open call is not decided" on one application decide "$b" --decision selected
like "and the next step is told" "$err" "call close $call"
refused 1 "nor proposed" on one call decide "$call"
refused 1 "nor written down" on one call protocol "$call" -o protocol.pdf
exits 0 "close" on one call close "$call"
like "what is missing is told" "$err" '2 scores are missing'
refused 1 "a closed call takes no score" on one application score "$a" --criterion "$k" --points 1
refused 1 "and no application" on one application add --call "$call" --person "${person[2]}"
exits 0 "what is proposed" on one call decide "$call" --json
is "before the cut-off and behind it" "$(jq -c '[.[] | [.person, .proposal]]' <<< "$out")" '[["Баширова Венера","selected"],["Абдуллин Айрат","reserve"]]'
is "changes nothing" "$(on one application list --json | jq -c '[.[].decision]')" '["",""]'
exits 0 "taken" on one call decide "$call" --apply
is "role and stage" "$(on one person show "${person[1]}" --json | jq -c '[.role, .stage]')" '["expert","selected"]'
refused 1 "a full call" on one application decide "$a" --decision selected
like "tells what to do" "$err" 'call edit .* --places N'
refused 1 "a refusal has a reason" on one application decide "$a" --decision refused
exits 0 "with one" on one application decide "$a" --decision отказ --reason "Мало опыта"
refused 1 "decisions hold a call closed" on one call reopen "$call"
exits 0 "taken back" on one application decide "$b" --take-back
like "which is told" "$err" 'role expert.* activist|expert → activist'
is "role and stage as before" "$(on one person show "${person[1]}" --json | jq -c '[.role, .stage]')" '["activist","candidate"]'
exits 0 "open again" on one call reopen "$call"
refused 1 "the deadline" on one call add --title T --role expert --places 1 --since 2020-02-01 --deadline 2020-01-01
old=$(on one call add --title "Прошлый отбор" --role consultant --places 1 --deadline 2019-12-01)
refused 1 "a late application" on one application add --call "$old" --person "${person[2]}"
like "names the day" "$err" '01.12.2019'
exits 0 "one that came in time" on one application add --call "$old" --person "${person[2]}" --date 30.11.2019
refused 1 "a judge does not apply" on one call judge "$old" "${person[2]}"
like "and why" "$err" 'conflict of interest'

# --- the region: sixty applications, three judges ---
new_hub
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol r 80701000 coordinator
for j in 1 2 3; do new_device "j$j" "Судья Номер $j" 80701000 expert; enrol "j$j" 80701000 expert; done
holds "the judges are known" travel r j1 j2 j3
travel r j1 j2 j3
call=$(on r call add --title "Отбор консультантов" --role consultant --places 50 --deadline 2099-12-01)
on r criterion add --title "Опыт работы" --weight 3 --maximum 10 > /dev/null
on r criterion add --title "Мотивация" --weight 2 --maximum 10 > /dev/null
on r criterion add --title "Поддержка администрации" --weight 1 --maximum 5 --call "$call" > /dev/null
judges=$(on r person list --filter "Судья" --json | jq -r '.[].id')
# shellcheck disable=SC2086
exits 0 "judges are named" on r call judge "$call" $judges
for ((i = 1; i <= 60; i++)); do
	printf -v name 'Заявитель Номер %02d' "$i"
	on r application add --call "$call" --person "$(on r person add --name "$name" --municipality 80618000)"
done > applications.txt
is "sixty apply" "$(on r application list --json | json length)" 60
holds "they travel" travel r j1 j2 j3
is "a judge has all of them" "$(on j1 application list --json | json length)" 60
# points of judge j for application i by criterion k: known to the test alone
points() { echo $(((($1 * 7 + $2 * (3 + $1) + $3 * 5) * 13 / 7) % ($3 == 3 ? 6 : 11))); }
criteria=("Опыт работы" "Мотивация" "Поддержка администрации")
for j in 1 2 3; do
	i=0
	while read -r application; do
		i=$((i + 1))
		for k in 1 2 3; do
			on "j$j" application score "$application" --criterion "${criteria[k - 1]}" --points "$(points "$j" "$i" "$k")" || echo "$j $i $k" >> failed.txt
		done
	done < applications.txt
done
holds "every score is taken" test ! -e failed.txt
for j in j1 j2 j3; do on "$j" sync --via stick; done > /dev/null
hub collect stick > /dev/null
mkdir outbox
find stick -path '*outbox*' -type f -name '*.bundle' -exec cp --backup=numbered -t outbox {} +
holds "the scores travel" travel j1 j2 j3 r
travel r j1 j2 j3
is "nobody's are refused" "$(for d in j1 j2 j3 r; do on $d status --json; done | jq -s '[.[].refused // 0] | add')" 0
is "a judge sees the own ones" "$(on j2 score list --json | jq -c '[length, ([.[].judge] | unique | length)]')" '[180,1]'
is "the coordinator sees none" "$(on r score list --json | json length)" 0
is "nor the hub" "$(hub score list --json | json length)" 0
is "no export gives them out" "$(on r export score --format json | json length)" 0
is "but how far each has come" "$(on r call judge "$call" --json | jq -c '[.[].scores]')" '[180,180,180]'
is "no ranking tells" "$(on r call rank "$call" --json | jq -c '[.[].total] | unique')" '[null]'
first=$(on j1 score list --json | json '.[0].id')
exits 1 "nor does the history" on r history "$first"
exits 1 "nor a card" on r score show "$first"
# What the bundles carry is shown by --operations, but for what is secret: of a score nothing but that it is there.
for file in outbox/*; do on r bundle show "$file" --operations 2> /dev/null; done > shown.txt
holds "nor do its bundles" test "$(grep -c '^\[' shown.txt)" -gt 0
id=$(on j1 score list --json | json '.[0].id')
is "a score in a bundle is its id" "$(grep '^\[' shown.txt | grep -F "\"$id\"" | sort -u | sed 's/^\[[0-9-]*,[0-9]*,//')" "0,\"$id\"]"
like "and how many are left out is said" "$(cat shown.txt)" 'not shown'
refused 1 "the hub scores nothing" hub application score "$(head -n 1 applications.txt)" --criterion "Опыт работы" --points 1
refused 1 "a judge closes no call" on j1 call close "$call"
exits 0 "a coordinator does" on r call close "$call"
is "now they are seen" "$(on r score list --json | json length)" 540
# the ranking, counted anew: thirds of points, so that nothing is rounded
i=0
while read -r application; do
	i=$((i + 1)) sum=0
	for k in 1 2 3; do
		for j in 1 2 3; do sum=$((sum + (4 - k) * $(points $j "$i" $k))); done
	done
	printf '%s %d\n' "$application" "$sum"
done < applications.txt | sort -k2,2nr -k1,1 > expected.txt
on r call rank "$call" --json > rank.json
is "the sums" "$(jq -r '.[] | "\(.id) \(.exact)"' rank.json | while read -r id exact; do echo "$id $((3 * ${exact%/*} / $([[ $exact == */* ]] && echo "${exact#*/}" || echo 1)))"; done | sort)" \
	"$(sort expected.txt)"
is "the places" "$(jq -c '[.[] | .place]' rank.json)" "$(awk '{ if ($2 != last) place = NR; last = $2; print place }' expected.txt | jq -sc .)"
exits 0 "proposals" on r call decide "$call" --apply --json
selected=$(jq '[.[] | select(.proposal == "selected")] | length' <<< "$out") tied=$(jq '[.[] | select(.proposal == "tie")] | length' <<< "$out")
holds "fill the places up to a tie" test "$((selected + (tied > 0 ? 0 : 0)))" -le 50 -a "$((selected + tied))" -ge 50
is "who is selected is a consultant" "$(on r person list --json | jq '[.[] | select(.role == "consultant" and .stage == "selected")] | length')" "$selected"
holds "decisions travel" travel r j1 j2 j3
travel r j1 j2 j3
is "the hub ranks alike" "$(hub call rank "$call" --json | jq -c '[.[] | [.id, .exact]]')" "$(jq -c '[.[] | [.id, .exact]]' rank.json)"
is "a judge sees all scores now" "$(on j1 score list --json | json length)" 540
is "and the same ranking" "$(on j1 call rank "$call" --json | jq -c '[.[] | [.id, .exact, .decision]]')" "$(on r call rank "$call" --json | jq -c '[.[] | [.id, .exact, .decision]]')"

# --- the protocol ---
if command -v pdftotext > /dev/null && on r call protocol "$call" -o protocol.pdf 2> protocol.err; then
	pdftotext -layout protocol.pdf protocol.txt
	holds "the protocol names the judges" grep -q "Судья Номер 3" protocol.txt
	is "and every applicant" "$(grep -o 'Заявитель Номер [0-9]*' protocol.txt | sort -u | wc -l)" 60
	holds "and the criteria" grep -q "Поддержка администрации" protocol.txt
elif grep -q livenet-document protocol.err; then
	pass "the protocol # SKIP livenet-document is not installed"
else
	fail "the protocol" "$(cat protocol.err)"
fi
finish
