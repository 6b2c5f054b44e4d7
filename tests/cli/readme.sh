#!/usr/bin/env bash
# The first day of README.md, line by line, as it stands there: with the fingerprints that were heard, and a folder in the place of the stick.
. "$(dirname "$0")/lib.sh"
printf 'ФИО;Телефон;Муниципалитет\nАхметов Ильдар Закирович;89170000001;Бураевский р-н\n' > list.csv
printf 'тёплый снег лежит у крыльца\n' > phrase
mkdir stick
export LIVENET_STORE=$work/a.ldb LIVENET_PASSPHRASE_FILE=$work/phrase LIVENET_DOCUMENT=$BUILD/livenet-document
card= device= count=0
while IFS= read -r line; do
	line=$(sed 's/  *#.*//' <<< "$line")
	line=${line//\/media\/stick/stick}
	read -ra word <<< "$line"
	case $line in
	livenet\ join\ *) line=${line/…/$card} ;;
	*\ approve\ *) line=${line/…/$device} ;;
	esac
	[[ ${#word[@]} -gt 1 ]] || continue		# the screens
	if [[ $line == livenet-hub* ]]; then
		[[ $line == *report* ]] && { exits 0 "collect" env -u LIVENET_STORE -u LIVENET_PASSPHRASE_FILE livenet-hub --store hub.ldb collect stick; }
		[[ $line != *pdf* || -x $LIVENET_DOCUMENT ]] || continue
		exits 0 "$line" env -u LIVENET_STORE -u LIVENET_PASSPHRASE_FILE bash -c "$line"
	else
		exits 0 "$line" bash -c "$line"
	fi
	case $line in
	*\ card\ *) card=$(digits <<< "$out") ;;
	livenet\ join\ *) device=$(digits <<< "$out") ;;
	esac
	count=$((count + 1))
done < <(sed -n '/^## A first day/,/^The papers/s/^    //p' "$top/README.md")
is "how many lines" "$([[ $count -ge 9 ]] && echo enough || echo "$count")" enough

# Its other words: the makers of papers are commands with these names, and what it names is there.
for words in "consent:forms" "call:protocol" "course:register" "course:certificate" "letters:-o" "book:--print" "report:--print" "sheet:--print"; do
	like "${words/:/ }" "$(livenet "${words%:*}" --help)" "(^|[^a-z])${words#*:}"
done
for file in $(sed -n '/^## The house/,/^## What/s/^ *\(src\/[a-z]*\|sync\|screens\|tests\|man\)  .*/\1/p' "$top/README.md"); do
	[[ -d $top/$file ]] && pass "$file" || fail "$file"
done
finish
