#!/usr/bin/env bash
# make fuzz: builds the fuzz targets with clang's libFuzzer under the address and undefined-behaviour sanitizers, in a folder of their own, and lets each look for
# FUZZ_SECONDS (60) for inputs that break it.
#   tests/fuzz/fuzz.sh SOURCE FOLDER [--merge]
# FUZZ_TARGETS="wire card" names some of them. What they find new is kept in FOLDER/found/NAME; an input that breaks one in FOLDER/broken/NAME-…, and the status is 1.
# --merge takes of all that was found what reaches more, and puts it into tests/fuzz/corpus, small ones only.
set -euo pipefail
source=$1 folder=$2 merge=${3-}
seconds=${FUZZ_SECONDS:-60}
corpus=$source/tests/fuzz/corpus

die() { printf '%s\n' "$1" >&2; exit 2; }

flags='-O1 -g -fsanitize=fuzzer-no-link -DFUZZER_MAIN'
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
printf 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n);\nint LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return n > 1u << 30 && *p; }\n' > "$folder/probe.c"
clang -fsanitize=fuzzer,address,undefined -o "$folder/probe" "$folder/probe.c" 2> /dev/null ||
	die 'make fuzz needs clang with libFuzzer, which Debian has in the packages clang and libclang-rt-14-dev'

build() {
	cd "$folder"
	[[ -f Makefile ]] || "$source/configure" -q --enable-sanitizers --disable-documents CC="${FUZZ_CC:-clang}" CFLAGS="$flags"
	"${MAKE:-make}" -s -j"$(nproc)" V=0 FUZZER_LDFLAGS=-fsanitize=fuzzer "${targets[@]/#/tests/fuzz/fuzz_}" > build.log 2>&1 || { tail -n 20 build.log >&2; die "the fuzz targets could not be built"; }
}

# One target, one process; its seeds are the ones of the program for ./check, which are among those that are kept.
run_one() {
	local name=$1 found=$folder/found/$1 log=$folder/$1.log words dictionary=()
	mkdir -p "$found" "$folder/broken"
	case $name in exchange_*) words=wire ;; bundle_*) words=bundle ;; *) words=$name ;; esac
	[[ -f $source/tests/fuzz/dict/$words.dict ]] && dictionary=(-dict="$source/tests/fuzz/dict/$words.dict")
	if ! nice -n 10 "$folder/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
		-artifact_prefix="$folder/broken/$name-" "${dictionary[@]}" "$found" "$corpus/$name" > "$log" 2>&1 < /dev/null; then
		printf '%s: broken; %s tells how\n' "$name" "$log"
		return 1
	fi
	awk -v name="$name" '/cov: /{ last = $0 } /stat::number_of_executed_units/{ n = $2 } END { sub(/^.*cov: /, "cov: ", last); sub(/ exec\/s.*/, "", last); print name ": " n " executions, " last }' "$log"
}

merge_one() {
	local name=$1 all=$folder/merged/$1
	rm -rf "$all"
	mkdir -p "$all"
	"$folder/tests/fuzz/fuzz_$name" -merge=1 -max_len=8192 "$all" "$corpus/$name" "$folder/found/$name" > "$folder/$name.merge.log" 2>&1 < /dev/null || return 1
	# What the target makes itself (own-…), and what broke something once, has a name with a hyphen, and stays.
	find "$corpus/$name" -type f ! -name '*-*' -delete
	# The smallest ones, up to 20 KiB a target.
	find "$all" -type f -printf '%s %p\n' | sort -n | while read -r size path; do
		total=$((${total:-0} + size))
		if [[ $total -le ${FUZZ_KEEP:-20000} ]]; then cp "$path" "$corpus/$name/$(b2sum -l 64 "$path" | cut -c1-16)"; fi
	done
	printf '%s: %d inputs are kept\n' "$name" "$(find "$corpus/$name" -type f | wc -l)"
}

read -ra targets <<< "${FUZZ_TARGETS:-$(cd "$corpus" && printf '%s ' *)}"
export TMPDIR=$folder/tmp
rm -rf "$TMPDIR"
mkdir -p "$TMPDIR"
build
status=0
for name in "${targets[@]}"; do
	if [[ $merge == --merge ]]; then merge_one "$name" || status=1; else run_one "$name" || status=1; fi
done
rm -rf "$TMPDIR"
exit "$status"
