/* age_header: the grammar of age's header, which has one spelling for each header:
 *     header = "age-encryption.org/v1" LF 1*stanza "--- " 43b64 LF
 *     stanza = "-> " arg *(SP arg) LF *(64b64 LF) *63b64 LF
 *     arg    = 1*(byte 33..126) */
#include "crypto/age_parts.h"

#include <string.h>

#include "crypto/base64.h"

#define VERSION "age-encryption.org/v1"
#define LINE_TEXT 64			/* characters of a full body line */
#define LINE_BYTES 48

struct line {
	const char *p;
	size_t len;
};

struct cursor {
	const char *p, *end;
};

size_t age_header_end(const char *raw, size_t len, size_t *from)
{
	const char *lf;

	for (; (lf = memchr(raw + *from, '\n', len - *from)) != NULL; *from = (size_t)(lf - raw) + 1)
		if (lf - (raw + *from) >= 3 && memcmp(raw + *from, "---", 3) == 0)
			return (size_t)(lf - raw) + 1;
	return 0;
}

static bool next_line(struct cursor *c, struct line *line)
{
	const char *lf = memchr(c->p, '\n', (size_t)(c->end - c->p));

	if (lf == NULL)
		return false;
	line->p = c->p;
	line->len = (size_t)(lf - c->p);
	c->p = lf + 1;
	return true;
}

static bool starts(struct line line, const char *text)
{
	return line.len >= strlen(text) && memcmp(line.p, text, strlen(text)) == 0;
}

static bool is(struct line word, const char *text)
{
	return word.len == strlen(text) && memcmp(word.p, text, word.len) == 0;
}

/* Cuts the next argument off a line that stands behind a space; false when it is empty or has a byte that does not belong. */
static bool next_argument(struct line *rest, struct line *argument)
{
	*argument = (struct line){ rest->p, 0 };
	while (argument->len < rest->len && argument->p[argument->len] != ' ') {
		char c = argument->p[argument->len++];

		if (c < 33 || c > 126)
			return false;
	}
	rest->p += argument->len;
	rest->len -= argument->len;
	return argument->len > 0;
}

/* Type, the argument after it (when there is one) and how many there are. */
static int read_arguments(struct line line, struct line *type, struct line *argument, size_t *count)
{
	struct line rest = { line.p + 2, line.len - 2 }, word;

	for (*count = 0; rest.len > 0; ++*count) {
		rest.p++;			/* the space: "-> " was checked, and a word ends at a space only */
		rest.len--;
		if (!next_argument(&rest, &word))
			return -1;
		if (*count == 0)
			*type = word;
		else if (*count == 1)
			*argument = word;
	}
	return 0;
}

/* Body lines up to the first that is shorter than full. *len is the length of the whole body; last holds the bytes of its last line. */
static int read_body(struct cursor *c, unsigned char last[LINE_BYTES], size_t *len)
{
	struct line line;
	long n;

	*len = 0;
	do {
		if (!next_line(c, &line) || line.len > LINE_TEXT)
			return -1;
		n = base64_decode_some(line.p, line.len, false, last, LINE_BYTES);
		if (n < 0)
			return -1;
		*len += (size_t)n;
	} while (line.len == LINE_TEXT);
	return 0;
}

static int read_stanza(struct age_header *h, struct line line, struct cursor *c)
{
	struct line type = { NULL, 0 }, argument = { NULL, 0 };
	unsigned char body[LINE_BYTES];
	struct age_stanza *stanza;
	size_t count, len;

	if (h->stanzas++ == AGE_STANZAS_MAX)
		return -1;
	if (read_arguments(line, &type, &argument, &count) != 0 || read_body(c, body, &len) != 0)
		return -1;
	if (is(type, "scrypt"))
		return -1;
	if (!is(type, "X25519"))
		return 0;			/* somebody else's, or grease */
	/* Sizes are checked before anything is opened, so that nobody can probe which key opens what. */
	stanza = &h->x25519[h->x25519_count++];
	if (count != 2 || len != sizeof stanza->body)
		return -1;
	memcpy(stanza->body, body, sizeof stanza->body);
	return base64_decode(argument.p, argument.len, false, stanza->share, sizeof stanza->share);
}

int age_header_parse(struct age_header *h, const char *raw, size_t len)
{
	struct cursor c = { raw, raw + len };
	struct line line;

	memset(h, 0, sizeof *h);
	if (!next_line(&c, &line) || !is(line, VERSION))
		return -1;
	while (next_line(&c, &line) && starts(line, "-> "))
		if (read_stanza(h, line, &c) != 0)
			return -1;
	if (h->stanzas == 0 || c.p != c.end || !starts(line, "--- "))
		return -1;
	h->covered = (size_t)(line.p - raw) + 3;
	return base64_decode(line.p + 4, line.len - 4, false, h->mac, sizeof h->mac);
}
