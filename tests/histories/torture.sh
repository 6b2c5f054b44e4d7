#!/usr/bin/env bash
# Many random histories, two processes at a time (TORTURE_JOBS); ends at the first seed that fails and says how to play it again.
#   tests/histories/torture.sh PROGRAM        TORTURE: how many (20,000); FIRST_SEED: from where on (the time of day says)
set -uo pipefail
program=$1
many=${TORTURE:-20000} first=${FIRST_SEED:-$(($(date +%s) % 1000000000))} share=200
logs=$(mktemp -d) || exit 1
trap 'rm -rf "$logs"' EXIT

# play FROM COUNT: 255 lets xargs begin no other
play() {
	local log=$logs/$1
	if FIRST_SEED=$1 HISTORIES=$2 "$program" > "$log" 2>&1; then
		printf 'seeds %d to %d: passed\n' "$1" $(($1 + $2 - 1))
		rm -f "$log"
	else
		grep -av '^ok ' "$log" | tail -n 60
		return 255
	fi
}
export -f play
export program logs

printf 'TORTURE=%d FIRST_SEED=%d\n' "$many" "$first"
for ((done = 0; done < many; done += share)); do
	printf '%d %d\n' $((first + done)) $((many - done < share ? many - done : share))
done | xargs -P "${TORTURE_JOBS:-2}" -L 1 bash -c 'play "$0" "$1"' || { printf 'a history failed\n'; exit 1; }
printf '%d histories passed\n' "$many"
