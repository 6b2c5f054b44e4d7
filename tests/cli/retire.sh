#!/usr/bin/env bash
# A device leaves the region: one is stolen and revoked, one is retired and its person's work goes over. As people would do it.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device b "Ахметов Ильдар"
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol a
enrol b
enrol r 80701000 coordinator
travel a b r
holds "exchange" travel a b r
tag() { hub roster --json | jq -r ".[] | select(.person == \"$1\") | .tag"; }
entry() { hub roster --json | jq -c ".[] | select(.tag == \"$1\") | $2"; }
a=$(tag "Хасанова Гузель") b=$(tag "Ахметов Ильдар")

# --- the roster says who has what ---
is "the roster names the version of the program" "$(entry "$a" .program)" "\"$(livenet --version | cut -d ' ' -f 2)\""
is "and is in lines, too" "$(hub roster | head -n 1 | tr '\t' ' ')" "device tag state role municipality label person last_bundle last_heard program unacknowledged"

# --- what the hub changes of an entry is told once, in words ---
hub approve a.join --fingerprint "$(digits < a.join.txt)" --role expert --municipality 80618000 -o again.welcome > approve.txt 2>&1
hub collect stick > /dev/null
on a sync --via stick > /dev/null 2> told.txt
like "a changed role is said" "$(cat told.txt)" "role; it is now: expert"
on a sync --via stick > /dev/null 2> told.txt
is "once" "$(cat told.txt)" ""
hub approve a.join --fingerprint "$(digits < a.join.txt)" --role consultant --municipality 80618000 -o again.welcome > approve.txt 2>&1
holds "and changed back" travel a

# --- revoked: stolen with what it held ---
visitor=$(on b person add --name "Гостев Марат" --phone 89170000005 --municipality 80618000)
on b seminar add --title "Открытый" --date 2020-02-12 --municipality 80618000 > /dev/null
holds "exchange" travel a b r
last=$(entry "$b" .last_bundle)
on b person edit "$visitor" --post "после кражи"
on b sync --via stick > /dev/null
refused 2 "lists go to files whose name says their form" hub revoke "$b" --people people.txt
is "and nothing was done" "$(entry "$b" .state)" '"active"'
refused 2 "a number is a number" hub revoke "$b" --after-seq -1
refused 1 "no such device" hub revoke nobody
exits 0 "revoked" hub revoke "$b" --changes changes.csv --people people.json
like "whose data it held is said" "$out" $'person\t[^\t]*\tГостев Марат\t80618000\t\\+79170000005'
like "and what it did" "$out" $'change\t[0-9]+\t[0-9]+\t[^\t]*\tinsert\tperson\t'
is "both lists are files" "$(jq -r '.[] | select(.name == "Гостев Марат") | .how' people.json) $(grep -c seminar changes.csv)" "held 1"
is "for nobody else's eyes" "$(stat -c %a people.json)" 600
is "the entry says after which bundle" "$(entry "$b" '[.state, .revoked_after]')" "[\"revoked\",$last]"
exits 7 "the hub refuses what came later" hub collect stick
like "with the reason" "$out" "was revoked: nothing after its bundle $last is taken"
is "what was accepted stays" "$(hub person show "$visitor" --json | json '.name + (.post // "")')" "Гостев Марат"
on r person add --name "Новый После Кражи" --municipality 80618000 > /dev/null
travel r
box=$(find stick -path "*outbox*" -type d -name "$(entry "$b" .device | tr -d '"')")
is "its box has one last bundle" "$(find "$box" -name '*.bundle' | wc -l)" 1
exits 7 "which tells it" on b sync --via stick
like "in words" "$err" "revoked this device"
is "with nobody in it" "$(on b person list --filter "Новый После" --json)" "[]"
is "and its status says so" "$(on b status --json | json .state)" revoked
on b person add --name "Ещё Работа" --municipality 80618000 > /dev/null
exits 7 "it can go on, and is told again" on b sync --via stick
exits 7 "the hub takes nothing" hub collect stick
is "nobody came" "$(hub person list --filter "Ещё Работа" --json)" "[]"
exits 0 "an operator can trust more of it later" hub revoke "$b" --after-seq $((last + 1))
on b sync --via stick > /dev/null 2>&1
hub collect stick > /dev/null
is "that far and no further" "$(hub person show "$visitor" --json | json .post) $(entry "$b" .last_bundle)" "после кражи $((last + 1))"
exits 0 "what came after the trusted one can be reviewed again" hub revoke "$b" --review --after-seq "$last" --json
is "it is that change" "$(json '.changes | map([.what, .table, .fields]) | tostring' <<< "$out")" '[["update","person","post"]]'
refused 1 "the same keys do not come back" hub approve b.join --fingerprint "$(digits < b.join.txt)" --role consultant --municipality 80618000 -o back.welcome

# --- the new laptop comes, the old one is revoked in the same step ---
new_device c "Хасанова Гузель"
on c join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o c.join > c.join.txt
person=$(entry "$a" .person_id | tr -d '"')
refused 1 "not by a wrong fingerprint" hub approve c.join --fingerprint "11111 22222 33333 44444 55555 66666" --role consultant --municipality 80618000 --person "$person" \
	--revoke "$a" -o c.welcome
is "and the old one stays" "$(entry "$a" .state)" '"active"'
refused 1 "nor instead of nobody" hub approve c.join --fingerprint "$(digits < c.join.txt)" --role consultant --municipality 80618000 --person "$person" --revoke zzzzzzzz -o c.welcome
is "a welcome is not half given" "$(hub roster --json | json length)" 3
exits 0 "a second laptop in the place of the first" hub approve c.join --fingerprint "$(digits < c.join.txt)" --role consultant --municipality 80618000 \
	--person "$person" --revoke "$a" -o c.welcome
on c welcome c.welcome
holds "exchange" travel c
is "is one step" "$(entry "$a" .state) $(entry "$(on c status --json | json .device | cut -c 1-8)" .state)" '"revoked" '
is "the new one is that person's" "$(hub roster --json | jq -r ".[] | select(.person_id == \"$person\") | .state" | sort | tr '\n' ' ')" "active revoked "

# --- retired: the person leaves, the work goes over ---
new_device d "Иванова Лилия" 80609000 expert
enrol d 80609000 expert
travel d r
leaver=$(hub roster --json | jq -r '.[] | select(.person == "Иванова Лилия") | .person_id')
d=$(tag "Иванова Лилия")
mentee=$(on r person add --name "Подопечный Азат" --municipality 80609000)
pair=$(on r mentorship add --mentor "$leaver" --mentee "$mentee")
over=$(on r mentorship add --mentor "$leaver" --mentee "$mentee" --since 2019-01-01 --until 2019-06-01)
coming=$(on r seminar add --title "Будущий" --date 2199-02-12 --municipality 80609000 --lead "$leaver")
held=$(on r seminar add --title "Прошедший" --date 2019-02-12 --municipality 80609000 --lead "$leaver")
holds "exchange" travel r d
travel d r
refused 2 "somebody takes over" hub retire "$d"
refused 1 "who is known" hub retire "$d" --to zzzzzzzz-1
refused 1 "leave before the hub asks for it is refused" on d leave --via stick --yes
exits 0 "retired" hub retire "$d" --to "$person"
like "asks for the last bundle, and says what goes over" "$out" "mentorships 1, seminars to come 1"
is "the roster says so" "$(entry "$d" .state)" '"retiring"'
like "nothing has gone over yet" "$(hub mentorship show "$pair" --json | json .mentor)" "Иванова Лилия"
on d person edit "$mentee" --note "последнее слово"
late=$(on d seminar add --title "Поздний" --date 2199-03-12 --lead "$leaver")
hub collect stick > /dev/null
on d sync --via stick > /dev/null 2> told.txt
like "the device is told" "$(cat told.txt)" "the hub closes this device"
refused 1 "not before the hub has the last bundle" on d leave --yes
holds "the last bundle" hub collect stick
is "the device is retired" "$(entry "$d" .state)" '"retired"'
is "the mentorship went over" "$(hub mentorship show "$pair" --json | json .mentor_id)" "$person"
is "what had ended did not" "$(hub mentorship show "$over" --json | json .mentor_id)" "$leaver"
is "nor what was held" "$(hub seminar show "$held" --json | json .lead_id)" "$leaver"
is "the seminars to come did, the last one too" "$(hub seminar show "$coming" --json | json .lead_id) $(hub seminar show "$late" --json | json .lead_id)" "$person $person"
is "nothing of the last bundle is lost" "$(hub person show "$mentee" --json | json .note)" "последнее слово"
travel c
is "who takes over has it" "$(on c mentorship show "$pair" --json | json .mentor_id)" "$person"
like "and sees in the history from whom" "$(on c history "$pair")" "Иванова Лилия"
on r person add --name "Позже Пришедший" --municipality 80609000 > /dev/null
travel r
on d sync --via stick > /dev/null 2> told.txt
like "the device hears that all is there" "$(cat told.txt)" "everything that this device sent"
is "and gets nothing new" "$(on d person list --filter "Позже Пришедший" --json)" "[]"
refused 2 "its person agrees first" on d leave
exits 0 "then it leaves" on d leave --yes
is "the store is gone" "$(find . -maxdepth 1 -name 'd.ldb*')" ""
exits 0 "and the hub hears of it" hub collect stick
like "when" "$(entry "$d" .destroyed)" '"20[0-9]{2}-'
exits 0 "the hub is sound" hub check
exits 0 "who took over, too" on c check

# --- a device that will not come back ---
new_device f "Петров Пётр" 80618000
enrol f
holds "exchange" travel f
f=$(tag "Петров Пётр")
on f person add --name "Первая Очередь" --municipality 80618000 > /dev/null
on f sync --via stick > /dev/null
find stick -path '*inbox*' -name '*.bundle' -delete
on f person add --name "Вторая Очередь" --municipality 80618000 > /dev/null
on f sync --via stick > /dev/null
find stick -path "*inbox*" -name '*2.bundle' -delete
hub collect stick > /dev/null
refused 1 "not while bundles are known to be on their way" hub retire "$f" --to "$person"
exits 0 "but an operator may" hub retire "$f" --to "$person" --without-last
is "closed at once" "$(entry "$f" .state)" '"retired"'
holds "what it sends still is taken" travel f
is "and nothing is lost" "$(hub person list --filter "Очередь" --json | json length)" 2
finish
