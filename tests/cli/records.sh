#!/usr/bin/env bash
# The subcommands of the records: add, list, show, edit, remove; short ids, names, output forms, what is escaped.
. "$(dirname "$0")/lib.sh"
new_device a

# --- people ---
organisation=$(on a organisation add --name "АНО «Родник»" --municipality "Бураевский р-н")
like "organisation add prints an id" "$organisation" '^[0-9a-z]{8}-[0-9]+$'
person=$(on a person add --name "Галимова  Айгуль Рашитовна " --phone "8 (917) 000-00-03" --email "A.Galimova@Example.RU" \
	--organisation "АНО «Родник»" --post "руководитель" --municipality "г. Уфа" --role "участник" --note $'первая строка\nвторая')
like "person add prints an id" "$person" '^[0-9a-z]{8}-[0-9]+$'
shown=$(on a person show "$person" --json)
is "blanks are put in order" "$(json .name <<< "$shown")" "Галимова Айгуль Рашитовна"
is "the telephone's form" "$(json .phone <<< "$shown")" +79170000003
is "the e-mail's domain" "$(json .email <<< "$shown")" "A.Galimova@example.ru"
is "a reference is the name" "$(json .organisation <<< "$shown")" "АНО «Родник»"
is "with the id beside it" "$(json .organisation_id <<< "$shown")" "$organisation"
is "a Russian word for a role is its code" "$(json .role <<< "$shown")" activist
is "the city" "$(json .municipality_code <<< "$shown")" 80701000
is "line feeds stay in long fields" "$(json .note <<< "$shown")" $'первая строка\nвторая'
exits 0 "show for people" on a person show "$person"
holds "edit" on a person edit "$person" --phone "+7 917 000-00-04" --stage ""
is "is there" "$(on a person show "$person" --json | json .phone)" +79170000004
holds "edit by name" on a person edit "Галимова Айгуль Рашитовна" --post "директор"
is "is there too" "$(on a person show "$person" --json | json .post)" "директор"

exits 0 "list" on a person list
is "has a header and a line each" "$(wc -l <<< "$out")" 3
is "tabs between" "$(head -n 1 <<< "$out" | tr -cd '\t' | wc -c)" "$(tail -n 1 <<< "$out" | tr -cd '\t' | wc -c)"
exits 0 "filter folds" on a person list --filter "ГАЛИМ айг" --json
is "finds her" "$(json length <<< "$out")" 1
on a person add --name "Ғәлиә Һаҙыева" --municipality 80618000 > /dev/null
is "галия finds Ғәлиә" "$(on a person list --filter галия --json | json '.[].name')" "Ғәлиә Һаҙыева"
is "a filter that nobody meets" "$(on a person list --filter щщщ --json | jq -c .)" "[]"
is "the Bashkir letters stand in their places" "$(on a person list --json | json '.[].name' | tr '\n' '|')" \
	"Галимова Айгуль Рашитовна|Ғәлиә Һаҙыева|Хасанова Гузель Рашитовна|"

# --- seminars, mentorships ---
seminar=$(on a seminar add --title "Команда" --date 14.02.2020 --place "Бураево" --municipality Бураевский --lead "Хасанова Гузель Рашитовна")
shown=$(on a seminar show "$seminar" --json)
is "a date as people write it" "$(json .date <<< "$shown")" 2020-02-14
is "capacity is 10 unless said" "$(json '.capacity | tostring' <<< "$shown")" 10
is "planned unless said" "$(json .status <<< "$shown")" planned
is "local unless said" "$(json .kind <<< "$shown")" local
is "who leads" "$(json .lead <<< "$shown")" "Хасанова Гузель Рашитовна"
holds "attend by name" on a attend "$seminar" "Галимова Айгуль Рашитовна"
holds "absent" on a attend "$seminar" "Ғәлиә Һаҙыева" --absent
holds "removed" on a attend "$seminar" "Ғәлиә Һаҙыева" --remove
mentorship=$(on a mentorship add --mentor "Хасанова Гузель Рашитовна" --mentee "Галимова Айгуль Рашитовна" --since 2020-02-17)
like "mentorship add prints an id" "$mentorship" '^[0-9a-z]{8}-[0-9]+$'
refused 1 "nobody mentors oneself" on a mentorship add --mentor "$person" --mentee "$person"
refused 1 "an end before the beginning" on a mentorship edit "$mentorship" --until 2019-01-01
is "programmes: there is one, open" "$(on a programme list --json | json '.[].state')" open

# --- ids, removal ---
exits 0 "a shortened id" on a organisation show "${organisation:0:4}"
refused 1 "an id that is not there" on a person show "${person%-*}-99999"
refused 1 "an ambiguous beginning" on a person show "${person:0:4}"
holds "remove" on a person remove "Ғәлиә Һаҙыева"
is "is gone from the list" "$(on a person list --json | json length)" 2
refused 1 "and not found" on a person show "Ғәлиә Һаҙыева"

# --- export ---
exits 0 "export as CSV" on a export people --format csv -o people.csv
is "begins with a byte-order mark" "$(head -c 3 people.csv | od -An -tx1 | tr -d ' \n')" efbbbf
like "semicolons" "$(head -n 1 people.csv)" ';'
on a consent sign participation "$(on a person add --name "=HYPERLINK(1)" --municipality 80618000)"
on a export people --format csv -o people.csv
holds "what a spreadsheet would run is disarmed" grep -q "'=HYPERLINK" people.csv
exits 0 "export as JSON" on a export people --format json
is "is an array" "$(json type <<< "$out")" array
exits 0 "check" on a check
own=$(on a person list --json | json -r 'map(select(.role == "consultant"))[0].id')
refused 1 "one's own card stays" on a person remove "$own"
finish
