/* fuzz_welcome: the hub's answer to a request to join. As it comes where it begins like one; else the signed line, a line feed, and what is sealed to the device and
 * signed by the hub: $I the device, $H the hub, $C the time. A "!" before them: signed by somebody else. */
#include "crypto/age.h"
#include "sync/bundle_write.h"
#include "sync/welcome.h"
#include "tests/fuzz/fuzz.h"

#define BLOCK "untrusted comment: "

static struct identity *own, *hub, *other;

static void start(void)
{
	struct metadata m;

	own = fuzz_identity(1);
	hub = fuzz_identity(2);
	other = fuzz_identity(3);
	metadata_now(m.created);
	fuzz_word('I', own->pub.id);
	fuzz_word('H', hub->pub.id);
	fuzz_word('C', m.created);
}

static void same(const struct welcome *a, const struct welcome *b)
{
	FUZZ_HOLDS(strcmp(a->role, b->role) == 0 && strcmp(a->municipality, b->municipality) == 0 && strcmp(a->person, b->person) == 0 && strcmp(a->hub, b->hub) == 0);
	FUZZ_HOLDS(a->roster == b->roster && a->first_op == b->first_op && a->meta.epoch == b->meta.epoch && strcmp(a->meta.req, b->meta.req) == 0);
}

/* It is read again as it is, it is nobody else's, and from nobody else. */
static void again(const struct welcome *w)
{
	char hash[HASH_HEX_SIZE];
	struct buf file = BUF_INIT;
	struct welcome second;
	struct err e = ERR_INIT;

	FUZZ_HOLDS(welcome_write(hub, &own->pub, w, &file, &e) == 0);
	if (file.len <= WELCOME_MAX) {
		FUZZ_HOLDS(welcome_read(&second, own, &hub->pub, file.data, file.len, hash, &e) == 0);
		same(w, &second);
		FUZZ_HOLDS(welcome_read(&second, other, &hub->pub, file.data, file.len, hash, &e) != 0);
		FUZZ_HOLDS(welcome_read(&second, own, &other->pub, file.data, file.len, hash, &e) != 0);
		file.data[file.len - 20] = (char)(file.data[file.len - 20] ^ 1);
		FUZZ_HOLDS(welcome_read(&second, own, &hub->pub, file.data, file.len, hash, &e) != 0);
	}
	buf_release(&file);
}

static bool judge(const char *data, size_t len)
{
	char hash[HASH_HEX_SIZE];
	struct welcome w;
	struct err e = ERR_INIT;

	if (welcome_read(&w, own, &hub->pub, data, len, hash, &e) != 0) {
		FUZZ_HOLDS(e.code != ERR_NONE && e.text[0] != '\0');
		return false;
	}
	FUZZ_HOLDS(w.meta.kind == METADATA_WELCOME && strcmp(w.meta.from, hub->pub.id) == 0 && strcmp(w.meta.to, own->pub.id) == 0);
	FUZZ_HOLDS(strlen(hash) == HASH_HEX_SIZE - 1 && w.roster >= 1 && w.first_op >= 1);
	again(&w);
	return true;
}

static bool wrapped(const char *text, size_t len)
{
	bool foreign = len > 0 && *text == '!', good;
	const char *lf = memchr(text, '\n', len);
	struct buf sealed = BUF_INIT, file = BUF_INIT;
	struct metadata m;
	struct err e = ERR_INIT;

	if (lf == NULL || metadata_read(&m, text + foreign, (size_t)(lf - text) - foreign, NULL) != 0)
		return false;
	FUZZ_HOLDS(age_seal_buf(&own->pub.seal_key, 1, lf + 1, len - (size_t)(lf + 1 - text), &sealed, &e) == 0);
	signed_file(foreign ? other : hub, &m, sealed.data, sealed.len, &file);
	good = judge(file.data, file.len);
	FUZZ_HOLDS(!good || !foreign);
	buf_release(&sealed);
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
	good = wrapped(text.data, text.len);
	buf_release(&text);
	return good;
}

static void seeds(void)
{
	struct welcome w = { .meta = { .kind = METADATA_WELCOME, .epoch = 3 }, .role = "consultant", .municipality = "80618000", .person = "k3x9q2mv-1",
		.hub = "Уфа", .roster = 4, .first_op = 1 };
	struct buf file = BUF_INIT, text = BUF_INIT;
	struct err e = ERR_INIT;

	memcpy(w.meta.from, hub->pub.id, sizeof w.meta.from);
	memcpy(w.meta.to, own->pub.id, sizeof w.meta.to);
	memset(w.meta.req, '5', REQUEST_SIZE - 1);
	metadata_now(w.meta.created);
	FUZZ_HOLDS(welcome_write(hub, &own->pub, &w, &file, &e) == 0);
	fuzz_seed(file.data, file.len);
	metadata_write(&w.meta, &text);
	buf_adds(&text, "\n{\"v\":1,\"role\":\"consultant\",\"municipality\":\"80618000\",\"person\":\"k3x9q2mv-1\",\"hub\":\"Уфа\",\"roster\":4,\"first_op\":1,\"epoch\":3}\n");
	fuzz_seed_words(text.data, text.len);
	fuzz_seed_words(text.data, text.len - 20);
	buf_reset(&file);
	buf_addc(&file, '!');
	buf_add(&file, text.data, text.len);
	fuzz_seed_words(file.data, file.len);
	buf_release(&file);
	buf_release(&text);
}

const struct fuzz_target fuzz_target = { .name = "welcome", .start = start, .take = take, .seeds = seeds, .cases = 1500 };
