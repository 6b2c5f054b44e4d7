#!/bin/sh
# bench.sh: all figures in one run. CPU time; ratios against plain SQLite are of the same run. Nothing here decides a test.
set -eu
: "${BUILD:=build}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

section() { printf '\n== %s\n' "$1"; }

section 'journal alone, unsealed, against plain SQLite'
"$BUILD/tests/bench/bench_journal"
section 'sealed store against plain SQLite'
"$BUILD/tests/bench/bench_store"
section 'end to end in the sealed store'
"$BUILD/tests/bench/bench_day"
section 'bundles'
"$BUILD/tests/bench/bench_bundle"

section 'the terminal, 80x24'
LC_ALL=C.UTF-8
LANGUAGE=ru
export LC_ALL LANGUAGE
for people in 1000 100000; do
	"$BUILD/tests/bench/bench_day" store "$folder/$people.ldb" "$folder/$people.key" "$people"
	"$BUILD/tests/bench/bench_screen" "livenet, $people people" 'ajjjjjjjjjjq' \
	    "$BUILD/livenet" --store "$folder/$people.ldb" --key-file "$folder/$people.key"
done
