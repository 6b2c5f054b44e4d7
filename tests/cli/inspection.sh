#!/usr/bin/env bash
# A bundle is inspected with public tools alone, by the lines that livenet-bundle(5) shows: they are read from the page as it is printed, and run.
. "$(dirname "$0")/lib.sh"
page=$(mandoc -Tascii -O width=200 "$top/man/livenet-bundle.5" | sed 's,.\x08,,g')
lines=$(sed -n '/^INSPECTION WITH PUBLIC TOOLS/,/^[A-Z]/{p}' <<< "$page" | sed -n '/^ *sender=/,/^ *rm /{s/^ *//;p}')
for tool in head tail minisign age zstd jq b2sum; do holds "the page shows $tool" grep -qE "(^|[ (])$tool " <<< "$lines"; done

new_hub
new_device a && enrol a
holds "somebody to tell of" on a person add --name "Ахметов Ильдар Закирович" --phone 89170000001
holds "a bundle" on a sync --via stick
bundle=$(find stick -path '*inbox*' -name '*.bundle' | sort | tail -n 1)
mkdir empty
cp "$bundle" empty/x.bundle
cp hub.ldb* hub.key empty/
cd empty || exit 1

# inspect: each line by itself, as a person types them; says which failed, and keeps what each one printed
inspect() {
	local line number=0
	failed=
	rm -f x.sig x.age x.zst x.jsonl sender.pub said.*
	while IFS= read -r line; do
		number=$((number + 1))
		eval "$line" > "said.$number" 2>&1 < /dev/null || failed+="$line: $(head -c 300 "said.$number")"$'\n'
	done <<< "$lines"
}

inspect
is "every line of the page succeeds" "$failed" ""
is "they leave no key behind" "$(ls hub.id 2>&1 | grep -c '^hub.id$')" 0
is "the first record is the bundle's" "$(head -n 1 x.jsonl | json .rec)" bundle
is "it repeats the signed line" "$(head -n 1 x.jsonl | json '"bundle/1 from=\(.from) to=\(.to) epoch=\(.epoch) seq=\(.seq) prev=\(.prev) created=\(.created)"')" \
	"$(sed -n '3s/^trusted comment: //p' x.bundle)"
is "the last record ends it" "$(tail -n 1 x.jsonl | json .rec)" end
is "the operations are as many as said" "$(jq -s 'map(select(type == "array")) | length' x.jsonl)" "$(tail -n 1 x.jsonl | json .ops)"
like "and tell what was entered" "$(cat x.jsonl)" 'Ахметов Ильдар Закирович'
is "what jq printed is every line" "$(cat said.* | grep -c '"rec":"bundle"')" 1
hash=$(b2sum -l 256 x.bundle | cut -c 1-64)
is "the hash is the next bundle's prev" "$(grep -l "^$hash" said.* | wc -l)" 1
cd ..
holds "another change" on a person add --name "Валеева Зиля Маратовна"
hub collect stick > collect.txt
holds "another bundle" on a sync --via stick
next=$(find stick -path '*inbox*' -name '*.bundle' | sort | tail -n 1)
like "says so" "$(sed -n 3p "$next" | tr -d '\0')" "prev=$hash "

# The same lines notice what was changed.
cd empty || exit 1
cp x.bundle whole
flip x.bundle "$(($(wc -c < x.bundle) - 3))"
inspect
like "a changed byte: minisign refuses" "$failed" 'minisign -V'
like "and age" "$failed" 'age -d'
cp whole x.bundle
flip x.bundle "$(($(head -n 2 whole | wc -c) + 90))"
inspect
like "a changed signed line: minisign refuses" "$failed" 'minisign -V'
finish
