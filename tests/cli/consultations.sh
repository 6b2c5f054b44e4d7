#!/usr/bin/env bash
# Consultations and consents: entered, refused, exported, and carried to who should have them: a consultant's consultation to the hub and to the expert
# who mentors, a consent that was signed on one device to the other.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель Рашитовна"
new_device b "Ахметов Ильдар"
new_device expert "Савельева Ольга" 80745000 expert
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol a
enrol b
enrol expert 80745000 expert
enrol r 80701000 coordinator
me=$(on a person list --filter Хасанова --json | json '.[0].id')
savelieva=$(on expert person list --json | json '.[0].id')

# --- entered ---
zilya=$(on a person add --name "Валеева Зиля" --municipality 80618000)
petr=$(on a person add --name "Щукин Пётр" --municipality 80618000)
talk=$(on a consultation add --mentee "валеева зиля" --date 17.2.2020 --form телефон --minutes 45 --topic "Устав" --advice "Начать с цели" \
	--next-step "Собрать учредителей" --next-date 2.3.2020)
is "the mentor is who enters it" "$(on a consultation show "$talk" --json | json .mentor_id)" "$me"
is "the date is today where none is said" \
	"$(on a consultation show "$(on a consultation add --mentee "$petr")" --json | json .date)" "$(TZ=Asia/Yekaterinburg date +%F)"
refused 1 "the mentor is not the mentee" on a consultation add --mentee "$me" --mentor "$me"
refused 1 "a day has 1440 minutes" on a consultation add --mentee "$zilya" --minutes 1441
refused 1 "the next step is not in the past of it" on a consultation add --mentee "$zilya" --date 17.2.2020 --next-date 16.2.2020
refused 1 "and is not done then" on a consultation edit "$talk" --next-done 16.2.2020
refused 1 "a way that is none" on a consultation add --mentee "$zilya" --form голубь
refused 1 "the hub edits none" hub consultation add --mentee "$zilya"
exits 0 "the help names the fields" livenet consultation --help
like "with their codes" "$out" '--form +.*visit, phone, online'
like "and those with two words" "$out" '--next-date'
exits 0 "a list for a spreadsheet" on a export consultations
like "without who has not consented" "$out" "$zilya;2020-02-17;.*;45;;;;2020-03-02;;$me"
like "and says whom" "$err" "Валеева Зиля"
is "a filter finds by the advice" "$(on a consultation list --filter "с цели" --json | json length)" 1

# --- signed ---
exits 0 "several sign at once" on a consent sign участие "$zilya" "Щукин Пётр" --date 14.2.2020
exits 0 "again" on a consent sign participation "$zilya" "$petr"
is "who signed is not asked twice" "$(on a consent list --json | jq -c '[.[].date]')" '["2020-02-14","2020-02-14"]'
refused 1 "a misspelt name" on a consent sign publication "$zilya" "Щукин Павел"
is "leaves all of it" "$(on a consent list --json | json length)" 2
refused 1 "a purpose that is none" on a consent sign всё "$zilya"
refused 2 "nobody" on a consent sign publication
refused 1 "the hub signs for nobody" hub consent sign participation "$zilya"
other=$(on a consent add --person "$petr" --purpose publication --version 3 --form electronic)
is "the version of the text is a field" "$(on a consent show "$other" --json | json .version)" 3
refused 1 "withdrawn before it was given" on a consent edit "$other" --withdrawn 1.1.2020
exits 0 "a list of them" on a export consents --format json
is "has them" "$(json length <<< "$out")" 3

# --- carried ---
holds "exchange" travel a b expert r
travel a b expert r
is "a consent signed on one device is on the other" "$(on b consent list --json | json '[.[].person] | sort | unique | join("|")')" \
	"Валеева Зиля|Щукин Пётр"
is "a consultation is who spoke's and the centre's" "$(on b consultation list --json | json length) $(on r consultation list --json | json length)" "0 2"
is "the hub has it" "$(hub consultation show "$talk" --json | json .advice)" "Начать с цели"
is "an expert has none of it" "$(on expert consultation list --json | json length)" 0
on r mentorship add --mentor "$savelieva" --mentee "$me" > /dev/null
travel r expert a
holds "the expert becomes the mentor" travel r expert a
is "and has the mentee's consultations" "$(on expert consultation show "$talk" --json | json .advice)" "Начать с цели"
is "with the name of whom they were with" "$(on expert consultation show "$talk" --json | json .mentee)" "Валеева Зиля"
refused 1 "and nothing more of her" on expert person show "$zilya"
above=$(on expert consultation add --mentee "$me" --next-step "Сдать отчёт" --next-date +7)
travel expert a
holds "exchange" travel expert a
is "who is advised has the advice" "$(on a consultation show "$above" --json | json .next_step)" "Сдать отчёт"
on a consultation edit "$above" --next-done today
on b consent edit "$other" --withdrawn today
travel a b expert r
travel a b expert r
is "and says when it is done" "$(on expert consultation show "$above" --json | json .next_done)" "$(TZ=Asia/Yekaterinburg date +%F)"
is "a withdrawal comes to the device where it was signed" "$(on a consent show "$other" --json | json .withdrawn)" \
	"$(TZ=Asia/Yekaterinburg date +%F)"
for device in a b expert r; do
	is "nothing of $device is refused" "$(on $device status --json | jq -c '[.unsent, .sent, .not_accepted]')" "[0,0,0]"
	exits 0 "$device is whole" on $device check
done
exits 0 "the hub is whole" hub check
finish
