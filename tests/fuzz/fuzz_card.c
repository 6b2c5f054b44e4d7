/* fuzz_card: a hub's card. $I, $M and $A stand for id and keys of one that there is. */
#include "base/text.h"
#include "sync/card.h"
#include "tests/fuzz/fuzz.h"

static struct identity *hub;

static void start(void)
{
	hub = fuzz_identity(1);
	fuzz_word('I', hub->pub.id);
	fuzz_word('M', hub->pub.minisign);
	fuzz_word('A', hub->pub.recipient);
}

static bool judge(const struct buf *text)
{
	struct buf again = BUF_INIT;
	struct card c;
	struct err e = ERR_INIT;

	if (card_read(&c, text->data, text->len, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_REFUSED && e.text[0] != '\0');
		return false;
	}
	/* Its id is the hash of its keys: no other keys have it. */
	FUZZ_HOLDS(strcmp(c.pub.id, hub->pub.id) != 0 || memcmp(&c.pub, &hub->pub, sizeof c.pub) == 0);
	FUZZ_HOLDS(c.name[0] != '\0' && text_check(c.name, strlen(c.name), false, NULL) == 0);
	card_write(&c, &again);
	FUZZ_HOLDS(again.len == text->len && memcmp(again.data, text->data, again.len) == 0);
	buf_release(&again);
	return true;
}

static bool take(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT;
	bool good;

	fuzz_expand(data, size, &text);
	good = judge(&text);
	buf_release(&text);
	return good;
}

static void seeds(void)
{
	struct card c = { .pub = hub->pub, .name = "Уфа" };
	struct buf b = BUF_INIT;

	card_write(&c, &b);
	fuzz_seed_words(b.data, b.len);
	fuzz_seed(b.data, b.len);
	buf_reset(&b);
	c.demonstration = true;
	card_write(&c, &b);
	fuzz_seed_words(b.data, b.len);
	fuzz_seed("hub-card/1\nid ", 14);
	buf_release(&b);
}

const struct fuzz_target fuzz_target = { .name = "card", .start = start, .take = take, .seeds = seeds, .cases = 5000 };
