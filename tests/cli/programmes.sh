#!/usr/bin/env bash
# Programmes: a new one begins with the registers and no counts, the old one stays readable and is closed; municipalities from the hub.
. "$(dirname "$0")/lib.sh"

new_device one "Ғәлимова Таңһылыу" 80701000 coordinator
on_one() { on one "$@"; }
person=$(on_one person add --name "Валеева Зиля" --municipality 80618000)
old=$(on_one seminar add --title "Старый" --date 2020-02-14 --municipality 80618000 --status held)
on_one attend "$old" "$person" > /dev/null
talk=$(on_one consultation add --mentee "$person" --date 2020-02-17 --topic Устав)
consent=$(on_one consent add --person "$person" --date 2020-02-14)
on_one programme edit first --organiser "Фонд развития города" --signatory "Ф. Ф. Директор"

is "one programme, which counts" "$(on_one programme list --json | jq -c '[.[] | [.id, .state, .current]]')" '[["first","open",true]]'
new=$(on_one programme begin --title "Живая сеть 2021" --since 2020-09-01 --until 2021-06-30)
is "the old one counts until another is chosen" "$(on_one programme list --json | jq -c '[.[] | select(.current) | .id]')" '["first"]'

exits 0 "another is chosen" on one programme use "$new"
is "with the organiser of before" "$(on_one programme show "$new" --json | json .organiser)" "Фонд развития города"
is "no seminars" "$(on_one seminar list --json | jq length)" 0
is "no consultations" "$(on_one consultation list --json | jq length)" 0
is "no marks" "$(on_one export attendance --format json 2> /dev/null | jq length)" 0
is "the registers" "$(on_one person list --json | jq length)" 2
is "nobody has a role in it" "$(on_one person list --json | jq -c '[.[].role] | unique')" '[""]'
is "its own targets" "$(on_one indicator list --json | jq -c '[.[].planned]')" "$(on_one programme use first; on_one indicator list --json | jq -c '[.[].planned]')"
is "the old one's, asked for" "$(on_one programme use "$new"; on_one seminar list --programme first --json | jq -c '[.[].title]')" '["Старый"]'
says() { "$@" 2>&1 > /dev/null | sed 's/^livenet: //'; }
is "a list says whose it is, beside its lines" "$(says on_one seminar list)" "programme: Живая сеть 2021"
is "so does the day" "$(says on_one today)" "programme: Живая сеть 2021"
is "and what is due" "$(says on_one consultation due --all)" "programme: Живая сеть 2021"
is "and the thanks" "$(says on_one award list)" "programme: Живая сеть 2021"
is "and the targets" "$(says on_one indicator list)" "programme: Живая сеть 2021"
is "not where it was asked for" "$(says on_one seminar list --programme first)" ""
is "not in JSON" "$(says on_one seminar list --json)" ""
is "municipalities count anew" "$(on_one municipality show 80618000 --json | jq -c '[.seminars, .people]')" '[0,1]'

# --- closed ---
exits 0 "closed" on one programme close first
fails_with() { # words, command…
	local words=$1
	shift
	exits 1 "refused: $*" "$@"
	like "with words" "$("$@" 2>&1 || true)" "$words"
}
fails_with "is closed" on one seminar edit "$old" --place Клуб
fails_with "is closed" on one attend "$old" "$person" --absent
fails_with "is closed" on one consultation edit "$talk" --topic Цель
fails_with "is closed" on one consultation remove "$talk"
fails_with "is closed" on one seminar remove "$old"
fails_with "is closed" on one consent add --person "$person" --programme first
exits 0 "but a consent is withdrawn whenever its person says so" on one consent edit "$consent" --withdrawn 2020-11-01
fails_with "is closed" on one seminar add --title Ещё --date 2020-03-01 --programme first
exits 0 "the registers stay writable" on one person edit "$person" --phone 89170000001
exits 0 "also where the closed one is shown" on one programme use first
exits 0 "somebody new" on one person add --name "Новая Анна" --municipality 80618000
fails_with "is closed" on one person edit "$person" --role consultant
is "and it is said that it is closed" "$(says on_one seminar list)" "programme: Живая сеть НКО (closed, read only)"
is "still readable" "$(on_one seminar list --json | jq -c '[.[].title]')" '["Старый"]'
exits 0 "opened again" on one programme edit first --state open
exits 0 "and written" on one seminar edit "$old" --place Клуб
fails_with "close it instead" on one programme remove first
exits 0 "the usual choice" on one programme use
exits 0 "all is sound" on one check

# --- municipalities ---
printf 'code\tkind\tname\tcentre\tsuccessor\n80618000\tdistrict\tБураевский район\tс Бураево\t80609000\n80699000\tdistrict\tНовый район\tс Новое\t\n' > list.tsv
is "a dry run tells" "$(on_one municipality import list.tsv --dry-run | cut -f 1,2 | tail -n +2 | tr '\t\n' '  ')" "abolished 80618000 new 80699000 "
is "and changes nothing" "$(on_one municipality show 80618000 --json | json .name)" "Бураевский район"
exits 0 "then taken in" on one municipality import list.tsv
is "twice is once" "$(on_one municipality import list.tsv | wc -l)" 1
is "the old name stays on the card" "$(on_one person show "$person" --json | json .municipality)" "Бураевский район"
fails_with "is part of Белебеевский район" on one person add --name "Третий Пётр" --municipality "Бураевский район"
fails_with "is part of" on one person edit "Ғәлимова Таңһылыу" --municipality 80618000
exits 0 "another field of the card" on one person edit "$person" --municipality "Бураевский район" --post библиотекарь
exits 0 "the new one can be chosen" on one person add --name "Четвёртый Пётр" --municipality "Новый район"
is "it is not offered" "$(on_one municipality list --json | jq -c '[.[] | select(.name == "Бураевский район")] | length')" 0
is "and counted where it went" "$(on_one municipality show 80609000 --json | json .people)" 2
printf '80699000;district;Новый район;с Новое;80699000\n' > circle.csv
fails_with "part of itself" on one municipality import circle.csv
exits 0 "all is sound" on one check
finish
