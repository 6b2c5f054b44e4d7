/* municipality import: a list of municipalities (code, kind, name, centre, successor), from a table that was saved as text. */
#include "commands/municipality_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/territory.h"

#define FILE_MAX (1 << 20)
enum { CODE, KIND, NAME, CENTRE, SUCCESSOR, CELLS };

struct list {
	struct invocation *call;
	char separator;
	int place[CELLS];		/* of each in a line; -1: the file has none */
	int line;
	bool whole;			/* what the file does not name is gone */
	char (*code)[MUNICIPALITY_CODE_SIZE];
	int count, room;
	struct buf out;
};

static const char *const names[CELLS] = { "code", "kind", "name", "centre", "successor" };
static const char *const fates[] = {
	[TERRITORY_SAME] = "same", [TERRITORY_NEW] = "new", [TERRITORY_CHANGED] = "changed", [TERRITORY_ABOLISHED] = "abolished"
};

/* The next cell of a line, cut out of it; quotes around one are taken off. */
static char *next_cell(char **p, char separator)
{
	char *cell = *p, *to = cell, *from = cell;
	bool quoted = *from == '"';

	if (quoted)
		from++;
	for (; *from != '\0' && (quoted || *from != separator); from++) {
		if (quoted && *from == '"' && *++from != '"') {
			quoted = false;
			from--;
			continue;
		}
		*to++ = *from;
	}
	*p = *from == separator && separator != '\0' ? from + 1 : from;
	*to = '\0';
	return cell;
}

static int cut(struct list *l, char *line, char *cell[32])
{
	int count = 0;
	bool more = true;

	while (more && count < 32) {
		char *end = line + strlen(line);

		cell[count++] = next_cell(&line, l->separator);
		more = line < end;
	}
	return count;
}

static int bad_line(const struct list *l, struct err *e)
{
	return err_prefix(e, _("line %d"), l->line);
}

/* The first line names the columns, or there are none and they stand in the usual order. True: it is such a line. */
static bool read_header(struct list *l, char **cell, int count)
{
	for (int i = 0; i < CELLS; i++)
		l->place[i] = i;
	if (strspn(cell[0], "0123456789") == strlen(cell[0]) && *cell[0] != '\0')
		return false;
	for (int i = 0; i < CELLS; i++) {
		l->place[i] = -1;
		for (int c = 0; c < count; c++)
			if (strcmp(cell[c], names[i]) == 0)
				l->place[i] = c;
	}
	return true;
}

static int remember(struct list *l, const char *code, struct err *e)
{
	for (int i = 0; i < l->count; i++)
		if (strcmp(l->code[i], code) == 0)
			return err_set(e, ERR_REFUSED, _("%s is there twice"), code);
	if (l->count == l->room) {
		l->room = l->room > 0 ? 2 * l->room : 64;
		l->code = mem_resize(l->code, (size_t)l->room, sizeof *l->code);
	}
	snprintf(l->code[l->count++], MUNICIPALITY_CODE_SIZE, "%s", code);
	return 0;
}

static void tell(struct list *l, const char *code, const char *name, enum territory_fate fate)
{
	if (fate == TERRITORY_SAME)
		return;
	buf_addf(&l->out, "%s\t%s\t", fates[fate], code);
	text_escape_tsv(name, strlen(name), &l->out);
	buf_addc(&l->out, '\n');
}

static int take(struct list *l, char **cell, int count, struct err *e)
{
	const char *value[CELLS];
	enum territory_fate fate;

	for (int i = 0; i < CELLS; i++)
		value[i] = l->place[i] >= 0 && l->place[i] < count ? cell[l->place[i]] : "";
	if (strlen(value[CODE]) != MUNICIPALITY_CODE_SIZE - 1 || strspn(value[CODE], "0123456789") != MUNICIPALITY_CODE_SIZE - 1)
		return err_set(e, ERR_REFUSED, _("a municipality's code has eight digits and stays"));
	if (remember(l, value[CODE], e) != 0 ||
	    territory_set(l->call->store, &(struct territory_row){ value[CODE], value[KIND], value[NAME], value[CENTRE], value[SUCCESSOR] }, &fate, e) != 0)
		return -1;
	tell(l, value[CODE], value[NAME], fate);
	return 0;
}

static int take_lines(struct list *l, char *text, struct err *e)
{
	char *cell[32], *next;

	for (char *line = text; *line != '\0'; line = next) {
		size_t len = strcspn(line, "\r\n");
		int count;

		next = line + len;
		if (*next == '\r')
			*next++ = '\0';
		if (*next == '\n')
			*next++ = '\0';
		l->line++;
		if (*line == '\0')
			continue;
		if (l->separator == '\0')
			l->separator = strchr(line, '\t') != NULL ? '\t' : strchr(line, ';') != NULL ? ';' : ',';
		count = cut(l, line, cell);
		if (l->line == 1 && read_header(l, cell, count)) {
			if (l->place[CODE] < 0 || l->place[KIND] < 0 || l->place[NAME] < 0)
				return err_set(e, ERR_REFUSED, _("the columns are: code, kind, name, centre, successor"));
			continue;
		}
		if (take(l, cell, count, e) != 0)
			return bad_line(l, e);
	}
	return l->count > 0 ? 0 : err_set(e, ERR_REFUSED, _("there is no municipality in the file"));
}

struct missing { struct list *list; char (*code)[MUNICIPALITY_CODE_SIZE]; struct buf name; int count; };

static int note_missing(void *context, const char *code, const char *name, struct err *e)
{
	struct missing *m = context;

	(void)e;
	for (int i = 0; i < m->list->count; i++)
		if (strcmp(m->list->code[i], code) == 0)
			return 0;
	m->code = mem_resize(m->code, (size_t)m->count + 1, sizeof *m->code);
	snprintf(m->code[m->count++], MUNICIPALITY_CODE_SIZE, "%s", code);
	buf_adds(&m->name, name);
	buf_addc(&m->name, '\n');
	return 0;
}

static int abolish_missing(struct list *l, struct err *e)
{
	struct missing m = { .list = l, .name = BUF_INIT };
	int rc = municipality_each(l->call->store, note_missing, &m, e);
	char *name = m.name.data;

	for (int i = 0; rc == 0 && i < m.count; i++) {
		enum territory_fate fate;
		char *end = strchr(name, '\n');

		*end = '\0';
		rc = territory_abolish(l->call->store, m.code[i], &fate, e);
		if (rc == 0)
			tell(l, m.code[i], name, fate);
		name = end + 1;
	}
	free(m.code);
	buf_release(&m.name);
	return rc;
}

/* All of it, or none; of a dry run none. */
static int take_all(struct list *l, struct buf *text, bool dry_run, struct err *e)
{
	int rc;

	if (store_begin(l->call->store, e) != 0)
		return -1;
	rc = take_lines(l, text->data + (strncmp(text->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0), e);
	if (rc == 0 && l->whole)
		rc = abolish_missing(l, e);
	if (rc == 0 && !dry_run)
		return store_commit(l->call->store, e);
	store_rollback(l->call->store);
	return rc;
}

int municipality_import(struct invocation *call, struct err *e)
{
	struct list l = { .call = call, .out = BUF_INIT };
	struct buf text = BUF_INIT;
	bool dry_run = false;
	const struct option options[] = { { "dry-run", NULL, &dry_run }, { "whole", NULL, &l.whole }, { NULL, NULL, NULL } };
	int rc = -1;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (!person_coordinates(call->store))
		return err_set(e, ERR_REFUSED, _("the list of municipalities is a coordinator's to change"));
	if (fs_read(call->argv[0], FILE_MAX, false, &text, e) == 0)
		rc = text_utf8_valid(text.data, text.len) && strlen(text.data) == text.len ? take_all(&l, &text, dry_run, e) :
		    err_set(e, ERR_REFUSED, _("%s is no text in UTF-8: save it with that encoding"), call->argv[0]);
	if (rc == 0) {
		rc = print_text(e, "fate\tcode\tname\n");
		if (rc == 0)
			rc = print_buf(&l.out, e);
	}
	free(l.code);
	buf_release(&l.out);
	buf_release(&text);
	return rc;
}
