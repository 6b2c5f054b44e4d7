#include "screens/parts/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "records/erasure.h"

#define VERIFICATION "verification"	/* as a setting: the seminar whose paper was being typed last; followed by a seminar: what was typed of it */

enum { SETTING_SIZE = 24 };

static void card_setting(int place, char out[SETTING_SIZE])
{
	if (place == 1)
		snprintf(out, SETTING_SIZE, "draft");
	else
		snprintf(out, SETTING_SIZE, "draft/%d", place);
}

static bool is_verification(const struct draft *d)
{
	return strcmp(d->type, DRAFT_VERIFICATION) == 0;
}

/* Where the draft of a seminar's paper stands. */
static void verification_setting(const char *seminar, struct buf *out)
{
	buf_addf(out, "%s/%s", VERIFICATION, seminar);
}

void draft_init(struct draft *d)
{
	memset(d, 0, sizeof *d);
	buf_init(&d->fields);
}

void draft_release(struct draft *d)
{
	buf_release(&d->fields);
}

static void write_draft(const struct draft *d, struct buf *out)
{
	buf_addc(out, '{');
	json_key(out, "type");
	json_strings(out, d->type);
	json_key(out, "record");
	json_strings(out, d->record);
	json_key(out, "seminar");
	json_strings(out, d->seminar);
	json_key(out, "ms");
	json_int(out, d->ms);
	json_key(out, "fields");
	buf_add(out, d->fields.data, d->fields.len);
	buf_addc(out, '}');
}

static int keep_verification(struct store *s, const struct draft *d, const char *text, struct err *e)
{
	struct buf setting = BUF_INIT;
	int status;

	verification_setting(d->seminar, &setting);
	status = store_begin(s, e);
	if (status == 0 && (store_set_setting(s, VERIFICATION, d->seminar, e) != 0 || store_set_setting(s, setting.data, text, e) != 0)) {
		store_rollback(s);
		status = -1;
	} else if (status == 0) {
		status = store_commit(s, e);
	}
	buf_release(&setting);
	return status;
}

/* The first that no other draft stands in; past the last: there is none. */
static int free_place(struct store *s)
{
	int place = 1;
	char setting[SETTING_SIZE];

	for (; place <= DRAFT_PLACES; place++) {
		char *kept;

		card_setting(place, setting);
		kept = store_setting(s, setting);
		free(kept);
		if (kept == NULL)
			break;
	}
	return place;
}

static int keep_card(struct store *s, struct draft *d, const char *text, struct err *e)
{
	int place = d->place > 0 ? d->place : free_place(s);
	char setting[SETTING_SIZE];

	if (place > DRAFT_PLACES)
		return err_set(e, ERR_REFUSED, _("what is typed here is not kept before it is saved: %d older texts wait for an answer at the next start"), DRAFT_PLACES);
	card_setting(place, setting);
	if (store_set_setting(s, setting, text, e) != 0)
		return -1;
	d->place = place;
	return 0;
}

int draft_keep(struct store *s, struct draft *d, struct err *e)
{
	struct buf out = BUF_INIT;
	int status;

	if (record_type_find(d->type) == &person_type && erasure_done(s, d->record))
		return 0;		/* what is typed of who was erased meanwhile goes with the rest */
	write_draft(d, &out);
	status = is_verification(d) ? keep_verification(s, d, out.data, e) : keep_card(s, d, out.data, e);
	buf_release(&out);
	return status;
}

static int copy(struct json_span span, char *to, size_t size)
{
	struct buf text = BUF_INIT;
	int status = -1;

	if (span.p != NULL && json_span_string(span, &text) == 0 && text.len < size) {
		memcpy(to, text.data, text.len + 1);
		status = 0;
	}
	buf_release(&text);
	return status;
}

static int find(struct store *s, const char *setting, struct draft *d)
{
	static const char *const keys[] = { "type", "record", "seminar", "ms", "fields", NULL };
	struct json_span value[5];
	struct json j;
	char *kept = store_setting(s, setting);
	int found = 0;

	if (kept == NULL)
		return 0;
	json_open(&j, kept, strlen(kept));
	if (json_object(&j, keys, value, true) == 0 && value[4].p != NULL && value[3].p != NULL && json_span_int(value[3], &d->ms) == 0 &&
	    copy(value[0], d->type, sizeof d->type) == 0 && copy(value[1], d->record, sizeof d->record) == 0 &&
	    copy(value[2], d->seminar, sizeof d->seminar) == 0) {
		buf_reset(&d->fields);
		buf_add(&d->fields, value[4].p, value[4].len);
		found = 1;
	}
	json_close(&j);
	free(kept);
	return found;
}

int draft_find_verification(struct store *s, const char *seminar, struct draft *d)
{
	struct buf setting = BUF_INIT;
	int found;

	verification_setting(seminar, &setting);
	found = find(s, setting.data, d) && is_verification(d) && strcmp(d->seminar, seminar) == 0;
	buf_release(&setting);
	return found;
}

int draft_find(struct store *s, struct draft *d)
{
	char *seminar, setting[SETTING_SIZE];
	int found;

	for (d->place = 1; d->place <= DRAFT_PLACES; d->place++) {
		card_setting(d->place, setting);
		if (find(s, setting, d))
			return 1;
	}
	d->place = 0;
	if ((seminar = store_setting(s, VERIFICATION)) == NULL)
		return 0;
	found = draft_find_verification(s, seminar, d);
	free(seminar);
	return found;
}

/* What was typed in the field that a record is named by, its first. False when that was left as it was. */
static bool typed_name(const struct draft *d, const struct record_type *type, struct buf *out)
{
	const char *const keys[] = { type->fields[0].name, NULL };
	struct json_span field;
	struct json j;
	const char *text;
	size_t len;
	bool typed = false;

	json_open(&j, d->fields.data, d->fields.len);
	if (json_object(&j, keys, &field, true) == 0 && field.p != NULL) {
		struct json value;

		json_open(&value, field.p, field.len);
		typed = json_enter(&value, JSON_ARRAY) == 0 && json_read_string(&value, &text, &len) == 0 && len > 0;
		if (typed)
			buf_add(out, text, len);
		json_close(&value);
	}
	json_close(&j);
	return typed;
}

static void describe_verification(struct store *s, const struct draft *d, struct buf *out)
{
	struct buf name = BUF_INIT;

	record_name(s, &seminar_type, d->seminar, &name);
	/* TRANSLATORS: the sheet that was signed on paper, being typed a second time; the name of a seminar follows */
	buf_addf(out, _("the paper sheet of “%s”"), name.data);
	buf_release(&name);
}

void draft_describe(struct store *s, const struct draft *d, struct buf *out)
{
	const struct record_type *type = record_type_find(d->type);
	struct buf name = BUF_INIT;

	if (is_verification(d))
		describe_verification(s, d, out);
	if (type == NULL)
		return;
	if (!typed_name(d, type, &name) && d->record[0] != '\0')
		record_name(s, type == &score_type ? &application_type : type, d->record, &name);	/* the scores of one application (scoring.h) */
	if (name.len > 0)
		/* TRANSLATORS: the kind of a record and its name: «Человек «Латыпова Алсу»» */
		buf_addf(out, _("%s “%s”"), _(type->title), name.data);
	else
		buf_addf(out, "%s · %s", _(type->title), _("new record"));
	buf_reset(&name);
	if (d->seminar[0] != '\0') {
		record_name(s, &seminar_type, d->seminar, &name);
		buf_addf(out, _(", for the sheet of “%s”"), name.data);
	}
	buf_release(&name);
}

static int drop(struct store *s, const char *setting, struct err *e)
{
	char *kept = store_setting(s, setting);
	int status = 0;

	if (kept != NULL)
		status = store_set_setting(s, setting, NULL, e);
	free(kept);
	return status;
}

int draft_drop(struct store *s, int place, struct err *e)
{
	char setting[SETTING_SIZE];

	card_setting(place, setting);
	return drop(s, setting, e);
}

int draft_rest_verification(struct store *s, struct err *e)
{
	return drop(s, VERIFICATION, e);
}

int draft_discard(struct store *s, const struct draft *d, struct err *e)
{
	struct buf setting = BUF_INIT;
	int status;

	if (!is_verification(d))
		return draft_drop(s, d->place, e);
	verification_setting(d->seminar, &setting);
	status = drop(s, setting.data, e);
	buf_release(&setting);
	return status == 0 ? draft_rest_verification(s, e) : -1;
}
