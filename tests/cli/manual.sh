#!/usr/bin/env bash
# The manual pages: without a warning, and with every command of both programs.
. "$(dirname "$0")/lib.sh"

for page in "$top"/man/*.[1578] "$BUILD/man/livenet-keys.7"; do
	is "${page##*/} is well-formed" "$(mandoc -Tlint -W warning "$page" 2>&1)" ""
done
# Every command has an entry of its own; every verb and option of its line of help, and every field of a noun, stands in the page of its program.
for page in livenet.1 livenet-hub.8; do
	program=${page%.?}
	entries=$(grep -E '^\.It (Xo )?Cm ' "$top/man/$page")
	text=$(mandoc -Tutf8 -O width=1000 "$top/man/$page" | sed 's,.\x08,,g')
	[[ $page == livenet.1 ]] && first=$text || text+=$first		# the hub's page: “as in livenet(1)”
	help=$("$program" --help)
	missing=
	for command in $(sed -n 's/^  \([a-z]\{1,\}\)\( .*\)*$/\1/p' <<< "$help"); do
		grep -qE "(^|[^a-z-])$command([^a-z-]|\$)" <<< "$entries" || grep -qE "^ *A noun is .*[ ,]$command[ ,]" <<< "$text" || missing+=" $command"
		usage=$(grep -E "^  $command( |\$)" <<< "$help")
		for word in $(grep -oE '(^|[ |[])(--?)?[a-z][a-z0-9-]*' <<< "$usage" | tr -d ' |[' | sort -u); do
			grep -qE -- "(^|[^a-z-])$word([^a-z-]|\$)" <<< "$text" || missing+=" $command:$word"
		done
		[[ $page == livenet.1 ]] || continue
		fields=$(grep -E "^     $command  +[a-z]" <<< "$text")
		for field in $("$program" "$command" --help | sed -n '/^  --filter/,$s/^  --\([a-z-]*\) .*/\1/p'); do
			case $field in filter | programme) continue ;; esac
			[[ $fields =~ (^|[^a-z-])$field([^a-z-]|$) ]] || missing+=" $command.$field"
		done
	done
	is "$page has every command, verb, option and field" "$missing" ""
done

# Every action with each of its keys stands in the table.
text=$(mandoc -Tutf8 "$BUILD/man/livenet-keys.7" | sed 's,.\x08,,g')
missing=
while IFS=$'\t' read -r action keys _; do
	entry=$(grep -A 1 -E "^ *$action( |\$)" <<< "$text")
	[[ -n $entry ]] || missing+=" $action"
	read -ra each <<< "$keys"
	for key in "${each[@]}"; do [[ $entry == *"$key"* ]] || missing+=" $action:$key"; done
done < <(livenet keys | tail -n +2)
is "livenet-keys.7 has every action and key" "$missing" ""
for setting in $(livenet setting --json | json '.[] | .name, .values[]'); do
	like "livenet-keys.7 has $setting" "$text" "(^|[^a-z])$setting([^a-z]|$)"
done

# The page of the format has every replicated table with its columns in their order, and what each is.
source=$top/src/schema/schema_tables.c
for table in $(sed -n '/^const struct table \*const tables/,$p' "$source" | grep -o '&[a-z_]*' | tr -d '&'); do
	columns=$(sed -n "/^static const struct column ${table}_columns/,/^}/p" "$source" | sed -nE 's/^\t\{ "([a-z_]+)", ([A-Z_]+), ([A-Z_0-9| ]+),.*/\1\2\3/p' |
		sed -E 's/COLUMN_(TEXT|REFERENCE)//; s/COLUMN_INTEGER/*/; s/COLUMN_LONG_TEXT/+/; s/COLUMN_PERSONAL/!/; s/COLUMN_[A-Z_]*//; s/0$//' | paste -sd , | sed 's/,/, /g')
	is "livenet-bundle.5 has the columns of $table" "$(grep -xA 1 "\.It $table" "$top/man/livenet-bundle.5" | tail -n 1)" "$columns"
done

# Every kind of record that the code writes, every reason of a refusal, and every limit has its place there.
page=$(mandoc -Tutf8 -O width=200 "$top/man/livenet-bundle.5" | sed 's,.\x08,,g')
missing=
for kind in $(grep -ohE '\\"rec\\":\\"[a-z]+' "$top"/sync/*.c | sed 's/.*"//' | sort -u) $(sed -nE 's/.*strcmp\(rec, "([a-z]+)"\).*/\1/p' "$top"/sync/apply*.c | sort -u); do
	grep -qF "{\"rec\":\"$kind\"" <<< "$page" || missing+=" $kind"
done
is "livenet-bundle.5 has every kind of record" "$missing" ""
missing=
for reason in $(sed -n '/reasons\[\] = {/,/^};/s/^\t{ "\([a-z]*\)".*/\1/p' "$top/sync/rights.c"); do
	grep -qF "‘$reason’" <<< "$page" || missing+=" $reason"
done
is "and every reason of a refusal" "$missing" ""
livenet-hub --store hub.ldb init --name "Уфа" --recovery-file hub.code > /dev/null
hub=$(mandoc -Tutf8 -O width=200 "$top/man/livenet-hub.8" | sed 's,.\x08,,g' | sed -n '/^LIMITS/,/^[A-KM-Z]/p')
missing=
while IFS=$'\t' read -r name value _; do
	grep -qE "(^|[^0-9])$value([^0-9]|\$)" <<< "$hub" || missing+=" $name:$value"
done < <(livenet-hub --store hub.ldb limits | tail -n +2)
is "livenet-hub.8 has every limit with its number" "$missing" ""
finish
