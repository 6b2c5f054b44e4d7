#!/usr/bin/env bash
# The words of the stages that scripts may rely on, as they are, in a store that init alone made: it belongs to no hub, and its person is a consultant.
. "$(dirname "$0")/lib.sh"
export LIVENET_STORE=$work/a.ldb LIVENET_KEY_FILE=$work/a.key LIVENET_DOCUMENT=$BUILD/livenet-document
id='^[0-9a-hjkmnp-tv-z]{8}-[0-9]+$'
# made NAME WORDS…: the words print an id, which stands in $out
made() {
	exits 0 "$1" livenet "${@:2}"
	like "$1: an id" "$out" "$id"
}
exits 0 init livenet init --name "Хасанова Гузель Рашитовна" --municipality "Бураевский район"
made "person add" person add --name "Ахметов Ильдар Закирович" --municipality "Бураевский район"
P=$out
for purpose in participation publication directory; do made "consent $purpose" consent add --person "$P" --purpose "$purpose" --date 2020-02-01; done
made "consent withdrawn" consent add --person "$P" --purpose directory --date 2020-02-01 --withdrawn 2020-03-01

made "call add" call add --title "Отбор" --role consultant --places 3 --deadline 2099-12-31
C=$out
made "application add" application add --call "$C" --person "$P"
A=$out
made "criterion add" criterion add --title "Опыт" --weight 2 --maximum 10
exits 0 "application score" livenet application score "$A" --criterion "Опыт" --points 7
exits 0 "call rank" livenet call rank "$C" --json
is "the sum" "$(json '.[0] | "\(.person) \(.place) \(.total)"' <<< "$out")" "Ахметов Ильдар Закирович 1 14"

made "course add" course add --title "Курс" --hours 72 --provider "Учебный центр ГСЗН"
exits 0 "course enrol" livenet course enrol "$out" "$P" "Хасанова Гузель Рашитовна"
exits 0 "course complete" livenet course complete "Курс" "$P" --document 17 --date 2020-03-01

made "consultation add" consultation add --mentor "Хасанова Гузель Рашитовна" --mentee "$P" --date 2020-03-02 --minutes 40 --topic "Устав" \
	--next "Проверить" --next-date 2020-03-10
exits 0 "consultation due" livenet consultation due --json
is "what is due" "$(json '.[] | "\(.next_step) \(.next_date)"' <<< "$out")" "Проверить 2020-03-10"

printf 'Так *можно*.\n' > t.md
for kind in story achievement advice practice; do made "story $kind" story add --author "$P" --kind "$kind" --title "Текст" --text-file t.md; done
exits 0 "story accept" livenet story accept "$out"
for format in html pdf; do
	if [[ -x $LIVENET_DOCUMENT ]]; then
		exits 0 "book $format" livenet book --format "$format" -o "b.$format"
		[[ -s b.$format ]] && pass "b.$format" || fail "b.$format"
	fi
done

exits 0 "indicator list" livenet indicator list --json
is "its members" "$(jq -c 'all(.[]; has("key") and has("title") and has("planned") and has("reached") and has("percent"))' <<< "$out")" true
is "the keys" "$(json '[.[].key] | join(" ")' <<< "$out")" "experts consultants seminars participants information"
for key in $(json '.[].key' <<< "$out"); do exits 0 "indicator show $key" livenet indicator show "$key"; done
exits 0 "award list" livenet award list --json
is "points" "$(json '.[] | "\(.name) \(.points)"' <<< "$out")" "Хасанова Гузель Рашитовна 2"
refused 1 "no letter without a consent" livenet letters -o l.pdf
exits 0 "consent sign" livenet consent sign participation "Хасанова Гузель Рашитовна"
if [[ -x $LIVENET_DOCUMENT ]]; then
	exits 0 "letters" livenet letters -o l.pdf
	[[ -s l.pdf ]] && pass l.pdf || fail l.pdf
fi
exits 0 "coverage" livenet coverage --json
is "63 municipalities" "$(json length <<< "$out")" 63
finish
