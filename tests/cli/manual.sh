#!/usr/bin/env bash
# The manual pages: without a warning, and with every command of both programs.
. "$(dirname "$0")/lib.sh"

for page in "$top"/man/*.[158]; do
	is "${page##*/} is well-formed" "$(mandoc -Tlint -W warning "$page" 2>&1)" ""
done
for program in livenet.1 livenet-hub.8; do
	text=$(mandoc -Tutf8 "$top/man/$program" | sed 's,.\x08,,g')
	for command in $("${program%.?}" --help | sed -n 's/^  \([a-z]\{1,\}\)\( .*\)*$/\1/p'); do
		like "$program has $command" "$text" "(^|[^a-z])$command([^a-z]|$)"
	done
done
finish
