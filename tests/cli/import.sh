#!/usr/bin/env bash
# Lists of people in every form in which they come out of Excel.
. "$(dirname "$0")/lib.sh"

fresh() { rm -f a.ldb* a.key; new_device a "Кто Ведёт Список"; }
# names: those in the store besides oneself, sorted by the program
names() { on a person list --json | json '.[] | select(.name != "Кто Ведёт Список") | .name' | tr '\n' '|'; }
one() { on a person list --filter "$1" --json | json ".[0].$2"; }

plain='ФИО;Телефон;Эл. почта;Организация;Должность;Муниципалитет;Роль;Примечание
Ахметов Ильдар Закирович;8 (917) 000-00-01;ildar@example.ru;СП «Бураевский»;библиотекарь;Бураевский р-н;участник;знает соседей
Валеева Зиля Маратовна;;;ТОС «Дружба»;;Бураевский район;activist;
Пётр Щукин;+79170000002;;;;г. Уфа;эксперт;'
want="Ахметов Ильдар Закирович|Валеева Зиля Маратовна|Пётр Щукин|"

# --- charsets and separators ---
try() { # name, then the file is list.csv
	fresh
	exits 0 "$1" on a import people list.csv
	is "$1: who" "$(names)" "$want"
}
printf '%s\n' "$plain" > list.csv && try "UTF-8, semicolons"
printf '\357\273\277%s\n' "$plain" > list.csv && try "UTF-8 with a byte-order mark"
printf '%s\n' "$plain" | iconv -t WINDOWS-1251 > list.csv && try "Windows-1251"
printf '%s\n' "$plain" | sed 's/$/\r/' > list.csv && try "line ends of Windows"
printf '%s' "$plain" > list.csv && try "no line end at the end"
printf '%s\n' "$plain" | tr ';' ',' > list.csv && try "commas"
printf '%s\n' "$plain" | tr ';' '\t' > list.csv && try "tabs"
is "the role by its Russian word" "$(one Щукин role)" expert
is "the city" "$(one Щукин municipality_code)" 80701000
is "the district by its short spelling" "$(one Ахметов municipality_code)" 80618000
is "the organisation" "$(one Ахметов organisation)" "СП «Бураевский»"
is "the e-mail" "$(one Ахметов email)" ildar@example.ru
is "the note" "$(one Ахметов note)" "знает соседей"
is "organisations are made once each" "$(on a organisation list --json | json length)" 2

# --- the header row ---
cat > list.csv <<'T'
Список участников семинара 14.02.2020;;;;
;;;;
№;Фамилия;Имя;Отчество;Муниципалитет
1;Ахметов;Ильдар;Закирович;Бураевский район
2;Валеева;Зиля;Маратовна;Бураевский район
3;Пётр Щукин;;;Бураевский район
T
try "title rows above, name in three columns"
cat > list.csv <<'T'
Name,Phone,Municipality,Role,Note
Ахметов Ильдар Закирович,89170000001,80618000,activist,
Валеева Зиля Маратовна,,Бураевский,activist,
Пётр Щукин,,Бураевский,activist,
T
try "English header names"
cat > list.csv <<'T'
ФИО;Любимый цвет;Муниципалитет
Ахметов Ильдар Закирович;синий;Бураевский район
Валеева Зиля Маратовна;;Бураевский район
Пётр Щукин;;Бураевский район
T
try "a column that nobody knows"
like "is named" "$out$err" 'Любимый цвет'
printf 'Название файла\nпусто\n' > list.csv
fresh
refused 1 "no header row at all" on a import people list.csv
printf 'ФИО;Телефон\n"Ахметов Ильдар;\nПётр Щукин;\nВалеева Зиля;\n' > list.csv
refused 1 "a quote that is never closed" on a import people list.csv
like "is named with its line" "$err" 'line 2 '
printf 'ФИО;Организация\nАхметов Ильдар;АНО "Родник"\n' > list.csv
exits 0 "quotes within a cell without quotes around" on a import people list.csv
is "are text" "$(one Ахметов organisation)" 'АНО "Родник"'

# --- quoted fields ---
cat > list.csv <<'T'
"ФИО";"Телефон";"Муниципалитет";"Примечание"
"Ахметов Ильдар Закирович";"8-917-000-00-01";"Бураевский район";"две
строки; и ""кавычки"""
"Валеева Зиля Маратовна";"";"Бураевский район";""
Пётр Щукин;;Бураевский район;
T
try "quoted fields with line breaks"
is "the text is whole" "$(one Ахметов note)" $'две\nстроки; и "кавычки"'

# --- rows that cannot be taken ---
cat > list.csv <<'T'
ФИО;Телефон;Муниципалитет;Роль
Ахметов Ильдар Закирович;89170000001;Бураевский район;
Шарипова Нафиса;8,91701E+10;Бураевский район;
Валеева Зиля Маратовна;;Бураевский район;
Кто-то;;Тридевятый район;
;89170000009;Бураевский район;
Чужой;;Бураевский район;волшебник
Кривой;позвоню сам;Бураевский район;
Пётр Щукин;;Бураевский район;
T
fresh
exits 0 "some rows cannot be taken" on a import people list.csv
is "the others are" "$(names)" "$want"
for line in 3 5 6 7 8; do like "line $line is named" "$out$err" "(^|[^0-9])$line([^0-9]|$)"; done
like "what Excel did to the telephone is said" "$out$err" 'E\+10'
like "the municipality is named" "$out$err" 'Тридевятый'
before=$(names)
exits 0 "twice" on a import people list.csv
is "nobody is taken twice" "$(names)" "$before"

# --- the same person ---
fresh
printf '%s\n' 'ФИО;Телефон;Муниципалитет' 'Иванова Анна;89170000001;Бураевский район' 'ИВАНОВА  АННА;+7 (917) 000-00-01;Бураевский район' \
	'Иванова Анна;89170000002;Бураевский район' 'Иванова Анна;;Аскинский район' 'Иванова Анна;;Аскинский район' > list.csv
exits 0 "the same person in a list" on a import people list.csv
is "is taken once; another telephone or municipality is another person" "$(names)" "Иванова Анна|Иванова Анна|Иванова Анна|"

# --- without doing it ---
fresh
printf '%s\n' "$plain" > list.csv
exits 0 "--dry-run" on a import people list.csv --dry-run
is "takes nobody" "$(names)" ""
is "every row is told" "$(head -n 4 <<< "$out")" "line	result	name	words
2	new	Ахметов Ильдар Закирович	
3	new	Валеева Зиля Маратовна	
4	new	Пётр Щукин	"
exits 0 "--charset" on a import people list.csv --charset utf-8
is "takes all" "$(names)" "$want"

printf '%s\n' 'ФИО;Телефон;Должность;Муниципалитет' 'Валеева Зиля Маратовна;89170000009;;Бураевский район' \
	'Ахметов Ильдар Закирович;89170000001;директор;Бураевский район' 'Телефонов Иван;12;;' 'Валеева Зиля Маратовна;89170000009;;' > list.csv
exits 0 "--dry-run of a list with people who are known" on a import people list.csv --dry-run --json
is "what becomes of each" "$(json '.list | map("\(.line) \(.result) \(.name)") | join("|")' <<< "$out")" \
	"2 changed Валеева Зиля Маратовна|3 same Ахметов Ильдар Закирович|4 refused Телефонов Иван|5 same Валеева Зиля Маратовна"
exits 0 "the same, done" on a import people list.csv
is "a gap is filled" "$(one Валеева phone)" +79170000009
is "what stands in a card stays" "$(one Ахметов post)" библиотекарь

# --- hostile lists ---
fresh
printf 'ФИО;Муниципалитет\nИван \033[31mКрасный;Бураевский район\nПётр Щукин;Бураевский район\n' > list.csv
exits 0 "an escape sequence in a name" on a import people list.csv
is "is refused, the other is taken" "$(names)" "Пётр Щукин|"
is "nothing escapes to the terminal" "$(cat out.txt err.txt | tr -cd '\033' | wc -c)" 0
head -c 200000 /dev/zero > list.csv
refused 1 "zeros" on a import people list.csv
: > list.csv
refused 1 "an empty file" on a import people list.csv
refused 1 "no such file" on a import people nowhere.csv
refused 1 "a folder" on a import people .
{ echo 'ФИО;Муниципалитет'; for i in $(seq 3000); do echo "Человек Номер$i;Бураевский район"; done; } > list.csv
exits 0 "three thousand rows" on a import people list.csv
is "are three thousand people" "$(on a person list --json | json length)" 3002
{ echo 'ФИО;Телефон'; for i in $(seq -w 5000); do echo "Один Иван;8917100$i"; done; } > list.csv
exits 0 "one name five thousand times" on a import people list.csv --json
is "are five thousand people" "$(json .taken <<< "$out")" 5000
finish
