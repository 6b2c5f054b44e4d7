#include "sync/wire.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The members of each kind in their order: H hub, D device, x hash, e epoch, s seq, z size, o offset, n number, w word, t text (the rest of the line). */
static const struct { const char *name, *members; } grammar[] = {
	[WIRE_HELLO] = { "livenet-exchange 1", "HD" }, [WIRE_HAVE] = { "have", "esx" }, [WIRE_PART] = { "part", "xz" },
	[WIRE_SEND] = { "send", "sxz" }, [WIRE_INLINE] = { "inline", "" }, [WIRE_ASK] = { "ask", "" }, [WIRE_DATA] = { "data", "soz" },
	[WIRE_END] = { "end", "" }, [WIRE_HUB] = { "livenet-hub 1", "" }, [WIRE_WANT] = { "want", "so" }, [WIRE_GO] = { "go", "" },
	[WIRE_BUSY] = { "busy", "n" }, [WIRE_WORK] = { "work", "n" }, [WIRE_RESULT] = { "result", "swt" }, [WIRE_OFFER] = { "offer", "nz" },
	[WIRE_BUNDLE] = { "bundle", "sxzo" }, [WIRE_DONE] = { "done", "" }, [WIRE_ERROR] = { "error", "wt" },
};
#define KINDS (sizeof grammar / sizeof grammar[0])

static bool hexadecimal(const char *text, size_t len)
{
	return strspn(text, "0123456789abcdef") >= len;
}

static bool read_hex(const char *text, size_t len, char *out, size_t size)
{
	if (len != size - 1 || !hexadecimal(text, len))
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

static bool read_number(const char *text, size_t len, int64_t *out)
{
	if (len == 0 || len > 18 || strspn(text, "0123456789") < len || (len > 1 && *text == '0'))
		return false;
	*out = strtoll(text, NULL, 10);
	return true;
}

static bool read_words(const char *text, size_t len, char *out, size_t size)
{
	if (len == 0 || len >= size)
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

static bool read_member(struct wire_line *l, char member, const char *text, size_t len)
{
	switch (member) {
	case 'H':
		return read_hex(text, len, l->hub, sizeof l->hub);
	case 'D':
		return read_hex(text, len, l->device, sizeof l->device);
	case 'x':
		return read_hex(text, len, l->hash, sizeof l->hash);
	case 'e':
		return read_number(text, len, &l->epoch);
	case 's':
		return read_number(text, len, &l->seq);
	case 'z':
		return read_number(text, len, &l->size);
	case 'o':
		return read_number(text, len, &l->offset);
	case 'n':
		return read_number(text, len, &l->number);
	case 'w':
		return strspn(text, "abcdefghijklmnopqrstuvwxyz") >= len && read_words(text, len, l->word, sizeof l->word);
	case 't':
		return read_words(text, len, l->text, sizeof l->text);
	}
	return false;
}

/* Behind the name: each member after one space, and nothing after the last one. `rest` ends with a NUL. */
static bool read_members(struct wire_line *l, const char *members, const char *rest)
{
	for (; *members != '\0'; members++) {
		size_t len;

		if (*rest++ != ' ')
			return false;
		len = *members == 't' ? strlen(rest) : strcspn(rest, " ");
		if (!read_member(l, *members, rest, len))
			return false;
		rest += len;
	}
	return *rest == '\0';
}

int wire_read(struct wire_line *out, const char *line, size_t len)
{
	char text[WIRE_LINE_MAX + 1];

	memset(out, 0, sizeof *out);
	if (len > WIRE_LINE_MAX)
		return -1;
	for (size_t i = 0; i < len; i++)
		if (line[i] < 0x20 || line[i] > 0x7e)
			return -1;
	memcpy(text, line, len);
	text[len] = '\0';
	for (size_t i = 0; i < KINDS; i++) {
		size_t name = strlen(grammar[i].name);

		if (strncmp(text, grammar[i].name, name) != 0 || (text[name] != ' ' && text[name] != '\0'))
			continue;
		out->kind = (enum wire_kind)i;
		return read_members(out, grammar[i].members, text + name) ? 0 : -1;
	}
	return -1;
}

static void write_words(const char *text, size_t most, struct buf *out)
{
	if (*text == '\0')
		buf_addc(out, '-');
	for (size_t i = 0; text[i] != '\0' && i < most; i++)
		buf_addc(out, text[i] < 0x20 || text[i] > 0x7e ? '?' : text[i]);
}

void wire_write(const struct wire_line *l, struct buf *out)
{
	buf_adds(out, grammar[l->kind].name);
	for (const char *m = grammar[l->kind].members; *m != '\0'; m++) {
		buf_addc(out, ' ');
		switch (*m) {
		case 'H':
			buf_adds(out, l->hub);
			break;
		case 'D':
			buf_adds(out, l->device);
			break;
		case 'x':
			buf_adds(out, l->hash);
			break;
		case 'e':
			buf_addi(out, l->epoch);
			break;
		case 's':
			buf_addi(out, l->seq);
			break;
		case 'z':
			buf_addi(out, l->size);
			break;
		case 'o':
			buf_addi(out, l->offset);
			break;
		case 'n':
			buf_addi(out, l->number);
			break;
		case 'w':
			buf_adds(out, l->word);
			break;
		case 't':
			write_words(l->text, sizeof l->text - 1, out);
			break;
		}
	}
	buf_addc(out, '\n');
}

/* --- a stream of them --- */

void wire_release(struct wire *w)
{
	buf_release(&w->held);
	w->at = 0;
}

/* What was taken goes, once it is worth the moving. */
static void settle(struct wire *w)
{
	if (w->at == w->held.len)
		buf_reset(&w->held);
	else if (w->at >= 65536)
		buf_drop(&w->held, w->at);
	else
		return;
	w->at = 0;
}

int wire_next(struct wire *w, struct wire_line *out)
{
	const char *line, *end;
	size_t left;

	settle(w);
	line = w->held.data + w->at;
	left = w->held.len - w->at;
	end = memchr(line, '\n', left > WIRE_LINE_MAX ? WIRE_LINE_MAX + 1 : left);
	if (end == NULL)
		return left > WIRE_LINE_MAX ? -1 : 0;
	w->at += (size_t)(end - line) + 1;
	return wire_read(out, line, (size_t)(end - line)) == 0 ? 1 : -1;
}

size_t wire_raw(struct wire *w, size_t most, const char **data)
{
	size_t left;

	settle(w);
	left = w->held.len - w->at;
	*data = w->held.data + w->at;
	if (left > most)
		left = most;
	w->at += left;
	return left;
}

size_t wire_left(const struct wire *w)
{
	return w->held.len - w->at;
}
