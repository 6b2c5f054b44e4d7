#!/bin/bash
# The sheet of a seminar by subcommands: registration and the waiting list, marks, consents, and the sheet that was signed on paper.
. "$(dirname "$0")/lib.sh"

new_device a > /dev/null
seminar=$(on a seminar add --title "Как открыть НКО" --date 14.02.2020 --capacity 2 --unnamed 3 --unnamed-basis "подсчёт в зале")
for name in "Ахметов Ильдар" "Валеева Зиля" "Галимова Айгуль" "Ғәлиева Сәлимә"; do
	ids+=("$(on a person add --name "$name" --municipality 80618000)")
done
states() { on a attend "$seminar" --json | jq -r '[.[] | "\(.number) \(.name | split(" ")[0]) \(.state)"] | join("; ")'; }
differences() { on a attend "$seminar" --paper "$@" --json | jq -r '[.[] | "\(.difference) \(.name)"] | join("; ")'; }

# --- the sheet ---
is "an empty sheet" "$(on a attend "$seminar" --json | jq -c .)" "[]"
holds "registration" on a attend "$seminar" "Ғәлиева Сәлимә" "Галимова Айгуль" "Валеева Зиля" --registered
is "past the capacity one waits" "$(states)" "1 Ғәлиева registered; 2 Галимова registered; 3 Валеева waiting"
holds "whoever comes, comes" on a attend "$seminar" "Валеева Зиля" "Ахметов Ильдар"
is "and waits no more" "$(states)" "1 Ғәлиева registered; 2 Галимова registered; 3 Валеева present; 4 Ахметов present"
is "as lines" "$(on a attend "$seminar" | sed -n 2p | cut -f 1-4)" $'1\tregistered\tҒәлиева Сәлимә\t'"${ids[3]}"
holds "a consent" on a consent sign participation "Ахметов Ильдар" --date 14.02.2020
is "who signed" "$(on a attend "$seminar" --json | jq -r '[.[] | select(.consent) | .name] | join("; ")')" "Ахметов Ильдар"

# --- the paper ---
before=$(on a export attendance --format json)
is "each kind of difference" "$(differences "Ахметов Ильдар" "галимова айгуль" "Щукин Пётр" --unnamed 5)" \
	"not-marked Галимова Айгуль; unknown Щукин Пётр; not-on-paper Валеева Зиля; unnamed "
is "an id does as well" "$(differences "${ids[0]}" "${ids[1]}")" ""
is "nobody counted: no difference" "$(differences "Ахметов Ильдар" "Валеева Зиля")" ""
printf '\xef\xbb\xbfАхметов Ильдар\r\n\r\n  Валеева   Зиля\r\nВалеева Зиля' > paper.txt
is "names from a file as Windows writes it" "$(differences --from paper.txt --unnamed 3)" ""
is "and words besides" "$(differences --from paper.txt "Ғәлиева Сәлимә")" "not-marked Ғәлиева Сәлимә"
is "from standard input" "$(printf 'Ахметов Ильдар\n' | on a attend "$seminar" --paper --from - --json | jq -r '.[].name')" "Валеева Зиля"
on a person add --name "Валеева Зиля" --phone 89170000009 --municipality 80609000 > /dev/null
is "of two of one name the one who is on the sheet" "$(differences "Ахметов Ильдар" "Валеева Зиля")" ""
on a person add --name "Сафин Тимур" --municipality 80618000 > /dev/null
on a person add --name "Сафин Тимур" --phone 89170000010 --municipality 80609000 > /dev/null
refused 1 "else the name is not clear" on a attend "$seminar" --paper "Сафин Тимур"
is "nothing was changed" "$(on a export attendance --format json)" "$before"
like "as lines" "$(on a attend "$seminar" --paper "Ахметов Ильдар" --unnamed 4)" $'not-on-paper\tВалеева Зиля\t'"${ids[1]}"$'\t\t\nunnamed\t\t\t4\t3'

# --- words that do not go together ---
refused 2 "no seminar" on a attend
refused 2 "nobody to mark" on a attend "$seminar" --absent
refused 2 "a comparison marks nobody" on a attend "$seminar" --paper --absent "Ахметов Ильдар"
refused 2 "a file without a comparison" on a attend "$seminar" --from paper.txt
refused 2 "no number" on a attend "$seminar" --paper --unnamed viele
refused 1 "no such file" on a attend "$seminar" --paper --from nowhere.txt
printf 'Ахметов\x01\n' > paper.txt
refused 1 "no text" on a attend "$seminar" --paper --from paper.txt
printf 'Ахметов Ильдар\n\n\xc0\xf5\xec\xe5\xf2\xee\xe2\n' > paper.txt
refused 1 "in another charset" on a attend "$seminar" --paper --from paper.txt
holds "with the line" grep -q "paper.txt:3: " err.txt
exits 0 "check" on a check
finish
