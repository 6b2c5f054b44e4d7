/* The making of a store: under another name, in one piece, and then given its own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/secret.h"
#include "seal/key_file.h"
#include "store/store_internal.h"

/* `setting` is what store_setting reads; a schema may have made it already. */
static const char own_tables[] =
    "CREATE TABLE IF NOT EXISTS identity(id INTEGER PRIMARY KEY, secret BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS setting(key TEXT PRIMARY KEY, value) WITHOUT ROWID";

struct creation {
	struct store *s;
	char *path, *temporary;		/* absolute */
	const struct store_key *key;
	unsigned char *file_key;	/* guarded */
	bool wrote_key_file, renamed;
};

static bool taken(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 || errno != ENOENT;
}

static int check_free(const char *path, const struct store_key *key, struct err *e)
{
	if (key->passphrase == NULL && key->key_file == NULL)
		return err_set(e, ERR_PASSPHRASE, _("a new store needs a passphrase or a key file"));
	if (key->passphrase != NULL && key->passphrase[0] == '\0')
		return err_set(e, ERR_PASSPHRASE, _("the passphrase is empty"));
	if (taken(path))
		return err_set(e, ERR_REFUSED, _("%s exists already"), path);
	return 0;
}

/* A crash after the key file got its name and before the store got its own leaves a key that opens nothing but the temporary file,
 * which is about to be replaced: then it goes too. Any other key file stays. */
static int free_key_file(struct creation *c, struct err *e)
{
	const char *path = c->key->key_file;
	struct vfs *v = NULL;
	struct header h;

	if (path == NULL || !taken(path))
		return 0;
	if (vfs_open(c->temporary, c->s->options.under, false, &v, NULL) == 0 && header_read(&h, v, false, NULL) == 0
	    && key_file_read(path, c->file_key, NULL) == 0
	    && header_unlock(&h, SLOT_KEY_FILE, c->file_key, KEY_FILE_BYTES, c->s->data_key, NULL) == 0)
		unlink(path);
	vfs_close(v);
	return taken(path) ? err_set(e, ERR_REFUSED, _("the key file %s exists already"), path) : 0;
}

static char *with_suffix(const char *path, const char *suffix)
{
	size_t size = strlen(path) + strlen(suffix) + 1;
	char *name = mem_alloc(size);

	snprintf(name, size, "%s%s", path, suffix);
	return name;
}

static void remove_temporary(const char *temporary)
{
	char *wal = with_suffix(temporary, "-wal");

	unlink(wal);
	unlink(temporary);
	free(wal);
}

static int fill_header(struct creation *c, struct err *e)
{
	struct store *s = c->s;

	header_init(&s->header);
	crypto_random(s->data_key, VFS_KEY_SIZE);
	if (c->key->passphrase != NULL && header_add(&s->header, SLOT_PASSPHRASE, c->key->passphrase, strlen(c->key->passphrase),
	    s->data_key, e) != 0)
		return -1;
	if (c->key->key_file == NULL)
		return 0;
	crypto_random(c->file_key, KEY_FILE_BYTES);
	return header_add(&s->header, SLOT_KEY_FILE, c->file_key, KEY_FILE_BYTES, s->data_key, e);
}

static int insert_identity(struct store *s, struct err *e)
{
	unsigned char *secret = secret_new(IDENTITY_SECRET_SIZE);
	struct identity *id = identity_new();
	sqlite3_stmt *st = store_prepare_once(s, "INSERT INTO identity(id, secret) VALUES(1, ?1)", e);
	int rc = -1;

	identity_export(id, secret);
	if (st != NULL) {
		sqlite3_bind_blob(st, 1, secret, IDENTITY_SECRET_SIZE, SQLITE_STATIC);
		rc = store_run(s, st, e);
	}
	sqlite3_finalize(st);
	identity_free(id);
	secret_free(secret);
	return rc;
}

/* A complete store under the temporary name, closed and on the disk. */
static int build(struct creation *c, struct err *e)
{
	struct store *s = c->s;

	remove_temporary(c->temporary);
	if (vfs_open(c->temporary, s->options.under, true, &s->vfs, e) != 0)
		return -1;
	if (vfs_lock(s->vfs, e) != 0 || fill_header(c, e) != 0 || header_write(&s->header, s->vfs, e) != 0)
		return -1;
	s->fresh = true;
	if (store_connect(s, e) != 0 || store_exec(s, own_tables, e) != 0 || insert_identity(s, e) != 0)
		return -1;
	if (store_disconnect(s, e) != 0 || vfs_raw_sync(s->vfs, e) != 0)
		return -1;
	s->fresh = false;
	vfs_close(s->vfs);
	s->vfs = NULL;
	return 0;
}

static int give_name(struct creation *c, struct err *e)
{
	char *folder;
	int rc;

	if (c->key->key_file != NULL) {
		if (key_file_write(c->key->key_file, c->file_key, e) != 0)
			return -1;
		c->wrote_key_file = true;
	}
	if (rename(c->temporary, c->path) != 0)
		return err_sys(e, ERR_REFUSED, _("%s cannot be made"), c->path);
	c->renamed = true;
	folder = fs_dirname(c->path);
	rc = fs_sync_dir(folder, e);
	free(folder);
	return rc;
}

/* The journal is attached here for the first time: what it wants to note down belongs to the making of the store. */
static int open_made(struct creation *c, struct err *e)
{
	if (store_hold(c->s, c->path, e) != 0 || store_connect(c->s, e) != 0)
		return -1;
	return store_attach(c->s, e);
}

static void undo(struct creation *c)
{
	if (c->wrote_key_file)
		unlink(c->key->key_file);
	if (c->renamed)
		remove_temporary(c->path);
	remove_temporary(c->temporary);
}

static int create(struct creation *c, struct err *e)
{
	if (holder_take(c->path, &c->s->holder, e) != 0)
		return -1;
	/* Once more, now that nobody else can be making it. */
	if (check_free(c->path, c->key, e) != 0 || free_key_file(c, e) != 0)
		return -1;
	if (build(c, e) == 0 && give_name(c, e) == 0 && open_made(c, e) == 0)
		return 0;
	store_disconnect(c->s, NULL);
	undo(c);
	return -1;
}

int store_create_with(const char *path, const struct store_key *key, const struct store_options *options, struct store **out,
    struct err *e)
{
	struct creation c = { .key = key };
	char *folder = fs_dirname(path);
	bool there = fs_is_dir(folder);
	int rc = -1;

	*out = NULL;
	if (!there)
		err_set(e, ERR_REFUSED, _("the folder %s does not exist"), folder);
	free(folder);
	if (!there || check_free(path, key, e) != 0 || (c.path = vfs_full_path(path, options->under, e)) == NULL)
		return -1;
	c.temporary = with_suffix(c.path, "-new");
	c.file_key = secret_new(KEY_FILE_BYTES);
	c.s = store_new(options);
	rc = create(&c, e);
	if (rc == 0)
		*out = c.s;
	else
		store_close(c.s);
	secret_free(c.file_key);
	free(c.temporary);
	free(c.path);
	return rc;
}

int store_create(const char *path, const struct store_key *key, struct store **out, struct err *e)
{
	return store_create_with(path, key, &store_standard, out, e);
}
