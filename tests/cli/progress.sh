#!/usr/bin/env bash
# Long work in a real terminal: told at the foot, ended by Esc, by a line that drops, and outlived by a new size. Waits for text, never for time.
. "$(dirname "$0")/lib.sh"
new_device a "Хасанова Гузель Рашитовна"
{ echo 'ФИО;Телефон;Район'; for i in $(seq -w 60000); do echo "Длиннов Пётр$i;891710$i;Бураевский"; done; } > long.csv

trap 'tm kill-server 2> /dev/null; rm -rf "$work"' EXIT
shows() { screen | grep -qE -- "$1"; }		# a pattern
begin() {
	rm -f ended
	terminal 80 24 "env LANGUAGE=ru livenet --store a.ldb --key-file a.key 2> $work/screens.err; echo \$? > $work/ended"
	sees "the screens${1:-}" "livenet"
}
quietly() { "$@" > /dev/null 2>&1; }
people() { on a person list --json | json length; }

begin
keys F2
keys I
types "$work/lo"
keys Tab
sees "Tab completes the name" "long.csv"
keys Enter
sees "the trying is told, with the way out" "Esc — "
tm resize-window -t s -x 60 -y 20
keys Escape
sees "Esc ends it, and the file is asked for again" "long.csv"
sees "with words" "interrupted|прервано"
keys Enter
sees "left alone it comes to its end, in the new size" "60000|60 000"
keys y
sees "the import is told" "Esc — "
keys Escape
sees "and ended" "nothing was changed|ничего не измен"
keys y
sees "begun once more" "Esc — "
tm kill-session -t s
waits "a line that drops ends it too" quietly on a status
is "nobody was taken" "$(people)" 1
is "the store is whole" "$(on a check > /dev/null && echo whole)" whole

# SIGTERM is obeyed when the work is done.
begin " again"
keys F2
keys I
types "$work/long.csv"
keys Enter
sees "the preview" "60000|60 000"
keys y
sees "the import runs" "Esc — "
holder=$(sed -n 2p a.ldb-holder)
kill -TERM "$holder"
waits "the program ends by itself" test -s ended
is "with all that was begun" "$(people)" 60001
finish
