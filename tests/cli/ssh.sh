#!/usr/bin/env bash
# The exchange over SSH with a real sshd on the loopback: own keys, own settings, a forced command a key and `restrict`, run by whoever runs the test.
. "$(dirname "$0")/lib.sh"
. "$top/tests/cli/sshd.bash"
for key in a b c; do new_key "$key"; done
new_hub
new_device a "Хасанова Гузель"
new_device b "Ахметов Ильдар"
enrol a
enrol b
{ authorize a "$(device a)"; authorize b "$(device b)"; authorize c "$(device a)"; } > ssh/authorized_keys
begin_server

# --- a day ---
settings a
exits 0 "the first exchange" on a sync --via "$via"
id=$(on a person add --name "Первая Встреча" --municipality 80618000)
exits 0 "without saying where" on a sync
is "the hub has it" "$(hub person show "$id" --json | json .name)" "Первая Встреча"
is "and its receipt came in the same run" "$(on a status --json | jq -c '[.unsent, .sent, .not_accepted]')" "[0,0,0]"
like "status says through what" "$(on a status)" "last_via.$via"
settings b
exits 0 "the colleague" on b sync --via "$via"
exits 0 "once more" on b sync
is "has it" "$(on b person show "$id" --json | json .name)" "Первая Встреча"
exits 0 "what came over the line can also go by a folder" on b sync --via stick
hub collect stick > /dev/null
exits 0 "and back" on b sync --via "$via"
is "nothing lies beside the stores" "$(find ./*.spool -type f | wc -l)" 0
is "the folders are nobody else's" "$(stat -c %a hub.ldb.spool a.ldb.spool | sort -u)" 700

# --- joining over the line ---
new_device c "Каримов Азат"
on c join --hub hub.card --fingerprint "$(digits < hub.card.txt)" -o c.join > c.join.txt
settings c
exits 7 "the request goes over the line" on c sync --via "$via"
like "and is told of" "$err" '([0-9]{5} ){5}[0-9]{5}'
like "the hub has it" "$(hub pending)" "$(device c)"
hub approve c.join --fingerprint "$(digits < c.join.txt)" --role consultant --municipality 80618000 -o c.welcome > /dev/null
refused 7 "by another device's key nothing but the welcome comes" on c sync
{ authorize a "$(device a)"; authorize b "$(device b)"; authorize c "$(device c)"; } > ssh/authorized_keys
exits 0 "by its own key it begins" on c sync
exits 0 "and goes on" on c sync
is "it has the district" "$(on c person show "$id" --json | json .name)" "Первая Встреча"

# --- what does not work, in words ---
settings a
for address in ssh:// ssh://-oProxyCommand=x ssh://-l@h ssh://h:0 ssh://h:99999 ssh://h:-1 ssh://a@-b "ssh://h/-x" "ssh://h/"$'\e'"x" "ssh://a b" "ssh://h;x" "ssh://\$x"; do
	refused 2 "no address: ${address//$'\e'/ESC}" on a sync --via "$address"
done
refused 6 "nobody listens" on a sync --via ssh://127.0.0.1:1
like "in ssh's words" "$err" "refused"
settings a "UserKnownHostsFile none"
sed -i '/ssh\/known_hosts/d' ssh/config
refused 6 "a host that is not known" on a sync
like "says what to do" "$err" "fingerprint"
ssh-keygen -q -t ed25519 -N '' -f ssh/stranger
settings stranger
refused 6 "a key that is not known" on a sync
like "in ssh's words, too" "$err" "Permission denied"
settings b
refused 7 "another device's key" on a sync
settings a
mv hub.key hub.away
refused 6 "a hub that cannot open its store" on a sync
mv hub.away hub.key
exits 0 "and works again" on a sync
printf '#!/bin/sh\nprintf "\\033[2JWelcome\\n"\n' > bin/ssh
refused 6 "what answers is no hub" on a sync
printf '#!/bin/sh\nprintf "\\033[2J\\033]0;x\\007bad\\n" >&2; exit 255\n' > bin/ssh
refused 6 "what ssh says" on a sync
like "carries no escape" "$(tr -d '\n' < err.txt | LC_ALL=C tr -d ' -~\200-\377' | od -An -c)" '^$'
use_ssh

for device in a b c; do exits 0 "check at $device" on "$device" check; done
exits 0 "check at the hub" hub check
finish
