#include "store/functions.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"

/* Generated columns compute these for every row written, so the two buffers are kept for the connection's life. */
static void free_buf(void *b)
{
	buf_release(b);
	sqlite3_free(b);
}

static struct buf *scratch(void)
{
	struct buf *b = sqlite3_malloc(sizeof *b);

	if (b != NULL)
		buf_init(b);
	return b;
}

static void sort_key(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct buf *b = sqlite3_user_data(context);
	const char *text = (const char *)sqlite3_value_text(argv[0]);

	(void)argc;
	if (text == NULL)
		return;
	buf_reset(b);
	text_sort_key(text, (size_t)sqlite3_value_bytes(argv[0]), b);
	sqlite3_result_text(context, b->data, (int)b->len, SQLITE_TRANSIENT);
}

static void search_fold(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct buf *b = sqlite3_user_data(context);

	buf_reset(b);
	for (int i = 0; i < argc; i++) {
		const char *text = (const char *)sqlite3_value_text(argv[i]);

		if (text == NULL || *text == '\0')
			continue;
		if (b->len > 0)
			buf_addc(b, ' ');
		text_fold(text, (size_t)sqlite3_value_bytes(argv[i]), b);
	}
	sqlite3_result_text(context, b->data, (int)b->len, SQLITE_TRANSIENT);
}

static void double_key(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct buf *b = sqlite3_user_data(context);
	const char *text = (const char *)sqlite3_value_text(argv[0]);

	(void)argc;
	if (text == NULL)
		return;
	buf_reset(b);
	text_double_key(text, (size_t)sqlite3_value_bytes(argv[0]), b);
	sqlite3_result_text(context, b->data, (int)b->len, SQLITE_TRANSIENT);
}

static void no_stamp(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	(void)argv;
	sqlite3_result_int(context, 0);
}

int functions_register(sqlite3 *db, struct err *e)
{
	static const int pure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	struct buf *key = scratch(), *fold = scratch(), *two = scratch();

	if (key == NULL || fold == NULL || two == NULL ||
	    sqlite3_create_function_v2(db, "sort_key", 1, pure, key, sort_key, NULL, NULL, free_buf) != SQLITE_OK ||
	    sqlite3_create_function_v2(db, "search_fold", -1, pure, fold, search_fold, NULL, NULL, free_buf) != SQLITE_OK ||
	    sqlite3_create_function_v2(db, "double_key", 1, pure, two, double_key, NULL, NULL, free_buf) != SQLITE_OK ||
	    sqlite3_create_function_v2(db, "journal_stamp", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, no_stamp, NULL, NULL,
	    NULL) != SQLITE_OK)
		return err_set(e, ERR_REFUSED, _("the functions of the store cannot be registered: %s"), sqlite3_errmsg(db));
	return 0;
}
