#!/usr/bin/env bash
# A store of each earlier schema under the programs of today (tests/vectors/stores): it opens, nothing in it is lost, what its own program did not
# understand is there now, what it had not sent goes out, and what was being typed is offered.
. "$(dirname "$0")/lib.sh"

cp "$top"/tests/vectors/stores/1/* .
chmod 600 device.*
exits 0 "it opens and is whole" on device check
is "its people are there" "$(on device person list --json | json '[.[].name] | sort | join("|")')" \
	"Ахметов Ильдар Закиевич|Валеева Зиля Маратовна|Хасанова Гузель Рашитовна|Щукин Пётр Ильич|Һаҙыева Ғәлиә"
is "and who came" "$(on device attend "Как открыть НКО" --json | json '[.[] | select(.state == "present") | .name] | sort | join("|")')" \
	"Валеева Зиля Маратовна|Щукин Пётр Ильич"
is "a consultation that it had kept unread" \
	"$(on device consultation list --json | json '.[] | [.mentee, .date, .minutes, .topic, .advice, .next_step, .next_date, .next_done] | join("|")')" \
	"Валеева Зиля Маратовна|2020-02-17|45|Устав|Начать с цели|Собрать учредителей|2020-03-02|2020-03-01"
is "and consents" "$(on device consent list --json | json '[.[].person] | sort | join("|")')" "Ахметов Ильдар Закиевич|Валеева Зиля Маратовна"

# --- what was not sent ---
is "it knows what is not sent" "$(on device status --json | jq -c '[.unsent, .not_accepted, .conflicts]')" "[4,0,0]"
mkdir stick
exits 0 "which goes out" on device sync --via stick
is "all of it" "$(on device status --json | jq -c '[.unsent, .sent]')" "[0,4]"
tail -n +5 stick/*/inbox/*/* > sent.age
livenet age -d -i hub.identity sent.age | zstd -qd > sent.jsonl
like "an edit" "$(< sent.jsonl)" '\+79170000002'
like "a new card" "$(< sent.jsonl)" 'Щукин Пётр Ильич'
like "a mark" "$(< sent.jsonl)" '"present"'
is "by number of operations" "$(tail -n 1 sent.jsonl | json .ops)" 4

# --- what was being typed ---
tm() { tmux -S "$work/tmux" -f /dev/null -u "$@"; }
trap 'tm kill-server 2> /dev/null; rm -rf "$work"' EXIT
terminal 80 24 "livenet --store device.ldb --key-file device.key"
deadline=$((SECONDS + 20))
until tm capture-pane -p -t s 2> /dev/null | grep -qF "Недописанный" || [[ $SECONDS -ge $deadline ]]; do sleep 0.05; done
like "the draft is offered" "$(tm capture-pane -p -t s)" "Недописанный Иван"
finish
