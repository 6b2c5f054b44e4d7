#!/usr/bin/env bash
# livenet-document by itself: what it makes of lines of JSON is read back with public tools.
. "$(dirname "$0")/lib.sh"

command -v livenet-document > /dev/null || { printf '1..0 # SKIP livenet-document was not built\n'; exit 0; }
letters='ә ө ү ғ ҡ ҙ ҫ ң һ Ә Ө Ү Ғ Ҡ Ҙ Ҫ Ң Һ'

# begin FORMAT [MORE]: the first line
begin() { printf '{"document":"%s","version":1,"title":"Лист регистрации","author":"АНО «Родник»","foot":"Живая сеть","language":"ru","of":"из","contents":"Содержание","created":"2020-02-14T09:30:00Z"%s}\n' "$1" "${2-}"; }
sheet() {
	local i
	begin "$1"
	printf '{"kind":"heading","level":1,"text":"Участники семинара"}\n{"kind":"text","text":"Хәрефтәр: %s, № 5 — «да»"}\n' "$letters"
	printf '{"kind":"table","name":"Участники: [1/2]","columns":[["№",500,"number"],["Фамилия, имя",4000,"text"],["Дата",1500,"date"],["Часов",1000,"number"],["Доля",1000,"percent"]]}\n'
	for ((i = 1; i <= 200; i++)); do printf '["%d","Ғәлиәкбәрова Таңһылыу %d","2020-02-%02d","%d.5","%d"]\n' "$i" "$i" $((i % 28 + 1)) "$i" $((i % 101)); done
	printf '{"kind":"total","cells":["","Всего","","20200",""],"sum":[0,0,0,1,0]}\n{"kind":"table-end"}\n'
	printf '{"kind":"table","name":"участники:  1 2 ","columns":[["Код",8000,"number"],["=1+1",9000,"text"]]}\n["007","=2+2"]\n["+79170000001","@x"]\n{"kind":"table-end"}\n'
	printf '{"kind":"bars","title":"По месяцам","bars":[["ноя",3000],["дек",12500]]}\n{"kind":"signature","post":"Консультант","name":"Хасанова Г. Р."}\n{"kind":"end"}\n'
}
# lines FORMAT LINE…: a small document
lines() { begin "$1"; shift; printf '%s\n' "$@" '{"kind":"end"}'; }
# makes NAME FILE: the file "in" goes through livenet-document
makes() { local status=0; livenet-document < in > "$2" 2> err.txt || status=$?; if [[ $status -eq 0 && -s $2 ]]; then pass "$1"; else fail "$1" "status $status: $(cat err.txt)"; fi; }
# not NAME WORDS: the file "in" is refused with one line that has these words, and gives nothing
not() {
	local status=0
	livenet-document < in > none.out 2> err.txt || status=$?
	if [[ $status -eq 1 && ! -s none.out && $(wc -l < err.txt) -eq 1 && $(cat err.txt) == "livenet-document: "*"$2"* ]]; then pass "$1"; else fail "$1" "status $status, $(wc -c < none.out) bytes, $(cat err.txt)"; fi
}

# --- PDF ---
sheet pdf > in; makes "a PDF of 200 rows" sheet.pdf
pdftotext -layout sheet.pdf sheet.txt
pages=$(pdfinfo sheet.pdf | awk '/^Pages:/ { print $2 }')
holds "several pages" test "$pages" -ge 4
like "every letter" "$(cat sheet.txt)" "Хәрефтәр: $letters, № 5 — «да»"
is "the head on every page of the table" "$(grep -c '№ *Фамилия, имя *Дата *Часов' sheet.txt)" "$pages"
is "every row once" "$(grep -c 'Ғәлиәкбәрова Таңһылыу [0-9]' sheet.txt)" 200
is "every page has its number" "$(grep -cE "Живая сеть +[0-9]+ из $pages" sheet.txt)" "$pages"
like "dates and numbers as people read them" "$(cat sheet.txt)" "200 +Ғәлиәкбәрова Таңһылыу 200 +05.02.2020 +200,5 +99"
like "the line to sign on" "$(cat sheet.txt)" "Консультант +/Хасанова Г. Р./"
like "properties" "$(pdfinfo sheet.pdf)" "Title: +Лист регистрации.*Author: +АНО «Родник».*CreationDate: +Fri Feb 14 09:30:00 2020.*A4"
is "every font is in the file" "$(pdffonts sheet.pdf | awk 'NR > 2 && $(NF - 4) != "yes"' | wc -l)" 0
holds "it is whole" qpdf --check sheet.pdf
holds "it can be drawn" pdftoppm -r 30 -png sheet.pdf page
sheet pdf | livenet-document > again.pdf
holds "the same input gives the same file" cmp sheet.pdf again.pdf

lines pdf '{"kind":"contents"}' '{"kind":"break"}' '{"kind":"heading","level":1,"text":"Первая"}' '{"kind":"text","text":"а"}' '{"kind":"break"}' \
	'{"kind":"heading","level":1,"text":"Вторая"}' '{"kind":"heading","level":2,"text":"О людях"}' \
	'{"kind":"markdown","text":"# Рассказ\n\n1. *раз* **два**\n\n<script>alert(1)</script>\n\n![озеро](http://example.org/x.png)\n"}' > in; makes "a book" book.pdf
pdftotext -layout book.pdf book.txt
like "contents with pages" "$(cat book.txt)" "Содержание"$'\n+'"Первая[ .]+2"$'\n+'"Вторая[ .]+3"$'\n+'" +О людях[ .]+3"
like "raw HTML and pictures are text" "$(cat book.txt)" "<script>alert\(1\)</script>"$'\n'"+озеро"
like "headings are bookmarks" "$(qpdf --json book.pdf | jq -r '[.outlines[] | .title, (.kids[] | .title)] | join("/")')" "Первая/Вторая/О людях"

printf '{"kind":"text","text":"%s"}\n' "$(printf 'Согласие на обработку. %.0s' {1..60})" > consent.line
{ begin pdf ',"plain":1'; for i in 1 2 3; do printf '{"kind":"half"}\n{"kind":"heading","level":1,"text":"Согласие %d"}\n' $i; cat consent.line; printf '{"kind":"signature","post":"","name":""}\n'; done; printf '{"kind":"end"}\n'; } > in; makes "halves" halves.pdf
like "two to a page" "$(pdfinfo halves.pdf)" "Pages: +2"
is "in their order" "$(pdftotext -f 1 -l 1 -layout halves.pdf - | grep -o 'Согласие [12]' | tr '\n' ' ')" "Согласие 1 Согласие 2 "
is "plain pages have no foot" "$(pdftotext halves.pdf - | grep -c 'Живая сеть')" 0
{ begin pdf; printf '{"kind":"half"}\n'; for i in {1..6}; do cat consent.line; done; printf '{"kind":"half"}\n{"kind":"text","text":"следующая"}\n{"kind":"end"}\n'; } > in; makes "a half that is too long" long.pdf
like "goes over the page, and the next one begins a page" "$(pdfinfo long.pdf)" "Pages: +[23]"

{ begin pdf; printf '{"kind":"table","columns":[["a",1000,"text"],["b",1000,"text"]]}\n["%s","конец"]\n{"kind":"table-end"}\n{"kind":"end"}\n' "$(printf 'слово %.0s' {1..4000})"; } > in; makes "a row taller than a page" tall.pdf
is "loses no word" "$(pdftotext tall.pdf - | grep -o слово | wc -l)" 4000

long=$(printf 'Опыт консультирования некоммерческих организаций. %.0s' {1..70})
for kind in frame single; do
	{ begin pdf ',"landscape":1,"plain":1'; for i in 1 2; do [[ $i -eq 1 ]] || printf '{"kind":"break"}\n'; printf '{"kind":"%s"}\n{"kind":"text","text":"%s","size":13000,"align":"centre"}\n{"kind":"signature","post":"Руководитель","name":""}\n' $kind "$long"; done; printf '{"kind":"end"}\n'; } > in; makes "much on one page: $kind" single.pdf
	like "is one page each" "$(pdfinfo single.pdf)" "Pages: +2"
	is "with the line to sign on" "$(pdftotext -f 1 -l 1 single.pdf - | grep -c Руководитель)" 1
done
{ begin pdf ',"margin":14000'; printf '{"kind":"table","columns":[["ФИО",1000,"text"],["Организация",600,"text"],["Подпись",1000,"text"]],"row":9000,"size":10000}\n'; for i in {1..28}; do printf '["Ғәлиәхмәтова-Һөйөндөкова Таңһылыу Мөхәмәтғәли ҡыҙы","АНО «Центр развития» (Стерлибашево)",""]\n'; done; printf '{"kind":"table-end"}\n{"kind":"end"}\n'; } > in; makes "rows of a least height" rows.pdf
like "do not grow where smaller letters do" "$(pdfinfo rows.pdf)" "Pages: +1"
is "a bracket may begin a line" "$(pdftotext rows.pdf - | sed 's/\xe2\x80\x8b//g' | grep -cE '^\(Стерлибашево\)$')" 28
for margin in 4999 50001 '"a"'; do begin pdf ",\"margin\":$margin" > in; not "a margin of $margin" "“margin”"; done

# --- XLSX ---
sheet xlsx > in; makes "a workbook" book.xlsx
sheet xlsx | livenet-document > again.xlsx
holds "the same input gives the same workbook" cmp book.xlsx again.xlsx
mkdir -p x && unzip -q -o book.xlsx -d x
like "sheet names are made right and unique" "$(grep -o '<sheet name="[^"]*"' x/xl/workbook.xml | tr '\n' ' ')" 'name="Участники   1 2" .*name="участники   1 2 \(2\)"'
like "the head is frozen" "$(cat x/xl/worksheets/sheet2.xml)" '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
like "and has filters" "$(cat x/xl/worksheets/sheet2.xml)" '<autoFilter ref="A1:E201"/>'
like "dates have their format" "$(cat x/xl/styles.xml)" 'formatCode="dd.mm.yyyy"'
like "per cents too" "$(cat x/xl/worksheets/sheet2.xml)" '<c r="E2" s="[0-9]+"><v>0.01</v></c>'
like "dates are numbers" "$(cat x/xl/worksheets/sheet2.xml)" '<c r="C2" s="[0-9]+"><v>43863</v></c>'
like "the total is a formula with its value" "$(cat x/xl/worksheets/sheet2.xml)" '<c r="D202" s="[0-9]+"><f>SUM\(D2:D201\)</f><v>20200</v></c>'
like "what is no number stays text, formulas too" "$(cat x/xl/sharedStrings.xml)" '>007<.*>=2\+2<.*>\+79170000001<'
like "a chart" "$(cat x/xl/charts/chart1.xml)" "<c:v>12.5</c:v>"
holds "LibreOffice opens it" timeout 120 soffice "-env:UserInstallation=file://$work/office" --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2' book.xlsx
like "and calculates the same sum" "$(tail -n 1 book-*.csv)" '^,Всего,,20200,'
is "its column adds up" "$(awk -F, 'NR > 1 && NR < 202 { s += $4 } END { print s }' book-*.csv)" 20200

# --- HTML ---
{ begin html; printf '%s\n' '{"kind":"contents"}' '{"kind":"heading","level":1,"text":"<Первая> & «вторая»"}' '{"kind":"markdown","text":"# Рассказ\n\n<img src=x onerror=alert(1)> [ссылка](javascript:alert(1)) [тут](file:///etc/passwd) [там](https://example.org/a) ![озеро](http://example.org/x.png)"}' \
	'{"kind":"qr","text":"k3x9q2mv-12","um":20000}'; sheet html | tail -n +2; } > in; makes "a page" book.html
holds "nothing in it is loaded or run" bash -c '! grep -qE "<(script|img|link|iframe)|javascript:|url\(" book.html'
is "a link that may not be followed is its words" "$(grep -oE '<a href="[^#"]*"' book.html | tr '\n' ' ')" '<a href="https://example.org/a" '
like "language, title, anchors" "$(cat book.html)" '<html lang="ru">.*<title>Лист регистрации</title>.*<a href="#h1">&lt;Первая&gt; &amp; «вторая»</a>.*<h1 id="h1">.*<h4>Рассказ</h4>.*&lt;img src=x'
like "the browser sees it" "$(timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/chromium" --dump-dom "file://$work/book.html" 2> /dev/null)" "Ғәлиәкбәрова Таңһылыу 200"
timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/chromium" --no-pdf-header-footer --print-to-pdf="$work/printed.pdf" "file://$work/book.html" > /dev/null 2>&1
is "and prints the head of the table on every page that it has" "$(pdftotext -layout printed.pdf - | grep -c 'Фамилия, имя')" "$(($(pdftotext -layout printed.pdf - | awk '/Ғәлиәкбәрова/ { p[f + 0] = 1 } /\f/ { f++ } END { print length(p) }')))"

# --- what is not taken ---
{ begin pdf; printf '{"kind":"text","text":"a"}\n'; } > in; not "no end, no file" "breaks off before its end"
sheet pdf | head -c 3000 > in; not "a line cut short" "breaks off before its end"
lines pdf '{"kind":"movie"}' > in; not "an unknown kind" "line 2: there is no kind “movie”"
lines pdf '{"kind":"heading","level":1,"text":"a","size":5000}' > in; not "a key of another kind" "“heading” takes no “size”"
lines pdf '{"kind":"heading","level":1,"text":"a","color":5}' > in; not "an unknown key" "line 2: byte"
lines pdf '{"kind":"heading","level":4,"text":"a"}' > in; not "a number out of its limits" "“level”"
lines pdf '["a"]' > in; not "a row outside a table" "line 2: a row stands outside a table"
lines pdf '{"kind":"table","columns":[["a",1,"text"]]}' '["a","b"]' > in; not "a row too wide" "line 3"
lines pdf '{"kind":"table","columns":[["a",1,"text"],["b",1,"text"]]}' '["a"]' > in; not "a row too narrow" "a row of 1 cells in a table of 2 columns"
lines pdf '{"kind":"table","columns":[["a",1,"text"]]}' > in; not "a table that does not end" "“end” stands within a table"
lines pdf '{"kind":"keep"}' '{"kind":"keep"}' > in; not "keep within keep" "“keep” does not stand"
lines pdf '{"kind":"keep"}' > in; not "keep without kept" "“keep” has no “kept”"
begin odt > in; not "another format" "line 1: the document is pdf, xlsx or html"
begin pdf | sed 's/"version":1/"version":2/' > in; not "another version" "of one release"
{ begin pdf; printf '{"kind":"text","text":"'; head -c 1100000 /dev/zero | tr '\0' a; printf '"}\n'; } > in; not "a line too long" "line 2: it is longer than 1 MiB"
{ begin pdf; yes '{"kind":"break"}' | head -n 20000; printf '{"kind":"end"}\n'; } > in; not "too many pages" "more than 10000 pages"
printf '{"kind":"text","text":"\xff"}\n' | { begin pdf; cat; } > in; not "bytes that are no text" "line 2: byte"
printf '' > in; not "nothing" "breaks off before its end"
exits 2 "words are not taken" livenet-document file.pdf

# --- through livenet: to a file, to a printer, and without the program ---
livenet --store a.ldb --passphrase-file pw init --name "Хасанова Гузель Рашитовна" --municipality 80618000 --key-file a.key > /dev/null 2>&1
seminar=$(livenet --store a.ldb --key-file a.key seminar add --title "Как открыть НКО" --date 2020-02-14 --municipality 80618000)
mkdir -p bin
printf '#!/bin/sh\nprintf "%%s|" "$@" > %s/lp.words\ncat > %s/lp.paper\ncase "$*" in *broken*) echo "lp: no such printer" >&2; exit 1;; esac\n' "$work" "$work" > bin/lp
chmod +x bin/lp
PATH=$work/bin:$PATH
paper() { livenet --store a.ldb --key-file a.key sheet "$seminar" "$@"; }
exits 0 "a sheet to a file" paper -o sheet.pdf
like "is a PDF" "$(head -c 5 sheet.pdf)" "%PDF-"
like "and says that open personal data left" "$err" "^livenet: .*personal data"
exits 0 "a sheet to the usual printer" paper --print -
like "gets the title" "$(cat lp.words)" "^-t\|[^|]+\|$"
like "and the PDF" "$(head -c 5 lp.paper)" "%PDF-"
exits 0 "a sheet to a printer by its name" paper --print Kyocera
like "is sent there" "$(cat lp.words)" "\|-d\|Kyocera\|$"
refused 1 "a printer that is not there" paper --print broken
like "has lp's words" "$err" "no such printer"
refused 2 "two ways at once" paper --print - -o sheet.pdf
LIVENET_DOCUMENT=/nowhere/livenet-document
export LIVENET_DOCUMENT
refused 1 "without the program" paper -o other.pdf
like "says what is missing" "$err" "/nowhere/livenet-document.*libxlsxwriter-dev"
holds "and leaves no file" test ! -e other.pdf
holds "while the rest works" livenet --store a.ldb --key-file a.key seminar list

finish
