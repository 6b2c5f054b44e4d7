/* The marks of a list. They are kept by id, so that asking for one costs little however many there are. */
#include "screens/parts/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define STEP 256	/* rows that are read at once */

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct list_mark *)a)->id, ((const struct list_mark *)b)->id);
}

static int by_order(const void *a, const void *b)
{
	uint32_t x = ((const struct list_mark *)a)->order, y = ((const struct list_mark *)b)->order;

	return (x > y) - (x < y);
}

static struct list_mark *find(const struct list_mark *mark, size_t count, const char *id)
{
	struct list_mark key;

	snprintf(key.id, sizeof key.id, "%s", id);
	return count > 0 ? bsearch(&key, mark, count, sizeof key, by_id) : NULL;
}

bool list_marked(const struct list *l, const char *id)
{
	return find(l->mark, l->marks_count, id) != NULL;
}

void list_unmark(struct list *l)
{
	l->marks_count = 0;
}

static void sort(struct list *l)
{
	qsort(l->mark, l->marks_count, sizeof *l->mark, by_id);
}

/* Leaves the order to the caller. */
static void add(struct list *l, const char *id)
{
	struct list_mark *m;

	l->mark = mem_resize(l->mark, l->marks_count + 1, sizeof *l->mark);
	m = &l->mark[l->marks_count++];
	snprintf(m->id, sizeof m->id, "%s", id);
	m->order = l->marks_order++;
}

void list_mark(struct list *l, const char *id)
{
	if (list_marked(l, id))
		return;
	add(l, id);
	sort(l);
}

int list_toggle_mark(struct list *l, struct err *e)
{
	const char *id = list_selected(l, e);
	struct list_mark *m = find(l->mark, l->marks_count, id);

	if (id[0] == '\0')
		return l->count > 0 ? -1 : 0;
	if (m != NULL) {
		l->marks_count--;
		memmove(m, m + 1, (l->marks_count - (size_t)(m - l->mark)) * sizeof *m);
	} else {
		add(l, id);
		sort(l);
	}
	return 0;
}

static void take(struct list_mark *all, size_t *count, const char *id)
{
	snprintf(all[*count].id, sizeof all->id, "%s", id);
	all[*count].order = (uint32_t)*count;
	(*count)++;
}

static int read_ids(struct list *l, struct list_mark *all, size_t *count, struct err *e)
{
	char (*ids)[RECORD_ID_SIZE] = mem_alloc((size_t)(l->count > 0 ? l->count : 1) * sizeof *ids);
	int status = l->class->ids(l->context, 0, (int)l->count, ids, e);

	for (int64_t i = 0; status == 0 && i < l->count; i++)
		take(all, count, ids[i]);
	free(ids);
	return status;
}

static int read_windows(struct list *l, struct list_mark *all, size_t *count, struct err *e)
{
	l->window_first = -1;
	for (int64_t first = 0; first < l->count; first += STEP) {
		int rows = (int)(l->count - first < STEP ? l->count - first : STEP);

		if (l->class->load(l->context, first, rows, e) != 0)
			return -1;
		for (int i = 0; i < rows; i++)
			take(all, count, l->class->id(l->context, i));
	}
	return 0;
}

/* The ids of all rows of the query, in its order; `order` of each is its place. */
static int read_all(struct list *l, struct list_mark **out, size_t *count, struct err *e)
{
	struct list_mark *all = mem_zero(l->count > 0 ? (size_t)l->count : 1, sizeof *all);
	int status;

	*count = 0;
	status = l->class->ids != NULL ? read_ids(l, all, count, e) : read_windows(l, all, count, e);
	if (status == 0)
		*out = all;
	else
		free(all);
	return status;
}

static void drop_these(struct list *l, const struct list_mark *these, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->marks_count; i++)
		if (find(these, count, l->mark[i].id) == NULL)
			l->mark[kept++] = l->mark[i];
	l->marks_count = kept;
}

int list_mark_all(struct list *l, struct err *e)
{
	struct list_mark *all;
	size_t count, missing = 0, had = l->marks_count;

	if (read_all(l, &all, &count, e) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (find(l->mark, had, all[i].id) == NULL)
			all[missing++] = all[i];
	if (missing > 0) {
		l->mark = mem_resize(l->mark, had + missing, sizeof *l->mark);
		for (size_t i = 0; i < missing; i++) {
			l->mark[had + i] = all[i];
			l->mark[had + i].order = l->marks_order++;
		}
		l->marks_count = had + missing;
		sort(l);
	} else {
		qsort(all, count, sizeof *all, by_id);
		drop_these(l, all, count);
	}
	free(all);
	return 0;
}

/* Pointers first, the texts behind them. */
static const char **copies(const struct list_mark *mark, size_t count)
{
	const char **ids = mem_alloc(count * (sizeof *ids + RECORD_ID_SIZE));
	char *text = (char *)(ids + count);

	for (size_t i = 0; i < count; i++, text += RECORD_ID_SIZE) {
		memcpy(text, mark[i].id, RECORD_ID_SIZE);
		ids[i] = text;
	}
	return ids;
}

const char **list_chosen(struct list *l, int *count, struct err *e)
{
	struct list_mark selected = { "", 0 };
	const char **ids;

	if (l->marks_count > 0) {
		qsort(l->mark, l->marks_count, sizeof *l->mark, by_order);
		ids = copies(l->mark, l->marks_count);
		*count = (int)l->marks_count;
		sort(l);
		return ids;
	}
	*count = 0;
	snprintf(selected.id, sizeof selected.id, "%s", list_selected(l, e));
	if (selected.id[0] == '\0')
		return NULL;
	*count = 1;
	return copies(&selected, 1);
}
