#!/usr/bin/env bash
# Our age and minisign against Debian's: what one makes the other opens and verifies, and over damaged files both accept and refuse the same.
# Where we are stricter on purpose, the test says so by name. The oracle is the program made of tests/unit/oracle.c. TEST_FLIPS, TEST_HEADERS and TEST_PROGRAMS say
# how many files, TEST_SEED repeats a run.
. "$(dirname "$0")/lib.sh"

oracle=${ORACLE:-$BUILD/tests/unit/oracle}
seed=${TEST_SEED:-$(date +%s)}
flips=${TEST_FLIPS:-200}
headers=${TEST_HEADERS:-150}
programs=${TEST_PROGRAMS:-25}
export LC_ALL=C
note "seed $seed"

command -v age > /dev/null && command -v minisign > /dev/null || { echo '1..0 # SKIP age or minisign is not installed'; exit 77; }
[[ -x $oracle ]] || { fail "there is an oracle" "$oracle"; finish; }

problem() { echo "$*" >> problems; }
# run NAME FUNCTION ARGUMENT…: passes when the function finds no problem
run() {
	local title=$1
	shift
	: > problems
	"$@"
	if [[ -s problems ]]; then fail "$title" "$(head -n 100 problems)"; else pass "$title"; fi
}
# seen FOLDER: the oracle's answers in `status` are about every file there, and there are some
seen() {
	local files
	files=$(ls "$1" | wc -l)
	[[ $files -gt 10 && $(wc -l < status) -eq $files ]] || problem "$(wc -l < status) answers about $files files"
}

age_keys() {
	age-keygen -o "$1.key" 2> /dev/null
	age-keygen -y "$1.key" > "$1.pub"
}

age_both_ways() {
	for size in 0 1 65535 65536 65537 131072 1000000; do
		head -c "$size" /dev/urandom > plain
		"$oracle" age-encrypt "$(< a.pub)" "$(< b.pub)" < plain > ours.age || problem "ours does not seal $size"
		for key in a b; do
			age -d -i "$key.key" ours.age 2>&1 | cmp -s - plain || problem "age does not open ours: $size, $key"
		done
		age -d -i c.key ours.age > /dev/null 2>&1 && problem "age opens ours with a third key: $size"
		age -r "$(< a.pub)" -r "$(< b.pub)" plain > theirs.age
		for key in a b; do
			"$oracle" age-decrypt "$key.key" < theirs.age 2>&1 | cmp -s - plain || problem "ours does not open age's: $size, $key"
		done
		"$oracle" age-decrypt c.key < theirs.age > /dev/null 2>&1
		[ $? -eq 12 ] || problem "a third key is not refused with 12: $size"
	done
}

# age_same FOLDER IDENTITY: both accept and refuse the same of the files there
age_same() {
	"$oracle" age-check "$2" "$1"/* > status
	seen "$1"
	while read -r status file; do
		if age -d -i "$2" "$file" > /dev/null 2>&1; then theirs=0; else theirs=1; fi
		[ "$((status != 0))" -eq "$theirs" ] || { problem "ours says $status, age $theirs: ${file##*/}"; od -c "$file" | head -n 30 >> problems; }
	done < status
}

# age_status FOLDER IDENTITY: the program says of some of the files there what the oracle says of them in `status`, and leaves nothing of those that did not open
age_status() {
	head -n "$programs" status > some
	while read -r want file; do
		rm -f result
		livenet age -d -i "$2" -o result "$file" > /dev/null 2>&1
		status=$?
		[ "$status" -eq "$want" ] || problem "livenet age -d says $status, not $want: ${file##*/}"
		[ "$status" -eq 0 ] || [ ! -e result ] || problem "something is left of ${file##*/}"
	done < some
}

# Debian's age has no limits, opens what has an scrypt stanza beside ours, and looks no further than the first stanza that opens.
stricter=' limit_33_stanzas limit_header_64k_and_1 scrypt_beside x25519_malformed_beside '

age_vectors() {
	for vector in "$top"/tests/vectors/age/*; do
		name=${vector##*/}
		case $stricter in *" $name "*) continue ;; esac
		sed -n 's/^identity: //p;/^$/q' "$vector" | head -n 1 > v.key
		tail -c +"$(($(sed '/^$/q' "$vector" | wc -c) + 1))" "$vector" > v.age
		case $(head -n 1 "$vector") in 'expect: success') expect=0 ;; *) expect=1 ;; esac
		if age -d -i v.key v.age > v.plain 2> /dev/null; then theirs=0; else theirs=1; fi
		[ $theirs -eq $expect ] || problem "age says $theirs: $name"
		released=$(sed -n 's/^payload: //p;/^$/q' "$vector" | head -n 1)
		[ -z "$released" ] || [ "$(sha256sum < v.plain)" = "$released  -" ] || problem "age releases other bytes: $name"
	done
}

theirs_verify() {
	minisign -V -H -q -P "$1" -x "$2" -m "$3" > /dev/null 2>&1
}

minisign_both_ways() {
	comment='signed sync bundle, verify with minisign'
	minisign -G -W -p their.pub -s their.sec > /dev/null 2>&1
	their=$(tail -n 1 their.pub)
	"$oracle" keygen our.sec > our.pub
	our=$(tail -n 1 our.pub)
	for size in 0 1 100000; do
		head -c "$size" /dev/urandom > file
		"$oracle" sign our.sec "bundle/1 seq=$size" file > our.sig
		theirs_verify "$our" our.sig file || problem "minisign refuses ours: $size"
		[ "$(minisign -V -H -Q -p our.pub -x our.sig -m file)" = "bundle/1 seq=$size" ] || problem "another comment: $size"
		theirs_verify "$their" our.sig file && problem "minisign takes ours for its own: $size"
		minisign -S -s their.sec -c "$comment" -t "bundle/1 seq=$size" -x their.sig -m file > /dev/null 2>&1
		"$oracle" verify "$their" their.sig file || problem "ours refuses minisign's: $size"
		"$oracle" verify "$our" their.sig file && problem "ours takes minisign's for its own: $size"
	done
	minisign -S -l -s their.sec -c "$comment" -t legacy -x legacy.sig -m file > /dev/null 2>&1
	"$oracle" verify "$their" legacy.sig file && problem 'ours takes the legacy form'
	minisign -S -s their.sec -c 'another comment' -t x -x other.sig -m file > /dev/null 2>&1
	"$oracle" verify "$their" other.sig file && problem 'ours takes another first line'
	cat our.sig file > bundle
	theirs_verify "$our" bundle file || problem 'minisign refuses a block with the payload behind it'
}

# seen_by_minisign FILE: what minisign 0.11 looks at: that line 1 begins as it should, and not its text; of each line what stands before a CR (or NUL);
# of base64 not the bits that the padding leaves over; nothing behind the fourth line, nor its LF.
seen_by_minisign() {
	local line number=0
	head -n 4 "$1" | tr '\0' '\r' > seen.txt
	while IFS= read -r line || [[ -n $line ]]; do
		line=${line%%$'\r'*}
		number=$((number + 1))
		case $number in
		1) [[ $line == 'untrusted comment: '* ]] && echo untrusted ;;
		3) printf '%s\n' "$line" ;;
		*) printf '%s' "$line" | base64 -d 2>&1 | od -An -tx1 ;;
		esac
	done < seen.txt
}

# loose FILE: minisign takes it, we do not, and the reason is one of these
loose() { [[ $(seen_by_minisign "$1") == "$(seen_by_minisign our.sig)" ]]; }

minisign_same() {
	local taken=0
	"$oracle" verify-check "$our" file blocks/* > status
	seen blocks
	while read -r status file; do
		if theirs_verify "$our" "$file" file; then theirs=0; else theirs=1; fi
		[ "$status" -ne 0 ] || problem "ours takes ${file##*/}"
		[ $theirs -ne 0 ] || loose "$file" || { problem "minisign alone takes ${file##*/}"; od -c "$file" | head -n 30 >> problems; }
		[ $theirs -ne 0 ] || taken=$((taken + 1))
	done < status
	note "$taken of $(wc -l < status) that we refuse minisign takes, each for one of the reasons above"
}

payload_same() {
	head -c 300 /dev/urandom > file
	"$oracle" sign our.sec x file > our.sig
	"$oracle" mutants "$seed.payload" 20 payloads < file
	for file in payloads/*; do
		"$oracle" verify "$our" our.sig "$file" && problem "ours takes ${file##*/}"
		theirs_verify "$our" our.sig "$file" && problem "minisign takes ${file##*/}"
	done
}

for key in a b c; do age_keys $key; done
mkdir flips headers blocks payloads

run 'age: what one seals the other opens' age_both_ways
head -c 40 /dev/urandom | "$oracle" age-encrypt "$(< a.pub)" "$(< b.pub)" > small.age
"$oracle" mutants "$seed.age" "$flips" flips < small.age
run 'age: flipped bits, changed bytes and cut files' age_same flips a.key
run 'age: exit statuses of livenet age -d' age_status flips a.key
"$oracle" headers "$seed.headers" "$headers" headers
mv "headers/identity" headers.key
run 'age: changed headers under a right MAC' age_same headers headers.key
holds 'age: some of these are still good' grep -q '^0 ' status
run 'age: exit statuses of livenet age -d over them' age_status headers headers.key
run 'age: our vectors' age_vectors
run 'minisign: what one signs the other verifies' minisign_both_ways
"$oracle" mutants "$seed.block" "$flips" blocks < our.sig
run 'minisign: flipped bits, changed bytes and cut blocks' minisign_same
run 'minisign: a changed payload' payload_same
finish
