#!/usr/bin/env bash
# Lists as districts really send them: headers over two rows, totals, what people write around a telephone, spreadsheets' leftovers.
. "$(dirname "$0")/lib.sh"
new_device a "Кто Ведёт Список"

# one NAME FIELD
one() { on a person list --filter "$1" --json | json ".[0].$2"; }
count() { on a person list --json | json length; }
# take NAME TAKEN KNOWN REFUSED: imports standard input
take() {
	cat > list.csv
	exits 0 "$1" on a import people list.csv --json
	is "$1: taken, known, not taken" "$(json '"\(.taken) \(.known) \(.problems | length)"' <<< "$out")" "$2 $3 $4"
}

# --- headers ---
take "a header over two rows" 3 0 0 <<'T'
Приложение № 1;;;;;;;
Список участников;;;;;;;
№ п/п;Фамилия, имя, отчество;Дата рождения;Контактные данные;;Муниципальный район (городской округ);;
;;;Телефон (сот.);E-mail;;;
1;2;3;4;5;6;;
1.;ИВАНОВА АННА ПЕТРОВНА;01.02.1980;89170000001;a@b.ru;Бирский район;;
2.;Шайхутдинов И.И.;;89170000002;c @ d.ru;г.о. Уфа;;
3.;  Сидоров   Пётр  ;;нет;-;Уфимский район;;
;;;;;;;
Итого: 3;;;;;;;
;Всего участников;3;;;;;
T
is "the telephone below the upper title" "$(one Иванова phone)" +79170000001
is "the e-mail beside it" "$(one Шайхутдинов email)" c@d.ru
is "the column without a use is named, the upper title is not" "$(json '.ignored | join("|")' <<< "$out")" "Дата рождения"
take "a name in three columns under one title" 1 0 0 <<'T'
№;Организация;ФИО;;;Контакты;
;;Фамилия;Имя;Отчество;Телефон;E-mail
1;АНО «Тан»;Бикбулатова;Зухра;Ильдаровна;89170000010;z@b.ru
T
is "is one name" "$(one Бикбулатова name)" "Бикбулатова Зухра Ильдаровна"
is "upper titles count too" "$(one Бикбулатова organisation)" "АНО «Тан»"
is "lower ones go before" "$(one Бикбулатова email)" z@b.ru
take "titles as forms word them" 1 0 0 <<'T'
1. ФИO;Ваш контактный тел.;Эл.почта;МР/ГО;Полное наименование организации;Доп. информация
Латыпов Рим;89170000020;r@b.ru;Уфа;ТОС «Дема»;придёт один
T
is "all are known" "$(json '.ignored | length' <<< "$out")" 0
is "the telephone" "$(one Латыпов phone)" +79170000020
is "the e-mail" "$(one Латыпов email)" r@b.ru
take "another person's name in the row" 1 0 0 <<'T'
ФИО участника;№ телефона;Организация;ФИО руководителя;Район;Город (село)
Мухина Ольга;89170000021;Клуб;Начальник Пётр;Бирский район;деревня Бахтыбаево
T
is "does not become part of the name" "$(one Мухина name)" "Мухина Ольга"
is "and is named as left out" "$(json '.ignored | join("|")' <<< "$out")" "ФИО руководителя"
is "the first municipality is taken" "$(one Мухина municipality)" "Бирский район"
take "empty columns behind the only one" 1 0 0 <<< $'ФИО;;\nОдна Колонка;;'

# --- telephones, e-mails ---
before=$(count)
take "telephones with words around" 12 0 3 <<'T'
ФИО;Телефон
Тел Первый;т. 89170000101
Тел Второй;тел.: 8 917 000 01 02
Тел Третий;89170000103 (моб.)
Тел Четвёртый;'89170000104
Тел Пятый;+7(917)000-01-05 доб. 12
Тел Шестой;сот. 8 917 000 01 06, раб. 8 (34756) 2-12-35
Тел Седьмой;89170000107 и 89170000108
Тел Восьмой;+8 917 000 01 09
Тел Девятый;‪+7 917 000-01-10‬
Тел Десятый;89170000111, t10@b.ru
Тел Одиннадцатый;"t11@b.ru
89170000112"
Тел Двенадцатый;8 (347) 200-01-13
Тел Чужой;9.170000001E+10
Тел Короткий;2-12-34
Тел Буквы;8 917 ООО 01 14
T
is "the others are there" "$(count)" $((before + 12))
for pair in Первый:01 Второй:02 Третий:03 Четвёртый:04 Пятый:05 Шестой:06 Седьмой:07 Восьмой:09 Девятый:10 Десятый:11 Одиннадцатый:12; do
	is "the number of Тел ${pair%:*}" "$(one "Тел ${pair%:*}" phone)" "+791700001${pair#*:}"
done
like "what stood in the cell is kept" "$(one "Тел Шестой" note)" 'раб\. 8 \(34756\) 2-12-35'
is "an e-mail among telephones" "$(one "Тел Десятый" email) $(one "Тел Одиннадцатый" email)" "t10@b.ru t11@b.ru"
take "a telephone that the spreadsheet shortened" 0 0 1 <<< $'ФИО;Телефон\nТел Округлён;8,91701E+10'
like "how to mend the column" "$(json '.problems[0].text' <<< "$out")" 'Number without decimals'
take "several e-mails" 2 0 1 <<'T'
ФИО;E-mail
Почта Первая;p1@b.ru, p2@b.ru
Почта Вторая;p3@b.ru p4@b.ru
Почта Плохая;иван петров@b.ru
T
is "the first is the card's" "$(one "Почта Первая" email) $(one "Почта Вторая" email)" "p1@b.ru p3@b.ru"
like "the second is in the note" "$(one "Почта Вторая" note)" 'p4@b\.ru'

# --- municipalities ---
take "municipalities" 9 0 0 <<'T'
ФИО;Муниципалитет;Должность
Место Первое;г.о. Уфа;80701000
Место Второе;Белорецкого района;80611000
Место Третье;Администрация МР Бирский район;80613000
Место Четвёртое;Бирский район г. Бирск;80613000
Место Пятое;д. Гадельгареево, Бурзянский район;80619000
Место Шестое;450000, РБ, г. Уфа, ул. Ленина, 1;80701000
Место Седьмое;Уфa;80701000
Место Восьмое;Бураевский р-н с. Байшады;80618000
Место Девятое;Городской округ город Октябрьский Республики Башкортостан;80735000
T
is "are the right ones" "$(on a person list --filter Место --json | json '.[] | select(.post != .municipality_code) | .name')" ""

# --- rows that are nobody ---
take "lines below the table" 1 0 2 <<'T'
№;ФИО;Телефон
1;Подпись Ставлю;
;Итого: 25;
Всего;25;
Исполнитель: Иванов И.И.;;
;Руководитель АНО «Родник» ____________ Иванов И.И.;
T
is "no total is a person" "$(on a person list --filter итого --json | json length)" 0

# --- letters ---
take "Latin letters in Russian words" 2 1 0 <<'T'
ФИО;Телефон
Cидоpов Ceргей;89170000201
Сидоров Сергей;89170000201
John Smith;
T
is "are Russian ones" "$(one "сидоров сергей" phone)" +79170000201
is "Latin words stay" "$(one "john" name)" "John Smith"
printf 'ФИО;Телефон\nИльин Иван\xff;89170000202\n' > list.csv
refused 1 "one byte that is not UTF-8" on a import people list.csv
like "is named with its line" "$err" 'line 2[^0-9]'

# --- what else a script stumbles over ---
holds "help names the fields" bash -c 'livenet person --help | grep -q -- "--municipality"'
holds "and the words of a choice" bash -c 'livenet seminar --help | grep -q "cancelled"'
people=$(count)
exits 1 "a closed standard output" bash -c 'livenet --store a.ldb --key-file a.key person add --name "Закрытый Выход" >&-'
is "whoever's id could not be printed was not added" "$(count)" "$people"

# --- what a spreadsheet did to letters, and a slip of the finger ---
printf 'ФИО;Телефон\n??ли?кб?рова Та??ылыу;89170005551\nПропущенная Цифра;8917000000\n' > slips.csv
people=$(count)
exits 0 "rows with lost letters are told of" on a import people slips.csv
like "letters lost" "$out" 'UTF-8'
like "whose row it is" "$out" 'Пропущенная Цифра: '
is "nothing of them was taken" "$(count)" "$people"
refused 1 "one digit missing" on a person add --name "Без Цифры" --phone 8917000000
finish
