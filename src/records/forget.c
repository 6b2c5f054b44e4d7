#include "records/forget.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/stores.h"

/* --- before --- */

static void add_word(struct forget *f, const char *text)
{
	struct buf folded = BUF_INIT;
	if (!*text || f->count == FORGET_WORDS)
		return;
	text_fold(text, strlen(text), &folded);
	if (folded.len > 0)
		f->word[f->count++] = mem_dupn(folded.data, folded.len);
	buf_release(&folded);
}

int forget_begin(struct store *s, const char *person, struct forget *f, struct err *e)
{
	*f = (struct forget){ .count = 0 };
	snprintf(f->person, sizeof f->person, "%s", person);
	sqlite3_stmt *st = store_prepare(s, "SELECT name, phone, email FROM person WHERE id = ?1"
	    " UNION ALL SELECT name, NULL, NULL FROM known_name WHERE tbl = 'person' AND id = ?1", e);
	int rc = -1;
	if (!st)
		return -1;
	store_bind_text(st, 1, person);
	while ((rc = store_step(s, st, e)) == 1)
		for (int i = 0; i < 3; i++)
			add_word(f, store_text(st, i));
	if (rc == 0)
		sqlite3_reset(st);
	else
		forget_drop(f);
	return rc;
}

void forget_drop(struct forget *f)
{
	for (int i = 0; i < f->count; i++)
		free(f->word[i]);
	f->count = 0;
}

/* --- drafts --- */

/* A draft is the person's when it is of its card, names it or says its name. What was typed of a paper names those in the register by id alone. */
static const char of_person_sql[] =
	"SELECT d.key, d.value, d.key LIKE 'draft%' AND instr(d.value, '\"' || ?1 || '\"')"
	" FROM setting d WHERE d.key = 'draft' OR d.key LIKE 'draft/%' OR d.key LIKE 'verification/%'";

/* Of a seminar's card hardly anything is about the people whom it names. */
static const char of_records_sql[] =
	"SELECT d.key, d.value, 1 FROM setting d WHERE (d.key = 'draft' OR d.key LIKE 'draft/%') AND EXISTS(SELECT 1 FROM erased e JOIN dict_table t ON t.no = e.tbl"
	" WHERE t.name <> 'seminar' AND instr(d.value, '\"record\":\"' || e.pk || '\"'))";

static bool says_name(const struct forget *f, const char *draft)
{
	struct buf folded = BUF_INIT;
	bool says = false;
	text_fold(draft, strlen(draft), &folded);
	for (int i = 0; i < f->count && !says; i++)
		says = strstr(folded.data, f->word[i]) != NULL;
	buf_release(&folded);
	return says;
}

/* Of those that the statement gives: all that it says, and those that say the name; `f` NULL: it has no parameter, and says it all. */
static int drop_drafts(struct store *s, const char *sql, const struct forget *f, struct err *e)
{
	struct buf keys = BUF_INIT;		/* each with its NUL */
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int rc = -1;
	if (!st)
		return -1;
	if (f)
		store_bind_text(st, 1, f->person);
	while ((rc = store_step(s, st, e)) == 1)
		if (sqlite3_column_int(st, 2) || (f && says_name(f, store_text(st, 1))))
			buf_add(&keys, store_text(st, 0), strlen(store_text(st, 0)) + 1);
	if (rc == 0)
		sqlite3_reset(st);
	for (size_t at = 0; rc == 0 && at < keys.len; at += strlen(keys.data + at) + 1)
		rc = store_set_setting(s, keys.data + at, NULL, e);
	buf_release(&keys);
	return rc;
}

int forget_drafts(struct store *s, struct err *e)
{
	return drop_drafts(s, of_records_sql, NULL, e);
}

/* --- names --- */

#define IS_HUB "EXISTS(SELECT 1 FROM setting WHERE key = 'hub')"

/* A device keeps its tag, by which the journal knows it. The hub's word for it may be the person's name, too. */
static const char *const names_sql[] = {
	"DELETE FROM known_name WHERE tbl = 'person' AND id = ?1",
	"DELETE FROM named WHERE pk = ?1 AND tbl = (SELECT no FROM dict_table WHERE name = 'person')",
	"UPDATE device SET person_name = NULL, label = NULL WHERE person = ?1",
	"UPDATE erasure_replica SET label = '', version = (SELECT max(version) + 1 FROM erasure_replica) WHERE owner = ?1 AND label <> ''",
	"DELETE FROM request WHERE device IN (SELECT id FROM peer WHERE person = ?1)",
	"UPDATE peer SET label = tag WHERE person = ?1 AND " IS_HUB,		/* a device's own person stands beside its hub */
	"DELETE FROM setting WHERE key = 'name' AND EXISTS(SELECT 1 FROM setting WHERE key = 'person' AND value = ?1)",
	NULL
};

/* Beside the store lies a list of the stores on this computer, by their people's names (store/stores.h). Should the transaction fail after this, the store is
 * shown by its file. */
static int drop_owner(struct store *s, const char *person, struct err *e)
{
	char *me = store_setting(s, "person");
	int rc = me && strcmp(me, person) == 0 ? stores_forget(store_path(s), e) : 0;
	free(me);
	return rc;
}

static int drop_names(struct store *s, const char *person, struct err *e)
{
	for (const char *const *sql = names_sql; *sql; sql++) {
		sqlite3_stmt *st = store_prepare(s, *sql, e);
		if (!st)
			return -1;
		store_bind_text(st, 1, person);
		if (store_run(s, st, e) != 0)
			return -1;
	}
	return drop_owner(s, person, e);
}

int forget_end(struct store *s, struct forget *f, struct err *e)
{
	int rc = drop_drafts(s, of_person_sql, f, e) == 0 && forget_drafts(s, e) == 0 && drop_names(s, f->person, e) == 0 ? 0 : -1;
	forget_drop(f);
	return rc;
}
