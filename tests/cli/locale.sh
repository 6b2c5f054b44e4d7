#!/usr/bin/env bash
# The locale chooses the language; words of scripts and results do not change with it.
. "$(dirname "$0")/lib.sh"

# A Russian locale of the test's own, so that the machine need not have one.
if localedef -i ru_RU -f UTF-8 "$work/ru_RU.UTF-8" > /dev/null 2>&1 || [[ -d $work/ru_RU.UTF-8 ]]; then
	russian=(env LOCPATH="$work" LC_ALL=ru_RU.UTF-8)
else
	russian=(env LANGUAGE=ru)
fi

cyrillic='[абвгдежзийклмнопрстуфхцчшщъыьэюя]{4}'	# written out: a range depends on the locale

exits 0 "help in English" livenet --help
like "says what the program is for" "$out" 'usage|Usage'
exits 0 "help in Russian" "${russian[@]}" livenet --help
like "is in Russian" "$out" "$cyrillic"
exits 0 "LANGUAGE chooses too" env LANGUAGE=ru livenet --help
like "and is in Russian" "$out" "$cyrillic"
exits 0 "the hub's help in Russian" "${russian[@]}" livenet-hub --help
like "is in Russian as well" "$out" "$cyrillic"
exits 0 "version" livenet --version
like "is a number" "$out" '^livenet [0-9]+\.[0-9]+'
exits 0 "the hub's version" livenet-hub --version
like "names the hub" "$out" '^livenet-hub [0-9]+\.[0-9]+'

new_device a
refused 1 "a refusal in English" on a person add --name "Тест" --municipality 99999999
like "in English" "$err" 'municipality'
refused 1 "a refusal in Russian" "${russian[@]}" livenet --store a.ldb --key-file a.key person add --name "Тест" --municipality 99999999
like "in Russian" "$err" '[Мм]униципалитет'
exits 0 "JSON does not change with the language" "${russian[@]}" livenet --store a.ldb --key-file a.key person list --json
is "role is a code" "$(json '.[0].role' <<< "$out")" consultant

# Words of the command line
refused 2 "an unknown subcommand" livenet --store a.ldb dance
refused 2 "an unknown option" on a status --colour red
refused 2 "a missing word" on a attend
refused 2 "an option without its value" livenet person list --store
exits 0 "--help of a subcommand" livenet person --help
exits 0 "options go before the environment" env LIVENET_STORE=/nowhere/x.ldb livenet --store a.ldb --key-file a.key person list
exits 0 "the environment is enough" env LIVENET_STORE=a.ldb LIVENET_KEY_FILE=a.key livenet person list
exits 0 "an empty variable is no variable" env LIVENET_STORE=a.ldb LIVENET_KEY_FILE=a.key LIVENET_PASSPHRASE_FILE= livenet person list
mkdir -p share/livenet
cp a.ldb share/livenet/store.ldb
exits 0 "the usual place is found" env LIVENET_KEY_FILE=a.key livenet person list
refused 1 "livenet does not open a hub's store" bash -c "livenet-hub --store h.ldb init --name Уфа --key-file h.key > /dev/null 2>&1 && livenet --store h.ldb --key-file h.key person list"
refused 1 "livenet-hub does not open a field store" livenet-hub --store a.ldb --key-file a.key report
finish
