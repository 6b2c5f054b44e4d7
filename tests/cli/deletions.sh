#!/usr/bin/env bash
# Many deletions in one bundle: they wait for a coordinator, and what a coordinator says is done everywhere.
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
new_device r "Ғәлимова Таңһылыу" 80701000 coordinator
enrol a
enrol r 80701000 coordinator
for i in {10..39}; do printf 'Человек Номер %s;80618000\n' "$i"; done | cat <(echo 'ФИО;Муниципалитет') - > people.csv
holds "thirty people" on r import people people.csv
travel a r
holds "they travel" travel a r
ids=$(on a person list --filter "Человек" --json | json '.[].id')
is "to the other device" "$(wc -w <<< "$ids")" 30
remove() { local id; for id; do on a person remove "$id" > /dev/null || return; done; }
# shellcheck disable=SC2086
holds "all of them are removed there" remove $ids
on a person add --name "Новый Участник" --municipality 80618000 > /dev/null
holds "exchange" travel a r
like "the hub says what waits" "$(cat collect.txt; hub deletions list)" $'\twaiting\t'
like "as records, by kind" "$(cat collect.txt)" "deletions wait for a coordinator .Person: 30."
is "nobody is removed" "$(on r person list --filter "Человек" --json | json length)" 30
is "the rest came" "$(on r person list --filter "Новый" --json | json length)" 1
is "the author has them again" "$(on a person list --filter "Человек" --json | json length)" 30
is "and knows that it waits" "$(on a status --json | jq -c '[.waiting, .not_accepted]')" "[30,0]"
like "with the reason" "$(on a status)" "wait for a coordinator"
id=$(on r deletions list --waiting --json | json '.[0].id')
like "without JSON too" "$(on a status)" $'\nnot_accepted\t0\nwaiting\t30\n'
like "an exchange says so, and does not call it refused" "$(cat a.sync.txt a.sync.err 2> /dev/null)" "not accepted: 0"
is "the question" "$(on r deletions list --json | jq -c '[.[] | [.state, .table, .count, .total]]')" '[["waiting","person",30,32]]'
is "names whose device it is" "$(on r deletions list --json | json '.[0].author' | grep -c "Хасанова Гузель")" 1
is "names the records" "$(on r deletions show "$id" | grep -c "Человек")" 30
is "in JSON too" "$(on r deletions show "$id" --json | json '.records | length')" 30
refused 1 "who is no coordinator does not decide" on a deletions accept "$id"
refused 1 "nor does the hub" hub deletions accept "$id"
refused 1 "of what there is not" on r deletions refuse xxxxxxxx-1
refused 2 "a verb that is none" on r deletions maybe "$id"
holds "refused" on r deletions refuse "$id"
refused 1 "it is decided once" on r deletions accept "$id"
holds "exchange" travel r a
holds "once more" travel a
is "they stay" "$(on a person list --filter "Человек" --json | json length)" 30
is "and are not accepted" "$(on a status --json | jq -c '[.waiting, .not_accepted]')" "[0,30]"
like "with the reason" "$(on a status)" "did not agree"
# shellcheck disable=SC2086
holds "removed again" remove $ids
holds "exchange" travel a r
id=$(on r deletions list --waiting --json | json '.[0].id')
holds "agreed to" on r deletions accept "$id"
holds "exchange" travel r a
holds "once more" travel a
for device in a r; do
	is "they are gone on $device" "$(on $device person list --filter "Человек" --json | json length)" 0
	exits 0 "check on $device" on $device check
done
exits 0 "check at the hub" hub check
is "nothing waits" "$(on r deletions list --json | jq -c '[.[].state] | sort')" '["accepted","refused"]'
finish
