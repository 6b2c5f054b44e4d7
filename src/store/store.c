#include "store/store_internal.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/secret.h"
#include "store/functions.h"
#include "store/journal.h"
#include "seal/key_file.h"
#include "schema/migrate.h"

#define CACHE_SMALL "PRAGMA cache_size = -2048"
#define CACHE_LARGE "PRAGMA cache_size = -16384"

const struct store_options store_standard = {
	.migrations = migrations,
	.functions = functions_register,
	.journal = true,
};

/* locking_mode stands first: it must be set before anything touches the file.
 *
 * A transaction's changed pages stay in memory, up to 256 MiB of them, whatever the size of the cache, unless store_bound_cache asks otherwise. That keeps clear
 * of an error of SQLite's up to 3.40 at least: a savepoint that is rolled back after its pages were spilled and spilled again leaves the log without checksums,
 * and then the next commits are lost in a crash. vfs_wal.c refuses such a commit. */
static const char settings[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    CACHE_SMALL ";"
    "PRAGMA temp_store = FILE;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    CACHE_SPILL ";"
    "PRAGMA mmap_size = 0;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA foreign_keys = OFF;"
    "PRAGMA wal_autocheckpoint = 1000;"
    "PRAGMA journal_size_limit = 4194304";

struct store *store_new(const struct store_options *options)
{
	struct store *s = mem_zero(1, sizeof *s);

	s->options = *options;
	s->data_key = secret_new(VFS_KEY_SIZE);
	return s;
}

int store_hold(struct store *s, const char *path, struct err *e)
{
	if (vfs_open(path, s->options.under, false, &s->vfs, e) != 0)
		return -1;
	if (s->holder == NULL && holder_take(vfs_path(s->vfs), &s->holder, e) != 0)
		return -1;
	if (vfs_lock(s->vfs, e) != 0)
		return -1;
	return header_read(&s->header, s->vfs, true, e);
}

static int unlock_with_file(struct store *s, const char *path, struct err *e)
{
	unsigned char *bytes = secret_new(KEY_FILE_BYTES);
	int rc = key_file_read(path, bytes, e);

	if (rc == 0)
		rc = header_unlock(&s->header, SLOT_KEY_FILE, bytes, KEY_FILE_BYTES, s->data_key, e);
	secret_free(bytes);
	return rc;
}

/* A key file goes before a passphrase; a store that has no slot for one takes the passphrase that came with it. */
static int unlock(struct store *s, const struct store_key *key, struct err *e)
{
	int rc;

	if (key->key_file != NULL && (key->passphrase == NULL || header_has(&s->header, SLOT_KEY_FILE)))
		rc = unlock_with_file(s, key->key_file, e);
	else if (key->passphrase != NULL)
		rc = header_unlock(&s->header, SLOT_PASSPHRASE, key->passphrase, strlen(key->passphrase), s->data_key, e);
	else
		rc = err_set(e, ERR_PASSPHRASE, _("a passphrase or a key file is needed"));
	return rc == 0 ? 0 : err_prefix(e, "%s", vfs_path(s->vfs));
}

static void set_switches(sqlite3 *db)
{
	sqlite3_extended_result_codes(db, 1);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

/* The first page in its place, and the log in use: anything else would mean that somebody changed the file. */
static int check_mode(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, "PRAGMA journal_mode", e);
	int rc = st != NULL ? store_step(s, st, e) : -1;

	if (rc == 1 && strcmp(store_text(st, 0), "wal") != 0)
		rc = err_set(e, ERR_DAMAGED, _("%s is damaged or was tampered with: its journal mode is wrong"), vfs_path(s->vfs));
	sqlite3_finalize(st);
	return rc == 1 ? 0 : -1;
}

int store_connect(struct store *s, struct err *e)
{
	if (vfs_register(s->vfs, s->data_key, e) != 0 || (s->fresh && vfs_format(s->vfs, e) != 0))
		return -1;
	if (sqlite3_open_v2(vfs_path(s->vfs), &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs_name(s->vfs)) != SQLITE_OK)
		return store_error(s, e);
	set_switches(s->db);
	if (store_exec(s, settings, e) != 0 || check_mode(s, e) != 0)
		return -1;
	if (s->options.functions != NULL && s->options.functions(s->db, e) != 0)
		return -1;
	if (migrate_run(s->db, s->options.migrations, e) != 0)
		return err_prefix(e, "%s", vfs_path(s->vfs));
	return 0;
}

static int load_identity(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, "SELECT secret FROM identity WHERE id = 1", e);
	int rc = st != NULL ? store_step(s, st, e) : -1;

	if (rc == 1 && sqlite3_column_bytes(st, 0) == IDENTITY_SECRET_SIZE)
		s->identity = identity_import(sqlite3_column_blob(st, 0));
	sqlite3_finalize(st);
	if (rc < 0)
		return -1;
	return s->identity != NULL ? 0 : err_set(e, ERR_DAMAGED, _("%s is damaged: its identity is missing"), vfs_path(s->vfs));
}

static int attach_journal(struct store *s, struct err *e)
{
	char *tag = store_setting(s, STORE_SETTING_TAG);
	int rc = journal_attach(s->db, tag != NULL ? tag : s->identity->pub.tag, &s->journal, e);

	free(tag);
	return rc;
}

int store_attach(struct store *s, struct err *e)
{
	if (load_identity(s, e) != 0)
		return -1;
	if (s->options.journal && attach_journal(s, e) != 0)
		return err_prefix(e, "%s", vfs_path(s->vfs));
	s->changes_seen = sqlite3_total_changes64(s->db);
	return 0;
}

int store_open_with(const char *path, const struct store_key *key, const struct store_options *options, struct store **out,
    struct err *e)
{
	struct store *s = store_new(options);

	*out = NULL;
	if (store_hold(s, path, e) != 0 || unlock(s, key, e) != 0 || store_connect(s, e) != 0 || store_attach(s, e) != 0) {
		store_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

int store_open(const char *path, const struct store_key *key, struct store **out, struct err *e)
{
	return store_open_with(path, key, &store_standard, out, e);
}

bool store_wants_passphrase(const char *path)
{
	struct vfs *v;
	struct header h;
	bool wants;

	if (vfs_open(path, NULL, false, &v, NULL) != 0)
		return false;
	wants = header_read(&h, v, false, NULL) == 0 && header_has(&h, SLOT_PASSPHRASE);
	vfs_close(v);
	return wants;
}

int store_in_use(const char *path, struct err *e)
{
	struct vfs *v;
	int rc;

	if (vfs_open(path, NULL, false, &v, e) != 0)
		return -1;
	rc = holder_check(vfs_path(v), e);
	vfs_close(v);
	return rc;
}

int store_disconnect(struct store *s, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (s->db == NULL)
		return 0;
	while (s->depth > 0)
		store_rollback(s);
	journal_detach(s->journal);
	s->journal = NULL;
	store_finalize_all(s);
	while ((st = sqlite3_next_stmt(s->db, NULL)) != NULL)
		sqlite3_finalize(st);
	rc = sqlite3_close(s->db);
	s->db = NULL;
	return rc == SQLITE_OK ? 0 : err_set(e, ERR_REFUSED, _("%s cannot be closed"), vfs_path(s->vfs));
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	store_disconnect(s, NULL);
	vfs_close(s->vfs);
	holder_release(s->holder);
	identity_free(s->identity);
	secret_free(s->data_key);
	free(s);
}

sqlite3 *store_db(struct store *s)
{
	return s->db;
}

struct journal *store_journal(struct store *s)
{
	return s->journal;
}

const struct identity *store_identity(struct store *s)
{
	return s->identity;
}

const char *store_path(struct store *s)
{
	return vfs_path(s->vfs);
}

void store_grow_cache(struct store *s)
{
	sqlite3_exec(s->db, CACHE_LARGE, NULL, NULL, NULL);
}

/* Pages that are not in use go back to the allocator at once, and from there to the system. */
static void give_back(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

void store_bound_cache(struct store *s, int kib)
{
	char sql[80];

	snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d; PRAGMA cache_spill = 1", kib);
	sqlite3_exec(s->db, sql, NULL, NULL, NULL);
	give_back();
}

void store_shrink_cache(struct store *s)
{
	sqlite3_exec(s->db, CACHE_SMALL ";" CACHE_SPILL, NULL, NULL, NULL);
	give_back();
}
