#!/usr/bin/env bash
# A store put back from an old copy, and a second copy of one that goes on: recognised at the exchange, joined anew, and nothing that was typed is lost.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device r "Орлова Вера" 80701000 coordinator
enrol a
enrol r 80701000 coordinator
travel a r
on a person add --name "Общее Дело" --municipality 80618000 > /dev/null
travel a r
travel a r
copy() { cp "$1.ldb" "$2.ldb"; rm -f "$2.ldb-wal"; if [[ -e $1.ldb-wal ]]; then cp "$1.ldb-wal" "$2.ldb-wal"; fi; }
# approve_anew DEVICE: the operator hears the fingerprint and knows whose device it is
approve_anew() {
	local file status=0
	file=$(echo stick/*.join)
	hub approve "$file" --fingerprint "$(on "$1" status | grep '^fingerprint' | digits)" --role consultant --municipality 80618000 \
		--person "$(hub person list --json --filter 'Хасанова' | json '.[0].id')" -o "$1.again" > /dev/null 2> approve.err || status=1
	rm -f "$file"
	on "$1" welcome "$1.again" || status=1
	return $status
}

# --- an old copy ---
copy a old
on a person add --name "Новое Дело" --municipality 80618000 > /dev/null
travel a r
travel a r
copy old a
on a person add --name "После Возврата" --municipality 80618000 > /dev/null
id=$(on a status --json | json .device)
for _ in 1 2 3; do
	status=0
	on a sync --via stick > sync.out 2> sync.err || status=$?
	[[ $status -eq 7 ]] && break
	hub collect stick > /dev/null
done
is "the old copy is recognised" "$status" 7
like "in a sentence that says what to do" "$(< sync.err)" 'older copy.*fingerprint.*[0-9]{5} [0-9]{5}'
is "it has other keys" "$([[ $(on a status --json | json .device) != "$id" ]] && echo yes)" yes
is "changes wait" "$(on a status --json | jq '.anew and .set_aside > 0')" true
is "people work on with them" "$(on a person list --json --filter 'После' | jq length)" 1
exits 0 "check" on a check
refused 1 "without a word whose device it is nobody is let in" hub approve stick/*.join --fingerprint "$(on a status | grep '^fingerprint' | digits)" \
	--role consultant --municipality 80618000 -o no.welcome
like "and the operator is told which card it names" "$err" "--person"
was=$(hub roster --json | jq -r --arg id "$id" '.[] | select(.device == $id) | .tag')
holds "the hub lets it in again" approve_anew a
like "and says which device may be the one that it was" "$(< approve.err)" "another device, $was .*unreachable $was --reason"
exits 0 "nothing is expected of that one any more" hub unreachable "$was" --reason "its store joined anew"
is "one of the two of the person is left" "$(hub roster --json | jq --arg tag "$was" '[.[] | select(.unreachable == null and .person != null and (.person | contains("Хасанова")))] | length')" 1
for _ in 1 2 3; do travel a r; done
is "nothing waits any more" "$(on a status --json | jq -c '[.anew, .set_aside, .unsent, .not_accepted]')" "[false,0,0,0]"
for name in "Общее Дело" "Новое Дело" "После Возврата"; do
	is "the hub has $name once" "$(hub person list --json --filter "$name" | jq length)" 1
	is "the coordinator has $name" "$(on r person list --json --filter "$name" | jq length)" 1
	is "the device has $name" "$(on a person list --json --filter "$name" | jq length)" 1
done
exits 0 "check at the device" on a check
exits 0 "check at the hub" hub check

# --- two copies at work ---
copy a twin
cp a.key twin.key
on a person add --name "Первое Слово" --municipality 80618000 > /dev/null
on twin person add --name "Второе Слово" --municipality 80618000 > /dev/null
travel a r
for _ in 1 2 3; do
	status=0
	on twin sync --via stick > sync.out 2> sync.err || status=$?
	[[ $status -eq 7 ]] && break
	hub collect stick > collect.out
done
is "the second is recognised" "$status" 7
exits 0 "the first goes on" on a sync --via stick
holds "the second joins anew" approve_anew twin
for _ in 1 2 3; do travel a twin r; done
for name in "Первое Слово" "Второе Слово"; do
	is "the coordinator has $name once" "$(on r person list --json --filter "$name" | jq length)" 1
	is "the first has $name" "$(on a person list --json --filter "$name" | jq length)" 1
	is "the second has $name" "$(on twin person list --json --filter "$name" | jq length)" 1
done
exits 0 "check at the second" on twin check
exits 0 "check at the hub" hub check
finish
