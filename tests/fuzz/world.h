/* world: a hub, a coordinator and a field device that have exchanged already, and one bundle more either way that was written and not read: what the targets of bundles
 * and of the line begin with. What an input does is undone behind it. */
#ifndef TESTS_FUZZ_WORLD_H
#define TESTS_FUZZ_WORLD_H

#include <ftw.h>

#include "crypto/minisig.h"
#include "records/seminar.h"
#include "store/dictionary.h"
#include "sync/bundle_stream.h"
#include "sync/bundle_write.h"
#include "sync/intake.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/region.h"

static struct store *world_field, *world_coordinator;
static char world_person[RECORD_ID_SIZE], world_seminar[RECORD_ID_SIZE];

/* A bundle as it lies on the stick. */
struct world_bundle {
	struct buf file, lines;
	struct metadata meta;
	char hash[HASH_HEX_SIZE];
};
static struct world_bundle world_up, world_down;		/* to the hub, and from it to the field device */

static inline void world_must(int result, const struct err *e)
{
	if (result != 0)
		fuzz_broken(__FILE__, __LINE__, e->text);
}

static inline int world_take_line(void *context, const char *line, size_t len, struct err *e)
{
	(void)e;
	buf_add(context, line, len);
	buf_addc(context, '\n');
	return 0;
}

static inline void world_read(struct world_bundle *b, const char *path, struct store *reader)
{
	struct minisig sig;
	struct spool sp;
	struct err e = ERR_INIT;

	world_must(fs_read(path, 1 << 20, false, &b->file, &e), &e);
	world_must(minisig_read(&sig, b->file.data, b->file.len, &e), &e);
	world_must(metadata_read(&b->meta, sig.trusted, sig.trusted_len, &e), &e);
	world_must(spool_bytes(&sp, b->file.data, b->file.len, test_folder(), &e), &e);
	memcpy(b->hash, sp.hash, sizeof b->hash);
	world_must(bundle_lines(&sp, (off_t)sig.block_len, store_identity(reader)->open_key, world_take_line, &b->lines, &e), &e);
	spool_close(&sp);
}

static inline void world_edit(struct store *s, const char *phone)
{
	char id[RECORD_ID_SIZE];

	change(s, &person_type, world_person, "phone", phone);
	make(s, &person_type, id, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	mark(s, world_seminar, id, ATTENDANCE_PRESENT);
}

/* What stands in a line and differs from world to world. */
static inline void world_words(const struct world_bundle *b)
{
	struct buf names = BUF_INIT;

	dictionary_write(store_journal(region_hub), &names);
	fuzz_word_bytes('D', names.data, names.len);
	buf_release(&names);
	fuzz_word('F', b->meta.from);
	fuzz_word('T', b->meta.to);
	fuzz_word('P', b->meta.prev);
	fuzz_word('C', b->meta.created);
	fuzz_word('d', store_identity(world_field)->pub.tag);
	fuzz_word('h', store_identity(region_hub)->pub.tag);
	fuzz_word('c', store_identity(world_coordinator)->pub.tag);
}

static inline void world_open(void)
{
	FUZZ_HOLDS(region_open());
	world_coordinator = region_member("Первый Координатор", BELEBEY, "coordinator");
	world_field = region_member("Хасанова Гузель", BURAEVO, "consultant");
	FUZZ_HOLDS(world_coordinator != NULL && world_field != NULL);
	make(world_field, &person_type, world_person, "name", "Галимова Айгуль", "municipality", BURAEVO, NULL);
	make(world_field, &seminar_type, world_seminar, "title", "Устав", "date", "2020-02-14", "municipality", BURAEVO, NULL);
	mark(world_field, world_seminar, world_person, ATTENDANCE_PRESENT);
	for (int i = 0; i < 3; i++) {
		struct store *const all[] = { world_field, world_coordinator };

		region_exchange(all, 2);
	}
	/* A receipt is due, and something of the coordinator's; the field device says something more, which the hub does not hear. */
	world_edit(world_coordinator, "+79170000001");
	change(world_field, &person_type, world_person, "note", "заметка");
	region_sync(world_field);
	region_sync(world_coordinator);
	region_collect();
	world_edit(world_field, "+79170000002");
}

/* The number behind the last one that was read. */
static inline int world_next(struct store *s, const char *id)
{
	struct peer p;
	struct err e = ERR_INIT;

	FUZZ_HOLDS(peer_find(s, id, &p, &e) == 1);
	return (int)p.in_seq + 1;
}

static inline void world_read_down(void)
{
	world_read(&world_down, region_file("outbox", world_field, world_next(world_field, store_identity(region_hub)->pub.id)), world_field);
}

static inline void world_read_up(void)
{
	/* Read first, so that the device has made it of everything that it knows. */
	region_sync(world_field);
	world_read(&world_up, region_file("inbox", world_field, world_next(region_hub, store_identity(world_field)->pub.id)), region_hub);
}

/* --- what an input may change --- */

static inline void world_begin(struct store *s)
{
	struct err e = ERR_INIT;

	world_must(store_begin(s, &e), &e);
}

/* What was taken agrees with the journal's own check; then it is as if it had not been. */
static inline void world_end(struct store *s, bool changed)
{
	struct err e = ERR_INIT;

	if (changed) {
		world_must(journal_before_commit(store_journal(s), &e), &e);
		world_must(journal_check(store_journal(s), &e), &e);
	}
	store_rollback(s);
}

/* A program's whole round ends in what no transaction may hold: there the store is put back as a file, where it was changed. */
struct world_copy { char path[4096], key_file[4200]; sqlite3_int64 changes; };

static inline void world_keep(struct world_copy *copy, struct store **s)
{
	char kept[4200];

	snprintf(copy->path, sizeof copy->path, "%s", store_path(*s));
	snprintf(copy->key_file, sizeof copy->key_file, "%.*s.key", (int)(strlen(copy->path) - 4), copy->path);
	snprintf(kept, sizeof kept, "%s.kept", copy->path);
	store_close(*s);
	store_copy(copy->path, kept);
	*s = NULL;
}

static inline void world_open_copy(struct world_copy *copy, struct store **s)
{
	struct store_key key = { .key_file = copy->key_file };
	struct err e = ERR_INIT;

	world_must(store_open(copy->path, &key, s, &e), &e);
	copy->changes = sqlite3_total_changes64(store_db(*s));
}

static inline void world_put_back(struct world_copy *copy, struct store **s)
{
	char kept[4200];
	struct err e = ERR_INIT;

	if (sqlite3_total_changes64(store_db(*s)) == copy->changes)
		return;
	world_must(journal_check(store_journal(*s), &e), &e);
	snprintf(kept, sizeof kept, "%s.kept", copy->path);
	store_close(*s);
	store_copy(kept, copy->path);
	world_open_copy(copy, s);
}

static inline int world_remove_entry(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	return where->level > 0 ? remove(path) : 0;
}

/* What came over a line and lies beside the store. */
static inline void world_sweep(struct store *s)
{
	char path[4300];

	snprintf(path, sizeof path, "%s.spool", store_path(s));
	nftw(path, world_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* These lines as the sender of `as` would send them, judged by their receiver. */
static inline enum intake_outcome world_judge(struct store *reader, const struct identity *from, const struct world_bundle *as, const struct buf *lines, struct intake *in)
{
	struct bundle_part part = { lines->data, lines->len };
	struct buf file = BUF_INIT;
	struct spool sp;
	struct err e = ERR_INIT;

	world_must(bundle_seal(from, &store_identity(reader)->pub, &as->meta, &part, 1, &file, NULL, &e), &e);
	world_must(spool_bytes(&sp, file.data, file.len, test_folder(), &e), &e);
	world_must(intake(reader, &sp, "fuzz", in, &e), &e);
	if (getenv("FUZZ_TELL") != NULL)		/* for who writes an input by hand */
		fprintf(stderr, "outcome %d: %s\n", (int)in->outcome, in->problem);
	spool_close(&sp);
	buf_release(&file);
	return in->outcome;
}

/* A bundle's lines with others before the last one. */
static inline void world_seed_more(const struct world_bundle *b, const char *more)
{
	const char *last = strstr(b->lines.data, "{\"rec\":\"end\"");
	struct buf text = BUF_INIT;

	buf_add(&text, b->lines.data, (size_t)(last - b->lines.data));
	buf_adds(&text, more);
	buf_adds(&text, last);
	fuzz_seed_words(text.data, text.len);
	buf_release(&text);
}

static inline void world_seeds(const struct world_bundle *b)
{
	fuzz_seed_words(b->lines.data, b->lines.len);
	fuzz_seed_words(b->lines.data, b->lines.len - 2);
	fuzz_seed_words(b->lines.data, (size_t)(strchr(b->lines.data, '\n') + 1 - b->lines.data));
}

#endif
