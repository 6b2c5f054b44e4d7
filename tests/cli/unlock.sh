#!/usr/bin/env bash
# The first start and the passphrase in a real terminal, with two people at one computer. Waits for text, never for time.
. "$(dirname "$0")/lib.sh"
export XDG_CONFIG_HOME=$work/config
mkdir -p "$XDG_CONFIG_HOME/livenet"
echo 'language = ru' > "$XDG_CONFIG_HOME/livenet/preferences"
folder=$XDG_DATA_HOME/livenet

trap 'tm kill-server 2> /dev/null; rm -rf "$work"' EXIT
shows() { screen | grep -qE -- "$1"; }		# a pattern
begin() {
	rm -f ended
	terminal 80 24 "livenet $* 2> $work/screens.err; echo \$? > $work/ended"
}

# --- the first start ---
exits 0 "nobody is here yet" livenet stores
is "no store" "$out" $'person\tstore'
begin
sees "the set-up, in the person's language" "Язык|Language"
keys Tab
keys BTab
types "Хасанова Гузель Рашитовна"
keys Tab
types "бураев"
sees "municipalities are known before there is a store" "Бураевский район"
keys Tab
keys Tab
types "123456789"
keys Tab
types "123456789"
keys C-s
sees "a passphrase of digits in their order is refused" "! "
types "тёплый снег над Таныпом"
keys Tab
types "тёплый снег над Таныпом"
keys C-s
waits "the store is made" test -f "$folder/store.ldb"
sees "and open" "Гузель Рашитовна"
noted() { livenet stores | grep -q 'Хасанова Г'; }	# the form shows the name before the store is made
waits "its name is noted down" noted
exits 0 "whose it is stands in the list" livenet stores
like "in short" "$out" $'Хасанова Г. Р.\t'"$folder/store.ldb"
is "the list is nobody else's" "$(stat -c %a "$folder/stores")" 600
refused 5 "a second program is told who has it" livenet --passphrase-file pw person list
keys F10
ended "leaves"

# --- one store ---
begin
sees "the passphrase is asked for" "Хасанова Г. Р."
types "не та"
keys Enter
sees "a wrong one is told, and asked again" "! "
types "тёплый снег над Таныпом"
keys Enter
sees "the right one opens" "Гузель Рашитовна"
keys F10
ended "leaves again"
begin
sees "asked once more" "Хасанова Г. Р."
keys Escape
ended "who leaves without one gets status 3" 3

# --- somebody else at the same computer ---
begin
sees "asked a third time" "Хасанова Г. Р."
keys F3
sees "a set-up" "Язык|Language"
keys Escape
sees "who leaves it is back at the question" "Хасанова Г. Р."
keys F3
sees "a set-up of their own" "Язык|Language"
types "Ғәлиева Сәлимә"
keys Tab
types "уфа"
keys Tab
keys Tab
types "correct horse battery staple"
keys Tab
types "correct horse battery staple"
keys C-s
waits "a second store" test -f "$folder/store-2.ldb"
sees "which is open" "Сәлимә"
keys F10
ended "leaves too"
exits 0 "both are known" livenet stores --json
is "by person" "$(json '[.[].person] | sort | join("|")' <<< "$out")" "Хасанова Г. Р.|Ғәлиева С."
begin
sees "now one is chosen" "Ғәлиева С."
types "гали"
keys Enter
types "correct horse battery staple"
keys Enter
sees "hers" "Сәлимә"
keys F10
ended "leaves the last time"

# --- what goes past the list ---
begin --store "$folder/store.ldb"
sees "a store that is named is asked for at once" "$(basename "$folder")/store.ldb"
types "тёплый снег над Таныпом"
keys Enter
sees "and opens" "Гузель Рашитовна"
keys F10
ended "leaves the named one"
begin --store "$folder/store.ldb" --passphrase-file pw
sees "a passphrase file asks nothing" "Гузель Рашитовна"
tm kill-session -t s
quietly() { "$@" > /dev/null 2>&1; }
waits "the line drops: the store is free again" quietly livenet --store "$folder/store.ldb" --passphrase-file pw status

# --- a line that drops in the set-up: nothing is left of it ---
begin --store new.ldb
sees "a set-up for a named store" "Язык|Language"
types "Недописанный"
sees "half typed" "Недописанный"
tm kill-session -t s
is "no store" "$(ls new.ldb* 2> /dev/null)" ""

# --- a hostile list ---
printf '../x.ldb\tЧужой\nstore.ldb\t\033[31mКрасный\nstore-2.ldb\tВторая\n' > "$folder/stores"
exits 0 "a hostile list" livenet stores
is "nothing escapes" "$(cat out.txt err.txt | tr -cd '\033' | wc -c)" 0
is "what is wrong is left out" "$(grep -c Чужой out.txt)" 0
like "the store is shown by its file" "$out" $'store.ldb\t'
finish
