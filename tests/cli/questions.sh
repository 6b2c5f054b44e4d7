#!/usr/bin/env bash
# The directory and questions: who can be asked, a question from a consultant to an expert far away and the answer back, what both first screens say.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель Рашитовна"
new_device e "Савельева Ольга" 80745000 expert
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol a
enrol e 80745000 expert
enrol r 80701000 coordinator
olga=$(on e person list --json | json '.[0].id')
travel a e r > /dev/null

# --- the directory ---
entry=$(on e directory add --person "$olga" --topics "Уставы, отчётность" --phone "8 917 000-00-07")
refused 1 "one entry a person" on e directory add --person "$olga" --topics "Ещё"
is "the municipality comes from the card" "$(on e directory show "$entry" --json | json .municipality_code)" 80745000
exits 0 "without a consent" on e directory list --json
is "the list is empty" "$(json length <<< "$out")" 0
like "and says who is left out" "$err" "Савельева"
exits 0 "a consent to the directory" on e consent sign directory "$olga"
is "now she stands in it" "$(on e directory list --topic отчетность --json | json '.[0].phone')" "+79170000007"
is "not for another topic" "$(on e directory list --topic бухгалтерия --json | json length)" 0
travel a e r
travel a e r
is "everybody has her" "$(on a directory list --json | jq -c '[.[] | [.person, .topics, .phone]]')" '[["Савельева Ольга","Уставы, отчётность","+79170000007"]]'
is "and not her card" "$(on a person list --json | jq -c '[.[].name]')" '["Хасанова Гузель Рашитовна"]'

# --- a question ---
refused 1 "a question to nobody" on a question add --topic Устав --text "С чего?"
question=$(on a question add --expert "Савельева Ольга" --topic "Устав" --text "С чего начать?")
[[ -n $question ]] && pass "by name, of whom the name alone is known" || fail "by name, of whom the name alone is known"
is "it waits" "$(on a question list --unanswered --json | jq -c '[.[] | [.topic, .expert, .body, .answer]]')" '[["Устав","Савельева Ольга","С чего начать?",""]]'
refused 1 "who asks does not answer" on a question answer "$question" --text "сама"
travel a e r
travel a e r
is "the expert has it" "$(on e question list --unanswered --json | jq -c '[.[] | [.topic, .author]]')" '[["Устав","Хасанова Гузель Рашитовна"]]'
is "the first screen says so" "$(on e today --json | jq -c '[.agenda[] | select(.what == "question") | .text]')" '["Устав — Хасанова Гузель Рашитовна"]'
on a today --seen > /dev/null
refused 2 "an answer without a text" on e question answer "$question"
exits 0 "an answer" on e question answer "$question" --text "С цели."
is "nothing waits" "$(on e question list --unanswered --json | json length)" 0
travel a e r
travel a e r
is "the answer is back" "$(on a question show "$question" --json | jq -c '[.answer, .answered_by]')" '["С цели.","Савельева Ольга"]'
is "and on the first screen" "$(on a today --json | jq -c '[.agenda[] | select(.what == "answer") | .text]')" '["Устав — Савельева Ольга"]'
on a today --seen > /dev/null
is "until it was seen" "$(on a today --json | jq -c '[.agenda[] | select(.what == "answer")]')" '[]'
is "the hub and the centre have both" "$(hub question list --json | json '.[0].answer') $(on r question list --json | json '.[0].answer')" "С цели. С цели."
is "nothing was refused" "$(on a status --json | json '.refused // .not_accepted // 0') $(on e status --json | json '.refused // .not_accepted // 0')" "0 0"

# --- an accepted practice reaches everybody ---
printf 'Так можно.\n' > practice.md
story=$(on a story add --kind practice --title "Практика" --text-file practice.md)
draft=$(on a story add --kind story --title "История" --text-file practice.md)
on a story submit "$story"
on a story submit "$draft"
travel a r
travel a r
exits 0 "the coordinator accepts" on r story accept "$story"
exits 0 "both" on r story accept "$draft"
travel a e r
travel a e r
is "the practice is everywhere, another text is not" "$(on e story list --json | jq -c '[.[] | [.title, .author]]')" '[["Практика","Хасанова Гузель Рашитовна"]]'
is "it can be read" "$(on e story show "$story")" "Так можно."
refused 1 "its author changes it no more" on a story edit "$story" --title "Иначе"

# --- a consent that is withdrawn ---
consent=$(on e consent list --json | json '.[] | select(.purpose == "directory") | .id')
exits 0 "withdrawn" on e consent edit "$consent" --withdrawn "$(TZ=Asia/Yekaterinburg date +%F)"
travel a e r
travel a e r
is "the entry leaves" "$(on a directory list --json | json length)" 0
is "also what is in the store" "$(on a export directory --format json | json length)" 0
is "the question stays with who asked" "$(on a question list --json | json length)" 1
is "the expert keeps the entry, left out of the list" "$(on e directory list --json 2> /dev/null | json length) $(on e directory show "$entry" --json | json .topics)" "0 Уставы, отчётность"
finish
