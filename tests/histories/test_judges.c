/* The judges of the histories can say no: one small history is played, then a single thing is damaged, and those who must notice do; once it is undone, all
 * say yes again. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/erase.h"
#include "store/journal.h"
#include "tests/histories/agree.h"
#include "tests/histories/chance.h"
#include "tests/histories/first.h"
#include "tests/histories/post.h"
#include "tests/unit/test.h"

enum { HUB = -1 };

/* --- the history: something in conflict, refused, erased, deleted and accepted */

static bool does(struct world *w, struct model *m, int device, const char *sql)
{
	struct store *s = w->device[device].s;
	int64_t before = journal_last_seq(store_journal(s));
	struct err e = ERR_INIT;

	w->now += 1000;
	world_clock(w, &w->device[device]);
	if (store_begin(s, &e) != 0 || store_exec(s, sql, &e) != 0 || store_commit(s, &e) != 0)
		return world_fail(w, &e);
	return model_note(m, w, device, before);
}

static bool makes(struct world *w, struct model *m, const char *table, const char *name)
{
	char id[RECORD_ID_SIZE], sql[400];

	journal_new_id(store_journal(w->device[0].s), id);
	snprintf(sql, sizeof sql, "INSERT INTO %s(id, name, note, municipality) VALUES('%s', '%s', 'в100000001', '%s')", table, id, name, BURAEVO);
	return does(w, m, 0, sql);
}

static bool erases(struct world *w, struct model *m, const char *name)
{
	struct store *s = w->device[0].s;
	int64_t before = journal_last_seq(store_journal(s));
	char sql[200], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	snprintf(sql, sizeof sql, "SELECT id FROM person WHERE name = '%s'", name);
	snprintf(id, sizeof id, "%s", world_value(s, sql));
	world_clock(w, &w->device[0]);
	if (store_begin(s, &e) != 0 || journal_erase(store_journal(s), "person", id, &e) != 0 || store_commit(s, &e) != 0)
		return world_fail(w, &e);
	return model_note(m, w, 0, before);
}

static bool play(struct world *w, struct model *m)
{
	chance_seed(1);
	post_begin();
	return world_begin(w, 4) && makes(w, m, "person", "Имя") && makes(w, m, "person", "Другое") && makes(w, m, "organisation", "Дом") && agree_meet(w) &&
	    does(w, m, 0, "UPDATE organisation SET deleted = 1 WHERE name = 'Дом'") &&
	    does(w, m, 0, "UPDATE person SET note = 'в100000003' WHERE name = 'Имя'") &&
	    does(w, m, 1, "UPDATE person SET note = 'в100000004' WHERE name = 'Имя'") &&
	    does(w, m, 1, "UPDATE programme SET title = 'в100000005' WHERE id = 'first'") && erases(w, m, "Другое") && agree_meet(w);
}

/* --- the damage */

#define NOTE_EDIT "WHERE kind = 1 AND instr(body, 'в100000004') > 0"
#define LAST(table, key) "DELETE FROM " table " WHERE (" key ") IN (SELECT " key " FROM " table " ORDER BY " key " DESC LIMIT 1)"

static const struct damage { const char *what; int member; const char *sql; unsigned no; } damages[] = {
	{ "a head of a conflict is dropped at the hub", HUB, "DELETE FROM head WHERE value = 'в100000004'", AGREE_SOUND | AGREE_MODEL | AGREE_LINES },
	{ "a head of a conflict is dropped at a device", 0, "DELETE FROM head WHERE value = 'в100000003'", AGREE_SOUND | AGREE_MODEL | AGREE_LINES },
	{ "an operation goes from the hub's journal", HUB, "DELETE FROM oplog " NOTE_EDIT, AGREE_SOUND | AGREE_MODEL | AGREE_LINES | AGREE_MISSING },
	{ "an operation goes from a device's journal", 1, "DELETE FROM oplog " NOTE_EDIT, AGREE_SOUND | AGREE_MODEL | AGREE_LINES },
	{ "what an edit sets is changed", HUB, "UPDATE oplog SET body = replace(body, 'в100000004', 'в100000009') " NOTE_EDIT,
	    AGREE_SOUND | AGREE_MODEL | AGREE_LINES | AGREE_MISSING },
	{ "what an edit saw is changed", HUB, "UPDATE oplog SET body = replace(body, ',[[', ',[[1') " NOTE_EDIT, AGREE_SOUND | AGREE_LINES },
	{ "what was not accepted is dropped", 1, "DELETE FROM not_accepted", AGREE_MISSING },
	{ "… and that it was refused", 1, "DELETE FROM not_accepted; DELETE FROM refused", AGREE_REST | AGREE_MISSING },
	{ "an accepted operation is refused at the hub", HUB, "INSERT INTO refused(dev, seq, reason) SELECT dev, seq, 'role' FROM oplog " NOTE_EDIT,
	    AGREE_SOUND | AGREE_MODEL | AGREE_LINES | AGREE_MISSING },
	{ "history tells an edit of another record", HUB, "UPDATE oplog SET tbl = (SELECT no FROM dict_table WHERE name = 'organisation') " NOTE_EDIT,
	    AGREE_LINES | AGREE_MISSING },
	{ "another value is shown", 1, "UPDATE person SET note = 'в100000003' || '1' WHERE name = 'Имя'", AGREE_SOUND | AGREE_MODEL | AGREE_LINES },
	{ "a field is empty at the hub", HUB, "UPDATE person SET note = NULL WHERE name = 'Имя'", AGREE_SOUND | AGREE_MODEL | AGREE_LINES },
	{ "a row is gone", 0, "DELETE FROM person WHERE name = 'Имя'", AGREE_SOUND | AGREE_MODEL | AGREE_LINES | AGREE_COUNTS | AGREE_REST },
	{ "a removed record is back", 0, "UPDATE organisation SET deleted = 0 WHERE name = 'Дом'", AGREE_SOUND | AGREE_MODEL | AGREE_LINES | AGREE_COUNTS },
	{ "another is counted", 1, "UPDATE tally SET value = value + 1 WHERE name = 'person'", AGREE_COUNTS },
	{ "nobody is counted", HUB, "DELETE FROM tally WHERE name = 'person'", AGREE_COUNTS },
	{ "a conflict is counted that is none", 1, "UPDATE tally SET value = value + 1 WHERE name = 'conflict'", AGREE_COUNTS },
	{ "what a removal saw is forgotten", 0, "DELETE FROM seen", AGREE_SOUND | AGREE_LINES },
	{ "an erasure is forgotten", 1, "DELETE FROM erased", AGREE_SOUND | AGREE_LINES },
	{ "what was erased is back", 1, "UPDATE oplog SET body = replace(body, 'null', '\"в100000001\"') WHERE kind = 0 AND pk IN (SELECT pk FROM erased)",
	    AGREE_SOUND | AGREE_MODEL | AGREE_LINES },
	{ "the hub forgot that a device holds a record", HUB, LAST("scope", "device, tbl, pk"), AGREE_REST },
	{ "a device waits for a record to leave", 1, "INSERT INTO leaving(tbl, pk) SELECT tbl, pk FROM oplog LIMIT 1", AGREE_REST },
	{ "a feed is not at its end", HUB, "INSERT INTO feed(device, pos, kind, tbl, pk) SELECT d.no, p.out_op + 1000, 1, 1, 'x' FROM peer p JOIN device d"
	    " ON d.tag = p.tag", AGREE_REST },
};

/* What the judges say of a world that is damaged need not be read. */
static unsigned judge_quietly(struct world *w, const struct model *m)
{
	int out = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	unsigned no;

	fflush(stdout);
	dup2(nowhere, STDOUT_FILENO);
	no = agree_judge(w, m);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	close(nowhere);
	return no;
}

static bool said_no(const char *what, unsigned no, unsigned wanted)
{
	if ((no & wanted) != wanted)
		test_note("%s: %#x of the judges said no, not %#x", what, no, wanted);
	return CHECK((no & wanted) == wanted);
}

static void is_not_local(sqlite3_context *context, int count, sqlite3_value **value)
{
	(void)count, (void)value;
	sqlite3_result_int(context, 0);
}

/* From now on nothing is captured, so that a row can change behind the journal's back. */
static void capture_nothing(struct store *s)
{
	CHECK_INT(sqlite3_create_function(store_db(s), "journal_is_local", 0, SQLITE_UTF8, NULL, is_not_local, NULL, NULL), SQLITE_OK);
	sqlite3_db_config(store_db(s), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
}

static bool try_damage(struct world *w, const struct model *m, const struct damage *d)
{
	sqlite3 *db = store_db(d->member == HUB ? w->hub.s : w->device[d->member].s);
	int rows = sqlite3_total_changes(db);
	bool good;

	good = CHECK_INT(sqlite3_exec(db, "SAVEPOINT damaged", NULL, NULL, NULL), SQLITE_OK) &&
	    CHECK_INT(sqlite3_exec(db, d->sql, NULL, NULL, NULL), SQLITE_OK) && CHECK(sqlite3_total_changes(db) > rows) &&
	    said_no(d->what, judge_quietly(w, m), d->no);
	sqlite3_exec(db, "ROLLBACK TO damaged; RELEASE damaged", NULL, NULL, NULL);
	if (!good)
		test_note("%s: %s", d->what, sqlite3_errmsg(db));
	return good;
}

/* The model knows of another value than there is, of an operation that nobody has: of all that nobody erased. */
static bool damage_model(struct world *w, struct model *m)
{
	bool good = true;

	for (size_t i = 0; i < m->count; i++) {
		struct written *o = &m->written[i];
		char *body = o->body, changed[] = "[[2,\"в100000077\",[]]]";

		if (*body == '\0' || strstr(body, "Другое") != NULL)
			continue;
		o->body = changed;
		good = said_no("the model knows another value", judge_quietly(w, m), AGREE_MISSING) && good;
		o->seq += 1000;
		good = said_no("the model knows an operation that nobody has", judge_quietly(w, m), AGREE_MISSING) && good;
		o->seq -= 1000;
		o->body = body;
	}
	return good;
}

static bool play_and_judge(uint64_t seed)
{
	struct world w;
	struct model m = { NULL, 0 };
	bool played = play(&w, &m) && CHECK_INT(agree_judge(&w, &m), 0), good = played;

	(void)seed;
	capture_nothing(w.hub.s);
	for (int i = 0; i < w.count; i++)
		capture_nothing(w.device[i].s);
	for (size_t i = 0; i < sizeof damages / sizeof *damages && played; i++)
		good = try_damage(&w, &m, &damages[i]) && CHECK_INT(agree_judge(&w, &m), 0) && good;
	good = good && damage_model(&w, &m) && CHECK_INT(agree_judge(&w, &m), 0);
	world_end(&w);
	model_release(&m);
	return good;
}

static void test_judges(void)
{
	REQUIRE(first_prepare());
	first_play(play_and_judge, 0);
}

static const struct test all_tests[] = { TEST(test_judges), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
