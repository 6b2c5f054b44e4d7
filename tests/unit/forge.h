/* forge: bundles made with the real keys of who would send them, in both directions, with anything about them changed: what the tests of the reader's checks
 * begin with. forge_good fills in a bundle that its reader takes; between that and forge_file one thing is made wrong. What forge_file makes of it is
 * consistent in everything else: signed, sealed and numbered anew. */
#ifndef TESTS_UNIT_FORGE_H
#define TESTS_UNIT_FORGE_H

#include "tests/unit/region.h"

#include <sodium.h>
#include <zstd.h>

#include "crypto/age.h"
#include "crypto/base64.h"
#include "crypto/minisig.h"
#include "store/dictionary.h"
#include "sync/bundle_head.h"
#include "sync/intake.h"
#include "sync/spool.h"

/* Whose bundles, who reads them, and what the reader knows of the sender. */
struct way {
	struct store *from, *to;
	bool down;			/* from the hub to a device */
	struct peer known;
};

struct forge {
	const struct way *way;
	/* the block */
	const char *first;		/* its first line */
	char algorithm[2];
	const struct identity *by;	/* whose keys sign */
	unsigned char key_id[8];
	struct metadata line;		/* the signed line */
	struct buf trusted;		/* used instead when it is not empty: any bytes */
	const char *trusted_end;	/* behind either */
	bool wrong_comment, wrong_payload;	/* a bit of the signature turned, before it is encoded */
	/* the payload */
	unsigned char seal_to[2][32];
	int receivers;
	bool wrong_mac;			/* of the age header */
	int cut, more;			/* bytes off the end of the sealed stream, or on */
	int frames;			/* 2: the plain lines in two zstd frames */
	bool no_checksum;		/* of the frame */
	void (*frame_edit)(struct buf *frame);
	struct bundle_head head;
	bool other_head;		/* head.meta was changed, and does not follow the signed line */
	struct buf lines;		/* what follows the first record */
	struct buf plain;		/* used instead of both when it is not empty */
	struct { const char *from, *to; size_t len; } swaps[4];	/* in the plain lines, when they are made */
	int swap_count;
	struct buf payload;		/* used instead of sealing when it is not empty */
	/* the file */
	bool link;			/* a symbolic link to it */
	void (*edit)(struct buf *file);	/* after it was signed */
	struct buf whole;		/* used instead of everything when it is not empty */
};

/* Reads anew what the reader knows. */
static inline bool way_know(struct way *w)
{
	struct err e = ERR_INIT;

	return CHECK_INT(w->down ? peer_hub(w->to, &w->known, &e) : peer_find(w->to, store_identity(w->from)->pub.id, &w->known, &e), 1);
}

static inline const char *forge_tag(const struct forge *f)
{
	return store_identity(f->way->from)->pub.tag;
}

/* A fresh id in the sender's name, for the next good bundle. */
static inline int forge_number(void)
{
	static int number = 900;

	return number++;
}

/* The sender's next bundle: one new person. */
static inline void forge_good(struct forge *f, const struct way *w)
{
	struct journal *j = store_journal(w->from);
	const struct identity *me = store_identity(w->from), *reader = store_identity(w->to);
	int64_t first = w->known.in_op + 1;

	*f = (struct forge){ .way = w, .first = "untrusted comment: " MINISIG_COMMENT, .algorithm = "ED", .by = me, .receivers = 1, .frames = 1,
	    .trusted = BUF_INIT, .lines = BUF_INIT, .plain = BUF_INIT, .payload = BUF_INIT, .whole = BUF_INIT };
	memcpy(f->key_id, me->pub.key_id, sizeof f->key_id);
	memcpy(f->seal_to[0], reader->pub.seal_key, 32);
	memcpy(f->seal_to[1], me->pub.seal_key, 32);
	f->line = (struct metadata){ .kind = METADATA_BUNDLE, .epoch = w->known.epoch, .seq = w->known.in_seq + 1 };
	strcpy(f->line.from, me->pub.id);
	strcpy(f->line.to, reader->pub.id);
	strcpy(f->line.prev, w->known.in_hash);
	metadata_now(f->line.created);
	f->head = (struct bundle_head){ .meta = f->line, .first_op = first, .last_op = first, .ops = 1 };
	buf_addf(&f->lines, "{\"rec\":\"ops\",\"dev\":\"%s\",\"seq\":%lld,\"hlc\":\"%llu\",\"pos\":0}\n", me->pub.tag,
	    (long long)(w->down ? journal_last_seq(j) + 1 : first), (unsigned long long)journal_last_stamp(j) + 65536);
	buf_addf(&f->lines, "[0,%d,0,\"%s-%d\",[0,\"Новый\",null,null,null,null,\"%s\"]]\n", dictionary_table(j, "person"), me->pub.tag, forge_number(), BURAEVO);
	buf_adds(&f->lines, "{\"rec\":\"end\",\"ops\":1}\n");
}

static inline void forge_release(struct forge *f)
{
	buf_release(&f->trusted);
	buf_release(&f->lines);
	buf_release(&f->plain);
	buf_release(&f->payload);
	buf_release(&f->whole);
}

static inline char *forge_find(const struct buf *b, const char *text)
{
	size_t len = strlen(text);

	for (size_t at = 0; at + len <= b->len; at++)
		if (memcmp(b->data + at, text, len) == 0)
			return b->data + at;
	return NULL;
}

/* The first occurrence of a text in b gives way to another; says so where there is none. */
static inline void forge_swap(struct buf *b, const char *from, const char *to, size_t to_len)
{
	struct buf changed = BUF_INIT;
	char *at = forge_find(b, from);

	if (!CHECK(at != NULL)) {
		test_note("there is no %s", from);
		return;
	}
	buf_add(&changed, b->data, (size_t)(at - b->data));
	buf_add(&changed, to, to_len);
	buf_add(&changed, at + strlen(from), b->len - (size_t)(at - b->data) - strlen(from));
	buf_release(b);
	*b = changed;
}

static inline void forge_plain(struct forge *f)
{
	if (f->plain.len > 0)
		return;
	if (!f->other_head)
		f->head.meta = f->line;
	bundle_head_write(&f->head, store_journal(f->way->from), &f->plain);
	buf_add(&f->plain, f->lines.data, f->lines.len);
	for (int i = 0; i < f->swap_count; i++)
		forge_swap(&f->plain, f->swaps[i].from, f->swaps[i].to, f->swaps[i].len);
}

/* In the plain lines, by texts that live on. */
static inline void forge_text(struct forge *f, const char *from, const char *to)
{
	f->swaps[f->swap_count].from = from;
	f->swaps[f->swap_count].to = to;
	f->swaps[f->swap_count++].len = strlen(to);
}

static inline void forge_add_frame(struct buf *out, const char *data, size_t len, bool checksum)
{
	ZSTD_CCtx *z = ZSTD_createCCtx();
	size_t room = ZSTD_compressBound(len), n;
	char *bytes = malloc(room);

	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, checksum);
	n = ZSTD_compress2(z, bytes, room, data, len);
	buf_add(out, bytes, n);
	ZSTD_freeCCtx(z);
	free(bytes);
}

static inline void forge_sealed(struct forge *f)
{
	struct buf frames = BUF_INIT;
	struct err e = ERR_INIT;
	size_t half;
	char *mac;

	if (f->payload.len > 0)
		return;
	forge_plain(f);
	half = f->frames == 2 ? f->plain.len / 2 : 0;
	if (half > 0)
		forge_add_frame(&frames, f->plain.data, half, !f->no_checksum);
	forge_add_frame(&frames, f->plain.data + half, f->plain.len - half, !f->no_checksum);
	if (f->frame_edit != NULL)
		f->frame_edit(&frames);
	CHECK_INT(age_seal_buf((const unsigned char (*)[32])f->seal_to, (size_t)f->receivers, frames.data, frames.len, &f->payload, &e), 0);
	buf_release(&frames);
	mac = forge_find(&f->payload, "\n--- ");
	if (f->wrong_mac && CHECK(mac != NULL))
		mac[5] = mac[5] == 'A' ? 'B' : 'A';
	buf_cut(&f->payload, f->payload.len - (size_t)f->cut);
	for (int i = 0; i < f->more; i++)
		buf_addc(&f->payload, 'x');
}

/* The four lines over the payload, with libsodium alone: minisig_write refuses what is to be refused here. */
static inline void forge_block(struct forge *f, struct buf *out)
{
	unsigned char hash[crypto_generichash_BYTES_MAX], line2[74], global[64], message[64 + 4096];
	char text2[BASE64_SIZE(74)], text4[BASE64_SIZE(64)];

	if (f->trusted.len == 0)
		metadata_write(&f->line, &f->trusted);
	if (f->trusted_end != NULL)
		buf_adds(&f->trusted, f->trusted_end);
	crypto_generichash(hash, sizeof hash, (const unsigned char *)f->payload.data, f->payload.len, NULL, 0);
	memcpy(line2, f->algorithm, 2);
	memcpy(line2 + 2, f->key_id, 8);
	crypto_sign_detached(line2 + 10, NULL, hash, sizeof hash, f->by->sign_key);
	line2[73] ^= f->wrong_payload;
	memcpy(message, line2 + 10, 64);
	memcpy(message + 64, f->trusted.data, f->trusted.len);
	crypto_sign_detached(global, NULL, message, 64 + f->trusted.len, f->by->sign_key);
	global[63] ^= f->wrong_comment;
	base64_encode(line2, sizeof line2, true, text2);
	base64_encode(global, sizeof global, true, text4);
	buf_addf(out, "%s\n%s\ntrusted comment: ", f->first, text2);
	buf_add(out, f->trusted.data, f->trusted.len);
	buf_addf(out, "\n%s\n", text4);
}

/* The caller releases the file, and the forge. */
static inline struct buf forge_file(struct forge *f)
{
	struct buf file = BUF_INIT;

	if (f->whole.len > 0) {
		buf_add(&file, f->whole.data, f->whole.len);
		return file;
	}
	forge_sealed(f);
	forge_block(f, &file);
	buf_add(&file, f->payload.data, f->payload.len);
	if (f->edit != NULL)
		f->edit(&file);
	return file;
}

/* --- what becomes of it --- */

static inline struct intake forge_judge(const struct way *w, const void *data, size_t len)
{
	struct intake in = { 0 };
	struct spool sp;
	struct err e = ERR_INIT;

	if (CHECK_INT(spool_bytes(&sp, data, len, test_folder(), &e), 0)) {
		if (!CHECK_INT(intake(w->to, &sp, "test", &in, &e), 0))
			test_note("%s", e.text);
		spool_close(&sp);
	}
	return in;
}

/* Everything that stands in the store, as one hash; but for the quarantine, where what was refused is kept, and the list of refusals that its sender hears of. */
static inline void forge_state(struct store *s, char out[HASH_HEX_SIZE])
{
	unsigned char digest[HASH_SIZE];
	struct err e = ERR_INIT;
	struct hash h;
	sqlite3_stmt *names = store_prepare_once(s, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN"
	    " ('quarantine', 'refusal_due') ORDER BY name", &e), *rows;
	int count = 0;

	hash_init(&h, HASH_SIZE);
	while (names != NULL && store_step(s, names, &e) == 1) {
		struct buf sql = BUF_INIT;

		buf_addf(&sql, "SELECT * FROM \"%s\" ORDER BY 1, 2", store_text(names, 0));
		rows = store_prepare_once(s, sql.data, &e);
		if (rows == NULL) {			/* of one column */
			buf_cut(&sql, sql.len - 3);
			rows = store_prepare_once(s, sql.data, &e);
		}
		CHECK(rows != NULL);
		while (rows != NULL && store_step(s, rows, &e) == 1)
			for (int c = 0; c < sqlite3_column_count(rows); c++) {
				const void *value = sqlite3_column_blob(rows, c);

				hash_add(&h, value, (size_t)sqlite3_column_bytes(rows, c));
				hash_add(&h, "|", 1);
			}
		hash_add(&h, "\n", 1);
		count++;
		sqlite3_finalize(rows);
		buf_release(&sql);
	}
	sqlite3_finalize(names);
	CHECK(count > 40);
	hash_end(&h, digest, sizeof digest);
	hash_hex(digest, sizeof digest, out);
}

#endif
