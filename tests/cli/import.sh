#!/usr/bin/env bash
# Lists in every form in which they come out of Excel, and contacts out of telephones.
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

# --- contacts of a telephone ---
fresh
cp "$top"/tests/fixtures/lists/*.vcf .
exits 0 "contacts of a telephone" on a import people contacts3.vcf
is "are people" "$(names)" "Ахметов Ильдар Закирович|"
like "what is no telephone is told with its line" "$out" 'line 15: '
is "both telephones are there" "$(one Ахметов phone) $(one Ахметов note | tail -n 1)" "+79170000001 Further telephones: +73472223344"
exits 0 "version 4" on a import people contacts4.vcf
exits 0 "an old telephone's" on a import people contacts21.vcf
is "all of them" "$(on a person list --json | json 'map(select(.phone != "" and .phone != null)) | length')" 3
refused 1 "contacts are people alone" on a import seminars contacts4.vcf

# --- what columns mean ---
printf '%s\n' 'Кого зовём;Куда звонить' 'Извеков Иван;89170000041' > list.csv
exits 0 "columns that nobody knows" on a import people list.csv --columns
is "are told" "$(sed -n 2p out.txt)" "Кого зовём		Извеков Иван"
refused 1 "and not guessed" on a import people list.csv
refused 2 "a field that is none" on a import people list.csv --map "Кого зовём=кто"
exits 0 "what they mean is said" on a import people list.csv --map "Кого зовём=name,Куда звонить=phone"
is "and taken" "$(one Извеков phone)" +79170000041
printf '%s\n' 'Кого зовём;Куда звонить' 'Извекова Инна;89170000042' > list.csv
exits 0 "and remembered" on a import people list.csv
is "for the next list" "$(one Извекова phone)" +79170000042

# --- seminars, who came, applications ---
fresh
on a person edit "$(on a person list --json | json '.[0].id')" --name "Хасанова Гузель Рашитовна" > /dev/null
on a person add --name "Ахметов Ильдар" > /dev/null
cp "$top"/tests/fixtures/lists/{seminars,attendance,applications}.csv .
exits 0 "seminars, tried" on a import seminars seminars.csv --dry-run --json
is "row by row" "$(json '.list | map("\(.line) \(.result)") | join("|")' <<< "$out")" "3 new|4 new|5 refused|6 refused"
is "and nothing is left" "$(on a seminar list --json | json length)" 0
exits 0 "seminars" on a import seminars seminars.csv
is "are in the log" "$(on a seminar list --json | json 'map("\(.date) \(.title): \(.lead)") | join("|")')" \
	"2020-03-03 Устав и учредители: Ахметов Ильдар|2020-02-14 Как открыть НКО: Хасанова Гузель Рашитовна"
like "a lead whom nobody knows is named" "$out" 'line 5: .*Никто Н. Н.'
first=$(on a person add --name "Иванова Анна" --phone 89170000011)
second=$(on a person add --name "Иванова Анна" --phone 89170000012)
on a person add --name "Валеева Зиля" > /dev/null
on a person add --name "Щукин Пётр" > /dev/null
exits 0 "who came, tried" on a import attendance attendance.csv --dry-run --json
is "two of one name are asked about" \
	"$(json '.list[] | select(.line == 4) | .question.candidates | map(.id) | sort | join(" ")' <<< "$out")" \
	"$(printf '%s\n' "$first" "$second" | sort | paste -sd ' ')"
like "and how to say which is said" "$(json '.list[] | select(.line == 4) | .words' <<< "$out")" 'column “id”'
is "so is who is in no register" "$(json '.list[] | select(.line == 5) | .result' <<< "$out")" refused
sed -e '1s/$/;id/' -e "4s/\$/;$second/" attendance.csv > said.csv
exits 0 "it is said which" on a import attendance said.csv --new-people
like "with new people" "$out" 'taken: 5, .*not taken: 1'
seminar=$(on a seminar list --filter "Как открыть" --json | json '.[0].id')
is "the sheet has them" "$(on a attend "$seminar" --json | json 'map(select(.state == "present")) | length')" 3
printf '%s\n' 'ФИО' 'Щукин Пётр' 'Новикова Нина' > list.csv
exits 0 "a list of names for one seminar" on a import attendance list.csv --seminar "Устав и учредители"
like "is a list of who came" "$out" 'taken: 2'
refused 2 "which is no matter of people" on a import people list.csv --seminar "$seminar"
on a call add --title "Местные консультанты" --role consultant --places 5 --deadline 20.1.2020 > /dev/null
exits 0 "applications" on a import applications applications.csv --new-people
is "with what they say" "$(on a application list --json | json 'map(select(.experience == "5 лет")) | .[0] | "\(.person), \(.municipality)"')" \
	"Новиков Олег, Бураевский район"
refused 2 "another kind of list" on a import погода list.csv
exits 0 "the store is whole" on a check
finish
