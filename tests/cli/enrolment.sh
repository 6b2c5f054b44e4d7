#!/usr/bin/env bash
# A device joins as people do it: the card on a stick, the fingerprints by telephone or by a camera, the request, the operator's word, the welcome.
. "$(dirname "$0")/lib.sh"
new_hub
hub_says=$(digits < hub.card.txt)
new_device a "Хасанова Гузель"

# cells FILE: the half blocks of a drawing as a picture that a decoder of codes reads: black modules on white
cells() {
	sed 's/█/3/g; s/▀/2/g; s/▄/1/g; s/ /0/g' "$1" | awk '
		{ if (length($0) > w) w = length($0); row[++r] = $0 }
		END { print "P1"; print w * 4, r * 8
			for (i = 1; i <= r; i++) for (half = 0; half < 2; half++) { line = ""
				for (x = 1; x <= w; x++) { d = substr(row[i], x, 1) + 0; bit = half ? d % 2 : int(d / 2); line = line bit " " bit " " bit " " bit " " }
				for (j = 0; j < 4; j++) print line } }'
}
# scans NAME FILE DIGITS: a camera reads them
scans() {
	cells "$2" > code.pbm
	is "$1" "$(zbarimg -q --raw code.pbm 2> /dev/null)" "$3"
}

# --- the card, and what is heard or scanned of it ---
hub card --qr -o hub.card > card.txt
is "the digits stand above the code" "$(head -n 1 card.txt)" "$hub_says"
tail -n +2 card.txt > code.txt
scans "a camera reads the hub's fingerprint" code.txt "$hub_says"
is "with a quiet zone on all sides" "$(head -n 2 code.txt | tr -d ' \n')$(cut -c 1-4 code.txt | tr -d ' \n')" ""
LC_ALL=C hub card --qr -o hub.card > card.txt 2> said.txt
like "without UTF-8 the text stays" "$(wc -l < card.txt) $(cat said.txt)" "^1 .*UTF-8"
refused 1 "a wrong fingerprint pins no hub" on a join --hub hub.card --fingerprint "00000 00000 00000 00000 00000 00000" -o a.join
is "no request is written" "$(ls a.join 2> /dev/null)" ""
holds "what is heard is typed, with or without blanks" on a join --hub hub.card --fingerprint "${hub_says// /}" -o a.join
on a join --hub hub.card --fingerprint "$hub_says" --qr -o a.join > a.join.txt
a_says=$(digits < a.join.txt)
tail -n +2 a.join.txt > code.txt
scans "and the device's fingerprint" code.txt "$a_says"
on a status --qr | grep -E '^[ ▀▄█]{33}$' > code.txt
scans "status shows it again" code.txt "$a_says"
is "the request is the same while it is not answered" "$(on a join --hub hub.card --fingerprint "$hub_says" -o b.join > /dev/null; grep -o 'req=[0-9a-f]*' b.join)" \
	"$(grep -o 'req=[0-9a-f]*' a.join)"

# --- all but the exchange works before the welcome ---
early=$(on a person add --name "Раннее Дело" --municipality 80618000)
refused 1 "no exchange yet" on a sync --via stick

# --- the operator ---
like "the request waits, without its fingerprint" "$(hub pending a.join)" "Хасанова"
is "which is heard and not read" "$(hub pending | digits)" ""
refused 1 "digits that are not the device's" hub approve a.join --fingerprint "$hub_says" --role consultant --municipality 80618000 -o a.welcome
is "delete the request" "$(hub pending | wc -l)" 1
is "and give no welcome" "$(ls a.welcome 2> /dev/null)$(hub roster --json)" "[]"
refused 2 "there is no yes in the place of digits" hub approve a.join --role consultant --municipality 80618000 -o a.welcome
holds "the right ones" hub approve a.join --fingerprint "$a_says" --role consultant --municipality 80618000 -o a.welcome
is "the device is approved, and no more" "$(hub roster --json | json '.[0].state')" approved
new_device thief "Чужой"
on thief join --hub hub.card --fingerprint "$hub_says" -o thief.join > /dev/null
refused 1 "another device does not take the welcome" on thief welcome a.welcome
holds "the welcome" on a welcome a.welcome
refused 1 "is taken once" on a welcome a.welcome
is "still approved: nobody has proved the keys" "$(hub roster --json | json '.[0].state')" approved
on a sync --via stick > /dev/null
hub collect stick > /dev/null
is "the first bundle makes it active" "$(hub roster --json | json '.[0].state')" active
is "what was done before the welcome has travelled" "$(hub person show "$early" --json | json .name)" "Раннее Дело"
on a sync --via stick > /dev/null
is "the device knows its state" "$(on a status --json | json .state)" active

# --- the entry changes, the enrolment stays ---
hub approve a.join --fingerprint "$a_says" --role expert --municipality 80618000 -o again.welcome > /dev/null 2>&1
cmp -s a.welcome again.welcome && pass "the same request gets the same welcome" || fail "the same request gets the same welcome"
travel a
is "the new entry holds" "$(hub roster --json | json '.[0].role')" expert

# --- in the screens ---
if command -v tmux > /dev/null; then
	thief_says=$(on thief status | digits)
	begin thief
	eventually shows "livenet"
	keys F5
	sees "the exchange has the fingerprint" "$thief_says"
	keys End
	keys Enter
	waits "and shows it as a code" shows "█▀▀▀▀▀█"
	screen | sed -n 2,18p > code.txt
	scans "that a camera reads from the terminal's cells" code.txt "$thief_says"
	tm capture-pane -e -p -t s > colours.txt
	like "dark letters on a light ground, both said" "$(grep -c $'\033\\[[0-9;]*30[0-9;]*47\\|\033\\[[0-9;]*47[0-9;]*30\\|\033\\[30m\033\\[47m\\|\033\\[47m\033\\[30m' colours.txt)" '^17$'
	keys q
	gone "back in the exchange" "█▀▀▀▀▀█"
	tm resize-window -t s -x 40 -y 10
	keys Enter
	waits "in a small window the digits alone" eval 'shows "too small" || shows "Окно мало"'
	sees "are there" "$thief_says"
	keys q
	keys q
	keys q
	ended "the screens end"
fi
finish
