#!/usr/bin/env bash
# The table of keys, and a person's own keys in a file.
. "$(dirname "$0")/lib.sh"
mkdir -p "$HOME/.config/livenet"
file=$HOME/.config/livenet/keys
key() { json ".[] | select(.action == \"$1\") | .keys | join(\" \")" <<< "$out"; }

exits 0 "the table" livenet keys
is "has a header" "$(head -n 1 <<< "$out")" $'action\tkeys\tplaces\tmeaning'
is "four columns in each line" "$(awk -F '\t' 'NF != 4' <<< "$out")" ""
exits 0 "as JSON" livenet keys --json
is "has every action of the source" "$(json '.[].action' <<< "$out" | sort | tr '\n' ' ')" \
	"$(sed -n 's/^\(ACTION\|GO\)([A-Z_]*, "\([^"]*\)".*/\2/p' "$top/screens/terminal/actions.def" | sort | tr '\n' ' ')"
is "new is n" "$(key new)" "n Insert"
like "and says where" "$(json '.[] | select(.action == "new") | .places | join(" ")' <<< "$out")" '^people seminars organisations consultations( |$)'

printf '# my own\nnew = ы F4\nmark-all = none\nsave = ^S ^W\norganisations = none\nerase-word = none\n' > "$file"
exits 0 "own keys" livenet keys --json
is "are in the table" "$(key new)" "ы F4"
is "none is none" "$(key mark-all)" ""

printf 'new = x\nnovelty = y\nedit = x\ncancel = none\nopen = Entre\n' > "$file"
exits 1 "faults are told by the exit status" livenet keys
is "one a line, with file and line" "$(sed 's/.*line \([0-9]*\): .*/\1/' <<< "$err" | tr '\n' ' ')" "2 3 4 5 "
like "with the program's name and the file" "$err" "^livenet: $file, line 2: .*novelty"
like "the table is printed all the same" "$out" $'new\tx'
like "without what was wrong" "$out" $'edit\te'
rm "$file"
mkdir "$file"
exits 1 "a folder is no file of keys" livenet keys
rmdir "$file"
head -c 70000 /dev/zero | tr '\0' 'x' > "$file"
exits 1 "nor is something huge" livenet keys
head -c 20000 /dev/urandom > "$file"
exits 1 "nor is rubbish" livenet keys
is "whose bytes reach no terminal" "$(tr -d '[:print:]\n' < err.txt | LC_ALL=C tr -cd '\033' | wc -c)" 0
refused 2 "no words" livenet keys new
finish
