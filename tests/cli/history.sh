#!/usr/bin/env bash
# Who did what to a record, and settling what two edits left.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device b "Ахметов Ильдар"
enrol a
enrol b
person=$(on a person add --name "Галимова Айгуль" --municipality 80618000 --phone 89170000001)
seminar=$(on a seminar add --title "Как открыть НКО" --date 14.02.2020)
on a attend "$seminar" "$person"
holds "exchange" travel a b
on a person edit "$person" --phone 89170000002 --role consultant
on b person edit "$person" --phone 89170000003
holds "exchange" travel a b
holds "and again" travel a b

exits 0 "history of a person" on b history "$person"
is "a line a field, with a header" "$(sed 's/^[0-9.]* [0-9:]*\t//; 1s/^when\t//' <<< "$out" | cut -f 1,5-)" "$(printf '%s\n' \
	'person	deed	field	before	after	shown	refused' \
	'Хасанова Гузель	added	Full name		Галимова Айгуль	yes	' \
	'Хасанова Гузель	added	Phone		+7 917 000-00-01	no	' \
	'Хасанова Гузель	added	Municipality		Бураевский район	yes	' \
	'Хасанова Гузель	added	Role		activist	no	' \
	'Хасанова Гузель	changed	Phone	+7 917 000-00-01	+7 917 000-00-02	no	' \
	'Хасанова Гузель	changed	Role	activist	consultant	yes	' \
	'Ахметов Ильдар	changed	Phone	+7 917 000-00-01	+7 917 000-00-03	yes	')"
is "as JSON" "$(on b history "$person" --json | jq -c '[.[] | .changes[] | select(.field == "phone" and .shown) | .after]')" '["+7 917 000-00-03"]'
is "own ones are told" "$(on b history "$person" --json | jq -c '[.[] | .own] | unique')" '[false,true]'
like "a seminar has its marks" "$(on b history "$seminar")" $'\tГалимова Айгуль\tadded\tMark\t\tpresent\tyes'
is "the hub has the same" "$(hub history "$person" --json | jq -c '[.[] | .changes[] | .after]')" \
	"$(on b history "$person" --json | jq -c '[.[] | .changes[] | .after]')"
bundles=$(on b history "$person" --json | jq -c '[.[] | .bundle | (.hash | test("^[0-9a-f]{64}$")) and (.number > 0) and (.epoch > 0)] | unique')
is "each change names the signed bundle that it is in" "$bundles" "[true]"
is "another device's came from the hub, an own one went there" \
	"$(on b history "$person" --json | jq -c '[.[] | [.own, (.bundle | has("from")), (.bundle | has("to"))]] | unique')" "[[false,true,false],[true,false,true]]"
on b person edit "$person" --email aigul@example.org
is "what was not sent has none yet" "$(on b history "$person" --json | jq -c '.[-1].bundle')" null
refused 1 "the beginning of several" on b history "${person%?}"
like "names them" "$err" "$person Галимова"
refused 1 "no such record" on b history zzzzzzzz-1
refused 1 "a name is no id" on b history "Галимова Айгуль"
refused 2 "which record?" on b history
gone=$(on a organisation add --name "ТОС «Дружба»")
on a organisation remove "$gone"
like "what was removed has a history" "$(on a history "$gone")" $'\tremoved\tRecord\tthere\tremoved\tyes'

# --- conflicts ---
exits 0 "conflicts" on b conflicts
is "the shown one first, with who and what" "$(cut -f 1-6,8,10 <<< "$out" | grep phone)" "$(printf '%s\n' \
	"person	$person	Галимова Айгуль	phone	+79170000003	+7 917 000-00-03	Ахметов Ильдар	yes" \
	"person	$person	Галимова Айгуль	phone	+79170000002	+7 917 000-00-02	Хасанова Гузель	no")"
refused 2 "a value, or the shown one" on b conflicts settle "$person" phone
refused 2 "not both" on b conflicts settle "$person" phone --keep --value 1
refused 1 "no value of that field" on b conflicts settle "$person" phone --value twelve
refused 1 "no conflict there" on b conflicts settle "$person" email --keep
refused 1 "the hub settles nothing" hub conflicts settle "$person" phone --keep
refused 2 "no such verb" on b conflicts forget
exits 0 "the other one is right" on b conflicts settle "$person" phone --value "8 917 000-00-02"
is "it is shown" "$(on b person show "$person" --json | json .phone)" "+79170000002"
holds "exchange" travel b a
is "settled on both" "$(on a conflicts --json | jq -c '[.[] | .field]')$(on b conflicts --json | jq -c '[.[] | .field]')" "[][]"
is "with the same value" "$(on a person show "$person" --json | json .phone)" "+79170000002"
on a person edit "$person" --post "руководитель"
on b person edit "$person" --post "библиотекарь"
holds "exchange" travel a b
holds "and again" travel a b
shown=$(on a person show "$person" --json | json .post)
exits 0 "the shown one is right" on a conflicts settle "$person" Post --keep
holds "exchange" travel a b
is "settled on both" "$(on a conflicts --json)$(on b conflicts --json)" "[][]"
is "with that value" "$(on b person show "$person" --json | json .post)" "$shown"

# --- today ---
exits 0 "today" on b today
is "all has been seen the first time" "$(cut -f 1 <<< "$out" | sort -u | tr '\n' ' ')" "what "
holds "and is from now on" on b today --seen
on a organisation add --name "АНО «Родник»" --municipality 80618000 > /dev/null
on a attend "$seminar" "$person" --absent
holds "exchange" travel a b
holds "and again" travel a b
is "what came since" "$(on b today --json | jq -c '[.news[] | [.what, .type, .name, .person]]')" \
	'[["changed","seminar","Как открыть НКО","Хасанова Гузель"],["new","organisation","АНО «Родник»","Хасанова Гузель"]]'
on b person edit "$person" --email g@example.org
is "what is not sent" "$(on b today | tail -n 1 | cut -f 1,6)" "unsent	1"
holds "seen" on b today --seen
is "and that is that" "$(on b today --json | jq -c .news)" "[]"
me=$(on b person list --filter Ахметов --json | json '.[0].id')
on b consultation add --mentee "$person" --date 2020-02-01 --topic "устав" --next-step "написать" --next-date 2020-02-10 > /dev/null
on b seminar add --title "Старый" --date 2020-02-01 --lead "$me" > /dev/null
is "what is due" "$(on b today | cut -f 1,2,3,5 | head -n 3 | tail -n 2)" "$(printf '%s\n' \
	'step	2020-02-10	consultation	написать — Галимова Айгуль' 'unmarked	2020-02-01	seminar	Старый')"
finish
