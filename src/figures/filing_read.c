/* A filed report, read whole and verified. */
#include "figures/filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "crypto/hash.h"

enum { FIGURES_MOST = 1000, PARTS_MOST = 100000 };

void filing_release(struct filing *f)
{
	for (int i = 0; i < f->figures; i++) {
		free(f->figure[i].name);
		free(f->figure[i].line);
	}
	for (int i = 0; i < f->indicators; i++)
		free(f->indicator[i].key);
	for (int i = 0; i < f->texts; i++)
		free(f->text[i]);
	free(f->figure);
	free(f->indicator);
	free(f->text);
	*f = (struct filing){ .figures = 0 };
}

void filing_canonical(const struct filing *f, struct buf *out)
{
	buf_addf(out, "livenet report 1\nprogramme %s\nname %s\nsince %s\nuntil %s\ndate %s\n", f->programme, f->head.name, f->head.since, f->head.until, f->head.date);
	for (int i = 0; i < f->figures; i++) {
		const struct filing_figure *g = &f->figure[i];
		buf_addf(out, "figure %s %lld\n", g->name, (long long)g->value);
		for (int k = 0; k < g->count; k++) {
			buf_adds(out, g->line[k].id);
			buf_addc(out, ' ');
			buf_addi(out, g->line[k].number);
			buf_addc(out, '\n');
		}
	}
	for (int i = 0; i < f->indicators; i++) {
		const struct filing_indicator *n = &f->indicator[i];
		buf_addf(out, "indicator %s ", n->key);
		if (n->has_target)
			buf_addi(out, n->target);
		else
			buf_addc(out, '-');
		buf_addf(out, " %lld\n", (long long)n->reached);
	}
}

static int damaged(const struct filing *f, struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("the filed report “%s” is not what was filed, or not all of it is here: its hash differs"), f->head.name);
}

/* --- the figures --- */

static int read_figures(struct filing *f, struct json *j)
{
	const char *key;
	size_t len;
	int rc = json_enter(j, JSON_OBJECT);
	while (rc == 0 && (rc = json_read_key(j, &key, &len)) == 0) {
		if (f->figures == FIGURES_MOST)
			return -1;
		f->figure = mem_resize(f->figure, (size_t)f->figures + 1, sizeof *f->figure);
		f->figure[f->figures] = (struct filing_figure){ .name = mem_dupn(key, len) };
		rc = json_read_int(j, &f->figure[f->figures++].value);
	}
	return rc == 1 ? json_leave(j) : -1;
}

static int read_indicator(struct filing_indicator *n, struct json *j)
{
	if (json_enter(j, JSON_ARRAY) != 0)
		return -1;
	n->has_target = json_peek(j) == JSON_INT;
	if ((n->has_target ? json_read_int(j, &n->target) : json_skip(j, NULL, NULL)) != 0 || json_read_int(j, &n->reached) != 0)
		return -1;
	return json_leave(j);
}

static int read_indicators(struct filing *f, struct json *j)
{
	const char *key;
	size_t len;
	int rc = json_enter(j, JSON_OBJECT);
	while (rc == 0 && (rc = json_read_key(j, &key, &len)) == 0) {
		if (f->indicators == FIGURES_MOST)
			return -1;
		f->indicator = mem_resize(f->indicator, (size_t)f->indicators + 1, sizeof *f->indicator);
		f->indicator[f->indicators] = (struct filing_indicator){ .key = mem_dupn(key, len) };
		rc = read_indicator(&f->indicator[f->indicators++], j);
	}
	return rc == 1 ? json_leave(j) : -1;
}

static int read_summary(struct filing *f, const char *text)
{
	const char *const keys[] = { "figures", "indicators", NULL };
	struct json_span span[2] = { { NULL, 0 }, { NULL, 0 } };
	struct json j;
	json_open(&j, text, strlen(text));
	int rc = json_object(&j, keys, span, true);
	json_close(&j);
	for (int i = 0; i < 2 && rc == 0; i++) {
		if (!span[i].p)
			return -1;
		json_open(&j, span[i].p, span[i].len);
		rc = i == 0 ? read_figures(f, &j) : read_indicators(f, &j);
		json_close(&j);
	}
	return rc;
}

/* --- the lists --- */

static struct filing_figure *find_figure(struct filing *f, const char *name)
{
	for (int i = 0; i < f->figures; i++)
		if (strcmp(f->figure[i].name, name) == 0)
			return &f->figure[i];
	return NULL;
}

/* Lines «id number» of a text, which is cut up. -1: something else. */
static int read_lines(struct filing_figure *g, char *text)
{
	while (*text) {
		char *line = text, *blank, *end;
		text += strcspn(text, "\n");
		if (*text)
			*text++ = '\0';
		if (!(blank = strchr(line, ' ')))
			return -1;
		*blank++ = '\0';
		if ((g->count & (g->count - 1)) == 0)
			g->line = mem_resize(g->line, g->count > 0 ? 2 * (size_t)g->count : 1, sizeof *g->line);
		g->line[g->count++] = (struct filing_line){ line, strtoll(blank, &end, 10) };
		if (*end || end == blank)
			return -1;
	}
	return 0;
}

static int read_parts(struct store *s, struct filing *f, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT figure, body FROM filing_part WHERE filing = ?1 AND deleted = 0 ORDER BY figure, part, id", e);
	int rc, wrong = 0;
	if (!st)
		return -1;
	store_bind_text(st, 1, f->head.id);
	while ((rc = store_step(s, st, e)) == 1 && !wrong) {
		struct filing_figure *g = find_figure(f, store_text(st, 0));
		if (!g || f->texts == PARTS_MOST) {
			wrong = 1;
			break;
		}
		f->text = mem_resize(f->text, (size_t)f->texts + 1, sizeof *f->text);
		f->text[f->texts] = mem_dup(store_text(st, 1));
		wrong = read_lines(g, f->text[f->texts++]) != 0;
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : wrong ? damaged(f, e) : 0;
}

static int verify(const struct filing *f, struct err *e)
{
	struct buf text = BUF_INIT;
	unsigned char hash[HASH_SIZE];
	char hex[HASH_HEX_SIZE];
	filing_canonical(f, &text);
	hash_of(text.data, text.len, hash);
	hash_hex(hash, sizeof hash, hex);
	buf_release(&text);
	return strcmp(hex, f->head.hash) == 0 ? 0 : damaged(f, e);
}

static int read_record(struct store *s, const char *id, struct filing *f, struct err *e)
{
	sqlite3_stmt *st;
	struct record r;
	if (record_load(s, &r, &filing_type, id, e) != 0)
		return -1;
	snprintf(f->head.id, sizeof f->head.id, "%s", r.id);
	snprintf(f->programme, sizeof f->programme, "%s", record_get(&r, "programme"));
	snprintf(f->head.name, sizeof f->head.name, "%s", record_get(&r, "name"));
	snprintf(f->head.since, sizeof f->head.since, "%s", record_get(&r, "since"));
	snprintf(f->head.until, sizeof f->head.until, "%s", record_get(&r, "until"));
	snprintf(f->head.date, sizeof f->head.date, "%s", record_get(&r, "date"));
	snprintf(f->head.hash, sizeof f->head.hash, "%s", record_get(&r, "hash"));
	int rc = read_summary(f, record_get(&r, "summary")) == 0 ? 0 : damaged(f, e);
	record_release(&r);
	if (rc != 0 || !(st = store_prepare(s, "SELECT origin_hlc >> 16 FROM filing WHERE id = ?1", e)))
		return -1;
	store_bind_text(st, 1, id);
	rc = store_step(s, st, e);
	if (rc == 1)
		f->head.ms = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int filing_read(struct store *s, const char *id, struct filing *out, struct err *e)
{
	*out = (struct filing){ .figures = 0 };
	if (read_record(s, id, out, e) == 0 && read_parts(s, out, e) == 0 && verify(out, e) == 0)
		return 0;
	filing_release(out);
	return -1;
}
