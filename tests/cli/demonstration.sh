#!/usr/bin/env bash
# The demonstration region: made by the program's own means, with the figures of a real one.
. "$(dirname "$0")/lib.sh"

holds "is made" livenet demonstration d
region() { livenet-hub --store d/hub.ldb report --json | json "$1"; }
is "58 consultants, 20 experts" "$(region '[.people.consultant, .people.expert] | join(" ")')" "58 20"
holds "more than 400 activists" test "$(region .people.activist)" -gt 400
holds "more than 400 reached by name" test "$(region .reached)" -gt 400
holds "more visits than people" test "$(region .visits)" -gt "$(region .reached)"
holds "50 seminars and more were held" test "$(region .seminars_held)" -ge 50
holds "some are planned" test "$(region .seminars_planned)" -gt 0
holds "thousands came unnamed" test "$(region .unnamed)" -gt 3000
is "municipalities with a consultant" "$(region .municipalities_with_consultant)" 52
livenet-hub --store d/hub.ldb person list > people.txt
for letter in ә ө ү ғ ҡ ҙ ҫ ң һ; do holds "the letter $letter occurs" grep -q "$letter" people.txt; done
is "every seminar has its day and place" "$(livenet-hub --store d/hub.ldb seminar list --json |
	jq 'map(select(.date < "2020-02-01" or .date > "2020-06-30" or .place == "")) | length')" 0
livenet --store d/consultant.ldb --key-file d/consultant.key status --json > status.json
holds "the consultant has something to send" test "$(json .unsent < status.json)" -gt 0
holds "and a difference of opinion stands at the hub" test "$(livenet-hub --store d/hub.ldb conflicts --json | json length)" -gt 0
is "the consultant holds a district, not the region" "$(livenet --store d/consultant.ldb --key-file d/consultant.key person list --json |
	jq 'length < 60 and length > 10')" true
is "the expert holds mentees" "$(livenet --store d/expert.ldb --key-file d/expert.key person list --json | jq 'length > 3')" true
talks() { livenet --store "d/$1.ldb" --key-file "d/$1.key" consultation list --json; }
holds "more than 100 consultations" test "$(talks region | json length)" -gt 100
is "of the consultant's, steps are done, overdue and due" "$(talks consultant | jq -c --arg today "$(TZ=Asia/Yekaterinburg date +%F)" --arg me "Хасанова" \
	'map(select(.mentor | startswith($me))) | [any(.next_done != ""), any(.next_done == "" and .next_date < $today),
	any(.next_done == "" and .next_date >= $today)]')" "[true,true,true]"
holds "the expert has some to see to" test "$(talks expert | jq --arg today "$(TZ=Asia/Yekaterinburg date +%F)" \
	'map(select(.next_done == "" and .next_date >= $today)) | length')" -gt 0
livenet-hub --store d/hub.ldb consent list --json > consents.json
is "most who came have signed, not all" "$(livenet-hub --store d/hub.ldb export attendance --format json | jq --slurpfile c consents.json \
	'($c[0] | map(select(.purpose == "participation") | {(.person_id): 1}) | add) as $signed |
	map(select(.state == "present")) | (map(select($signed[.person_id])) | length) / length | . > 0.7 and . < 0.99')" true
is "nobody signed one purpose twice" "$(json '[.[] | .person_id + .purpose] | length == (unique | length)' < consents.json)" true
for store in consultant expert region; do exits 0 "check of $store" livenet --store d/$store.ldb --key-file d/$store.key check; done
exits 0 "check of the hub" livenet-hub --store d/hub.ldb check
refused 1 "is not made over another" livenet demonstration d
finish
