#!/bin/bash
# What is due, and what is planned as a calendar of RFC 5545; contacts with administrations in the same log.
. "$(dirname "$0")/lib.sh"

day() { TZ=UTC-5 date -d "$1" +%F; }		# the programme's day
new_device a
me='Хасанова Гузель Рашитовна'
p=$(on a person add --name 'Ахметов Ильдар Закирович')
for who in "$p" "$me"; do on a consent add --person "$who" --purpose participation --date 2020-01-01 > /dev/null; done
long='очень длинный следующий шаг, с запятыми; точками с запятой и \ чертой, который не помещается в семьдесят пять октетов ни по-русски, ни по-башҡортса'
holds 'a consultation' on a consultation add --mentor "$me" --mentee "$p" --date 2020-02-14 --minutes 40 --topic 'Устав и печать' --next "$long" --next-date "$(day '5 days ago')"
holds 'one that is due today' on a consultation add --mentee "$p" --date 2020-02-14 --topic 'Счёт' --next 'позвонить' --next-date "$(day today)"
holds 'one that is not' on a consultation add --mentee "$p" --date 2020-02-14 --next 'потом' --next-date "$(day '40 days')"
o=$(on a person add --name 'Специалистова Нина' --role official --municipality 80618000)
exits 0 'with an official' on a consultation add --mentee "$o" --date 2020-02-14 --topic 'помещение' --next-step 'письмо' --next-date "$(day yesterday)"
is 'is a contact with the administration' "$(on a consultation show "$out" --json | json '.kind + " " + .municipality_code')" 'administration 80618000'
holds 'with nobody by name' on a consultation add --kind administration --municipality 80618000 --topic 'план'
refused 1 'a consultation has a mentee' on a consultation add --topic 'сама с собой'
refused 1 'and a contact somebody' on a consultation add --kind administration --topic 'ни с кем'

# --- due ---
exits 0 'what is due' on a consultation due --json
is 'in order' "$(json 'map(.next_step[:6]) | join("|")' <<< "$out")" 'очень |письмо|позвон'
is 'overdue' "$(json 'map(.days_overdue) | join(" ")' <<< "$out")" '5 1 0'
is 'whose' "$(json '.[0].mentor + ", " + .[0].mentee' <<< "$out")" "$me, Ахметов Ильдар Закирович"
is 'as lines' "$(on a consultation due | wc -l)" 4
id=$(json '.[0].id' <<< "$out")
holds 'done' on a consultation edit "$id" --next-done "$(day today)"
is 'no more' "$(on a consultation due --json | json length)" 2
holds 'not done after all' on a consultation edit "$id" --next-done ''
b=$(on a person add --name 'Белов')
on a consultation add --mentor "$b" --mentee "$p" --date 2020-02-14 --next 'чужой шаг' --next-date "$(day today)" > /dev/null
is 'of others' "$(on a consultation due --json | json length) $(on a consultation due --all --json | json length)" '3 4'
is 'by topic' "$(on a consultation list --topic 'УСТАВ' --json | json length)" 1
is 'by mentee' "$(on a consultation list --mentee "$p" --json | json length)" 4
is 'by mentor and mentee' "$(on a consultation list --mentor Белов --mentee "$p" --json | json 'map(.next_step) | join(",")')" 'чужой шаг'
is 'by kind' "$(on a consultation list --kind administration --json | json length)" 2

# --- the calendar ---
on a seminar add --title 'Как открыть НКО; часть 1, «Әлфиә»' --date "$(day '10 days')" --place 'библиотека, зал 2' > /dev/null
on a seminar add --title 'Был давно' --date 2020-02-14 > /dev/null
exits 0 'a calendar' on a calendar -o mine.ics
is 'events' "$(grep -c '^BEGIN:VEVENT' mine.ics)" 5
is 'every line ends with CR LF' "$(grep -vc $'\r$' mine.ics)" 0
is 'no line is longer than 75 octets' "$(LC_ALL=C awk '{ sub(/\r$/, ""); if (length($0) > 75) print }' mine.ics | wc -l)" 0
holds 'no character is cut' iconv -f UTF-8 -t UTF-8 mine.ics
exits 0 'of everybody' on a calendar --all
is 'whose name may not leave does not' "$(grep -cE 'Белов|Специалистова|чужой|письмо' <<< "$out")" 0
like 'and is told' "$err" 'Белов'
on a consent add --person "$b" --purpose participation --date 2020-01-01 > /dev/null
like 'with a consent it does' "$(on a calendar --all 2> /dev/null)" 'чужой шаг — Белов'
if python3 -c 'import icalendar' 2> /dev/null; then
	LONG=$long holds 'another reader finds the same' python3 - <<- 'END'
		import icalendar, os
		calendar = icalendar.Calendar.from_ical(open("mine.ics", "rb").read())
		events = calendar.walk("VEVENT")
		texts = [str(e["SUMMARY"]) for e in events]
		assert len(events) == 5, len(events)
		assert any(t == os.environ["LONG"] + " — Ахметов Ильдар Закирович" for t in texts), texts
		assert "Как открыть НКО; часть 1, «Әлфиә»" in texts, texts
		assert len({str(e["UID"]) for e in events}) == 5
		assert all(len(str(e["DTSTART"].dt)) == 10 for e in events)
		assert any(str(e.get("LOCATION", "")).endswith("библиотека, зал 2") for e in events)
	END
fi
finish
