#!/usr/bin/env bash
# The map of the municipalities: what each has, those that have nothing, a period, months; the same figures as a list gives.
. "$(dirname "$0")/lib.sh"
new_device a "Хасанова Гузель Рашитовна"

value() { on a coverage --by "$1" "${@:3}" --json | jq -r --arg code "$2" '.[] | select(.municipality_code == $code) | .value'; }

exits 0 "a new store has a map" on a coverage --json
is "of all municipalities" "$(json length <<< "$out")" 63
is "with letters of their own" "$(json '[.[].letters] | unique | length' <<< "$out")" 63
is "each in a place of its own" "$(json '[.[] | [.row, .column]] | unique | length' <<< "$out")" 63
is "it shows seminars unless said" "$(json '[.[].figure] | unique | join(",")' <<< "$out")" seminars
is "who made the store is a consultant there" "$(value consultants 80618000)" 1
is "and nowhere else" "$(on a coverage --by consultants --empty --json | json length)" 62

one=$(on a seminar add --title "Как открыть НКО" --date 14.2.2020 --municipality 80618000 --unnamed 30 --unnamed-basis "счёт на входе")
two=$(on a seminar add --title "Устав" --date 3.3.2020 --municipality "г. Уфа")
on a seminar add --title "Ещё будет" --date 3.4.2020 --municipality "г. Сибай" > /dev/null
zilya=$(on a person add --name "Валеева Зиля")
petr=$(on a person add --name "Щукин Пётр")
on a attend "$one" "$zilya" "$petr" > /dev/null
on a attend "$two" "$zilya" > /dev/null
on a consultation add --mentee "$zilya" --date 5.3.2020 > /dev/null
on a organisation add --name "АНО «Родник»" --municipality 80701000 > /dev/null
is "a seminar that was held" "$(value seminars 80618000)" 1
is "one that is planned is none yet" "$(value seminars 80743000)" 0
is "people once each in a municipality" "$(value reached 80618000) $(value reached 80701000)" "2 1"
is "visits" "$(on a coverage --by visits --json | json 'map(.value) | add')" 3
is "who came without a name" "$(value unnamed 80618000)" 30
is "organisations" "$(value organisations 80701000)" 1
is "a period" "$(value visits 80618000 --until 29.2.2020) $(value visits 80701000 --until 29.2.2020)" "2 0"
is "those with nothing yet" "$(on a coverage --empty --json | json length)" 61
exits 0 "as lines" on a coverage --empty
is "with a header" "$(head -n 1 out.txt | tr '\t' ' ')" "code letters municipality"
like "by name" "$out" $'80743000\tСИ\tгород Сибай'
is "months in their order" "$(on a coverage --months --json | json 'map(select(.visits > 0)) | map("\(.month)=\(.visits)") | join(" ")')" \
	"2020-02=2 2020-03=1"
exits 0 "as a text" on a coverage --by visits
like "the figure says how it is counted" "$out" 'Visits: every mark'
like "and how many have nothing" "$out" 'nothing yet: 61 of 63'
like "the map has its tiles" "$out" $'УР 0 +·ИГ 0\n'
like "shaded by value" "$out" '█БУ 2'
like "with a legend" "$out" '▒ 1 +█ 2\+'
like "and months" "$out" '2020-03 █+ 1'
exits 0 "people have no months to add up" on a coverage --by reached
like "which it says" "$out" 'once each within a month'
refused 2 "a figure that is none" on a coverage --by погода
refused 2 "consultants have no months" on a coverage --by consultants --months
refused 1 "a day that is none" on a coverage --since 31.2.2020
finish
