/* Any key in any order, on any size of terminal, slowly or in bursts, with the mouse, while others change, remove and take away what is shown, and while the
 * line drops: no crash, no leak (under the sanitizers), and what was there is there. The keys are those of actions.def, so that a new screen's come by
 * themselves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"
#include "screens/parts/pointer.h"
#include "tests/screens/drive.h"
#include "tests/screens/stages.h"
#include "tests/unit/records.h"
#include "tests/unit/replica.h"

#define ROUNDS 5		/* each with a region of its own: a random hand removes much */
#define KEYS 2000
#define SIZES_MOST_ROWS 60
#define SIZES_MOST_COLUMNS 200

/* Rows that are there, removed ones too: a key may mark one as removed, nothing takes one away. */
static int64_t rows(struct store *s)
{
	struct buf sql = BUF_INIT;
	struct err e = ERR_INIT;
	sqlite3_stmt *st;
	int64_t count = -1;

	buf_adds(&sql, "SELECT 0");
	for (const struct record_type *const *t = record_types; *t != NULL; t++)
		buf_addf(&sql, " + (SELECT count(*) FROM %s)", (*t)->table);
	st = store_prepare_once(s, sql.data, &e);
	if (st != NULL && store_step(s, st, &e) == 1)
		count = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	buf_release(&sql);
	return count;
}

/* A key of a randomly chosen action, by its position in either layout. */
static void press_command(struct loop *l)
{
	const char *keys = actions[1 + test_random() % (ACTIONS - 1)].keys;
	int words = 1, chosen;
	char key[32];

	for (const char *p = keys; *p != '\0'; p++)
		words += *p == ' ';
	for (chosen = (int)(test_random() % (unsigned)words); chosen > 0; chosen--)
		keys += strcspn(keys, " ") + 1;
	snprintf(key, sizeof key, "%.*s", (int)strcspn(keys, " "), keys);
	/* Leaving is not the end of this test, but mostly a waste of it. */
	if (strcmp(key, "F10") == 0 && test_random() % 8 != 0)
		return;
	loop_key(l, key_by_name(key, strlen(key)));
}

static void type_something(struct loop *l)
{
	static const char *const texts[] = { "а", "г", "галим", "н", "т", "ф", "ә", "ҡы", "я", "Ы", "э", ".", ",", "/", "'", "n", "y", "1", "14.2", "+3", "сегодня",
		"+7917", "8 917 000-00-02", " ", "<", "и\xcc\x86", "漢字", "👩‍👩‍👧", "\xe2\x80\xae", "Стерлитамак", "“", "@example.org" };

	type(l, texts[test_random() % (sizeof texts / sizeof *texts)]);
}

static void point_somewhere(struct loop *l)
{
	loop_mouse(l, (int)(test_random() % (SIZES_MOST_ROWS + 10)) - 5, (int)(test_random() % (SIZES_MOST_COLUMNS + 10)) - 5, (enum pointer)(test_random() % 4));
}

/* --- another replica --- */

/* Somebody else's device, that has all and changes anything at any time. */
static struct { struct store *store; int64_t sent, got; } other;

/* What `from` wrote itself after `*last` comes to `to`. */
static void bring(struct store *to, struct store *from, int64_t *last)
{
	struct replica target = { NULL, store_journal(to) };
	struct carry c = { .to = &target };
	struct buf dictionary = BUF_INIT;
	struct err e = ERR_INIT;
	const char *tag = journal_tag(store_journal(from));
	int64_t now = journal_last_seq(store_journal(from));

	if (!CHECK_INT(store_begin(to, &e), 0))
		return;
	dictionary_write(store_journal(from), &dictionary);
	c.map = dictionary_map_read(store_journal(to), dictionary.data, dictionary.len, &e);
	c.dev = journal_device(store_journal(to), tag, &e);
	if (!CHECK(c.map != NULL && c.dev > 0) ||
	    !CHECK_INT(journal_each(store_journal(from), journal_device(store_journal(from), tag, &e), *last + 1, now, replica_carry, &c, &e), 0))
		test_note("%s", e.text);
	CHECK_INT(store_commit(to, &e), 0);
	*last = now;
	dictionary_map_free(c.map);
	buf_release(&dictionary);
}

/* A record of this type that the store has; "" when there is none. */
static void some_record(struct store *s, const struct record_type *t, char id[RECORD_ID_SIZE])
{
	char sql[256];
	struct err e = ERR_INIT;
	sqlite3_stmt *st;

	snprintf(sql, sizeof sql, "SELECT id FROM %s WHERE deleted = 0 ORDER BY id LIMIT 1 OFFSET %u %% max(1, (SELECT count(*) FROM %s WHERE deleted = 0))",
	    t->table, (unsigned)(test_random() % 100000), t->table);
	id[0] = '\0';
	st = store_prepare_once(s, sql, &e);
	if (CHECK(st != NULL) && store_step(s, st, &e) == 1)
		snprintf(id, RECORD_ID_SIZE, "%s", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

static void rewrite(struct store *s, const struct record_type *t, const char *id)
{
	static const char *const texts[] = { "\xe2\x80\xaeоборот", "漢字漢字漢字", "а", "", "и\xcc\x86\xcc\x86\xcc\x86\xcc\x86", ("\xc2\x9b" "31m"), "Очень длинное имя, которое не кончается и тогда, когда кончается строка экрана и ещё одна за нею" };
	struct record r;
	struct err e = ERR_INIT;

	if (record_load(s, &r, t, id, &e) != 0)
		return;
	/* What a rule forbids may still come from a device that knows no such rule. */
	record_put(&r, t->fields[0].name, texts[test_random() % (sizeof texts / sizeof *texts)]);
	r.changed[0] = true;
	record_save(s, &r, &e);
	record_release(&r);
}

/* Somebody new, who comes to some seminar. */
static void enter(struct store *s)
{
	char person[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	make(s, &person_type, person, "name", test_random() % 2 == 0 ? "Ғәлиева Өмөт Ҡадир ҡыҙы" : "Иванова Анна", "municipality", "80618000", NULL);
	some_record(s, &seminar_type, seminar);
	if (seminar[0] != '\0')
		attendance_mark(s, seminar, person, test_random() % 2 == 0 ? ATTENDANCE_PRESENT : ATTENDANCE_REGISTERED, &e);
}

static void others_change(struct store *mine)
{
	const struct record_type *t;
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	int types = 0;

	while (record_types[types] != NULL)
		types++;
	t = record_types[test_random() % (unsigned)types];
	bring(other.store, mine, &other.got);
	some_record(other.store, t, id);
	if (id[0] == '\0' || test_random() % 3 == 0)
		enter(other.store);
	else if (test_random() % 2 == 0)
		record_remove(other.store, t, id, &e);
	else
		rewrite(other.store, t, id);
	bring(mine, other.store, &other.sent);
}

/* A record leaves what this device holds: it is gone, with its history, and nobody has removed it. */
static void evict(struct store *s)
{
	const struct record_type *t = test_random() % 2 == 0 ? &person_type : &seminar_type;
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	some_record(s, t, id);
	if (id[0] == '\0' || !CHECK_INT(store_begin(s, &e), 0))
		return;
	if (!CHECK_INT(journal_evict(store_journal(s), dictionary_table(store_journal(s), t->table), id, &e), 0))
		test_note("%s", e.text);
	CHECK_INT(store_commit(s, &e), 0);
}

/* The line drops; at the next start the question about what was typed is answered this way or that. */
static void hang_up(struct loop *l, struct store *s)
{
	static const char *const answers[] = { "y", "n", "Esc" };

	loop_keep(l);
	drive_close(l);
	drive_open(l, s, 1 + (int)(test_random() % SIZES_MOST_ROWS), 1 + (int)(test_random() % SIZES_MOST_COLUMNS));
	if ((loop_where(l) & IN_ASK) != 0)
		press(l, answers[test_random() % 3]);
}

/* How often each happens in a thousand. */
enum { COMMANDS = 690, TEXTS = 240, POINTERS = 25, SIZES = 15, KEEPS = 10, OTHERS = 15, EVICTIONS = 1, HANG_UPS = 4 };

static void something(struct loop *l, struct store *s)
{
	int roll = (int)(test_random() % 1000);

	if ((roll -= COMMANDS) < 0)
		press_command(l);
	else if ((roll -= TEXTS) < 0)
		type_something(l);
	else if ((roll -= POINTERS) < 0)
		point_somewhere(l);
	else if ((roll -= SIZES) < 0)
		loop_resize(l, 1 + (int)(test_random() % SIZES_MOST_ROWS), 1 + (int)(test_random() % SIZES_MOST_COLUMNS));
	else if ((roll -= KEEPS) < 0)
		loop_keep(l);
	else if ((roll -= OTHERS) < 0)
		others_change(s);
	else if ((roll -= EVICTIONS) < 0)
		evict(s);
	else
		hang_up(l, s);
}

static void random_round(void)
{
	struct region r = drive_region();
	struct loop l;
	struct err e = ERR_INIT;
	int64_t before, now;

	other.store = drive_store();
	other.sent = other.got = 0;
	REQUIRE(r.store != NULL && other.store != NULL);
	stages_add(r.store, r.me);
	if (test_random() % 2 == 0)
		REQUIRE_OK(store_set_setting(r.store, "role", "coordinator", &e));
	CHECK(rows(r.store) > 0);
	drive_open(&l, r.store, 24, 80);
	for (int i = 0; i < KEYS; i++) {
		before = rows(r.store);
		something(&l, r.store);
		/* Now and then the next key is there before the picture is. */
		if (test_random() % 4 != 0) {
			drive_draw(&l);
			CHECK(l.canvas.cursor_y < l.canvas.height && l.canvas.cursor_x < l.canvas.width);
		}
		/* An eviction takes one away, nothing else does. */
		now = rows(r.store);
		if (!CHECK(now >= before - 1))
			break;
		if (l.done || test_random() % 700 == 0) {
			drive_close(&l);
			drive_open(&l, r.store, 24, 80);
		}
	}
	drive_close(&l);
	if (!CHECK_INT(store_check(r.store, &e), 0))
		test_note("%s", e.text);
	store_close(r.store);
	store_close(other.store);
}

static void random_keys(void)
{
	for (int round = 0; round < ROUNDS; round++)
		random_round();
}

/* A window that is dragged about: every size between two keys, in the middle of a form, a sheet, a pick. */
static void resize_storm(void)
{
	static const char *const ways[] = { "F2", "F2 Enter", "F2 e", "F2 n", "F3", "F3 Down a", "F3 Down a F2", "F3 e", "F2 f", "F2 o", "F9", "F6", "F7 Enter", "F8", "F12",
		"F5", "F2 ?", "F2 Space d", "1", "1 Enter", "1 Enter s", "1 Enter a", "1 Enter n", "1 End Enter Tab Enter", "2", "2 Enter", "2 Enter t", "2 Enter c", "2 Enter a", "2 Enter n",
		"3", "3 Enter", "3 n", "3 P", "4", "4 Enter", "5", "5 Enter", "5 n", "6", "6 P", "7", "7 Enter", "7 n", "8", "8 n", "9", "9 Enter", "9 N", "F2 I", "F8 P", "F3 c", "F3 t" };
	struct region r = drive_region();
	struct loop l;

	REQUIRE(r.store != NULL);
	stages_add(r.store, r.me);
	for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
		struct buf still = BUF_INIT, again = BUF_INIT;

		drive_open(&l, r.store, 24, 80);
		press(&l, ways[w]);
		picture(&l, &still);
		for (int i = 0; i < 60; i++) {
			loop_resize(&l, 1 + (int)(test_random() % SIZES_MOST_ROWS), 1 + (int)(test_random() % SIZES_MOST_COLUMNS));
			loop_draw(&l);
			CHECK(l.canvas.cursor_y < l.canvas.height && l.canvas.cursor_x < l.canvas.width);
		}
		loop_resize(&l, 24, 80);
		picture(&l, &again);
		if (!CHECK(strcmp(still.data, again.data) == 0))
			test_note("after %s:\n%s\nbecame\n%s", ways[w], still.data, again.data);
		buf_release(&still);
		buf_release(&again);
		drive_close(&l);
	}
	store_close(r.store);
}

static const struct test tests[] = {
	TEST(random_keys),
	TEST(resize_storm),
	TEST_END
};

int main(int argc, char **argv)
{
	/* A path that a random hand types leads nowhere else. */
	return drive_start() && chdir(test_folder()) == 0 ? test_main(argc, argv, tests) : 1;
}
