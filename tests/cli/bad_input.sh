#!/usr/bin/env bash
# Input that must be refused: the right exit status, one line that says what, and nothing written.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a
person=$(on a person add --name "Ахметов Ильдар" --municipality 80618000)
seminar=$(on a seminar add --title "Проба" --date 2020-02-14 --place "Бураево" --municipality 80618000)
everything() { for kind in person organisation seminar mentorship programme; do on a "$kind" list --json; done; on a status --json | jq '.unsent'; }
before=$(everything)

# --- fields ---
add() { on a person add --name "Новый Человек" --municipality 80618000 "$@"; }
refused 1 "no such municipality" on a person add --name "Новый Человек" --municipality 99999999
like "names the field" "$err" '[Mm]unicipality'
refused 1 "no such municipality by name" on a person add --name "Новый Человек" --municipality "Тридевятый район"
refused 1 "an impossible date" on a seminar add --title "Нет" --date 2020-02-30 --place "Бураево" --municipality 80618000
like "names the field" "$err" '[Dd]ate'
refused 1 "a date of words" on a seminar add --title "Нет" --date "когда-нибудь" --place "Бураево" --municipality 80618000
refused 1 "an unknown field" add --colour red
like "names the field" "$err" 'colour'
refused 1 "a role that does not exist" add --role wizard
like "names the field" "$err" '[Rr]ole'
refused 1 "a telephone of letters" add --phone "позвоню сам"
like "names the field" "$err" '[Pp]hone|[Tt]elephone'
refused 1 "what Excel made of a telephone" add --phone "8,91701E+10"
refused 1 "an e-mail without an at" add --email nobody
refused 1 "an organisation that does not exist" add --organisation "Нет такой"
refused 1 "capacity of words" on a seminar edit "$seminar" --capacity много
refused 1 "capacity below nothing" on a seminar edit "$seminar" --capacity=-1
refused 1 "a status that does not exist" on a seminar edit "$seminar" --status dancing
refused 1 "no name" on a person add --municipality 80618000
refused 1 "an empty name" on a person add --name "  " --municipality 80618000
refused 1 "a name without end" add --note "" --name "$(printf 'а%.0s' $(seq 5000))"

# --- text that plays with terminals ---
refused 1 "an escape" on a person add --name $'Иван \033[2J' --municipality 80618000
refused 1 "a C1 control" on a person add --name $'Иван \xc2\x9b2J' --municipality 80618000
refused 1 "a bell" on a person edit "$person" --post $'звонок\a'
refused 1 "DEL" on a person edit "$person" --post $'нет\x7f'
refused 1 "a line feed in a line" on a person edit "$person" --post $'две\nстроки'
refused 1 "invalid UTF-8" on a person edit "$person" --post $'\xff\xfe'
refused 1 "an overlong slash" on a person edit "$person" --post $'\xc0\xaf'
refused 1 "a surrogate" on a person edit "$person" --note $'\xed\xa0\x80'
refused 1 "an escape in a long text" on a person edit "$person" --note $'\033]0;title\a'
refused 1 "an escape in a filter's place does no harm" on a person show $'\033[31m'
is "no escape came back" "$(cat out.txt err.txt | tr -cd '\033' | wc -c)" 0

# --- records that are not there ---
refused 1 "nobody to edit" on a person edit nobody-1 --post "нет"
refused 1 "nobody to remove" on a person remove nobody-1
refused 1 "a seminar that is not there" on a attend nowhere-1 "$person"
refused 1 "a person that is not there" on a attend "$seminar" "$person" nobody-1
is "all or nobody is marked" "$(on a seminar show "$seminar" --json | jq 'if has("present") then .present else 0 end')" 0
is "nothing of all this was written" "$(everything)" "$before"

# --- enrolment ---
refused 1 "a card with another fingerprint" on a join --hub hub.card --fingerprint "00000 11111 22222 33333 44444 55555" -o a.join
refused 1 "a fingerprint of words" on a join --hub hub.card --fingerprint "да" -o a.join
is "no request is written" "$(ls a.join 2>/dev/null)" ""
exits 1 "no card" on a join --hub nowhere.card --fingerprint "$(digits < hub.card.txt)" -o a.join
sed 's/[0-9a-f]\{8\}/00000000/' hub.card > bad.card
exits 1 "a card that was changed" on a join --hub bad.card --fingerprint "$(digits < hub.card.txt)" -o a.join
refused 1 "sync before the welcome" on a sync --via stick
on a join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o a.join > a.join.txt
hub pending a.join > pending.txt
refused 1 "approve with another fingerprint" hub approve a.join --fingerprint "00000 11111 22222 33333 44444 55555" --role consultant \
	--municipality 80618000 -o a.welcome
is "no welcome is written" "$(ls a.welcome 2>/dev/null)" ""
refused 1 "a role that does not exist" hub approve a.join --fingerprint "$(digits < a.join.txt)" --role wizard --municipality 80618000 -o a.welcome
refused 1 "a municipality that does not exist" hub approve a.join --fingerprint "$(digits < a.join.txt)" --role consultant --municipality 99 \
	-o a.welcome
cp a.join changed.join
flip changed.join 300
exits 1 "a request that was changed" hub approve changed.join --fingerprint "$(digits < a.join.txt)" --role consultant --municipality 80618000 \
	-o a.welcome
refused 1 "a welcome of noise" on a welcome pw
new_device b "Другой Человек"
enrol b
refused 1 "another device's welcome" on a welcome b.welcome
refused 1 "a welcome twice" on b welcome b.welcome

# --- folders and files ---
refused 6 "sync through a folder that does not exist" on b sync --via nowhere
refused 6 "collect from a folder that does not exist" hub collect nowhere
refused 6 "a file is no folder" on b sync --via pw
refused 4 "bundle verify of something else" on b bundle verify pw
exits 1 "a result that cannot be written" hub card -o /nowhere/hub.card
exits 1 "a full device" bash -c "livenet --store a.ldb --key-file a.key person list > /dev/full"
finish
