#!/usr/bin/env bash
# Bundles of earlier releases (tests/vectors/bundles) under the programs of today: the hub takes what an old device wrote, a device what an old hub wrote, and both
# go on.
. "$(dirname "$0")/lib.sh"

for schema in 1 2 3 4; do
	cp -r "$top/tests/vectors/bundles/$schema" "$schema"
	cd "$schema" || exit 1
	chmod 600 ./*.ldb ./*.key
	hub() { livenet-hub --store hub.ldb --key-file hub.key "$@"; }
	exits 0 "schema $schema: the hub takes an old device's bundle" hub collect stick
	like "schema $schema: all of it" "$out" "bundle [0-9]+ of [^:]*: taken, [0-9]+ changes"
	like "schema $schema: nothing is refused" "$out" "not accepted: 0"
	exits 0 "schema $schema: it is sound" hub check
	exits 0 "schema $schema: the device reads an old hub's bundle" on device sync --via stick
	is "schema $schema: and knows who came" "$(on device person list --json | jq -r '[.[].name] | sort | join("|")')" \
		"Валеева Зиля Маратовна|Хасанова Гузель Рашитовна|Һаҙыева Ғәлиә"
	exits 0 "schema $schema: it is sound, too" on device check
	is "schema $schema: what it sent is accepted" "$(on device status --json | jq -c '[.unsent, .sent, .not_accepted]')" "[0,0,0]"
	on device person add --name "Новый Человек" --municipality 80618000 > /dev/null
	on device sync --via stick > /dev/null
	exits 0 "schema $schema: and the work goes on" hub collect stick
	like "schema $schema: with what is new" "$out" "taken"
	cd ..
done
finish
