#!/bin/sh
# bench.sh: all figures in one run. CPU time; ratios against plain SQLite are of the same run. Nothing here decides a test.
# usage: bench.sh [SECTION…]    journal store day bundles lists programme terminal; all of them without a word
set -eu
: "${BUILD:=build}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

wanted=" ${*:-journal store day bundles lists programme terminal} "
section() {
	case $wanted in *" $1 "*) printf '\n== %s\n' "$2" ;; *) return 1 ;; esac
}

# The peers' own forms of so many people: an address book, a mailbox, a list of things to do.
make_peers() {
	mkdir -p "$folder/Mail" "$folder/abook.$1" "$folder/calcurse.$1" "$folder/mutt.$1"
	awk -v n="$1" -v folder="$folder" 'BEGIN {
		split("Ғәлиуллина Хасанова Ахметова Валеева Иванова Ҡотлобаева Сафина Петрова Юлдашева Әминева", surname, " ")
		split("Әлфиә Гүзәл Айгуль Зиля Мария Лилия Рәмилә Светлана Альбина Гульнара", name, " ")
		book = folder "/abook." n "/addressbook"; box = folder "/mutt." n "/box"; todo = folder "/calcurse." n "/todo"
		print "[format]\nprogram=abook\nversion=0.6.1\n" > book
		for (i = 0; i < n; i++) {
			who = surname[i % 10 + 1] " " name[int(i / 3) % 10 + 1] " Рафисовна"
			printf "[%d]\nname=%s\nemail=person%d@example.org\nmobile=+7917%07d\n\n", i, who, i, i > book
			printf "From person%d@example.org Mon Feb 03 10:00:00 2020\nFrom: %s <person%d@example.org>\nDate: Mon, 3 Feb 2020 10:00:00 +0500\nSubject: Родник надежды %d\nContent-Type: text/plain; charset=utf-8\n\n-\n\n", i, who, i, i > box
			printf "[1] %s\n", who > todo
		}
	}'
	: > "$folder/calcurse.$1/apts"
}

screen() {
	timeout 120 "$BUILD/tests/bench/bench_screen" "$@" || printf ' | %s: gave up\n' "$1"
}

# A peer, where it is installed.
peer() {
	command -v "$1" > /dev/null || { printf '%s is not installed\n' "$1"; return 0; }
	shift
	screen "$@"
}

down='\e[B' page='\e[6~'
ten="$down$down$down$down$down$down$down$down$down$down"

terminal_of() {
	"$BUILD/tests/bench/bench_region" "$folder/$1.ldb" "$folder/$1.key" "$1"
	screen "livenet, $1, to and fro" "=\\e[21~" -- "$BUILD/livenet" --store "$folder/$1.ldb" --key-file "$folder/$1.key"
	screen "livenet, $1 people" "people=\\eOQ" "20 held Downs+=$ten$ten" "=g" "Down=$ten" "PageDown=$page$page$page" \
	    "search=/" "letter=гали" "=\\e" "new=n" "=Тимербулатова Гузель Азатовна" "save=\\023" "another=n" "=Юлдашева Зиля" "its save=\\023" "mark all=*" "=\\e[21~" -- \
	    "$BUILD/livenet" --store "$folder/$1.ldb" --key-file "$folder/$1.key"
	make_peers "$1"
	peer abook "abook, $1" "20 held Downs+=$ten$ten" "Down=$ten" "PageDown=$page$page$page" "=q" "=y" -- abook --datafile "$folder/abook.$1/addressbook"
	peer calcurse "calcurse, $1" "=\\t\\t" "Down=$ten" "20 held Downs+=$ten$ten" "=q" "=y" -- calcurse -D "$folder/calcurse.$1"
	peer mutt "mutt, $1" "20 held Downs+=$ten$ten" "Down=$ten" "PageDown=$page$page$page" "=x" -- mutt -n -F /dev/null -R -f "$folder/mutt.$1/box"
}

# cpu WORDS COMMAND…: CPU seconds of the command and of all that it waits for, and the size of the file "made" where it left one
cpu() {
	words=$1 made=
	shift
	rm -f "$folder"/made.*
	spent=$( { timeout 300 "$@" > /dev/null 2> "$folder/cpu.err" < /dev/null || echo failed; times; } |
		awk '/failed/ { failed = " (failed)" } { line = $0 } END { split(line, t, /[ms ]+/); printf "%.2f%s", t[1] * 60 + t[2] + t[3] * 60 + t[4], failed }')
	for made in "$folder"/made.*; do [ -f "$made" ] && made=", $(($(wc -c < "$made") / 1024)) KiB" || made=; done
	printf '%-52s %s s%s\n' "$words" "$spent" "$made"
}
# The same with a peer, where it is installed.
peer_cpu() {
	command -v "$2" > /dev/null && cpu "$@" || printf '%s: %s is not installed\n' "$1" "$2"
}

programme() {
	mkdir -p "$folder/p/home"
	"$BUILD/tests/programme/make_programme" "$folder/p" 5000 > /dev/null
	of="$BUILD/livenet --store $folder/p/store.ldb --key-file $folder/p/store.key"
	export LIVENET_DOCUMENT="${LIVENET_DOCUMENT:-$BUILD/livenet-document}" HOME="$folder/p/home"
	cpu 'start-up: --version' "$BUILD/livenet" --version
	cpu 'start-up: the store is opened and a person shown' $of person list --filter Тимербулатова
	cpu 'report, figures alone' $of report --json
	peer_cpu 'the same figures: sqlite3 over a readable copy' sqlite3 "$folder/p/plain.db" ".read $(dirname "$0")/../programme/figures.sql"
	cpu 'coverage' $of coverage --json
	cpu 'award list' $of award list --json
	cpu 'ranking' $of call rank "$($of call list --json | sed -n 's/^[^"]*"id":"\([^"]*\)".*/\1/p' | head -n 1)" --json
	cpu 'report as a workbook' $of report -o "$folder/made.xlsx"
	if [ -f "$folder/made.xlsx" ]; then
		mv "$folder/made.xlsx" "$folder/p/made.xlsx"
		peer_cpu 'that workbook to PDF: LibreOffice Calc' soffice "-env:UserInstallation=file://$folder/office" --headless --convert-to pdf --outdir "$folder" "$folder/p/made.xlsx"
	fi
	cpu 'report as PDF' $of report -o "$folder/made.pdf"
	cpu 'report as a page' $of report -o "$folder/made.html"
	if [ -f "$folder/made.html" ]; then
		mv "$folder/made.html" "$folder/report.html"
		peer_cpu 'that page to PDF: Chromium (what it waits for)' chromium --headless --no-sandbox --disable-gpu --user-data-dir="$folder/chromium" \
			--print-to-pdf="$folder/made.pdf" "file://$folder/report.html"
	fi
	# shellcheck disable=SC2046
	$of consent sign publication $($of story list --json | grep -o '"author_id":"[^"]*"' | cut -d'"' -f4 | sort -u) > /dev/null
	cpu 'book as PDF' $of book -o "$folder/made.pdf"
	seminar=$($of seminar add --title Двести --date 2020-05-30 --municipality 80701000)
	# shellcheck disable=SC2046
	$of attend "$seminar" $($of person list --json | grep -o '"id":"[^"]*"' | cut -d'"' -f4 | head -n 200) --registered > /dev/null 2>&1
	cpu 'sign-in sheet of 200' $of sheet "$seminar" -o "$folder/made.pdf"
}

if section journal 'journal, unsealed, against plain SQLite and its session extension'; then "$BUILD/tests/bench/bench_journal"; "$BUILD/tests/bench/bench_session"; fi
if section store 'sealed store against plain SQLite'; then "$BUILD/tests/bench/bench_store"; fi
if section day 'end to end in the sealed store'; then "$BUILD/tests/bench/bench_day"; fi
if section bundles 'bundles'; then "$BUILD/tests/bench/bench_bundle"; fi
if section lists 'lists, CPU time'; then
	for people in 1000 10000 100000; do
		"$BUILD/tests/bench/bench_region" "$folder/list.ldb" "$folder/list.key" "$people"
		"$BUILD/tests/bench/bench_list" "$folder/list.ldb" "$folder/list.key"
	done
fi
if section programme 'the programme with 5,000 more visits, CPU time'; then programme; fi
if section terminal 'the terminal, 80x24; a key in the mean: CPU ms, bytes, writes'; then
	LC_ALL=C.UTF-8 LANGUAGE=ru HOME=$folder XDG_CONFIG_HOME=$folder
	export LC_ALL LANGUAGE HOME XDG_CONFIG_HOME
	for people in 1000 10000 100000; do terminal_of "$people"; done
fi
