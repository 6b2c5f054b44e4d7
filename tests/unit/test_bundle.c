/* Bundles with one flaw each, made with the hub's and the devices' own keys: each is refused, says why, and
 * leaves nothing behind. */
#include "tests/unit/region.h"

#include <zstd.h>

#include "base/json.h"
#include "crypto/age.h"
#include "crypto/minisig.h"
#include "store/dictionary.h"
#include "sync/bundle_head.h"
#include "sync/bundle_write.h"
#include "sync/intake.h"
#include "sync/spool.h"

/* How a bundle is made, from the inside out; everything may be changed before forge_file. */
enum frame { FRAME_ONE, FRAME_TWO, FRAME_SKIPPABLE, FRAME_TRAILING, FRAME_NO_CHECKSUM, FRAME_NO_SIZE, FRAME_CUT,
    FRAME_NONE, FRAME_WIDE };

struct forge {
	const struct identity *by;
	unsigned char to[2][32];
	int receivers;
	struct metadata line;
	struct bundle_head head;
	struct buf lines;		/* what follows the first record */
	struct buf plain;		/* used instead when it is not empty */
	enum frame frame;
	struct buf payload;		/* used instead of sealing when it is not empty */
};

static struct store *consultant, *expert;
static struct peer known;		/* the consultant as the hub knows it */

static bool begin(void)
{
	struct err e = ERR_INIT;

	if (!CHECK(region_open()))
		return false;
	consultant = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	expert = region_member("Ғәлиуллин Рәмил", BELEBEY, "expert");
	if (!CHECK(consultant != NULL && expert != NULL))
		return false;
	region_exchange((struct store *[]){ consultant, expert }, 2);
	return CHECK_INT(peer_find(region_hub, store_identity(consultant)->pub.id, &known, &e), 1);
}

static void end(void)
{
	store_close(consultant);
	store_close(expert);
	region_close();
}

static const char *tag(void)
{
	return store_identity(consultant)->pub.tag;
}

/* The consultant's next bundle: one new person. */
static void forge_good(struct forge *f)
{
	struct journal *j = store_journal(consultant);
	int64_t first = known.in_op + 1;

	memset(f, 0, sizeof *f);
	f->by = store_identity(consultant);
	memcpy(f->to[0], store_identity(region_hub)->pub.seal_key, 32);
	memcpy(f->to[1], store_identity(consultant)->pub.seal_key, 32);
	f->receivers = 1;
	f->line.kind = METADATA_BUNDLE;
	strcpy(f->line.from, store_identity(consultant)->pub.id);
	strcpy(f->line.to, store_identity(region_hub)->pub.id);
	f->line.epoch = known.epoch;
	f->line.seq = known.in_seq + 1;
	strcpy(f->line.prev, known.in_hash);
	metadata_now(f->line.created);
	f->head = (struct bundle_head){ .meta = f->line, .first_op = first, .last_op = first, .ops = 1 };
	buf_init(&f->lines);
	buf_init(&f->plain);
	buf_init(&f->payload);
	buf_addf(&f->lines, "{\"rec\":\"ops\",\"dev\":\"%s\",\"seq\":%lld,\"hlc\":\"%llu\",\"pos\":0}\n", tag(),
	    (long long)first,
	    (unsigned long long)journal_last_stamp(j) + 65536);
	buf_addf(&f->lines, "[0,%d,0,\"%s-900\",[0,\"Новый\"]]\n", dictionary_table(j, "person"), tag());
	buf_adds(&f->lines, "{\"rec\":\"end\",\"ops\":1}\n");
}

static void forge_release(struct forge *f)
{
	buf_release(&f->lines);
	buf_release(&f->plain);
	buf_release(&f->payload);
}

static void forge_plain(struct forge *f)
{
	if (f->plain.len > 0)
		return;
	bundle_head_write(&f->head, store_journal(consultant), &f->plain);
	buf_add(&f->plain, f->lines.data, f->lines.len);
}

static void add_frame(struct buf *out, const char *data, size_t len, enum frame how)
{
	ZSTD_CCtx *z = ZSTD_createCCtx();
	size_t room = ZSTD_compressBound(len), n;
	char *bytes = malloc(room);

	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, how != FRAME_NO_CHECKSUM);
	ZSTD_CCtx_setParameter(z, ZSTD_c_contentSizeFlag, how != FRAME_NO_SIZE);
	if (how == FRAME_WIDE)
		ZSTD_CCtx_setParameter(z, ZSTD_c_windowLog, 24);
	n = ZSTD_compress2(z, bytes, room, data, len);
	buf_add(out, bytes, how == FRAME_CUT ? n - 1 : n);
	ZSTD_freeCCtx(z);
	free(bytes);
}

static void forge_frame(struct forge *f, struct buf *out)
{
	static const char skippable[] = "\x50\x2A\x4D\x18\x04\x00\x00\x00good";
	size_t half = f->plain.len / 2;

	switch (f->frame) {
	case FRAME_TWO:
		add_frame(out, f->plain.data, half, FRAME_ONE);
		add_frame(out, f->plain.data + half, f->plain.len - half, FRAME_ONE);
		return;
	case FRAME_NONE:
		buf_add(out, f->plain.data, f->plain.len);
		return;
	default:
		add_frame(out, f->plain.data, f->plain.len, f->frame);
	}
	if (f->frame == FRAME_SKIPPABLE)
		buf_add(out, skippable, sizeof skippable - 1);
	if (f->frame == FRAME_TRAILING)
		buf_addc(out, '\0');
}

static void forge_payload(struct forge *f)
{
	struct buf frame = BUF_INIT;
	struct err e = ERR_INIT;

	if (f->payload.len > 0)
		return;
	forge_plain(f);
	forge_frame(f, &frame);
	CHECK_INT(age_seal_buf((const unsigned char (*)[32])f->to, (size_t)f->receivers, frame.data, frame.len,
	    &f->payload, &e), 0);
	buf_release(&frame);
}

static struct buf forge_file(struct forge *f)
{
	struct buf file = BUF_INIT;

	forge_payload(f);
	signed_file(f->by, &f->line, f->payload.data, f->payload.len, &file);
	return file;
}

static struct intake judge(const void *data, size_t len)
{
	struct intake in;
	struct spool sp;
	struct err e = ERR_INIT;

	memset(&in, 0, sizeof in);
	if (CHECK_INT(spool_bytes(&sp, data, len, test_folder(), &e), 0)) {
		if (!CHECK_INT(intake(region_hub, &sp, "test", &in, &e), 0))
			test_note("%s", e.text);
		spool_close(&sp);
	}
	return in;
}

/* What must not move when a bundle is refused. */
static void state_of_hub(struct buf *out)
{
	buf_adds(out, region_value(region_hub,
	    "SELECT (SELECT count(*) FROM oplog) || ' ' || (SELECT count(*) FROM person) || ' ' ||"
	    " (SELECT count(*) FROM bundle_in) || ' ' || (SELECT count(*) FROM receipt_due) || ' ' || (SELECT count(*) FROM arrived) || ' ' ||"
	    " (SELECT count(*) FROM refused) || ' ' || (SELECT count(*) FROM parked) || ' ' || (SELECT group_concat(in_seq || in_hash || in_op ||"
	    " done_op || state) FROM peer)"));
}

static void expect_stale(struct forge *f)
{
	struct buf before = BUF_INIT, after = BUF_INIT, file = forge_file(f);

	state_of_hub(&before);
	CHECK_INT(judge(file.data, file.len).outcome, INTAKE_STALE);
	state_of_hub(&after);
	CHECK_STR(after.data, before.data);
	buf_release(&before);
	buf_release(&after);
	buf_release(&file);
	forge_release(f);
}

static void expect_refused_bytes(const char *name, const void *data, size_t len, const char *words)
{
	struct buf before = BUF_INIT, after = BUF_INIT;
	struct intake in;

	state_of_hub(&before);
	in = judge(data, len);
	state_of_hub(&after);
	if (!CHECK_INT(in.outcome, INTAKE_REFUSED))
		test_note("the flaw was: %s", name);
	if (!CHECK_STR(after.data, before.data))
		test_note("the flaw was: %s", name);
	if (words != NULL && !CHECK(strstr(in.problem, words) != NULL))
		test_note("%s: refused with \"%s\", not \"%s\"", name, in.problem, words);
	buf_release(&before);
	buf_release(&after);
}

static void expect_refused(const char *name, struct forge *f, const char *words)
{
	struct buf file = forge_file(f);

	expect_refused_bytes(name, file.data, file.len, words);
	buf_release(&file);
	forge_release(f);
}

/* The same bundle without the flaw is taken: the forge can make good ones. */
static void expect_taken(void)
{
	struct forge f;
	struct buf file;
	struct intake in;

	forge_good(&f);
	file = forge_file(&f);
	in = judge(file.data, file.len);
	if (!CHECK_INT(in.outcome, INTAKE_TAKEN))
		test_note("%s", in.problem);
	CHECK_INT(in.accepted, 1);
	in = judge(file.data, file.len);
	CHECK_INT(in.outcome, INTAKE_KNOWN);
	buf_release(&file);
	forge_release(&f);
}

static struct identity *with_key_id(const struct identity *like)
{
	struct identity *id = identity_new();

	memcpy(id->pub.key_id, like->pub.key_id, sizeof id->pub.key_id);
	return id;
}

/* Steps 2 to 6 and 8: whose it is. */
static void test_signed_line(void)
{
	struct identity *stranger, *copied;
	struct forge f;
	struct buf file;

	REQUIRE(begin());
	stranger = identity_new();
	copied = with_key_id(store_identity(consultant));
	forge_good(&f);
	strcpy(f.line.to, store_identity(expert)->pub.id);
	expect_refused("another hub", &f, "another hub");
	forge_good(&f);
	f.by = stranger;
	strcpy(f.line.from, stranger->pub.id);
	expect_refused("a stranger", &f, "not on the roster");
	forge_good(&f);
	f.by = stranger;
	expect_refused("another's key", &f, "another key");
	forge_good(&f);
	f.by = copied;
	expect_refused("another's key under the same key id", &f, "signature over its first lines");
	forge_good(&f);
	f.line.epoch++;
	expect_refused("another epoch", &f, "another enrolment");
	forge_good(&f);
	file = forge_file(&f);
	file.data[file.len - 1] ^= 1;
	expect_refused_bytes("changed contents", file.data, file.len, "signature over its contents");
	buf_release(&file);
	forge_release(&f);
	expect_refused_bytes("an empty file", "", 0, NULL);
	expect_taken();
	identity_free(stranger);
	identity_free(copied);
	end();
}

/* Step 7: its place in the chain. */
static void test_chain(void)
{
	struct forge f;
	struct buf file;
	struct intake in;

	REQUIRE(begin());
	forge_good(&f);
	f.line.prev[0] = f.line.prev[0] == '0' ? '1' : '0';
	expect_refused("wrong prev", &f, "chain");
	forge_good(&f);
	f.line.seq = 1;
	file = forge_file(&f);
	in = judge(file.data, file.len);
	CHECK_INT(in.outcome, INTAKE_REFUSED);
	CHECK(in.fork);
	buf_release(&file);
	/* A fork whose contents are not its sender's proves nothing against the sender. */
	file = forge_file(&f);
	file.data[file.len - 1] ^= 1;
	in = judge(file.data, file.len);
	CHECK_INT(in.outcome, INTAKE_REFUSED);
	CHECK(!in.fork);
	buf_release(&file);
	forge_release(&f);
	/* Ahead: kept, the missing number named, once; with wrong contents: refused. */
	forge_good(&f);
	f.line.seq += 2;
	f.head.meta = f.line;
	file = forge_file(&f);
	for (int i = 0; i < 2; i++) {
		in = judge(file.data, file.len);
		CHECK_INT(in.outcome, INTAKE_PARKED);
		CHECK_INT(in.missing, known.in_seq + 1);
		CHECK_INT(region_count(region_hub, "SELECT count(*) FROM parked"), 1);
	}
	file.data[file.len - 1] ^= 1;
	expect_refused_bytes("ahead with changed contents", file.data, file.len, "signature over its contents");
	buf_release(&file);
	forge_release(&f);
	expect_taken();
	end();
}

/* Steps 9 and 10. */
static void test_sealing(void)
{
	struct forge f;
	struct buf file;

	REQUIRE(begin());
	forge_good(&f);
	f.receivers = 2;
	expect_refused("two receivers", &f, "more receivers");
	forge_good(&f);
	memcpy(f.to[0], store_identity(expert)->pub.seal_key, 32);
	expect_refused("sealed to another", &f, NULL);
	forge_good(&f);
	buf_adds(&f.payload, "age-encryption.org/v1\n");
	expect_refused("half an age header", &f, NULL);
	/* The stream cut, and with something behind it, both signed. */
	forge_good(&f);
	forge_payload(&f);
	buf_cut(&f.payload, f.payload.len - 1);
	expect_refused("a cut stream", &f, NULL);
	forge_good(&f);
	forge_payload(&f);
	buf_addc(&f.payload, 'x');
	expect_refused("bytes behind the stream", &f, NULL);
	/* Another's ciphertext, signed anew as one's own. */
	forge_good(&f);
	forge_payload(&f);
	f.by = store_identity(expert);
	strcpy(f.line.from, store_identity(expert)->pub.id);
	CHECK_INT(peer_find(region_hub, f.line.from, &known, NULL), 1);
	f.line.seq = known.in_seq + 1;
	strcpy(f.line.prev, known.in_hash);
	file = forge_file(&f);
	expect_refused_bytes("another's contents", file.data, file.len, "sealed for another bundle");
	buf_release(&file);
	forge_release(&f);
	CHECK_INT(peer_find(region_hub, store_identity(consultant)->pub.id, &known, NULL), 1);
	expect_taken();
	end();
}

/* Step 11. */
static void test_frame(void)
{
	static const struct { enum frame frame; const char *name, *words; } flaws[] = {
		{ FRAME_TWO, "two frames", "follows the frame" }, { FRAME_SKIPPABLE, "a skippable frame behind", "follows the frame" },
		{ FRAME_TRAILING, "a byte behind", "follows the frame" }, { FRAME_NO_CHECKSUM, "no checksum", "checksum" },
		{ FRAME_NO_SIZE, "no size", "size" }, { FRAME_CUT, "cut", "too early" }, { FRAME_NONE, "not compressed", "no zstd frame" },
	};
	struct forge f;
	char *zeros;

	REQUIRE(begin());
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
		forge_good(&f);
		f.frame = flaws[i].frame;
		expect_refused(flaws[i].name, &f, flaws[i].words);
	}
	/* A bomb of one line ends at the line's limit, one of short lines at the ratio. */
	zeros = malloc(4 << 20);
	memset(zeros, ' ', 4 << 20);
	forge_good(&f);
	buf_add(&f.plain, zeros, 4 << 20);
	expect_refused("a long line", &f, "1 MiB");
	forge_good(&f);
	forge_plain(&f);
	buf_cut(&f.plain, f.plain.len - strlen("{\"rec\":\"end\",\"ops\":1}\n"));
	f.frame = FRAME_WIDE;
	while (f.plain.len < 17 << 20)
		buf_adds(&f.plain, "{\"rec\":\"pad\",\"optional\":true}\n");
	expect_refused("a window of 16 MiB", &f, NULL);
	forge_good(&f);
	forge_plain(&f);
	buf_cut(&f.plain, f.plain.len - strlen("{\"rec\":\"end\",\"ops\":1}\n"));
	while (f.plain.len < 40 << 20)
		buf_add(&f.plain, "{\"rec\":\"pad\",\"optional\":true}\n{\"rec\":\"pad\",\"optional\":true}\n",
		    60);
	expect_refused("a bomb", &f, "more than a bundle may hold");
	free(zeros);
	expect_taken();
	end();
}

/* Changes the first occurrence of a text in the plain lines. */
static void swap_text(struct forge *f, const char *from, const char *to)
{
	struct buf changed = BUF_INIT;
	char *at;

	forge_plain(f);
	at = strstr(f->plain.data, from);
	if (!CHECK(at != NULL)) {
		test_note("there is no %s", from);
		return;
	}
	buf_add(&changed, f->plain.data, (size_t)(at - f->plain.data));
	buf_adds(&changed, to);
	buf_adds(&changed, at + strlen(from));
	buf_release(&f->plain);
	f->plain = changed;
}

/* Step 12 and the grammar of records. */
static void test_lines(void)
{
	static const struct { const char *from, *to, *words; } flaws[] = {
		{ "\"ops\":1}\n", "\"ops\":1}", "no end" },				/* the last line has no LF */
		{ "{\"rec\":\"end\"", "\r{\"rec\":\"end\"", "control character" },
		{ "{\"rec\":\"end\"", "\n{\"rec\":\"end\"", "not well-formed" },	/* an empty line */
		{ "{\"rec\":\"end\"", "{\"rec\":\"end\",\"rec\":\"end\"", "not well-formed" },
		{ "{\"rec\":\"end\"", "{\"rec\":\"end\",\"more\":1", "not well-formed" },
		{ "{\"rec\":\"end\"", "{\"rec\":\"strange\"}\n{\"rec\":\"end\"", "does not know" },
		{ "{\"rec\":\"end\"", "{\"rec\":\"strange\",\"optional\":false}\n{\"rec\":\"end\"", "no record" },
		{ "{\"rec\":\"end\"", "17\n{\"rec\":\"end\"", "no record" },
		{ "{\"rec\":\"end\"", "{\"rec\":\"receipt\",\"seq\":1}\n{\"rec\":\"end\"", "does not know" },
		{ "{\"rec\":\"end\",\"ops\":1}\n", "", "end is missing" },
		{ "{\"rec\":\"end\",\"ops\":1}\n", "{\"rec\":\"end\",\"ops\":1}\n{\"rec\":\"end\",\"ops\":1}\n", "follows the end" },
		{ "{\"rec\":\"end\",\"ops\":1}", "{\"rec\":\"end\",\"ops\":2}", "number of operations" },
		{ "{\"rec\":\"end\",\"ops\":1}", "{\"rec\":\"end\"}", "number of operations" },
		{ "Новый", "Нов\xffй", NULL },
		{ "Новый", "Нов\x01й", NULL },
		{ "Новый", "Нов\xc2\x85", NULL },					/* C1 */
		{ "Новый", "Нов\\u0000", NULL },
		{ "[0,\"Новый\"]]", "[0,\"Новый\"]", NULL },
		{ "[0,\"Новый\"]]", "[0,\"Новый\"]] ", NULL },
		{ "[0,\"Новый\"]]", "[0,1.5]]", NULL },
		{ "[0,\"Новый\"]]", "[1,\"Новый\"]]", NULL },				/* inserted as deleted */
		{ "[0,\"Новый\"]]", "[0,7]]", NULL },					/* a number for a text */
		{ "[0,\"Новый\"]]", "{}]", NULL },
		{ "-900\"", "-900 \"", NULL },
	};
	struct forge f;

	REQUIRE(begin());
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
		forge_good(&f);
		swap_text(&f, flaws[i].from, flaws[i].to);
		expect_refused(flaws[i].to, &f, flaws[i].words);
	}
	/* It has read more from this hub than the hub's store knows: nothing is taken, and it stays where it is until somebody has looked (test_restored). */
	forge_good(&f);
	swap_text(&f, "\"ack\":{\"seq\":0", "\"ack\":{\"seq\":9");
	expect_stale(&f);
	forge_good(&f);
	swap_text(&f, "{\"rec\":\"end\"",
	    "{\"rec\":\"pad\",\"optional\":true,\"text\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}\n{\"rec\":\"end\"");
	expect_refused("nested too deep", &f, "no record");
	forge_good(&f);
	swap_text(&f, "{\"rec\":\"end\"",
	    "{\"rec\":\"pad\",\"optional\":true,\"text\":\"ok\"}\n{\"rec\":\"end\"");
	forge_payload(&f);
	{
		struct buf file = forge_file(&f);
		struct intake in = judge(file.data, file.len);

		if (!CHECK_INT(in.outcome, INTAKE_TAKEN))
			test_note("%s", in.problem);
		buf_release(&file);
	}
	forge_release(&f);
	end();
}

/* Step 13: the first record, and the numbers that have to follow. */
static void test_first_record(void)
{
	static const struct { const char *from, *to, *words; } flaws[] = {
		{ "{\"rec\":\"bundle\"", "{\"rec\":\"bundles\"", "first record" },
		{ "{\"rec\":\"bundle\",\"v\":1", "{\"rec\":\"bundle\",\"v\":2", "version" },
		{ "\"from\":\"", "\"from\":\"0", "sealed for another" },
		{ "\"to\":\"", "\"to\":\"0", "sealed for another" },
		{ "\"epoch\":1", "\"epoch\":2", "sealed for another" },
		{ "\"seq\":2", "\"seq\":3", "sealed for another" },
		{ "\"prev\":\"", "\"prev\":\"0", "sealed for another" },
		{ "\"created\":\"2", "\"created\":\"1", "sealed for another" },
		{ "\"schema\":", "\"scheme\":", "first record" },
		{ "\"schema\":5", "\"schema\":\"5\"", "number" },
		{ "\"ops\":1,", "\"ops\":2,", "number of operations" },
		{ "\"ops\":1,", "\"ops\":0,", "number of operations" },
		{ "\"ops\":1,", "", "number" },
		{ "\"pos\":0},\"tables\"", "\"pos\":99999},\"tables\"", "never sent" },
		{ "\"pos\":0},\"tables\"", "\"pos\":-1},\"tables\"", "number" },
		{ "\"tables\":[[", "\"tables\":[[\"person\",\"deleted\"],[", "dictionary" },
		{ "\"tables\":[[", "\"tables\":[[\"Person!\",\"deleted\"],[", "dictionary" },
		{ "{\"rec\":\"ops\"", "{\"rec\":\"opz\"", "does not know" },
		{ "\"pos\":0}\n[", "\"pos\":99999}\n[", "never sent" },
		{ "\"hlc\":\"", "\"hlc\":\"0", "field wrong" },
		{ "\"hlc\":\"", "\"hlc\":\"x", "field wrong" },
		{ "\"hlc\":\"", "\"hlc\":\"99999999", "field wrong" },
		{ "[0,", "[-999999999999999999,", "out of range" },
		{ "[0,", "[00,", NULL },
	};
	struct forge f;
	int64_t first;

	REQUIRE(begin());
	CHECK_INT(known.in_seq, 1);
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
		forge_good(&f);
		swap_text(&f, flaws[i].from, flaws[i].to);
		expect_refused(flaws[i].to, &f, flaws[i].words);
	}
	first = known.in_op + 1;
	for (int off = -1; off <= 1; off += 2) {
		forge_good(&f);
		f.head.first_op = f.head.last_op = first + off;
		expect_refused("first_op", &f, "do not follow");
	}
	forge_good(&f);
	f.head.last_op = first + 1;
	expect_refused("last_op", &f, "number of operations");
	/* The run begins at another number; belongs to another device; a line before any run; a line more. */
	forge_good(&f);
	{
		char from[64], to[64];

		snprintf(from, sizeof from, "\"seq\":%lld,\"hlc\"", (long long)first);
		snprintf(to, sizeof to, "\"seq\":%lld,\"hlc\"", (long long)first + 1);
		swap_text(&f, from, to);
		expect_refused("a number left out", &f, "missing or comes twice");
	}
	forge_good(&f);
	{
		char from[64], to[64];

		snprintf(from, sizeof from, "\"dev\":\"%s\"", tag());
		snprintf(to, sizeof to, "\"dev\":\"%s\"", store_identity(expert)->pub.tag);
		swap_text(&f, from, to);
		expect_refused("another device's operations", &f, "another device");
	}
	forge_good(&f);
	swap_text(&f, "{\"rec\":\"ops\"", "[0,1,0,\"first\",[0]]\n{\"rec\":\"ops\"");
	expect_refused("an operation before its run", &f, "outside");
	forge_good(&f);
	swap_text(&f, "{\"rec\":\"end\"", "[1,1,1,\"first\",[[2,\"x\",[]]]]\n{\"rec\":\"end\"");
	expect_refused("an operation too many", &f, "more operations");
	expect_taken();
	end();
}

/* Any byte of a bundle changed, and any length of it cut. */
static void test_every_byte(void)
{
	struct forge f;
	struct buf file, before = BUF_INIT, after = BUF_INIT;
	int wrong = 0;

	REQUIRE(begin());
	forge_good(&f);
	file = forge_file(&f);
	state_of_hub(&before);
	for (size_t i = 0; i < file.len; i++) {
		file.data[i] ^= (char)(1 << test_random() % 8);
		wrong += judge(file.data, file.len).outcome != INTAKE_REFUSED;
		forge_release(&f);
		buf_release(&file);
		forge_good(&f);
		file = forge_file(&f);		/* sealed anew: other random bytes */
	}
	for (size_t len = 0; len < file.len; len++)
		wrong += judge(file.data, len).outcome != INTAKE_REFUSED;
	buf_addc(&file, '\n');
	wrong += judge(file.data, file.len).outcome != INTAKE_REFUSED;
	CHECK_INT(wrong, 0);
	state_of_hub(&after);
	CHECK_STR(after.data, before.data);
	CHECK(region_count(region_hub, "SELECT count(*) FROM quarantine") <= 1000);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine WHERE reason = ''"), 0);
	buf_release(&before);
	buf_release(&after);
	buf_release(&file);
	forge_release(&f);
	expect_taken();
	end();
}

/* A link, a pipe, a folder in the inbox: not followed, not waited for. */
static void test_strange_files(void)
{
	char path[4400];
	struct hub_collected got;

	REQUIRE(begin());
	snprintf(path, sizeof path, "%s", region_file("inbox", consultant, 1));
	CHECK_INT(symlink("/etc/passwd", path), 0);
	CHECK_INT(mkfifo(region_file("inbox", consultant, 2), 0600), 0);
	CHECK_INT(mkdir(region_file("inbox", consultant, 3), 0700), 0);
	file_put(region_file("inbox", consultant, 4), "", 0);
	got = region_collect();
	CHECK_INT(got.bundles_refused, 3);
	CHECK(fs_exists("/etc/passwd"));
	CHECK(!fs_exists(path));
	CHECK(fs_is_dir(region_file("inbox", consultant, 3)));
	end();
}

/* What the two programs say about a bundle as a file. */
static void test_show(void)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char person[RECORD_ID_SIZE], path[4400];
	struct buf file;

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Ахметов Ильдар", NULL);
	region_sync(consultant);
	snprintf(path, sizeof path, "%s", region_file("inbox", consultant, 2));
	REQUIRE_OK(bundle_verify(region_hub, path, &out, &e));
	CHECK(strstr(out.data, "bundle/1 from=") == out.data);
	CHECK(strstr(out.data, "ops=2") != NULL);
	buf_reset(&out);
	REQUIRE_OK(bundle_show(region_hub, path, true, &out, &e));
	CHECK(strstr(out.data, "Ахметов Ильдар") != NULL && strstr(out.data, "\"rec\":\"end\"") != NULL);
	buf_reset(&out);
	REQUIRE_OK(bundle_verify(consultant, path, &out, &e));
	CHECK(strstr(out.data, "sealed to another") != NULL);
	CHECK_INT(bundle_verify(expert, path, &out, &e), -1);
	file = file_bytes(path);
	file.data[file.len - 5] ^= 4;
	file_put(path, file.data, file.len);
	CHECK_INT(bundle_verify(region_hub, path, &out, &e), -1);
	CHECK_INT(e.code, ERR_DAMAGED);
	buf_release(&file);
	buf_release(&out);
	end();
}

static const struct test tests_of_this[] = { TEST(test_signed_line), TEST(test_chain), TEST(test_sealing),
    TEST(test_frame), TEST(test_lines),
	TEST(test_first_record), TEST(test_every_byte), TEST(test_strange_files), TEST(test_show), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
