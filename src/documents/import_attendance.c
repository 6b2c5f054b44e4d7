/* A row of a list of who came, or is registered: the mark of one person at one seminar. */
#include "documents/import_register.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/attendance.h"

/* What people put into such a column, folded; beside the words of the field itself. */
static const struct { const char *word; enum attendance_state state; } signs[] = {
	{ "+", ATTENDANCE_PRESENT }, { "v", ATTENDANCE_PRESENT }, { "x", ATTENDANCE_PRESENT }, { "х", ATTENDANCE_PRESENT }, { "1", ATTENDANCE_PRESENT },
	{ "yes", ATTENDANCE_PRESENT }, { "да", ATTENDANCE_PRESENT }, { "был", ATTENDANCE_PRESENT }, { "была", ATTENDANCE_PRESENT },
	{ "пришел", ATTENDANCE_PRESENT }, { "пришла", ATTENDANCE_PRESENT }, { "присутствовал(а)", ATTENDANCE_PRESENT },
	{ "-", ATTENDANCE_ABSENT }, { "0", ATTENDANCE_ABSENT }, { "no", ATTENDANCE_ABSENT }, { "нет", ATTENDANCE_ABSENT }, { "н", ATTENDANCE_ABSENT },
	{ "", ATTENDANCE_REGISTERED },
};

static int read_state(const struct import_entry *n, enum attendance_state *state, struct err *e)
{
	const struct buf *cell = &n->text[COLUMN_STATE];
	/* Who stands on a list without such a column came. */
	*state = ATTENDANCE_PRESENT;
	if (!n->there[COLUMN_STATE] && cell->len == 0)
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (text_same(cell->data, signs[i].word)) {
			*state = signs[i].state;
			return 0;
		}
	/* A mark is what it looks like: «✓», «V». */
	if (strcmp(cell->data, "✓") == 0 || strcmp(cell->data, "✔") == 0 || strcmp(cell->data, "—") == 0 || strcmp(cell->data, "–") == 0) {
		*state = strcmp(cell->data, "—") == 0 || strcmp(cell->data, "–") == 0 ? ATTENDANCE_ABSENT : ATTENDANCE_PRESENT;
		return 0;
	}
	const struct choice *said = choice_parse(attendance_states, cell->data);
	if (!said)
		return err_set(e, ERR_REFUSED, _("the mark “%s” is not understood: present, absent or registered"), cell->data);
	*state = (enum attendance_state)(said - attendance_states);
	return 0;
}

/* 0 with the state as it is kept; *there false: not on the sheet. */
static int on_sheet(struct store *s, const char *id, bool *there, enum attendance_state *state, bool *noted, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT state, coalesce(note, '') <> '' FROM attendance WHERE id = ?1 AND deleted = 0", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	*there = rc == 1;
	if (rc == 1) {
		const struct choice *kept = choice_find(attendance_states, store_text(st, 0));
		*state = kept ? (enum attendance_state)(kept - attendance_states) : ATTENDANCE_REGISTERED;
		*noted = sqlite3_column_int(st, 1) != 0;
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

static int set_note(struct import_register *m, const char *id, const char *note, struct err *e)
{
	struct record r;
	if (record_load(m->s, &r, &attendance_type, id, e) != 0)
		return -1;
	int rc = record_set(m->s, &r, "note", note, e) == 0 ? record_save(m->s, &r, e) : -1;
	record_release(&r);
	return rc;
}

/* A mark that says something else than the sheet stays as it is on the sheet; who is registered there may have come by now. */
static int mark(struct import_register *m, const struct import_entry *n, const char *seminar, const char *person, enum attendance_state state,
    enum import_fate *fate, struct buf *words, struct err *e)
{
	char id[RECORD_ID_SIZE];
	enum attendance_state kept = ATTENDANCE_REGISTERED;
	bool there = false, noted = false;
	if (snprintf(id, sizeof id, "%s/%s", seminar, person) >= (int)sizeof id)
		return err_set(e, ERR_REFUSED, _("the ids of the seminar and the person are too long"));
	if (on_sheet(m->s, id, &there, &kept, &noted, e) != 0)
		return -1;
	bool other = there && kept != state, later = other && kept == ATTENDANCE_REGISTERED;
	*fate = !there ? IMPORT_NEW : later ? IMPORT_CHANGED : IMPORT_SAME;
	if ((!there || later) && attendance_mark(m->s, seminar, person, state, e) != 0)
		return -1;
	if (other && !later && state != ATTENDANCE_REGISTERED)
		buf_addf(words, _("%sthe sheet says: %s"), words->len ? "; " : "", _(attendance_states[kept].label));
	return n->text[COLUMN_NOTE].len && !noted ? set_note(m, id, n->text[COLUMN_NOTE].data, e) : 0;
}

int import_attendance(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e)
{
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	enum attendance_state state;
	if (read_state(n, &state, e) != 0 || import_refer_seminar(m, n, seminar, e) != 0 || import_person_for(m, n, person, words, e) != 0)
		return -1;
	return mark(m, n, seminar, person, state, fate, words, e);
}
