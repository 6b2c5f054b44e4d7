/* Requests to join and welcomes: each field and each limit wrong by itself, under signatures and seals that are right. */
#include "tests/unit/forge.h"

#include "sync/request.h"
#include "sync/welcome.h"

#define REQ "00112233445566778899aabbccddeeff"

static struct store *device, *other;
static struct identity *stranger;
static char expected[REQUEST_SIZE];		/* the number of the request that the device sent */

static bool begin(void)
{
	struct buf card = BUF_INIT, join = BUF_INIT;
	struct join_request r;
	struct err e = ERR_INIT;
	bool good;

	if (!CHECK(region_open()))
		return false;
	device = region_device("Хасанова Гөлнара", BURAEVO, "consultant");
	other = region_member("Ғәлиуллин Рәмил", BELEBEY, "expert");
	stranger = identity_new();
	if (!CHECK(device != NULL && other != NULL))
		return false;
	good = CHECK_INT(hub_card(region_hub, &card, &e), 0) &&
	    CHECK_INT(sync_join(device, card.data, card.len, store_identity(region_hub)->pub.fingerprint, &join, &e), 0) &&
	    CHECK_INT(request_read(&r, join.data, join.len, &e), 0);
	if (good)
		strcpy(expected, r.meta.req);
	buf_release(&card);
	buf_release(&join);
	return good;
}

static void end(void)
{
	identity_free(stranger);
	store_close(device);
	store_close(other);
	region_close();
}

/* A file of the signed line and this payload, by these keys; f->payload is the caller's to fill. */
static void file_by(struct forge *f, const struct identity *by, enum metadata_kind kind, const struct identity *to)
{
	*f = (struct forge){ .first = "untrusted comment: " MINISIG_COMMENT, .algorithm = "ED", .by = by, .trusted = BUF_INIT, .lines = BUF_INIT, .plain = BUF_INIT,
	    .payload = BUF_INIT, .whole = BUF_INIT };
	memcpy(f->key_id, by->pub.key_id, sizeof f->key_id);
	f->line = (struct metadata){ .kind = kind, .epoch = 1, .seq = 1 };
	strcpy(f->line.from, by->pub.id);
	strcpy(f->line.to, to->pub.id);
	strcpy(f->line.req, kind == METADATA_WELCOME ? expected : REQ);
	memset(f->line.prev, '0', sizeof f->line.prev - 1);
	metadata_now(f->line.created);
}

/* What is not to change is nothing at all; the words tell which check spoke. */
static void judge(const char *name, struct forge *f, struct store *s, int (*take)(struct store *, const char *, size_t, struct err *), const char *words)
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	struct buf file = forge_file(f);
	struct err e = ERR_INIT;
	bool good;

	forge_state(s, before);
	good = CHECK_INT(take(s, file.data, file.len, &e), -1);
	good &= CHECK(strstr(e.text, words) != NULL);
	forge_state(s, after);
	good &= CHECK_STR(after, before);
	if (!good)
		test_note("%s: \"%s\", not \"%s\"", name, e.text, words);
	buf_release(&file);
	forge_release(f);
}

static void takes(struct forge *f, struct store *s, int (*take)(struct store *, const char *, size_t, struct err *))
{
	struct buf file = forge_file(f);
	struct err e = ERR_INIT;

	if (!CHECK_INT(take(s, file.data, file.len, &e), 0))
		test_note("%s", e.text);
	buf_release(&file);
	forge_release(f);
}

/* Changes of a text of JSON: the first occurrence of `from`. NULL: the whole text. */
struct change_of { const char *name, *from, *to, *words; };

static void change_text(struct buf *text, const struct change_of *c)
{
	if (c->from != NULL) {
		forge_swap(text, c->from, c->to, strlen(c->to));
		return;
	}
	buf_reset(text);
	buf_adds(text, c->to);
}

/* --- requests --- */

static void request_text(struct buf *out)
{
	buf_addf(out, "{\"v\":1,\"minisign\":\"%s\",\"age\":\"%s\",\"label\":\"Ноутбук\",\"person\":\"%s-1\",\"name\":\"Новая\"}\n", stranger->pub.minisign,
	    stranger->pub.recipient, stranger->pub.tag);
}

static void request_good(struct forge *f)
{
	file_by(f, stranger, METADATA_JOIN, store_identity(region_hub));
	request_text(&f->payload);
}

#define NONE "this is not a request to join"
#define UNSIGNED "not signed by the device that it names"

static char *text_of_length(size_t n)
{
	static char text[1024];

	memset(text, 'x', n);
	text[n] = '\0';
	return text;
}

static void test_request_fields(void)
{
	static const struct change_of changes[] = {
		{ "version 2", "\"v\":1", "\"v\":2", NONE }, { "version as a text", "\"v\":1", "\"v\":\"1\"", NONE }, { "no version", "\"v\":1,", "", NONE },
		{ "no signing key", "\"minisign\"", "\"minisig\"", NONE }, { "a signing key of another kind", "\"RW", "\"QW", NONE },
		{ "a signing key with a blank", "\"RW", "\" RW", NONE }, { "a signing key cut", "\"RW", "\"R", NONE },
		{ "no age key", "\"age\"", "\"agg\"", NONE }, { "an age key with a capital", "\"age1", "\"Age1", NONE }, { "another age key", "\"age1", "\"age1q", NONE },
		{ "an age identity", "\"age1", "\"AGE-SECRET-KEY-1", NONE },
		{ "no label", "\"label\"", "\"lable\"", NONE }, { "a number for a label", "\"Ноутбук\"", "7", NONE }, { "a line feed in the label", "Ноут", "Но\\nут", NONE },
		{ "an escape in the label", "Ноут", "\\u001b[2J", NONE }, { "C1 in the label", "Ноут", "\xc2\x9b", NONE }, { "a label that is not UTF-8", "Ноут", "\xff", NONE },
		{ "NUL in the label", "Ноут", "\\u0000", NONE }, { "DEL in the label", "Ноут", "\x7f", NONE },
		{ "no person", "\"person\"", "\"parson\"", NONE }, { "a person that is no id", "-1\"", " 1\"", NONE }, { "a person of another form", "-1\"", "-1/../x\"", NONE },
		{ "a person for null", "-1\"", "-1\",\"v\":null,\"x\":\"", NONE },
		{ "no name", "\"name\"", "\"neme\"", NONE }, { "a tab in the name", "Новая", "Но\\tвая", NONE }, { "null for a name", "\"Новая\"", "null", NONE },
		{ "a key more", "}\n", ",\"more\":1}\n", NONE }, { "a key twice", "}\n", ",\"name\":\"x\"}\n", NONE }, { "more behind", "}\n", "}{}\n", NONE },
		{ "two lines", "}\n", "}\n{}\n", NONE }, { "a list", NULL, "[]\n", NONE }, { "nothing", NULL, "\n", NONE }, { "half of it", NULL, "{\"v\":1,\n", NONE },
		{ "CR", "}\n", "}\r\n\r", NONE },
	};
	struct change_of limit = { NULL, "Ноутбук", text_of_length(LABEL_SIZE), NONE };
	struct forge f;

	REQUIRE(begin());
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		request_good(&f);
		change_text(&f.payload, &changes[i]);
		judge(changes[i].name, &f, region_hub, hub_pending_add, changes[i].words);
	}
	limit.name = "a label of 256 bytes";
	request_good(&f);
	change_text(&f.payload, &limit);
	judge(limit.name, &f, region_hub, hub_pending_add, limit.words);
	limit.name = "a name of 256 bytes";
	limit.from = "Новая";
	request_good(&f);
	change_text(&f.payload, &limit);
	judge(limit.name, &f, region_hub, hub_pending_add, limit.words);
	request_good(&f);
	while (f.payload.len <= REQUEST_MAX)
		buf_addc(&f.payload, ' ');
	judge("8193 bytes", &f, region_hub, hub_pending_add, NONE);
	/* At the limits. */
	limit.to = text_of_length(LABEL_SIZE - 1);
	request_good(&f);
	change_text(&f.payload, &limit);
	limit.from = "Ноутбук";
	change_text(&f.payload, &limit);
	takes(&f, region_hub, hub_pending_add);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), 1);
	end();
}

/* The signed line, and who signed it. */
static void test_request_line(void)
{
	struct forge f;

	REQUIRE(begin());
	request_good(&f);
	f.by = store_identity(other);
	judge("another's signature", &f, region_hub, hub_pending_add, UNSIGNED);
	request_good(&f);
	f.key_id[0] ^= 1;
	judge("another key id", &f, region_hub, hub_pending_add, UNSIGNED);
	request_good(&f);
	strcpy(f.line.from, store_identity(other)->pub.id);
	judge("from another", &f, region_hub, hub_pending_add, UNSIGNED);
	request_good(&f);
	f.wrong_comment = true;
	judge("a bit of the second signature", &f, region_hub, hub_pending_add, UNSIGNED);
	request_good(&f);
	f.wrong_payload = true;
	judge("a bit of the first signature", &f, region_hub, hub_pending_add, UNSIGNED);
	request_good(&f);
	strcpy(f.line.to, store_identity(other)->pub.id);
	judge("to another hub", &f, region_hub, hub_pending_add, "another hub");
	for (int kind = METADATA_BUNDLE; kind <= METADATA_WELCOME; kind++) {
		if (kind == METADATA_JOIN)
			continue;
		request_good(&f);
		f.line.kind = (enum metadata_kind)kind;
		judge("another kind of line", &f, region_hub, hub_pending_add, NONE);
	}
	request_good(&f);
	f.line.req[0] = 'G';
	judge("a number that is no hexadecimal one", &f, region_hub, hub_pending_add, NONE);
	request_good(&f);
	f.line.req[31] = '\0';
	judge("a number of 31 digits", &f, region_hub, hub_pending_add, NONE);
	request_good(&f);
	f.trusted_end = " epoch=1";
	judge("a field more", &f, region_hub, hub_pending_add, NONE);
	request_good(&f);
	f.first = "untrusted comment: request";
	judge("another first line", &f, region_hub, hub_pending_add, NONE);
	request_good(&f);
	memcpy(f.algorithm, "Ed", 2);
	judge("the legacy algorithm", &f, region_hub, hub_pending_add, NONE);
	request_good(&f);
	takes(&f, region_hub, hub_pending_add);
	end();
}

/* --- welcomes --- */

static void welcome_text(struct buf *out)
{
	buf_adds(out, "{\"v\":1,\"role\":\"consultant\",\"municipality\":\"" BURAEVO "\",\"person\":\"aaaaaaaa-1\",\"hub\":\"Уфа\",\"roster\":3,\"first_op\":1,\"epoch\":1}\n");
}

static void seal(struct forge *f, const struct buf *text, const struct identity *to, int receivers)
{
	unsigned char keys[2][32];
	struct err e = ERR_INIT;

	memcpy(keys[0], to->pub.seal_key, 32);
	memcpy(keys[1], stranger->pub.seal_key, 32);
	CHECK_INT(age_seal_buf((const unsigned char (*)[32])keys, (size_t)receivers, text->data, text->len, &f->payload, &e), 0);
}

static void welcome_of(struct forge *f, const struct change_of *c)
{
	struct buf text = BUF_INIT;

	file_by(f, store_identity(region_hub), METADATA_WELCOME, store_identity(device));
	welcome_text(&text);
	if (c != NULL)
		change_text(&text, c);
	seal(f, &text, store_identity(device), 1);
	buf_release(&text);
}

#define INSIDE "what is inside is not well-formed"

static void test_welcome_fields(void)
{
	static const struct change_of changes[] = {
		{ "version 2", "\"v\":1", "\"v\":2", INSIDE }, { "no version", "\"v\":1,", "", INSIDE },
		{ "a role that is none", "\"consultant\"", "\"activist\"", INSIDE }, { "the judge as a role", "\"consultant\"", "\"judge\"", INSIDE },
		{ "no role", "\"role\":\"consultant\",", "", INSIDE }, { "a role for null", "\"consultant\"", "null", INSIDE },
		{ "a municipality of seven digits", BURAEVO, "8061800", INSIDE }, { "a municipality of nine", BURAEVO, "806180001", INSIDE },
		{ "a municipality of letters", BURAEVO, "Бураево", INSIDE }, { "no municipality", "\"municipality\"", "\"minicipality\"", INSIDE },
		{ "a person that is no id", "aaaaaaaa-1", "aaaaaaaa 1", INSIDE }, { "a person with a quote", "aaaaaaaa-1", "a\\\"-1", INSIDE }, { "no person", "\"person\"", "\"parson\"", INSIDE },
		{ "a hub without a name", "\"hub\"", "\"hab\"", INSIDE }, { "an escape in the hub's name", "Уфа", "\\u001b[2J", INSIDE }, { "not UTF-8", "Уфа", "\xff", INSIDE },
		{ "roster 0", "\"roster\":3", "\"roster\":0", INSIDE }, { "a roster below 0", "\"roster\":3", "\"roster\":-3", INSIDE },
		{ "a roster of 16 digits", "\"roster\":3", "\"roster\":1000000000000000", INSIDE }, { "a roster as a text", "\"roster\":3", "\"roster\":\"3\"", INSIDE },
		{ "no roster", "\"roster\":3,", "", INSIDE },
		{ "operation 0", "\"first_op\":1", "\"first_op\":0", INSIDE }, { "no operation", "\"first_op\":1,", "", INSIDE },
		{ "an operation of 16 digits", "\"first_op\":1", "\"first_op\":1000000000000000", INSIDE },
		{ "another epoch", "\"epoch\":1}", "\"epoch\":2}", INSIDE }, { "no epoch", ",\"epoch\":1}", "}", INSIDE }, { "an epoch with a point", "\"epoch\":1}", "\"epoch\":1.0}", INSIDE },
		{ "a key more", "}\n", ",\"more\":1}\n", INSIDE }, { "a key twice", "}\n", ",\"role\":\"expert\"}\n", INSIDE }, { "more behind", "}\n", "}{}\n", INSIDE },
		{ "nothing", NULL, "", INSIDE }, { "a list", NULL, "[]\n", INSIDE },
		{ "more operations than there are", "\"first_op\":1", "\"first_op\":900000", "older copy" },
	};
	struct change_of limit = { "a hub's name of 256 bytes", "Уфа", text_of_length(LABEL_SIZE), INSIDE };
	struct buf text = BUF_INIT;
	struct forge f;

	REQUIRE(begin());
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		welcome_of(&f, &changes[i]);
		judge(changes[i].name, &f, device, sync_welcome, changes[i].words);
	}
	welcome_of(&f, &limit);
	judge(limit.name, &f, device, sync_welcome, limit.words);
	welcome_text(&text);
	while (text.len <= WELCOME_MAX)
		buf_addc(&text, ' ');
	file_by(&f, store_identity(region_hub), METADATA_WELCOME, store_identity(device));
	seal(&f, &text, store_identity(device), 1);
	judge("more than 8192 bytes", &f, device, sync_welcome, "not a hub's welcome");
	buf_release(&text);
	limit.to = text_of_length(LABEL_SIZE - 1);
	welcome_of(&f, &limit);
	takes(&f, device, sync_welcome);
	end();
}

static void sealed_otherwise(const char *name, const struct identity *to, int receivers, const char *words)
{
	struct buf text = BUF_INIT;
	struct forge f;

	welcome_text(&text);
	file_by(&f, store_identity(region_hub), METADATA_WELCOME, store_identity(device));
	seal(&f, &text, to, receivers);
	judge(name, &f, device, sync_welcome, words);
	buf_release(&text);
}

static void test_welcome_line(void)
{
	struct buf file;
	struct err e = ERR_INIT;
	struct forge f;

	REQUIRE(begin());
	welcome_of(&f, NULL);
	strcpy(f.line.from, store_identity(other)->pub.id);
	judge("from another", &f, device, sync_welcome, "another hub");
	welcome_of(&f, NULL);
	strcpy(f.line.to, store_identity(other)->pub.id);
	judge("to another", &f, device, sync_welcome, "another device");
	welcome_of(&f, NULL);
	f.by = stranger;
	judge("another's signature", &f, device, sync_welcome, "not signed by the hub");
	welcome_of(&f, NULL);
	f.key_id[0] ^= 1;
	judge("another key id", &f, device, sync_welcome, "not signed by the hub");
	welcome_of(&f, NULL);
	f.wrong_comment = true;
	judge("a bit of the second signature", &f, device, sync_welcome, "not signed by the hub");
	welcome_of(&f, NULL);
	f.wrong_payload = true;
	judge("a bit of the first signature", &f, device, sync_welcome, "not signed by the hub");
	welcome_of(&f, NULL);
	strcpy(f.line.req, REQ);
	judge("an answer to another request", &f, device, sync_welcome, "answers another request");
	welcome_of(&f, NULL);
	f.line.epoch = 0;
	judge("epoch 0", &f, device, sync_welcome, "not a hub's welcome");
	for (int kind = METADATA_BUNDLE; kind <= METADATA_JOIN; kind++) {
		welcome_of(&f, NULL);
		f.line.kind = (enum metadata_kind)kind;
		judge("another kind of line", &f, device, sync_welcome, "not a hub's welcome");
	}
	welcome_of(&f, NULL);
	f.first = "untrusted comment: welcome";
	judge("another first line", &f, device, sync_welcome, "not a hub's welcome");
	sealed_otherwise("sealed to another", stranger, 1, "");
	sealed_otherwise("sealed to another besides", store_identity(device), 2, "more receivers");
	welcome_of(&f, NULL);
	buf_addc(&f.payload, 'x');
	judge("a byte behind the stream", &f, device, sync_welcome, "");

	welcome_of(&f, NULL);
	file = forge_file(&f);
	REQUIRE_OK(sync_welcome(device, file.data, file.len, &e));
	CHECK_INT(sync_welcome(device, file.data, file.len, &e), -1);
	CHECK(strstr(e.text, "once") != NULL);
	buf_release(&file);
	forge_release(&f);
	end();
}

static const struct test tests_of_this[] = { TEST(test_request_fields), TEST(test_request_line), TEST(test_welcome_fields), TEST(test_welcome_line), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
