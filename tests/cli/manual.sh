#!/usr/bin/env bash
# The manual pages: without a warning, and with every command of both programs.
. "$(dirname "$0")/lib.sh"

for page in "$top"/man/*.[158] "$BUILD/man/livenet-keys.7"; do
	is "${page##*/} is well-formed" "$(mandoc -Tlint -W warning "$page" 2>&1)" ""
done
for program in livenet.1 livenet-hub.8; do
	text=$(mandoc -Tutf8 "$top/man/$program" | sed 's,.\x08,,g')
	for command in $("${program%.?}" --help | sed -n 's/^  \([a-z]\{1,\}\)\( .*\)*$/\1/p'); do
		like "$program has $command" "$text" "(^|[^a-z])$command([^a-z]|$)"
	done
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
finish
