#include "documents/import_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "crypto/hash.h"

void import_map_release(struct import_map *m)
{
	for (int i = 0; i < m->count; i++)
		free(m->told[i].title);
	m->count = 0;
}

static void fold(const char *title, struct buf *out)
{
	text_fold(title, strlen(title), out);
}

enum import_column import_map_find(const struct import_map *m, const char *title)
{
	struct buf folded = BUF_INIT;
	enum import_column found = COLUMN_UNKNOWN;
	if (m->count == 0 || !*title)
		return COLUMN_UNKNOWN;
	fold(title, &folded);
	for (int i = 0; i < m->count && found == COLUMN_UNKNOWN; i++)
		if (strcmp(m->told[i].title, folded.data) == 0)
			found = m->told[i].column;
	buf_release(&folded);
	return found;
}

void import_map_tell(struct import_map *m, const char *title, enum import_column column)
{
	struct buf folded = BUF_INIT;
	int i = 0;
	fold(title, &folded);
	while (i < m->count && strcmp(m->told[i].title, folded.data) != 0)
		i++;
	if (i < m->count)
		m->told[i].column = column;
	else if (m->count < IMPORT_MAP_MAX && folded.len > 0) {
		m->told[m->count].column = column;
		m->told[m->count++].title = mem_dupn(folded.data, folded.len);
	}
	buf_release(&folded);
}

/* --- as words --- */

static int refuse_field(enum import_kind kind, const char *name, struct err *e)
{
	struct buf names = BUF_INIT, safe = BUF_INIT;
	for (int c = COLUMN_SKIPPED; c < COLUMN_KINDS; c++)
		if (import_column_in((enum import_column)c, kind))
			buf_addf(&names, "%s%s", names.len ? ", " : "", import_columns[c].name);
	text_escape(name, strlen(name), &safe);
	err_set(e, ERR_USAGE, _("a list of %s has no field “%s”; there are %s"), import_kind_names[kind], safe.data, names.data);
	buf_release(&names);
	buf_release(&safe);
	return -1;
}

static int read_pair(struct import_map *m, char *pair, struct err *e)
{
	char *equals = strrchr(pair, '=');
	if (!equals || equals == pair)
		return err_set(e, ERR_USAGE, _("what columns mean is told as “Title=field,Title=field”"));
	*equals = '\0';
	const char *name = equals + 1 + strspn(equals + 1, " ");
	enum import_column column = import_column_by_name(m->kind, name);
	if (column == COLUMN_UNKNOWN)
		return refuse_field(m->kind, name, e);
	import_map_tell(m, pair + strspn(pair, " "), column);
	return 0;
}

int import_map_read(struct import_map *m, const char *pairs, struct err *e)
{
	char *copy = mem_dup(pairs), *p = copy;
	int rc = 0;
	/* A comma ends a pair that has its “=”; one before that is the title's. */
	while (rc == 0 && *p) {
		char *equals = strchr(p, '='), *comma = equals ? strchr(equals, ',') : NULL;
		if (comma)
			*comma = '\0';
		rc = read_pair(m, p, e);
		p = comma ? comma + 1 : p + strlen(p);
		if (!comma)
			break;
	}
	free(copy);
	return rc;
}

/* --- remembered --- */

/* One setting a kind of list and row of titles: the titles' hash, so that long headers make short keys. */
static void setting_key(enum import_kind kind, const struct csv_row *row, char out[64])
{
	enum { SHOWN = 8 };
	struct buf titles = BUF_INIT;
	unsigned char digest[HASH_SIZE];
	char hex[2 * SHOWN + 1];
	for (int i = 0; i < row->count; i++) {
		fold(row->cell[i], &titles);
		buf_addc(&titles, '\n');
	}
	while (titles.len > 0 && titles.data[titles.len - 1] == '\n')
		buf_cut(&titles, titles.len - 1);
	hash_of(titles.data, titles.len, digest);
	hash_hex(digest, SHOWN, hex);
	snprintf(out, 64, "import-%s-%s", import_kind_names[kind], hex);
	buf_release(&titles);
}

void import_map_recall(struct import_map *m, struct store *s, const struct csv_row *row)
{
	char key[64];
	setting_key(m->kind, row, key);
	char *kept = store_setting(s, key);
	/* A line a title: the field's name, a tab, the title folded. What a newer program wrote and this one does not know is left out. */
	for (char *line = kept; line && *line; ) {
		char *end = strchr(line, '\n'), *tab = strchr(line, '\t');
		if (end)
			*end = '\0';
		if (tab && (!end || tab < end)) {
			*tab = '\0';
			enum import_column column = import_column_by_name(m->kind, line);
			if (column != COLUMN_UNKNOWN && import_map_find(m, tab + 1) == COLUMN_UNKNOWN)
				import_map_tell(m, tab + 1, column);
		}
		line = end ? end + 1 : NULL;
	}
	free(kept);
}

int import_map_remember(const struct import_map *m, struct store *s, const struct csv_row *row, struct err *e)
{
	struct buf kept = BUF_INIT;
	char key[64];
	if (m->count == 0)
		return 0;
	setting_key(m->kind, row, key);
	for (int i = 0; i < m->count; i++)
		buf_addf(&kept, "%s\t%s\n", import_columns[m->told[i].column].name, m->told[i].title);
	int rc = store_set_setting(s, key, kept.data, e);
	buf_release(&kept);
	return rc;
}
