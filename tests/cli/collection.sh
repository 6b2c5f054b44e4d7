#!/usr/bin/env bash
# The collection: a text is written, submitted, accepted and put in order; the book has what may be in it and says what is left out.
. "$(dirname "$0")/lib.sh"
new_device c "Орлова Вера" 80701000 coordinator
new_device a "Хасанова Гузель Рашитовна"
export LIVENET_DOCUMENT=$BUILD/livenet-document

house=$(on c organisation add --name "АНО «Родник»" --municipality 80618000)
guzel=$(on c person add --name "Хасанова Гузель Рашитовна" --municipality 80618000 --role consultant --organisation "$house")
aidar=$(on c person add --name "Ҡотлогилдин Айҙар Вәли улы" --municipality 80618000 --role expert)
petr=$(on c person add --name "Щукин Пётр" --municipality 80618000)
printf '\xef\xbb\xbf# Начало\r\n\r\nНас было **трое**, и <b>ни одного</b> помещения.\r\n\r\n- раз\r\n- [два](javascript:alert(1))\r\n' > start.md
printf 'Совет: начните с цели.\n\n<script>alert(1)</script>\n' > advice.md

# --- a text ---
start=$(on c story add --author "$guzel" --kind practice --title "Как мы начинали" --text-file start.md)
is "a text is a draft at first" "$(on c story show "$start" --json | json .state)" draft
is "of the author's organisation" "$(on c story show "$start" --json | json .organisation)" "АНО «Родник»"
is "show prints the text, without what Windows put in it" "$(on c story show "$start")" "$(printf '# Начало\n\nНас было **трое**, и <b>ни одного</b> помещения.\n\n- раз\n- [два](javascript:alert(1))')"
on c story show "$start" > again.md
exits 0 "which can be taken in again" on c story edit "$start" --text-file again.md
is "and is the same" "$(on c story show "$start" | cksum)" "$(cksum < again.md)"
exits 0 "a text from standard input" bash -c "livenet --store c.ldb --key-file c.key story edit $start --text-file - < start.md"
advice=$(on c story add --author "$aidar" --kind совет --title "Советы начинающим" --text-file advice.md)
left=$(on c story add --author "$petr" --title "Моя история" --text-file advice.md)
refused 1 "a kind that is none" on c story add --author "$guzel" --kind поэма --title Т --text-file start.md
refused 1 "a file that is not there" on c story add --author "$guzel" --title Т --text-file nowhere.md
printf '\xcf\xf0\xe8\xe2\xe5\xf2' > cp1251.md
refused 1 "a file that is no UTF-8" on c story add --author "$guzel" --title Т --text-file cp1251.md
printf 'а\0б' > zero.md
refused 1 "a file that is no text" on c story add --author "$guzel" --title Т --text-file zero.md
printf 'ж%.0s' $(seq 100001) > long.md
refused 1 "a text that is too long" on c story add --author "$guzel" --title Т --text-file long.md
like "says how long it may be" "$err" "100000"
printf 'ж%.0s' $(seq 100000) > long.md
exits 0 "one of 100,000 characters is taken" on c story add --author "$guzel" --title "Длинный" --text-file long.md
is "whole" "$(on c story show "$out" | tr -d '\n' | wc -m)" 100000
exits 0 "and removed" on c story remove "$out"
refused 2 "two texts at once" on c question add --expert "$aidar" --topic Т --text Т --text-file start.md
empty=$(on c story add --author "$guzel" --title "Пусто")
refused 1 "an empty text cannot be submitted" on c story submit "$empty"
exits 0 "and can be removed" on c story remove "$empty"

# --- the book, before there is one ---
refused 1 "a book without texts" on c book --format html -o book.html
exits 0 "submitted" on c story submit "$start"
exits 0 "accepted" on c story accept "$start"
like "who accepts learns that the consent is missing" "$err" "Хасанова"
refused 1 "a book of nobody who consented" on c book --format html -o book.html
like "names them" "$err" "Хасанова"

# --- order, consents, the book ---
exits 0 "consents to publication" on c consent sign publication "$guzel" "$aidar"
for s in $advice $left; do on c story submit "$s"; on c story accept "$s" 2> /dev/null; done
exits 0 "the expert's section" on c story move "$advice" --section "Советы" --position 1
exits 0 "comes before the first steps" on c story move "$start" --section "Начало пути" --position 2
refused 2 "moved nowhere" on c story move "$start"
refused 1 "a place that is no number" on c story move "$start" --position первое
is "the list has the book's order" "$(on c story list --json | jq -c '[.[].title]')" '["Советы начинающим","Как мы начинали","Моя история"]'
waiting=$(on c story add --author "$guzel" --title "Ещё не принят" --text-file advice.md --state submitted)
if [[ -x $LIVENET_DOCUMENT ]]; then
	exits 0 "the book as HTML" on c book --format html -o book.html
	like "who is left out is said" "$err" "Щукин Пётр"
	text=$(sed 's/<[^>]*>//g' book.html)
	like "a text is in it" "$text" "Нас было трое"
	like "with its author, organisation and municipality" "$text" "АНО «Родник», Бураевский район"
	like "sections are in their order" "$(tr '\n' ' ' <<< "$text")" "Советы начинающим.*Начало пути"
	is "no text of who has not consented" "$(grep -c 'Моя история\|Щукин' book.html)" 0
	is "none that is not accepted" "$(grep -c 'Ещё не принят' book.html)" 0
	is "no tag of an author's" "$(grep -ci '<script' book.html)" 0
	like "it is text" "$(cat book.html)" '&lt;b&gt;ни одного&lt;/b&gt;'
	is "no address but of the web and of mail" "$(grep -oE 'href="[^"]*"' book.html | grep -cvE '"("|#|https?:|mailto:)')" 0
	like "a tag is text" "$(cat book.html)" '&lt;script&gt;'
	if command -v chromium > /dev/null; then
		dom=$(timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" --dump-dom "file://$work/book.html" 2> /dev/null)
		like "a browser shows it" "$dom" '<h2[^>]*>Как мы начинали</h2>'
		is "and runs nothing" "$(grep -ci '<script' <<< "$dom")" 0
	fi
	exits 0 "the draft" on c book --draft -o draft.html
	like "has what waits" "$(cat draft.html)" 'Ещё не принят'
	like "and says its state" "$(sed 's/<[^>]*>//g' draft.html)" 'handed in'
	is "still without who has not consented" "$(grep -c 'Моя история' draft.html)" 0
	exits 0 "the book as PDF" on c book --format pdf -o book.pdf
	is "is one" "$(head -c 5 book.pdf)" "%PDF-"
	if command -v pdftotext > /dev/null; then
		text=$(pdftotext -layout book.pdf - | tr -s ' \n' ' ')
		like "with contents" "$text" 'Советы начинающим [0-9]+ Начало пути [0-9]+ Как мы начинали [0-9]+'
		like "Bashkir letters" "$text" 'Ҡотлогилдин Айҙар Вәли улы'
		like "authors at the end" "$text" 'Authors.*Ҡотлогилдин.*Хасанова Гузель Рашитовна.*Как мы начинали'
		is "and nobody who has not consented" "$(grep -c 'Щукин' <<< "$text")" 0
	fi
	exits 0 "withdrawn" on c consent edit "$(on c consent list --json | jq -r '.[] | select(.person_id == "'"$aidar"'") | .id')" --withdrawn "$(TZ=UTC-5 date +%F)"
	exits 0 "the next book" on c book --format html -o book.html
	is "has the text no more" "$(grep -c 'Советы начинающим' book.html)" 0
	like "and says both" "$err" "2 texts"
fi
refused 2 "a format that is none" on c book --format docx -o book.docx
LIVENET_DOCUMENT=/nowhere/livenet-document refused 1 "without the program for papers" on c book --format html -o other.html
like "says what is missing" "$err" "livenet-document"
[[ ! -e other.html ]] && pass "and leaves no file" || fail "and leaves no file"
is "the texts stay" "$(on c story list --json | json length)" 4
exits 0 "removed" on c story remove "$waiting"

# --- who is no coordinator: as soon as there is a hub ---
new_hub
alone=$(on a story add --kind story --title "Ничьё" --text-file advice.md)
exits 0 "who has no hub has nobody else to ask" on a story accept "$alone"
exits 0 "and removes it again" on a story remove "$alone"
enrol a
own=$(on a story add --kind story --title "Моё" --text-file advice.md)
is "one's own text" "$(on a story show "$own" --json | json .author)" "Хасанова Гузель Рашитовна"
exits 0 "is submitted" on a story submit "$own"
refused 1 "and not accepted by its author" on a story accept "$own"
refused 1 "nor put in order" on a story move "$own" --section Раздел
refused 1 "nor entered as accepted" on a story add --title Т --text-file advice.md --state accepted
refused 1 "the hub writes none" hub story add --title Т
exits 0 "the help names the fields" livenet story --help
like "with their codes" "$out" 'practice'
finish
