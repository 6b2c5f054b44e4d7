#!/usr/bin/env bash
# What belongs to the person at this computer: settings and the language, without a store.
. "$(dirname "$0")/lib.sh"
cyrillic='[абвгдежзийклмнопрстуфхцчшщъыьэюя]{4}'
file=$HOME/.config/livenet/preferences

exits 0 "settings are listed" livenet setting
is "with a header" "$(head -n 1 <<< "$out")" $'name\tvalue\tvalues'
is "five of them" "$(wc -l <<< "$out")" 6
exits 0 "how long history is kept" livenet setting history
is "a year" "$out" 365
exits 0 "as JSON" livenet setting --json
is "with what each may be" "$(json '.[] | select(.name == "theme") | .values | join(" ")' <<< "$out")" "auto colours contrast monochrome"
exits 0 "one" livenet setting language
is "is the system's" "$out" system
exits 0 "help speaks English" livenet --help
like "does" "$out" 'usage'
exits 0 "Russian is chosen" livenet setting language ru
is "and kept" "$(cat "$file")" "language = ru"
exits 0 "help in C.UTF-8" livenet --help
like "speaks Russian now" "$out" "$cyrillic"
exits 0 "whatever LANGUAGE says" env LANGUAGE=en livenet --help
like "it is still Russian" "$out" "$cyrillic"
exits 0 "English is chosen" env LANGUAGE=ru livenet setting language en
exits 0 "help, where the system is Russian" env LANGUAGE=ru livenet --help
like "speaks English" "$out" 'usage'
holds "back to the system's" livenet setting language system
exits 0 "a Russian locale that was never generated" env LC_ALL= LANG=ru_RU.UTF-8 LOCPATH=/nowhere livenet --help
like "speaks Russian all the same" "$out" "$cyrillic"
exits 0 "an English one" env LC_ALL= LANG=en_US.UTF-8 livenet --help
like "speaks English" "$out" 'usage'

refused 2 "no such setting" livenet setting colour red
refused 2 "no such value" livenet setting theme red
like "tells which there are" "$err" 'monochrome'
is "and changes nothing" "$(cat "$file")" "language = system"
printf 'theme = red\nmouse = off\n' > "$file"
exits 1 "a wrong line is named" livenet setting mouse
is "the others hold" "$out" off
like "with file and line" "$err" 'preferences, line 1: .*red'
finish
