#include "documents/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/book_private.h"
#include "records/consent.h"
#include "records/municipality.h"
#include "records/story.h"
#include "records/template.h"

void book_account_init(struct book_account *a)
{
	*a = (struct book_account){ .names = BUF_INIT };
}

void book_account_release(struct book_account *a)
{
	buf_release(&a->names);
}

void book_account_tell(const struct book_account *a, struct buf *out)
{
	if (a->left_out > 0)
		/* TRANSLATORS: of the book: texts whose authors have no valid consent to publication, and who they are */
		buf_addf(out, P_("left out, without a consent to publication: %d text (%s)", "left out, without a consent to publication: %d texts (%s)",
		    a->left_out), a->left_out, a->names.data);
}

/* --- what goes in --- */

static void text_release(struct book_text *t)
{
	record_release(&t->record);
	buf_release(&t->author);
	buf_release(&t->from);
}

static void texts_release(struct book *b)
{
	for (int i = 0; i < b->count; i++)
		text_release(&b->text[i]);
	free(b->text);
}

/* «АНО «Родник», Бураевский район». */
static void tell_origin(struct store *s, const struct record *story, struct buf *out)
{
	struct record author;
	record_name(s, &organisation_type, record_get(story, "organisation"), out);
	if (record_load(s, &author, &person_type, record_get(story, "author"), NULL) != 0)
		return;
	if (*record_get(&author, "municipality")) {
		buf_adds(out, out->len ? ", " : "");
		municipality_name(s, record_get(&author, "municipality"), out);
	}
	record_release(&author);
}

static bool left_out_before(const struct book *b, const char *author)
{
	for (int i = 0; i < b->strangers; i++)
		if (strcmp(b->stranger[i], author) == 0)
			return true;
	return false;
}

static void leave_out(struct book *b, const struct record *story)
{
	const char *author = record_get(story, "author");
	b->account->left_out++;
	if (left_out_before(b, author))
		return;
	b->stranger = mem_resize(b->stranger, (size_t)b->strangers + 1, sizeof *b->stranger);
	snprintf(b->stranger[b->strangers++], RECORD_ID_SIZE, "%s", author);
	buf_adds(&b->account->names, b->account->names.len ? ", " : "");
	record_name(b->s, &person_type, author, &b->account->names);
}

static int take(struct book *b, const char *id, struct err *e)
{
	struct record story;
	bool agreed = false;
	if (record_load(b->s, &story, &story_type, id, e) != 0)
		return -1;
	int rc = consent_valid(b->s, record_get(&story, "author"), CONSENT_PUBLICATION, &agreed, e);
	if (rc != 0 || !agreed) {
		if (rc == 0)
			leave_out(b, &story);
		record_release(&story);
		return rc;
	}
	b->text = mem_resize(b->text, (size_t)b->count + 1, sizeof *b->text);
	struct book_text *t = &b->text[b->count++];
	*t = (struct book_text){ .record = story, .author = BUF_INIT, .from = BUF_INIT };
	record_name(b->s, &person_type, record_get(&story, "author"), &t->author);
	tell_origin(b->s, &story, &t->from);
	return 0;
}

/* The ids first: what is done with each reads the store too. */
static int read_ids(struct book *b, char (**ids)[RECORD_ID_SIZE], int *count, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	int rc;
	*ids = NULL;
	*count = 0;
	if (programme_current(b->s, programme, e) != 0)
		return -1;
	sqlite3_stmt *st = store_prepare(b->s, "SELECT r.id FROM story r WHERE r.programme = ?1 AND r.deleted = 0"
	    " AND (r.state = '" STORY_ACCEPTED "' OR (?2 AND r.state IN ('" STORY_SUBMITTED "', '" STORY_EDITED "'))) ORDER BY " STORY_ORDER("r"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	sqlite3_bind_int(st, 2, b->draft);
	while ((rc = store_step(b->s, st, e)) == 1) {
		*ids = mem_resize(*ids, (size_t)*count + 1, sizeof **ids);
		snprintf((*ids)[(*count)++], RECORD_ID_SIZE, "%s", store_text(st, 0));
	}
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

static int nothing(const struct book *b, struct err *e)
{
	struct buf words = BUF_INIT;
	book_account_tell(b->account, &words);
	if (words.len)
		err_set(e, ERR_REFUSED, _("there is no text for the book; %s"), words.data);
	else
		err_set(e, ERR_REFUSED, _("there is no text for the book yet: a coordinator accepts them"));
	buf_release(&words);
	return -1;
}

static int read_texts(struct book *b, struct err *e)
{
	char (*ids)[RECORD_ID_SIZE];
	int count, rc = read_ids(b, &ids, &count, e);
	for (int i = 0; i < count && rc == 0; i++)
		rc = take(b, ids[i], e);
	free(ids);
	return rc == 0 && b->count == 0 ? nothing(b, e) : rc;
}

int book_make(struct store *s, enum typeset_format format, bool draft, struct buf *out, struct book_account *account, struct err *e)
{
	struct book b = { .s = s, .draft = draft, .account = account };
	account->draft = draft;
	int rc = read_texts(&b, e);
	if (rc == 0)
		rc = book_typeset(&b, format, out, e);
	texts_release(&b);
	free(b.stranger);
	return rc;
}

int book_survey(struct store *s, bool draft, struct book_account *account, struct err *e)
{
	struct book b = { .s = s, .draft = draft, .account = account };
	account->draft = draft;
	int rc = read_texts(&b, e);
	account->texts = b.count;
	texts_release(&b);
	free(b.stranger);
	return rc;
}
