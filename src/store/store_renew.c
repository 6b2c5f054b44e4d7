/* New keys for a store whose old ones are in use elsewhere. */
#include "crypto/secret.h"
#include "store/aside.h"
#include "store/store_internal.h"

static int save(struct store *s, const struct identity *id, struct err *e)
{
	unsigned char *secret = secret_new(IDENTITY_SECRET_SIZE);
	sqlite3_stmt *st = store_prepare(s, "UPDATE identity SET secret = ?1 WHERE id = 1", e);
	int rc = -1;

	identity_export(id, secret);
	if (st != NULL) {
		sqlite3_bind_blob(st, 1, secret, IDENTITY_SECRET_SIZE, SQLITE_TRANSIENT);
		rc = store_run(s, st, e);
		sqlite3_clear_bindings(st);
	}
	secret_free(secret);
	return rc;
}

int store_renew(struct store *s, struct err *e)
{
	bug_if(s->depth != 1);
	identity_free(s->renewed);
	s->renewed = identity_new();
	return save(s, s->renewed, e) == 0 ? journal_renew(s->journal, s->renewed->pub.tag, e) : -1;
}

void store_take_renewed(struct store *s)
{
	if (s->renewed == NULL)
		return;
	identity_free(s->identity);
	s->identity = s->renewed;
	s->renewed = NULL;
	journal_take_tag(s->journal, s->identity->pub.tag);
}

void store_drop_renewed(struct store *s)
{
	identity_free(s->renewed);
	s->renewed = NULL;
}
