#!/usr/bin/env bash
# Made the stores of this folder: BUILD=… NEXT=… make.sh FOLDER, with the programs of the release whose schema the folder is named after in BUILD,
# and those with the next schema in NEXT. Run once for each schema, when it was to change; tests/cli/upgrade.sh opens what it left with the program
# of today.
#
# device.ldb (opened by device.key) belongs to a consultant who joined a hub: people, seminars and marks that the hub confirmed; a card that came
# from a coordinator; operations of tables that the device's program does not know, for the hub and the coordinator were upgraded before it; then edits
# that were not sent, and the draft of a new card that a dropped line left. hub.identity opens the bundles that it sends. Every table and index
# takes a page, and a sealed page does not compress: it cannot be smaller.
folder=$(realpath -m "$1") next=$(realpath "$NEXT")
. "$(dirname "$0")/../../cli/lib.sh"
set -e
hub() { "$next/livenet-hub" --store hub.ldb "$@"; }
device() { on device "$@"; }
coordinator() { "$next/livenet" --store coordinator.ldb --key-file coordinator.key "$@"; }
exchange() {
	device sync --via stick
	coordinator sync --via stick
	hub collect stick
	coordinator sync --via stick
	device sync --via stick
} > /dev/null

new_hub
new_device device "Хасанова Гузель Рашитовна"
"$next/livenet" --store coordinator.ldb init --name "Ғәлимова Таңһылыу" --municipality 80701000 --role coordinator --key-file coordinator.key
enrol device
on() { coordinator "${@:2}"; }
enrol coordinator 80701000 coordinator
on() { livenet --store "$1.ldb" --key-file "$1.key" "${@:2}"; }
me=$(device person list --json | json '.[0].id')

organisation=$(device organisation add --name "АНО «Родник»" --municipality 80618000)
valeeva=$(device person add --name "Валеева Зиля Маратовна" --phone "8 917 000-00-01" --municipality 80618000 --organisation "$organisation" \
	--role activist --stage selected)
ahmetov=$(device person add --name "Ахметов Ильдар Закиевич" --municipality 80618000 --role activist --note $'две строки\nвторая')
seminar=$(device seminar add --title "Как открыть НКО" --date 2020-02-14 --place "Бураево, библиотека" --municipality 80618000 --lead "$me" \
	--status held)
device seminar add --title "Пишем первую заявку" --date 2020-05-22 --municipality 80618000 --lead "$me"
device mentorship add --mentor "$me" --mentee "$valeeva" --since 2020-02-03
device attend "$seminar" "$valeeva"
device attend "$seminar" "$ahmetov" --absent
exchange
coordinator person add --name "Һаҙыева Ғәлиә" --municipality 80618000
coordinator person edit "$valeeva" --email zilya@example.org
talk=$(coordinator consultation add --mentor "$me" --mentee "$valeeva" --date 2020-02-17 --minutes 45 --topic "Устав" --advice "Начать с цели" \
	--next-step "Собрать учредителей" --next-date 2020-03-02)
coordinator consent sign participation "$valeeva" "$ahmetov" --date 2020-02-14
exchange
coordinator consultation edit "$talk" --next-done 2020-03-01
# Of schema 3, for a device of schema 2.
coordinator programme edit first --organiser "Фонд развития города" --city "г. Уфа"
exchange

# --- not sent ---
device person edit "$valeeva" --phone "8 917 000-00-02"
device person add --name "Щукин Пётр Ильич" --municipality 80618000
device attend "$seminar" "Щукин Пётр Ильич"

# --- a line that drops while a card is typed ---
tm() { tmux -S "$work/tmux" -f /dev/null -u "$@"; }
sees() { until tm capture-pane -p -t s | grep -qF -- "$1"; do sleep 0.1; done; }
tm new-session -d -s s -x 80 -y 24 "livenet --store device.ldb --key-file device.key"
sees livenet
tm send-keys -t s F2
sees "n "
tm send-keys -t s -l n
sees "Full name"
tm send-keys -t s -l "Недописанный Иван"
sees "Недописанный"
tm kill-session -t s
until device status > /dev/null 2>&1; do sleep 0.1; done

hub key identity -o hub.identity
device check
device status
mkdir -p "$folder"
cp device.ldb device.key hub.identity "$folder"
