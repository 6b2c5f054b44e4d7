#include "sync/exchange_mail.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/outbox.h"

static int add(struct mail *m, int64_t seq, const char *hash, const struct buf *file, struct err *e)
{
	struct mail_item *item;

	if (fs_write_all(m->fd, file->data, file->len) != 0)
		return err_sys(e, ERR_REFUSED, _("a bundle cannot be copied"));
	m->items = mem_resize(m->items, m->count + 1, sizeof *m->items);
	item = &m->items[m->count++];
	*item = (struct mail_item){ .seq = seq, .size = (int64_t)file->len, .at = m->bytes };
	memcpy(item->hash, hash, sizeof item->hash);
	m->bytes += item->size;
	return 0;
}

static int add_welcome(struct mail *m, struct store *s, const struct peer *p, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT welcome FROM peer WHERE id = ?1 AND welcome IS NOT NULL", e);
	unsigned char digest[HASH_SIZE];
	char hash[HASH_HEX_SIZE];
	struct buf file = BUF_INIT;
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	found = store_step(s, st, e);
	if (found == 1)
		buf_add(&file, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
	sqlite3_reset(st);
	if (found == 1) {
		hash_of(file.data, file.len, digest);
		hash_hex(digest, sizeof digest, hash);
		found = add(m, 0, hash, &file, e);
	}
	buf_release(&file);
	return found < 0 ? -1 : 0;
}

/* The number behind which is sent. What it says that it has read, and this hub did not write (it was restored from a backup, or the device is another copy),
 * decides nothing: then everything goes, and its reader finds out. */
static int64_t behind(struct store *s, const struct peer *p, const struct mail_have *have)
{
	struct outbox_bundle b;
	bool kept;

	if (have->epoch != p->epoch || have->seq > p->out_seq || outbox_find(s, p, have->seq, &b, &kept, NULL) != 1 || strcmp(b.hash, have->hash) != 0)
		return 0;
	return have->seq;
}

int mail_gather(struct mail *m, struct store *s, const struct peer *p, const struct mail_have *have, bool welcome, struct err *e)
{
	char *folder = fs_dirname(store_path(s));
	struct outbox_bundle b = { .seq = behind(s, p, have) };
	struct buf file = BUF_INIT;
	int64_t size;
	int found = -1;

	m->fd = fs_open_nameless(folder, ".spool-");
	free(folder);
	if (m->fd < 0)
		return err_sys(e, ERR_REFUSED, _("a bundle cannot be copied"));
	if (welcome && add_welcome(m, s, p, e) != 0)
		return -1;
	while ((found = outbox_next(s, p, b.seq, &b, &size, &file, e)) == 1 && (found = add(m, b.seq, b.hash, &file, e)) == 0)
		buf_reset(&file);
	buf_release(&file);
	return found < 0 ? -1 : 0;
}

void mail_release(struct mail *m)
{
	if (m->fd >= 0)
		close(m->fd);
	free(m->items);
	*m = (struct mail)MAIL_INIT;
}
