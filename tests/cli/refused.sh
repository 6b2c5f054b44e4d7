#!/usr/bin/env bash
# What the hub did not accept: listed with its values, and dropped (sent again: tests/unit/test_refused.c).
. "$(dirname "$0")/lib.sh"
new_hub
new_device a "Хасанова Гузель"
enrol a 80618000 coordinator
travel a
# A coordinator's change, who is none any more when it comes: the device itself allowed it.
on a programme edit first --title "Чужое Дело" > /dev/null
enrol a
travel a
travel a
is "it is listed with its values" "$(on a refused --json | jq -r '.[0] | .table + " " + .values.title')" "programme Чужое Дело"
like "without JSON, too" "$(on a refused list)" $'\t'programme$'\t'.*title='Чужое Дело'
is "the programme has its title again" "$(on a programme list --json | jq -r '.[0].title' | grep -c 'Чужое')" 0
refused 1 "a number that is none of them" on a refused again 9999
refused 2 "no number" on a refused drop
is "dropped" "$(on a refused drop --all)" 1
is "nothing is left of it" "$(on a refused --json) $(on a status --json | json .not_accepted)" "[] 0"
like "but the history" "$(on a history first)" 'Чужое Дело'
exits 0 "check" on a check
finish
