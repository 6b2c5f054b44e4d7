#!/bin/bash
# Consents by purpose and version of the text, forms on paper, withdrawal, and what leaves without one.
. "$(dirname "$0")/lib.sh"
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
papers() { command -v pdftotext > /dev/null && [[ -x $BUILD/livenet-document ]]; }

new_device a
p=$(on a person add --name 'Ахметов Ильдар Закирович' --phone 89170000001 --post 'тайный советник')
q=$(on a person add --name 'Валеева Зиля Маратовна' --phone 89170000002 --email zv@example.org)
for purpose in participation publication directory; do
	holds "a consent: $purpose" on a consent add --person "$p" --purpose $purpose --date 2020-02-14
done
is 'the program'\''s own text' "$(on a consent list --json | json 'map(.version) | unique | join(",")')" 0

# --- texts ---
printf '\xef\xbb\xbfЯ, {person}, согласен.\r\n\r\nВторой **абзац**.\r\n' > text.md
t=$(on a text add --kind consent-participation --version 2020-02 --since 2020-02-01 --title 'Согласие' --body-file text.md)
is 'lines as we keep them' "$(on a text show "$t" --json | json .body)" $'Я, {person}, согласен.\n\nВторой **абзац**.'
c=$(on a consent add --person "$q" --purpose participation --date 2020-02-14)
is 'the version in force' "$(on a consent show "$c" --json | json .version)" 2020-02
old=$(on a consent add --person "$q" --purpose participation --date 2020-01-31)
is 'and on an earlier day' "$(on a consent show "$old" --json | json .version)" 0
refused 1 'what was signed stays' on a text edit "$t" --body 'иначе'
like 'with words' "$err" 'make a new version'
refused 1 'is not removed' on a text remove "$t"
refused 1 'one word, one text' on a text add --kind consent-participation --version 2020-02 --title x --body x
next=$(on a text add --kind consent-participation --since 2020-03-01 --title 'Согласие' --body 'новое')
is 'a new version' "$(on a text list --kind consent-participation --json | json length)" 2
holds 'that nobody signed' on a text edit "$next" --body 'новейшее'
refused 1 'no such file' on a text add --kind letter --title x --body-file missing.md
head -c 300 /dev/zero > zero.md
refused 1 'no text' on a text add --kind letter --title x --body-file zero.md

# --- withdrawal ---
holds 'withdrawn' on a consent edit "$c" --withdrawn 2020-02-20
holds 'and the older one' on a consent edit "$old" --withdrawn 2020-02-20
refused 1 'not before it was given' on a consent edit "$c" --withdrawn 2020-02-01
on a consent add --person "$q" --purpose directory --date 2020-02-14 --withdrawn 2020-02-15 > /dev/null
refused 1 'nobody signs tomorrow' on a consent add --person "$q" --purpose participation --date 2099-01-01
refused 1 'no such purpose' on a consent add --person "$q" --purpose everything --date 2020-02-14

# --- the gate ---
exits 0 'an export' on a export people
like 'who consented is in it' "$out" 'Ахметов Ильдар'
is 'who did not is not' "$(grep -cE 'Валеева|70000002|zv@' <<< "$out")" 0
like 'but the id is' "$out" "$q"
is 'all lines' "$(wc -l <<< "$out")" 4
like 'and that the others have left' "$err" 'open personal data'
like 'said how many and whom' "$err" 'livenet: .*: 2 — .*Валеева Зиля'
s=$(on a seminar add --title 'Устав' --date 2020-02-14)
holds 'both came' on a attend "$s" "$p" "$q"
exits 0 'attendance' on a export attendance --format json
is 'by id alone' "$(json ".[] | select(.person_id == \"$q\") | .person" <<< "$out")" null
is 'counts stay' "$(on a export seminars --format json 2> /dev/null | json '.[0].present')" 2
on a report visits --format csv -o visits.csv 2> err.txt
is 'the list of a figure keeps the name' "$(grep -c 'Валеева' visits.csv)" 0
like 'and tells whom it lacks' "$(cat err.txt)" 'Валеева Зиля'
exits 0 'list is no export' on a person list
like 'and has everybody' "$out" 'Валеева'
for kind in organisation application course enrolment story award text staff mentorship question; do
	exits 0 "export $kind" on a export "$kind" --format json
	is "$kind keeps it" "$(grep -c 'Валеева' <<< "$out")" 0
done
refused 2 'no such list' on a export everything
refused 2 'no such format' on a export people --format doc
n=$(on a person add --name 'Формулова Ия' --post '=1+1' --note '@x')
on a consent add --person "$n" --purpose participation --date 2020-02-14 > /dev/null
like 'no formula' "$(on a export people 2> /dev/null)" "'=1[+]1"

# --- on paper ---
refused 1 'nothing to print' on a consent forms -o x.pdf
refused 2 'how many blank ones' on a consent forms --blank many -o x.pdf
refused 1 'of no purpose' on a consent forms --purpose x --blank 2 -o x.pdf
if papers; then
	exits 0 'forms of a seminar' on a consent forms --seminar "$s" --blank 2 -o forms.pdf
	like 'who has signed needs none' "$err" '1 person'
	is 'two to a page' "$(pdfinfo forms.pdf | sed -n 's/^Pages: *//p')" 2
	text=$(pdftotext -layout forms.pdf -)
	like 'the text in force' "$text" 'новейшее'
	like 'by name' "$text" 'Валеева Зиля Маратовна'
	for purpose in publication directory; do
		holds "blank forms: $purpose" on a consent forms --purpose $purpose --blank 4 -o $purpose.pdf
		is "$purpose: two to a page" "$(pdfinfo $purpose.pdf | sed -n 's/^Pages: *//p')" 2
		like "$purpose: the law" "$(pdftotext $purpose.pdf - | tr '\n' ' ')" '152-ФЗ'
	done
	on a export people --format xlsx -o people.xlsx 2> err.txt
	like 'a workbook tells whom it lacks' "$(cat err.txt)" 'Валеева'
	is 'a workbook keeps it' "$(unzip -p people.xlsx xl/sharedStrings.xml 'xl/worksheets/*' | grep -c 'Валеева')" 0
	is 'and has the others' "$(unzip -p people.xlsx xl/sharedStrings.xml 'xl/worksheets/*' | grep -c 'Ахметов')" 1
fi
holds 'the store is sound' on a check
finish
