#include "store/author.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/journal_private.h"

struct authors {
	struct journal *j;
	sqlite3_stmt *st;
	struct { char *tag, *person, *label; } *of;	/* by number; tag NULL: not asked for yet */
	int count;
};

/* A field device was told of the others by the hub (table `device`); the hub has approved them (table `peer`). */
static const char author_sql[] =
	"SELECT coalesce(p.name, d.person_name, k.name, ''), coalesce(d.label, q.label, '')"
	" FROM (SELECT no, tag, person_name, label, CASE no WHEN 1 THEN (SELECT value FROM setting WHERE key = 'person') ELSE person END AS person"
	" FROM device WHERE no = ?1) d LEFT JOIN peer q ON q.tag = d.tag"
	" LEFT JOIN person p ON p.id = coalesce(d.person, q.person)"
	" LEFT JOIN known_name k ON k.tbl = 'person' AND k.id = coalesce(d.person, q.person)";

struct authors *authors_new(struct journal *j)
{
	struct authors *a = mem_zero(1, sizeof *a);

	a->j = j;
	return a;
}

void authors_free(struct authors *a)
{
	if (a == NULL)
		return;
	for (int i = 0; i < a->count; i++) {
		free(a->of[i].tag);
		free(a->of[i].person);
		free(a->of[i].label);
	}
	sqlite3_finalize(a->st);
	free(a->of);
	free(a);
}

static int look_up(struct authors *a, int dev, struct err *e)
{
	const char *tag = journal_device_tag(a->j, dev);
	int rc;

	if (tag == NULL)
		return err_set(e, ERR_DAMAGED, _("the store's table of devices is damaged"));
	if (a->st == NULL && sqlite3_prepare_v2(a->j->db, author_sql, -1, &a->st, NULL) != SQLITE_OK)
		return journal_fail(a->j, e);
	sqlite3_bind_int(a->st, 1, dev);
	rc = sqlite3_step(a->st);
	if (rc == SQLITE_ROW) {
		a->of[dev].tag = mem_dup(tag);
		a->of[dev].person = mem_dup((const char *)sqlite3_column_text(a->st, 0));
		a->of[dev].label = mem_dup((const char *)sqlite3_column_text(a->st, 1));
	}
	sqlite3_reset(a->st);
	if (rc == SQLITE_ROW)
		return 0;
	return rc == SQLITE_DONE ? err_set(e, ERR_DAMAGED, _("the store's table of devices is damaged")) : journal_fail(a->j, e);
}

int authors_get(struct authors *a, int dev, struct author *out, struct err *e)
{
	bug_if(dev < 0 || dev > DEVICES_MAX);
	if (dev >= a->count) {
		a->of = mem_resize(a->of, (size_t)dev + 1, sizeof *a->of);
		memset(a->of + a->count, 0, sizeof *a->of * (size_t)(dev + 1 - a->count));
		a->count = dev + 1;
	}
	if (a->of[dev].tag == NULL && look_up(a, dev, e) != 0)
		return -1;
	*out = (struct author){ a->of[dev].tag, a->of[dev].person, a->of[dev].label, dev == 1 };
	return 0;
}
