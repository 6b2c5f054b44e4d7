#include "sync/metadata.h"

#include <stdbool.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"

static const char *const tags[] = { "bundle/1", "join/1", "welcome/1" };

/* What is left of the line. */
struct cursor { const char *p, *end; };

static bool take(struct cursor *c, const char *text)
{
	size_t len = strlen(text);

	if ((size_t)(c->end - c->p) < len || memcmp(c->p, text, len) != 0)
		return false;
	c->p += len;
	return true;
}

static bool take_hex(struct cursor *c, const char *name, size_t digits, char *out)
{
	if (!take(c, name) || (size_t)(c->end - c->p) < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		char d = c->p[i];

		if (!((d >= '0' && d <= '9') || (d >= 'a' && d <= 'f')))
			return false;
		out[i] = d;
	}
	out[digits] = '\0';
	c->p += digits;
	return true;
}

/* Numbers here are under 10^15, so that they are whole in every program that reads the line. */
static bool take_number(struct cursor *c, const char *name, int64_t *value)
{
	int digits = 0;

	if (!take(c, name) || c->p == c->end || *c->p == '0')
		return false;
	for (*value = 0; c->p < c->end && *c->p >= '0' && *c->p <= '9'; c->p++) {
		if (++digits > 15)
			return false;
		*value = *value * 10 + (*c->p - '0');
	}
	return digits > 0;
}

static bool take_created(struct cursor *c, char out[CREATED_SIZE])
{
	int64_t ms;

	if (!take(c, " created=") || c->end - c->p < CREATED_SIZE - 1)
		return false;
	memcpy(out, c->p, CREATED_SIZE - 1);
	out[CREATED_SIZE - 1] = '\0';
	if (!date_read_utc(out, &ms))
		return false;
	c->p += CREATED_SIZE - 1;
	return true;
}

static bool take_kind(struct cursor *c, enum metadata_kind *kind)
{
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (take(c, tags[i])) {
			*kind = (enum metadata_kind)i;
			return true;
		}
	return false;
}

int metadata_read(struct metadata *m, const char *line, size_t len, struct err *e)
{
	struct cursor c = { line, line + len };
	bool good;

	memset(m, 0, sizeof *m);
	good = take_kind(&c, &m->kind) && take_hex(&c, " from=", DEVICE_ID_SIZE - 1, m->from) &&
	    take_hex(&c, " to=", DEVICE_ID_SIZE - 1, m->to);
	if (good && m->kind != METADATA_BUNDLE)
		good = take_hex(&c, " req=", REQUEST_SIZE - 1, m->req);
	if (good && m->kind != METADATA_JOIN)
		good = take_number(&c, " epoch=", &m->epoch);
	if (good && m->kind == METADATA_BUNDLE)
		good = take_number(&c, " seq=", &m->seq) && take_hex(&c, " prev=", HASH_HEX_SIZE - 1, m->prev);
	if (!good || !take_created(&c, m->created) || c.p != c.end)
		return err_set(e, ERR_DAMAGED,
		    _("the signed line is not that of a bundle, a request to join or a welcome"));
	return 0;
}

void metadata_write(const struct metadata *m, struct buf *out)
{
	buf_addf(out, "%s from=%s to=%s", tags[m->kind], m->from, m->to);
	if (m->kind != METADATA_BUNDLE)
		buf_addf(out, " req=%s", m->req);
	if (m->kind != METADATA_JOIN) {
		buf_adds(out, " epoch=");
		buf_addi(out, m->epoch);
	}
	if (m->kind == METADATA_BUNDLE) {
		buf_adds(out, " seq=");
		buf_addi(out, m->seq);
		buf_addf(out, " prev=%s", m->prev);
	}
	buf_addf(out, " created=%s", m->created);
}

void metadata_now(char created[CREATED_SIZE])
{
	date_utc(clock_wall_ms() / DATE_MINUTE_MS * DATE_MINUTE_MS, created);
}
