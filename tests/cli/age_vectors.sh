#!/usr/bin/env bash
# Every vector of tests/vectors/age through `livenet age -d`: the exit status tells the class of failure, and no result is left of what did not open.
. "$(dirname "$0")/lib.sh"
expected() {
	case $1 in
	success) echo 0 ;;
	'header failure') echo 11 ;;
	'no match') echo 12 ;;
	'HMAC failure') echo 13 ;;
	'payload failure') echo 14 ;;
	esac
}
wrong=0 left=0 tried=0
for vector in "$top"/tests/vectors/age/*; do
	head=$(sed '/^$/q' "$vector" | LC_ALL=C tr -d '\0')
	sed '/^$/q' "$vector" | sed -n 's/^identity: //p' > identity
	tail -c "+$(($(sed '/^$/q' "$vector" | wc -c) + 1))" "$vector" > file.age
	want=$(expected "$(sed -n 's/^expect: //p' <<< "$head")")
	rm -f result
	livenet age -d -i identity -o result file.age 2> err.txt
	status=$?
	tried=$((tried + 1))
	[[ $status -eq $want ]] || { wrong=$((wrong + 1)); note "${vector##*/}: status $status, not $want: $(cat err.txt)"; }
	[[ $status -eq 0 || ! -e result ]] || left=$((left + 1))
done
is "each of $tried vectors ends as it says" "$wrong" 0
is "nothing is left of what did not open" "$left" 0
is "there are vectors of every class" "$(sed -sn 's/^expect: //p' "$top"/tests/vectors/age/* | sort -u | wc -l)" 5
finish
