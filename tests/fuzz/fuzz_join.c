/* fuzz_join: a request to join. As it comes where it begins like one; else the signed line, a line feed, and what is signed under it, with the keys of the target:
 * $I its id, $M and $A its keys, $H the hub's id, $C the time. */
#include "sync/bundle_write.h"
#include "sync/request.h"
#include "tests/fuzz/fuzz.h"

#define BLOCK "untrusted comment: "

static struct identity *own, *hub;

static void start(void)
{
	struct metadata m;

	own = fuzz_identity(1);
	hub = fuzz_identity(2);
	metadata_now(m.created);
	fuzz_word('I', own->pub.id);
	fuzz_word('M', own->pub.minisign);
	fuzz_word('A', own->pub.recipient);
	fuzz_word('H', hub->pub.id);
	fuzz_word('C', m.created);
}

static void same_meta(const struct metadata *a, const struct metadata *b)
{
	FUZZ_HOLDS(a->kind == b->kind && strcmp(a->from, b->from) == 0 && strcmp(a->to, b->to) == 0 && strcmp(a->req, b->req) == 0 &&
	    strcmp(a->created, b->created) == 0);
}

/* Who it says it is has signed it; and what was read is written again so that it says the same. */
static bool judge(const char *data, size_t len)
{
	struct join_request r, again;
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;

	if (request_read(&r, data, len, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_REFUSED && e.text[0] != '\0');
		return false;
	}
	FUZZ_HOLDS(len <= REQUEST_MAX && r.meta.kind == METADATA_JOIN && strcmp(r.meta.from, r.pub.id) == 0);
	FUZZ_HOLDS(memcmp(&r.pub, &own->pub, sizeof r.pub) == 0);
	request_write(own, &r, &file);
	/* Escaped anew it may be longer than one may be. */
	if (file.len <= REQUEST_MAX) {
		FUZZ_HOLDS(request_read(&again, file.data, file.len, &e) == 0);
		same_meta(&r.meta, &again.meta);
		FUZZ_HOLDS(strcmp(r.label, again.label) == 0 && strcmp(r.name, again.name) == 0 && strcmp(r.person, again.person) == 0);
		file.data[file.len / 2] = (char)(file.data[file.len / 2] ^ 4);
		FUZZ_HOLDS(request_read(&again, file.data, file.len, &e) != 0);
	}
	buf_release(&file);
	return true;
}

static bool wrapped(const struct buf *text)
{
	const char *lf = memchr(text->data, '\n', text->len);
	struct buf file = BUF_INIT;
	struct metadata m;
	bool good;

	if (lf == NULL || metadata_read(&m, text->data, (size_t)(lf - text->data), NULL) != 0)
		return false;
	signed_file(own, &m, lf + 1, text->len - (size_t)(lf + 1 - text->data), &file);
	good = judge(file.data, file.len);
	buf_release(&file);
	return good;
}

static bool take(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT;
	bool good;

	if (size >= strlen(BLOCK) && memcmp(data, BLOCK, strlen(BLOCK)) == 0)
		return judge((const char *)data, size);
	fuzz_expand(data, size, &text);
	good = wrapped(&text);
	buf_release(&text);
	return good;
}

static void seeds(void)
{
	struct join_request r = { .meta = { .kind = METADATA_JOIN }, .label = "ноутбук", .name = "Хасанова Гузель", .person = "k3x9q2mv-1" };
	struct buf file = BUF_INIT, text = BUF_INIT;
	const char *end;

	memcpy(r.meta.from, own->pub.id, sizeof r.meta.from);
	memcpy(r.meta.to, hub->pub.id, sizeof r.meta.to);
	memset(r.meta.req, '5', REQUEST_SIZE - 1);
	metadata_now(r.meta.created);
	request_write(own, &r, &file);
	fuzz_seed(file.data, file.len);
	metadata_write(&r.meta, &text);
	buf_addc(&text, '\n');
	end = strstr(file.data, "{\"v\"");
	FUZZ_HOLDS(end != NULL);
	buf_adds(&text, end);
	fuzz_seed_words(text.data, text.len);
	fuzz_seed_words(text.data, text.len - 20);
	buf_release(&file);
	buf_release(&text);
}

const struct fuzz_target fuzz_target = { .name = "join", .start = start, .take = take, .seeds = seeds, .cases = 4000 };
