/* fuzz_import: what somebody's spreadsheet or telephone may hand over, read by the readers of CSV and of contacts and taken through the import of every kind of
 * list. Whatever comes, nothing crashes, a dry run leaves nothing, and what was taken agrees with the journal's own check.
 *
 *     fuzz_import [SEED [CASES]]      changes inputs of its own, by a seed that it prints; 2000 cases unless told
 * LLVMFuzzerTestOneInput takes one input, for libFuzzer: built with -fsanitize=fuzzer and -DFUZZER_MAIN. Its first byte chooses the kind of list. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "documents/import.h"
#include "documents/vcard.h"
#include "tests/unit/records.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct store *s;
static int64_t read_whole, turned_down, taken;

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

static void start(void)
{
	char id[RECORD_ID_SIZE];
	s = new_store();
	if (!s)
		give_up("no store", "");
	make(s, &person_type, id, "name", "Хасанова Гузель Рашитовна", "phone", "89170000001", NULL);
	make(s, &person_type, id, "name", "Хасанова Галия Рустамовна", NULL);
	make(s, &seminar_type, id, "title", "Как открыть НКО", "date", "2020-02-14", NULL);
	make(s, &call_type, id, "title", "Консультанты", "role", "consultant", "places", "5", "deadline", "2020-12-31", NULL);
}

static int touch_row(void *context, const struct import_row *row, struct err *e)
{
	size_t *sum = context;
	(void)e;
	*sum += strlen(row->name) + strlen(row->words);
	for (int i = 0; row->question && i < row->question->count; i++)
		*sum += strlen(row->question->candidate[i].text);
	return 0;
}

static void run(struct import_list *l, bool dry_run)
{
	struct import_result result;
	struct err e = ERR_INIT;
	size_t sum = 0;
	int64_t before = journal_last_seq(store_journal(s));
	if (import_list_run(s, l, dry_run, touch_row, &sum, &result, &e) != 0) {
		turned_down++;
		if (e.code != ERR_REFUSED)
			give_up("not a refusal", e.text);
		return;
	}
	if (dry_run && journal_last_seq(store_journal(s)) != before)
		give_up("a dry run", "left something");
	taken += result.taken;
	import_result_release(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct import_told_columns columns;
	struct err e = ERR_INIT;
	if (!s)
		start();
	if (size == 0)
		return 0;
	enum import_kind kind = (enum import_kind)(data[0] % IMPORT_KINDS);
	struct import_list *l = import_list_of(kind, (const char *)data + 1, size - 1, NULL, &e);
	if (!l) {
		turned_down++;
		return 0;
	}
	read_whole++;
	import_list_new_people(l, (data[0] & 8) != 0);
	if (import_list_columns(l, s, true, &columns, &e) == 0 && columns.count > 0)
		import_list_tell(l, columns.column[0].title, (enum import_column)(COLUMN_SKIPPED + data[0] % 4));
	import_told_columns_release(&columns);
	run(l, true);
	if ((data[0] & 16) != 0)
		run(l, false);
	import_list_close(l);
	return 0;
}

#ifndef FUZZER_MAIN

static const char *const seeds[] = {
	"ФИО;Телефон;Эл. почта;Организация;Район;Роль;Примечание\nАхметов Ильдар;8 917 000-00-01, доб. 5;a@example.org;АНО «Родник»;Бураевский;эксперт;\"две\nстроки\"\n",
	"Тема;Дата;Место;Район;Ведущий;Без имени;Основание\nУстав;14.02.2020;клуб;г. Уфа;Хасанова Г. Р., Хасанова Галия Рустамовна;30;счёт\n",
	"Семинар;Дата;ФИО;Телефон;Был\nКак открыть НКО;14.02.2020;Хасанова Гузель Рашитовна;89170000001;+\nКак открыть НКО;;Кто-то;;-\n",
	"Дата;ФИО;Мотивация;Опыт\n1.2.2020;Новый Человек;хочу;есть\n",
	"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Иванов;Иван;И.;;\r\nFN:Иван\r\nTEL;TYPE=CELL:+7917\r\n 0000009\r\nNOTE:a\\nb\\;c\r\nEND:VCARD\r\n",
	"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=98=\n=D0=B2;=D0=98\nTEL:tel:+79170000009;ext=1\nADR:;;a;b;c;d;e\nEND:VCARD\nBEGIN:VCARD\nFN:x\nEND:VCARD\n",
};

static const char *const pieces[] = {
	";", ",", "\t", "\"", "\n", "\r", "\r\n ", "=", "=\n", ":", "\\", "BEGIN:VCARD\n", "END:VCARD\n", "QUOTED-PRINTABLE", "\xd0", "\xff", "=FF", "\xef\xbb\xbf",
	"ФИО", "Дата", "31.02.2020", "new", "-", "99999999999999999999", "\xcf\xf0\xe8\xe2\xe5\xf2", "\xe2\x80\xae", "sep=,\n", "Хасанова Г. Р.",
};

static uint32_t below(uint32_t n)
{
	return (uint32_t)(test_random() % n);
}

static void change(struct buf *b)
{
	const char *piece = pieces[below(sizeof pieces / sizeof *pieces)];
	size_t at = b->len > 1 ? 1 + below((uint32_t)b->len - 1) : 0;
	struct buf out = BUF_INIT;
	switch (below(4)) {
	case 0:
		b->data[at] = (char)below(256);
		return;
	case 1:					/* something more */
		buf_add(&out, b->data, at);
		buf_adds(&out, piece);
		buf_add(&out, b->data + at, b->len - at);
		break;
	case 2: {				/* something less */
		size_t n = below((uint32_t)(b->len - at) + 1);
		buf_add(&out, b->data, at);
		buf_add(&out, b->data + at + n, b->len - at - n);
		break;
	}
	default:				/* some of it twice */
		buf_add(&out, b->data, b->len);
		buf_add(&out, b->data + at, b->len - at < 4000 ? b->len - at : 4000);
		break;
	}
	buf_release(b);
	*b = out;
}

int main(int argc, char **argv)
{
	long cases = argc > 2 ? atol(argv[2]) : 2000;
	struct err e = ERR_INIT;
	if (argc > 1)
		setenv("TEST_SEED", argv[1], 1);
	start();
	for (long i = 0; i < cases; i++) {
		struct buf b = BUF_INIT;
		uint32_t seed = below(sizeof seeds / sizeof *seeds), kind = seed < IMPORT_KINDS ? seed : IMPORT_PEOPLE;
		/* As a rule the kind of list that it is. */
		buf_addc(&b, (char)(below(4) > 0 ? kind + 4 * below(8) : below(32)));
		buf_adds(&b, seeds[seed]);
		for (uint32_t n = below(5); n > 0 && b.len > 0; n--)
			change(&b);
		LLVMFuzzerTestOneInput((const uint8_t *)b.data, b.len);
		buf_release(&b);
	}
	if (journal_check(store_journal(s), &e) != 0)
		give_up("the journal", e.text);
	printf("ok 1 - %ld lists: %" PRId64 " read, %" PRId64 " refused, %" PRId64 " records\n1..1\n", cases, read_whole, turned_down, taken);
	store_close(s);
	return read_whole > cases / 4 && taken > cases / 200 ? 0 : 1;
}

#endif
