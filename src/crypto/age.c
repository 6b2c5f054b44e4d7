#include "crypto/age.h"

#include <string.h>

#include "base/i18n.h"
#include "crypto/bech32.h"
#include "crypto/secret.h"

static int read_identity(const char *line, size_t len, unsigned char key[32])
{
	char text[AGE_IDENTITY_SIZE];
	int result;

	if (len >= sizeof text || memchr(line, '\0', len) != NULL)
		return -1;
	memcpy(text, line, len);
	text[len] = '\0';
	result = bech32_read_identity(text, key);
	secret_wipe(text, sizeof text);
	return result;
}

/* One line without its end; returns 1 when it is an identity, 0 when it says nothing, -1. */
static int identity_line(const char *line, size_t len, unsigned char key[32])
{
	if (len > 0 && line[len - 1] == '\r')		/* written on another system; age takes it too */
		len--;
	if (len == 0 || line[0] == '#')
		return 0;
	return read_identity(line, len, key) == 0 ? 1 : -1;
}

long age_identities(const char *text, size_t len, unsigned char (*keys)[32], size_t max, struct err *e)
{
	const char *p = text, *end = text + len, *lf;
	unsigned char key[32];
	size_t count = 0;
	long line;
	int found;

	for (line = 1; p < end; line++, p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			lf = end;
		found = identity_line(p, (size_t)(lf - p), key);
		if (found < 0 || (found > 0 && count == max)) {
			secret_wipe(key, sizeof key);
			secret_wipe(keys, max * sizeof *keys);
			if (found < 0)
				return err_set(e, ERR_REFUSED, _("line %ld is not an age identity"), line);
			return err_set(e, ERR_REFUSED, _("line %ld is one identity too many"), line);
		}
		if (found > 0)
			memcpy(keys[count++], key, sizeof key);
		if (lf == end)
			break;
	}
	secret_wipe(key, sizeof key);
	return (long)count;
}

static int write_to_buf(void *context, const void *data, size_t len, struct err *e)
{
	(void)e;
	buf_add(context, data, len);
	return 0;
}

int age_seal_buf(const unsigned char (*recipients)[32], size_t count, const void *data, size_t len, struct buf *out, struct err *e)
{
	size_t before = out->len;
	struct age_writer *w = age_writer_new(recipients, count, write_to_buf, out, e);
	int result = -1;

	if (w != NULL && age_writer_add(w, data, len, e) == 0)
		result = age_writer_end(w, e);
	age_writer_free(w);
	if (result != 0)
		buf_cut(out, before);
	return result;
}

struct memory {
	const char *p;
	size_t left;
};

static long read_memory(void *context, void *data, size_t len, struct err *e)
{
	struct memory *m = context;

	(void)e;
	if (m->left == 0)
		return 0;
	len = len < m->left ? len : m->left;
	memcpy(data, m->p, len);
	m->p += len;
	m->left -= len;
	return (long)len;
}

/* The room is made before the first byte comes and the buffer does not move later, so that no copy of the text stays behind. One byte
 * more than may come is asked for: it tells a text that is too long. */
static int open_all(struct age_reader *r, size_t room, size_t limit, struct buf *out, struct err *e)
{
	size_t before = out->len, length = 0;
	long n;

	buf_reserve(out, room + 1);
	while ((n = age_reader_get(r, out->data + out->len, room + 1 - length, e)) > 0) {
		out->len += (size_t)n;
		length += (size_t)n;
		if (length > limit) {
			n = err_set(e, ERR_REFUSED, _("the sealed text is longer than %zu bytes"), limit);
			break;
		}
	}
	out->data[out->len] = '\0';
	if (n != 0) {
		secret_wipe(out->data + before, room + 1);
		buf_cut(out, before);
	}
	return (int)n;
}

static int open_buf(const unsigned char (*identities)[32], size_t count, const void *data, size_t len, bool alone, size_t limit, struct buf *out,
    struct err *e)
{
	struct memory m = { data, len };
	struct age_reader *r = age_reader_new(identities, count, read_memory, &m, e);
	int result = -1;

	if (r != NULL && alone && age_reader_stanzas(r) != 1)
		err_set(e, ERR_REFUSED, _("the sealed text is for more receivers than one"));
	else if (r != NULL)
		result = open_all(r, len < limit ? len : limit, limit, out, e);
	age_reader_free(r);
	return result;
}

int age_open_buf(const unsigned char (*identities)[32], size_t count, const void *data, size_t len, size_t limit, struct buf *out,
    struct err *e)
{
	return open_buf(identities, count, data, len, false, limit, out, e);
}

int age_open_alone(const unsigned char (*identities)[32], size_t count, const void *data, size_t len, size_t limit, struct buf *out,
    struct err *e)
{
	return open_buf(identities, count, data, len, true, limit, out, e);
}
