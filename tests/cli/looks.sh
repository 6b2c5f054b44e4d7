#!/usr/bin/env bash
# The screens on all kinds of terminals: what they can show, sizes, colours, stopping and going on. Waits for text, never for time.
. "$(dirname "$0")/lib.sh"
new_device a "Хасанова Гузель Рашитовна"
for name in "Ғәлиә Һаҙыева" "Ахметов Ильдар Закирович" "Валеева Зиля 漢字 Маратовна" "Иванов 👍🏽 Пётр"; do
	on a person add --name "$name" --municipality 80618000 > /dev/null
done
# The terminal's cursor stands on the marker: its column is 1 and its row has the marker.
marked() {
	local row column
	IFS=, read -r row column < <(tm display -p -t s '#{cursor_y},#{cursor_x}')
	[[ $column -eq 1 && "$(screen | sed -n "$((row + 1))p")" == " $1 "* ]]
}

# --- every kind of terminal ---
for kind in linux vt100 xterm xterm-256color screen tmux tmux-256color; do
	infocmp "$kind" > /dev/null 2>&1 || continue
	marker=▸
	[[ $kind != linux && $kind != vt100 ]] || marker='>'
	begin a 80 24 "TERM=$kind"
	sees "$kind: begins" "livenet"
	keys F2
	sees "$kind: people" "Ғәлиә Һаҙыева"
	if eventually marked "$marker"; then pass "$kind: the cursor is on the marker"; else fail "$kind: the cursor is on the marker" "$(screen)"; fi
	keys Down Down Up
	if eventually marked "$marker"; then pass "$kind: and after moving"; else fail "$kind: and after moving" "$(screen)"; fi
	types "."
	types "ивано"
	gone "$kind: a search in the Russian layout" "Ахметов"
	keys Escape
	sees "$kind: all again" "Ахметов"
	types ","
	sees "$kind: help by the Russian layout" "Ins"
	keys Escape
	sees "$kind: and back" "Ахметов"
	keys F10
	ended "$kind: leaves"
done
refused 2 "no terminal is no terminal" env TERM=dumb livenet --store a.ldb --key-file a.key
script -qec "env TERM=dumb livenet --store a.ldb --key-file a.key; echo status \$?" /dev/null > script.txt < /dev/null
like "dumb is refused" "$(cat script.txt)" 'TERM=dumb.*status 2'
is "without an escape" "$(tr -cd '\033' < script.txt | wc -c)" 0

# --- locales ---
for locale in ru_RU.UTF-8 en_US.UTF-8 C.UTF-8; do
	begin a 80 24 "-u LC_ALL LANG=$locale LOCPATH=/nowhere"
	sees "LANG=$locale" "livenet"
	keys F2
	sees "LANG=$locale: any letter" "Ғәлиә Һаҙыева"
	keys F10
	ended "LANG=$locale: leaves"
done

# --- colours ---
# colours NAME FOREGROUND-COLOURS-WANTED ASSIGNMENTS: whether what is written has SGR 30 to 49
colours() {
	local said
	terminal 80 24 "script -qc 'env TERM=xterm-256color $3 livenet --store a.ldb --key-file a.key' $work/typescript; echo 0 > $work/ended"
	sees "$1" "livenet"
	keys F2
	sees "$1: people" "Ахметов"
	rm -f ended
	keys F10
	ended "$1: leaves"
	said=$(grep -aoE $'\e''\[([0-9]+;)*(3[0-9]|4[0-9])(;[0-9]+)*m' typescript | wc -l)
	if [[ $2 == none ]]; then is "$1: no colours" "$said" 0; else like "$1: colours" "$said" '[1-9]'; fi
}
rm -f ended
colours "as it comes" some ""
colours "NO_COLOR" none "NO_COLOR=1"
livenet setting theme monochrome
colours "without colours by choice" none ""
livenet setting theme contrast
colours "high contrast" none ""
livenet setting theme colours
colours "colours by choice, whatever the environment asks" some "NO_COLOR=1"
livenet setting theme auto

# --- the mouse, as xterm tells of it: button 0 down at a column and a row ---
row_of() { screen | grep -nF -- "$1" | head -n 1 | cut -d : -f 1; }
# click COLUMN ROW, and twice: down and up, sent at once
click() { types $'\e'"[<0;$1;$2M"$'\e'"[<0;$1;$2m"; }
double_click() { types $'\e'"[<0;$1;$2M"$'\e'"[<0;$1;$2m"$'\e'"[<0;$1;$2M"$'\e'"[<0;$1;$2m"; }
on_row() { [[ "$(screen | grep -F -- "$1")" == " ▸ "* ]]; }
begin a 80 24 "TERM=xterm-256color"
keys F2
sees "people" "Ахметов"
row=$(row_of "Ғәлиә")
click 8 "$row"
if eventually on_row "Ғәлиә"; then pass "a click goes to a row"; else fail "a click goes to a row" "$(screen)"; fi
types $'\e''[<65;8;9M'
if eventually on_row "Хасанова"; then pass "the wheel moves on"; else fail "the wheel moves on" "$(screen)"; fi
double_click 8 "$row"
gone "a double click opens" "Ахметов"
sees "the card" "Ғәлиә Һаҙыева"
keys Escape
sees "and back" "Ахметов"
click 4 24
gone "a click on a key at the foot does it" "Ахметов"
keys F10
ended "leaves"
begin a 80 24 "TERM=screen"
keys F2
sees "people, in a terminal that tells of the mouse in bytes" "Ахметов"
row=$(row_of "Ғәлиә")
printf -v place '(\\x%x' $((row + 32))
types $'\e''[M '"$(printf "$place")"
if eventually on_row "Ғәлиә"; then pass "a click goes to a row there"; else fail "a click goes to a row there" "$(screen)"; fi
keys F10
ended "leaves"
livenet setting mouse off
begin a 80 24 "TERM=xterm-256color"
keys F2
sees "without a mouse" "Ахметов"
types ","
gone "help" "Ахметов"
keys End
gone "does not speak of it" "Мышь"
keys Escape F10
ended "leaves"
livenet setting mouse on

# --- sizes ---
for size in "40 10" "200 60"; do
	# shellcheck disable=SC2086
	begin a $size
	keys F2
	sees "$size: people" "Ғәлиә Һаҙыева"
	keys F10
	ended "$size: leaves"
done
begin a
keys F2
sees "people" "Ахметов"
types "т"
sees "a form" "ФИО"
types "Новикова Ан"
for size in "40 10" "120 40" "30 8" "80 24"; do
	# shellcheck disable=SC2086
	set -- $size
	tm resize-window -t s -x "$1" -y "$2"
	sees "$size: in the middle of a form" "Новикова Ан"
done
types "на Игоревна"
keys C-s
gone "the form is saved" "Отчество"
is "whole" "$(on a person list --filter новикова --json 2> /dev/null | json '.[0].name')" ""
# --- stopping and going on ---
keys F10
ended "leaves"
is "what was typed is in the store" "$(on a person list --filter новикова --json | json '.[0].name')" "Новикова Анна Игоревна"
terminal 80 24 "env LANGUAGE=ru PS1=shell: bash --norc --noprofile"
types "livenet --store a.ldb --key-file a.key"
keys Enter
sees "begins from a shell" "Гузель Рашитовна"
keys F2
sees "people" "Ахметов"
keys C-z
sees "stopped, the shell is back" "shell:"
types "fg"
keys Enter
sees "goes on with its picture" "Ахметов"
if eventually marked ▸; then pass "the cursor too"; else fail "the cursor too" "$(screen)"; fi
keys Down
keys C-z
sees "stopped again" "shell:"
tm resize-window -t s -x 60 -y 20
types "fg"
keys Enter
sees "goes on in another size" "Ахметов"
keys F10
sees "leaves the shell as it was" "shell:"
tm kill-server 2> /dev/null

# --- screen(1), where it is installed ---
if type -P screen > /dev/null; then
	rm -f ended
	terminal 80 24 "$(type -P screen) -c /dev/null -U env LANGUAGE=ru livenet --store a.ldb --key-file a.key; echo 0 > $work/ended"
	sees "inside screen" "livenet"
	keys F2
	sees "people" "Ғәлиә Һаҙыева"
	keys F10
	ended "leaves"
fi

# --- the end of input: a terminal that is no session's own, so that no signal tells of it ---
terminal 80 24 "sleep 1000"
tty=$(tm display -p -t s '#{pane_tty}')
TERM=tmux setsid livenet --store a.ldb --key-file a.key < "$tty" > "$tty" 2> screens.err &
sees "begins there" "livenet"
tm kill-server 2> /dev/null
status=0
wait $! || status=$?
is "the end of input leaves" "$status" 0
holds "the store is free again" on a check
finish
