#!/usr/bin/env bash
# The screens in a real terminal of 80x24, by the keys of a Russian keyboard; and no terminal at all. Waits for text, never for time.
. "$(dirname "$0")/lib.sh"
new_device a "Хасанова Гузель Рашитовна"
on a seminar add --title "Как открыть НКО" --date 2020-02-14 --place "Бураево, библиотека" --municipality 80618000 > /dev/null
on a person add --name "Ғәлиә Һаҙыева" --municipality 80618000 > /dev/null

# --- no terminal ---
refused 2 "no terminal" on a
is "not one escape" "$(cat out.txt err.txt | tr -cd '\033' | wc -c)" 0
exits 2 "output is a pipe" bash -c "livenet --store a.ldb --key-file a.key < /dev/null | cat; exit \${PIPESTATUS[0]}"
is "not one escape there either" "$(cat out.txt err.txt | tr -cd '\033' | wc -c)" 0
script -qec "env TERM=no-such-terminal livenet --store a.ldb --key-file a.key; echo status \$?" /dev/null > script.txt < /dev/null
like "a terminal that nobody knows" "$(cat script.txt)" 'status 2'
livenet --store keyed.ldb init --name "Без Фразы" --municipality 80618000 --key-file keyed.key > /dev/null
script -qec "env TERM=xterm livenet --store keyed.ldb; echo status \$?" /dev/null > script.txt < /dev/null
like "no passphrase is asked where none opens" "$(cat script.txt)" '^livenet: [^'$'\e'']*status 3'
is "gets no escape" "$(tr -cd '\033' < script.txt | wc -c)" 0
script -qec "env -u LANGUAGE LC_ALL=C livenet --store a.ldb --key-file a.key; echo status \$?" /dev/null > script.txt < /dev/null
like "a locale without Cyrillic says what to set" "$(cat script.txt)" 'UTF-8'

# --- tmux ---
begin a
sees "the title line" "livenet"
keys F2
sees "people" "Люди"
sees "all people" "Хасанова"
sees "with the Bashkir letters" "Ғәлиә Һаҙыева"
refused 5 "a second program is told who has the store" on a person list
like "by name" "$err" 'livenet'
types "."
types "галия"
gone "the filter folds: others go" "Хасанова"
sees "she stays" "Ғәлиә Һаҙыева"
keys Escape
sees "all people again" "Хасанова"

# A new person, with keys of the Russian layout.
types "т"
sees "a form" "ФИО"
types "Ғәйфуллина Таңһылыу Рәшит ҡыҙы"
sees "what was typed" "Ғәйфуллина Таңһылыу"
keys C-s
gone "the form closes" "Отчество"
sees "the new one is in the list" "Ғәйфуллина"

# Who came.
keys F3
sees "seminars" "Как открыть НКО"
types "ф"
sees "the sheet of the seminar" "14.02.2020"
types "галия"
sees "letters find her" "Ғәлиә Һаҙыева"
keys Enter
sees "marked" "[x]"
keys F2
sees "the form for somebody who is on no list" "ФИО"
types "Щукин Пётр Ильич"
keys C-s
sees "is on the sheet" "Щукин"
keys Escape
sees "back at the seminars" "Как открыть НКО"
keys F1
sees "help" "Клавиши"
keys Escape
keys F10
ended "leaves with status 0"

is "the new person is in the store" "$(on a person list --filter ғәйфуллина --json | json '.[0].name')" "Ғәйфуллина Таңһылыу Рәшит ҡыҙы"
is "who came is in the store" "$(on a attend "Как открыть НКО" --json | json '[.[] | select(.state == "present") | .name] | sort | join("|")')" \
	"Щукин Пётр Ильич|Ғәлиә Һаҙыева"

# --- a line that drops: what was typed is there again ---
begin a
sees "the title line again" "livenet"
keys F2
sees "people again" "Ғәлиә"
types "т"
sees "the form" "ФИО"
types "Недописанный Иван"
sees "half of it typed" "Недописанный"
tm kill-session -t s
deadline=$((SECONDS + 20))
until on a status > /dev/null 2>&1 || [[ $SECONDS -ge $deadline ]]; do sleep 0.1; done
begin a
sees "it asks" "Недописанный"
types "д"
sees "the draft is back" "ФИО"
tm kill-server 2> /dev/null

# --- the demonstration ---
holds "the demonstration is made" livenet demonstration d
rm -rf ended
cp d/consultant.* .
begin consultant
sees "it says what it is" "ПРИМЕР"
keys F10
ended "leaves"
new_hub
refused 1 "it joins no real hub" livenet --store consultant.ldb --key-file consultant.key join --hub hub.card \
	--fingerprint "$(digits < hub.card.txt)" -o x.join
finish
