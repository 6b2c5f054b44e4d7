#include "commands/record_verbs.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define FILE_LIMIT (1 << 20)

/* A long text as it is kept: without a byte-order mark, lines ended by line feeds alone. */
static void clean_text(const struct buf *raw, struct buf *out)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t i = raw->len >= 3 && memcmp(raw->data, mark, 3) == 0 ? 3 : 0;

	for (; i < raw->len; i++) {
		if (raw->data[i] != '\r')
			buf_addc(out, raw->data[i]);
		else if (i + 1 == raw->len || raw->data[i + 1] != '\n')
			buf_addc(out, '\n');
	}
}

static int read_text(const char *path, struct buf *out, struct err *e)
{
	struct buf raw = BUF_INIT;
	int rc = fs_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path, FILE_LIMIT, false, &raw, e);

	if (rc == 0 && !text_utf8_valid(raw.data, raw.len))
		rc = err_set(e, ERR_REFUSED, _("%s is no text in UTF-8: save it with that encoding"), path);
	if (rc == 0 && strlen(raw.data) != raw.len)
		rc = err_set(e, ERR_REFUSED, _("%s is no text: it has bytes of zero"), path);
	if (rc == 0)
		clean_text(&raw, out);
	buf_release(&raw);
	return rc;
}

/* The value of an option among the words up to "--", and takes it out; NULL: it is not there. */
static const char *take_option(struct words *w, const char *option, bool *missing)
{
	size_t len = strlen(option);
	const char *value = NULL;
	int i, kept = 0;

	for (i = 0; i < w->argc && strcmp(w->argv[i], "--") != 0; i++) {
		if (strncmp(w->argv[i], option, len) == 0 && w->argv[i][len] == '=') {
			value = w->argv[i] + len + 1;
		} else if (strcmp(w->argv[i], option) == 0) {
			*missing = *missing || i + 1 == w->argc;
			value = i + 1 < w->argc ? w->argv[++i] : value;
		} else {
			w->argv[kept++] = w->argv[i];
		}
	}
	while (i < w->argc)
		w->argv[kept++] = w->argv[i++];
	w->argc = kept;
	return value;
}

static void put_first(struct words *w, const char *field, const char *text)
{
	struct buf word = BUF_INIT;

	buf_addf(&word, "--%s=", field);
	buf_adds(&word, text);
	w->added = buf_detach(&word);
	/* Behind the verb. */
	memmove(w->argv + 2, w->argv + 1, (size_t)(w->argc - 1) * sizeof(*w->argv));
	w->argv[1] = w->added;
	w->argc++;
}

int words_with_text(struct invocation *call, const char *field, bool plain, struct words *w, struct err *e)
{
	const char *file, *text;
	struct buf read = BUF_INIT;
	bool missing = false;
	int rc = 0;

	*w = (struct words){ mem_zero((size_t)call->argc + 2, sizeof(*w->argv)), call->argc, call->argv, call->argc, NULL };
	memcpy(w->argv, call->argv, (size_t)call->argc * sizeof(*w->argv));
	call->argv = w->argv;
	file = take_option(w, "--text-file", &missing);
	text = plain ? take_option(w, "--text", &missing) : NULL;
	if (missing)
		rc = err_set(e, ERR_USAGE, _("%s needs a value"), plain ? "--text" : "--text-file");
	else if (file != NULL && text != NULL)
		rc = err_set(e, ERR_USAGE, _("the text comes from --text or from a file, not from both"));
	else if (file != NULL)
		rc = read_text(file, &read, e);
	if (rc == 0 && (file != NULL || text != NULL))
		put_first(w, field, file != NULL ? read.data : text);
	call->argc = w->argc;
	buf_release(&read);
	return rc;
}

void words_restore(struct invocation *call, struct words *w)
{
	call->argv = w->kept;
	call->argc = w->kept_count;
	free(w->argv);
	free(w->added);
}

void verb_taken(struct invocation *call)
{
	call->argv++;
	call->argc--;
}

int verb_begin(struct invocation *call, const struct record_type *t, const struct option *options, int words, char id[RECORD_ID_SIZE], struct err *e)
{
	if (call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
	verb_taken(call);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, words, words, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return record_resolve(call->store, t, call->argv[0], id, e);
}
