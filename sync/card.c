#include "sync/card.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

void card_write(const struct card *c, struct buf *out)
{
	buf_addf(out, "hub-card/1\nid %s\nname %s\nminisign %s\nage %s\n", c->pub.id, c->name, c->pub.minisign,
	    c->pub.recipient);
	if (c->demonstration)
		buf_adds(out, "demonstration yes\n");
}

static int wrong(struct err *e)
{
	return err_set(e, ERR_REFUSED, _("this is not a hub's card"));
}

/* Takes the line "key value" off the text; out gets the value. */
static bool take_line(const char **p, const char *end, const char *key, char *out, size_t size)
{
	const char *lf = memchr(*p, '\n', (size_t)(end - *p));
	size_t key_len = strlen(key), len;

	if (lf == NULL || (size_t)(lf - *p) < key_len || memcmp(*p, key, key_len) != 0)
		return false;
	len = (size_t)(lf - *p) - key_len;
	if (len >= size || memchr(*p, '\0', (size_t)(lf - *p)) != NULL)
		return false;
	memcpy(out, *p + key_len, len);
	out[len] = '\0';
	*p = lf + 1;
	return true;
}

int card_read(struct card *c, const char *text, size_t len, struct err *e)
{
	const char *p = text, *end = text + len;
	char head[2], id[DEVICE_ID_SIZE], minisign[MINISIGN_KEY_SIZE], age[AGE_RECIPIENT_SIZE], yes[2];

	memset(c, 0, sizeof *c);
	if (len > CARD_MAX || !take_line(&p, end, "hub-card/1", head, sizeof head) || *head != '\0' ||
	    !take_line(&p, end, "id ", id, sizeof id) || !take_line(&p, end, "name ", c->name,
	    sizeof c->name) ||
	    !take_line(&p, end, "minisign ", minisign, sizeof minisign) || !take_line(&p, end, "age ", age,
	    sizeof age))
		return wrong(e);
	if (p < end) {
		c->demonstration = take_line(&p, end, "demonstration yes", yes, sizeof yes) && *yes == '\0';
		if (!c->demonstration || p != end)
			return wrong(e);
	}
	if (*c->name == '\0' || text_check(c->name, strlen(c->name), false, NULL) != 0 ||
	    public_identity_read(&c->pub, minisign, age) != 0)
		return wrong(e);
	if (strcmp(c->pub.id, id) != 0)
		return err_set(e, ERR_REFUSED, _("the id on this hub's card is not that of its keys"));
	return 0;
}
