#!/usr/bin/env bash
# A person withdraws the consent: a coordinator destroys the data, every device follows, and the act of destruction says how far it has come.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device b "Ахметов Ильдар" 80609000
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol a
enrol b 80609000
enrol r 80701000 coordinator
holds "exchange" travel a b r
travel a b r

secret="Сәлимгәрәева Гөлназ"
person=$(on a person add --name "$secret" --phone 89173334455 --email golnaz@example.org --municipality 80618000 --note "боится проверок")
seminar=$(on a seminar add --title "Как открыть НКО" --date 2020-02-12 --municipality 80618000)
on a attend "$seminar" "$person" > /dev/null
on a consultation add --mentee "$person" --date 2020-02-13 --topic Устав --advice "совет наедине" > /dev/null
on a consent sign участие "$person" --date 2020-02-10 > /dev/null
holds "exchange" travel a b r
travel a b r
consent=$(on r consent list --filter "$secret" --json | json '.[0].id')
on r consent edit "$consent" --withdrawn 2020-02-20

# --- the countdown ---
like "the coordinator is told by when" "$(on r today)" $'erasure\t2020-03-21\tperson\t'"$person"
is "with the days, which are over" "$(on r today --json | json '.agenda[] | select(.what == "erasure") | .date')" 2020-03-21
is "nobody else is" "$(on a today | grep -c $'^erasure\t')" 0

# --- who may, and whom ---
refused 1 "not the consultant" on a erase "$person"
like "which says so" "$err" coordinator
refused 1 "not by a part of an id" on r erase "${person%?}"
refused 1 "no act of what was not done" on r erase "$person" --act none.txt
refused 1 "not at the hub" hub erase "$person"
refused 1 "not a day to come" on r erase "$person" --date 2999-01-01
refused 1 "not oneself" on r erase "Ғәлимова Таңһылыу"

# --- the deed ---
visits=$(on r indicator list --json | jq -c '[.[] | .reached]')
exits 0 "erase" on r erase "$secret" --document "вх. 17 от 20.02.2020" --requested 2020-02-20
like "it tells what was emptied" "$out" 'Person	1'
like "and that the others follow" "$err" 'hub'
refused 1 "once" on r erase "$person"
is "name and contacts are gone" "$(on r person show "$person" --json | jq -c '[.name, .phone, .email, .note]')" '["","","",""]'
is "the figures stay" "$(on r indicator list --json | jq -c '[.[] | .reached]')" "$visits"
is "nothing is due any more" "$(on r today | grep -c $'^erasure\t')" 0
like "the record of it" "$(on r erasure list)" "$person"
refused 1 "stays" on r erasure remove "$person"
refused 1 "nothing personal comes back" on r person edit "$person" --phone 89170000000
on a person edit "$person" --post "учитель"		# has not heard yet

# --- preliminary ---
exits 0 "the act as text" on r erase "$person" --act act.txt
like "is told to be preliminary" "$err" preliminary
text=$(cat act.txt)
like "says that it is" "$text" PRELIMINARY
like "names the id" "$text" "$person"
like "and the basis" "$text" "consent was withdrawn"
like "and the document" "$text" "вх. 17"
exits 1 "and not the person" grep -q "Сәлимгәрәева" act.txt
holds "exchange" travel a b r
travel a b
holds "collect" hub collect stick
holds "exchange" travel r
travel r
exits 0 "the act again" on r erase "$person" --act act.txt
like "says who has been heard" "$(cat act.txt)" "confirmed by (all 4|[0-9] of 4)"

# --- final ---
for _ in 1 2 3; do travel a b r; done
exits 0 "the act of the end" on r erase "$person" --act act.html
is "says nothing of preliminary" "$err" ""
like "all confirmed" "$(cat act.html)" "confirmed by all 4 replicas"
if command -v pdftotext > /dev/null && [[ -x $BUILD/livenet-document ]]; then
	exits 0 "as PDF" on r erase "$person" --act act.pdf
	text=$(pdftotext -layout act.pdf - | tr -s ' \n' ' ')
	like "with its title" "$text" "Act of the destruction of personal data"
	like "the categories" "$text" "Full name, Phone"
	like "the log's extract" "$text" "Extract of the log"
	like "who did it" "$text" "Ғәлимова Таңһылыу"
	like "the replicas" "$text" "confirmed 2"
	like "and the law" "$text" "179"
	if [[ $text == *PRELIMINARY* ]]; then fail "and is final" "$text"; else pass "and is final"; fi
fi
exits 0 "the hub's act" hub erase "$person" --act hub.txt
like "is the same" "$(cat hub.txt)" "confirmed by all 4 replicas"
exits 1 "nothing of what came late" grep -q . <(hub person show "$person" --json | jq -r '.post // empty')
is "which was accepted" "$(on a status --json | json .not_accepted)" 0
for who in a b r; do exits 0 "check $who" on $who check; done
exits 0 "check hub" hub check

# --- nobody hears of a device any more ---
other=$(on r person add --name "Второй Человек" --municipality 80701000)
travel a b r
on r erase "$other" --basis request > /dev/null 2>&1
for _ in 1 2 3; do travel a r; done
exits 0 "the act" on r erase "$other" --act act.txt
like "waits for one" "$(cat act.txt)" "NOT CONFIRMED YET"
tag=$(hub roster --json | jq -r '.[] | select(.role != "coordinator" and .municipality_code == "80609000") | .tag')
refused 2 "a reason is needed" hub unreachable "$tag"
refused 1 "a device of the roster" hub unreachable zzzzzzzz --reason "украден"
holds "it is unreachable" hub unreachable "$tag" --reason "ноутбук украден 01.03.2020, справка 12"
is "the roster says so" "$(hub roster --json | jq -r ".[] | select(.tag == \"$tag\") | .unreachable")" "ноутбук украден 01.03.2020, справка 12"
travel a r
travel r
exits 0 "the act" on r erase "$other" --act act.txt
like "lists the reason" "$(cat act.txt)" "unreachable: ноутбук украден 01.03.2020, справка 12"
is "and is final" "$err" ""
finish
