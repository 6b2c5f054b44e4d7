#!/usr/bin/env bash
# The administrator's page, command by command as it stands there, with what a person types typed at a terminal: setting up, putting back, handing over, a stolen
# laptop, somebody who leaves; and the lines of livenet-bundle(5) that open a bundle with public tools.
. "$(dirname "$0")/lib.sh"
page=$top/man/livenet-admin.7

# commands SECTION: the literal lines of a section or subsection, as they are read
commands() {
	sed -nE "/^\.S[hs] $1\$/,/^\.S[hs] /p" "$page" | sed -n '/^\.Bd/,/^\.Ed/p' | grep -v '^\.' | sed 's/\\e$/\\/'
}
# say COMMAND…: in the shell of the account, which lasts; in $out and $err
say() {
	local status=0
	eval "$1" > out.txt 2> err.txt < "${2:-/dev/null}" || status=$?
	out=$(cat out.txt) err=$(cat err.txt)
	if [[ $status -eq 0 ]]; then pass "$1"; else fail "$1" "status $status: $err"; fi
}
# at_terminal COMMAND CODE: it asks for the code there
at_terminal() {
	trap 'tm kill-server 2> /dev/null; rm -rf "$work"' EXIT
	rm -f ended
	terminal 80 24 "$1; echo \$? > $work/ended"
	sees "$1: asks" "Recovery code:"
	types "$2"
	keys Enter
	ended "$1"
	eventually hides "Recovery code:" > /dev/null
}
code() { grep -Eo '[0-9]{5}( [0-9]{5}){4}' <<< "$1" | paste -sd ' '; }

# --- setting up: ten commands ---
mapfile -t ten < <(commands "SETTING UP" | sed '/^livenet \(init\|join\|welcome\|sync\)/d' | sed -e ':a' -e '/\\$/{N;s/\\\n */ /;ba' -e '}')
is "there are ten of them" "${#ten[@]}" 10
is "one an item" "$(sed -n '/^\.Sh SETTING UP/,/^\.El/p' "$page" | grep -c '^\.It$')" 10
livenet --store v.ldb init --name "Орлова Вера" --municipality "г. Уфа" --role coordinator --key-file v.key > /dev/null 2>&1
recovery='' fingerprint=''
for line in "${ten[@]}"; do
	case $line in
	*"recover --test") at_terminal "$line" "$recovery" ;;
	*" pending "*)
		on v join --hub exchange/hub.card --fingerprint "$fingerprint" -o exchange/first.join > v.print
		say "$line"
		like "the request is listed" "$out" "Орлова Вера" ;;
	"read "*) say "$line" v.print ;;
	*) say "$line" ;;
	esac
	case $line in
	*" init "*)
		recovery=$(code "$err")
		like "the code is shown" "$recovery" '^[0-9]{5}( [0-9]{5}){9}$' ;;
	*" card "*) fingerprint=$(digits <<< "$out") ;;
	esac
done
like "the store is whole" "$out" ': whole$'
is "store and key are the account's alone" "$(stat -c %a hub.ldb hub.key | paste -sd ' ')" "600 600"
unset LIVENET_STORE
holds "the first person is welcomed" on v welcome exchange/first.welcome
meet() { on v sync --via exchange > v.sync && livenet-hub --store hub.ldb collect exchange > collect.txt && on v sync --via exchange > v.sync; }
holds "and exchanges" meet

# --- every day ---
export LIVENET_STORE=$HOME/hub.ldb
while read -r line; do say "$line"; done < <(commands "EVERY DAY")
unset LIVENET_STORE
on v person add --name "После Копии" --municipality 80701000 > /dev/null
holds "work goes on after the backup" meet

# --- putting back ---
while read -r line; do
	case $line in
	*" recover") at_terminal "$line" "$recovery" ;;
	*) say "$line" ;;
	esac
done < <(commands "Putting back")
is "what the backup did not know is gone" "$(livenet-hub person list --filter "После Копии" --json | json length)" 0
unset LIVENET_STORE
holds "the device sends it again" meet
holds "and again" meet
is "nothing is lost" "$(livenet-hub --store hub.ldb person list --filter "После Копии" --json | json length)" 1

# --- handing over ---
cp hub.key kept.key
while read -r line; do
	case $line in
	*"key remove 1") say "${line%1}$(awk -F '\t' '$2 == "key-file" && $6 != "new.key" { print $1 }' <<< "$slots")" ;;
	*"recover --test") at_terminal "$line" "$recovery" ;;
	*) say "$line" ;;
	esac
	case $line in
	*"key list") slots=$out ;;
	*"key recovery") recovery=$(code "$err") ;;
	esac
done < <(commands "HANDING OVER")
refused 3 "the key from before opens nothing" livenet-hub --key-file kept.key roster
exits 0 "the new one does" livenet-hub roster
unset LIVENET_STORE
holds "devices notice nothing" meet

# --- somebody's laptop ---
# joins NAME PERSON: another device, which has exchanged
joins() {
	new_device "$1" "$2" 2> /dev/null &&
		on "$1" join --hub exchange/hub.card --fingerprint "$fingerprint" -o "$1.join" > "$1.print" &&
		livenet-hub --store hub.ldb approve "$1.join" --fingerprint "$(cat "$1.print")" --role consultant --municipality 80618000 -o "$1.welcome" &&
		on "$1" welcome "$1.welcome" && on "$1" sync --via exchange > "$1.sync" && meet && on "$1" sync --via exchange > "$1.sync"
}
tag() { livenet-hub --store hub.ldb roster --json | jq -r ".[] | select(.person == \"$1\") | .tag"; }
# section NAME DEVICE: with its tag in the place of the page's
section() {
	export LIVENET_STORE=$HOME/hub.ldb
	while read -r line; do say "${line/5e7b42j1/$2}"; done < <(commands "$1")
	unset LIVENET_STORE
}
holds "a device" joins a "Хасанова Гузель"
export LIVENET_STORE=$HOME/hub.ldb
while read -r line; do
	line=${line/5e7b42j1/$(tag "Хасанова Гузель")}
	say "${line/--after-seq 41/--after-seq 1}"
done < <(commands "A LAPTOP IS STOLEN OR LOST")
unset LIVENET_STORE
like "whose data it held" "$(cat people.csv)" "Хасанова Гузель"
like "what it did" "$(cat changes.csv)" "insert;person"
is "for nobody else's eyes" "$(stat -c %a people.csv changes.csv | paste -sd ' ')" "600 600"
exits 7 "the thief is told" on a sync --via exchange

holds "who takes over" joins i "Ахметов Ильдар Закирович"
holds "who leaves" joins b "Валеева Зиля"
mapfile -t leaving < <(commands "SOMEBODY LEAVES")
b=$(tag "Валеева Зиля")
export LIVENET_STORE=$HOME/hub.ldb
for line in "${leaving[@]}"; do
	say "${line/5e7b42j1/$b}"
	if [[ $line == *collect* ]]; then
		on b sync --via exchange > b.sync 2> /dev/null
		say "$line"
		exits 0 "the person leaves" livenet --store b.ldb --key-file b.key leave --via exchange --yes
		is "the store is gone" "$(ls b.ldb 2> /dev/null)" ""
		say "$line"
		is "and the hub knows" "$(livenet-hub roster --json | jq -r ".[] | select(.tag == \"$b\") | .destroyed != null")" true
	fi
done
unset LIVENET_STORE

# --- the disk, the quarantine ---
mkdir -p "exchange/$(sed -n 's/^id //p' exchange/hub.card)/inbox/00000000000000000000000000000000"
head -c 400 /dev/urandom > "exchange/$(sed -n 's/^id //p' exchange/hub.card)/inbox/00000000000000000000000000000000/x.bundle"
livenet-hub --store hub.ldb collect exchange > collect.txt 2>&1
section "SOMETHING IS IN QUARANTINE" ""
section "THE DISK IS FULL" ""
# --- livenet-bundle(5): a bundle read with public tools, by the lines that stand there ---
on v person add --name "Открытая Книга" --municipality 80701000 > /dev/null
on v sync --via exchange > v.sync
cp "$(grep -rlF "from=$(livenet --store v.ldb --key-file v.key status --json | json .device)" exchange/*/inbox | tail -n 1)" x.bundle
page=$top/man/livenet-bundle.5
while read -r line; do say "$line"; done < <(commands "INSPECTION WITH PUBLIC TOOLS")
like "the records can be read" "$(cat x.jsonl)" "Открытая Книга"
is "the identity is not left" "$(ls hub.id 2> /dev/null)" ""
exits 0 "the hub is whole after all that" livenet-hub --store hub.ldb check
finish
