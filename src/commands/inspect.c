/* inspect: looking into bundles, age files and the store itself. */
#include "commands/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/age.h"
#include "crypto/secret.h"
#include "sync/chain.h"
#include "sync/sync.h"

int command_bundle(struct invocation *call, struct err *e)
{
	bool operations = false;
	const struct option options[] = { { "operations", NULL, &operations }, { NULL, NULL, NULL } };
	struct buf out = BUF_INIT;
	bool show;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0)
		return -1;
	show = strcmp(call->argv[0], "show") == 0;
	if (!show && strcmp(call->argv[0], "verify") != 0)
		return invocation_words(call, 0, 0, e);
	if (invocation_open(call, e) != 0)
		return -1;
	rc = show ? bundle_show(call->store, call->argv[1], operations, &out, e) : bundle_verify(call->store, call->argv[1], &out, e);
	if (rc == 0)
		rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

/* --- age -d --- */

#define IDENTITIES_MAX 16
#define IDENTITY_FILE_MAX 65536

static long read_file(void *context, void *data, size_t len, struct err *e)
{
	size_t n = fread(data, 1, len, context);

	if (n == 0 && ferror((FILE *)context))
		return err_sys(e, ERR_REFUSED, "%s", _("the file cannot be read"));
	return (long)n;
}

static int copy_plaintext(struct age_reader *r, FILE *to, struct err *e)
{
	static unsigned char chunk[65536];
	long n;

	while ((n = age_reader_get(r, chunk, sizeof(chunk), e)) > 0)
		if (fwrite(chunk, 1, (size_t)n, to) != (size_t)n)
			return err_sys(e, ERR_REFUSED, "%s", _("the result cannot be written"));
	secret_wipe(chunk, sizeof(chunk));
	return n < 0 ? -1 : 0;
}

static int decrypt(const char *identity, const char *path, const char *result, struct err *e)
{
	unsigned char (*keys)[32] = secret_new(IDENTITIES_MAX * sizeof(*keys));
	struct buf text = BUF_INIT;
	struct age_reader *r = NULL;
	FILE *from = NULL, *to = stdout;
	long n = 0;
	int rc = -1;

	buf_reserve(&text, IDENTITY_FILE_MAX + 1);
	if (fs_read(identity, IDENTITY_FILE_MAX, false, &text, e) != 0 ||
	    (n = age_identities(text.data, text.len, keys, IDENTITIES_MAX, e)) < 0)
		goto done;
	if ((from = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb")) == NULL) {
		err_sys(e, ERR_REFUSED, "%s", path);
		goto done;
	}
	if (result != NULL && strcmp(result, "-") != 0 && (to = fopen(result, "wbx")) == NULL) {
		err_sys(e, ERR_REFUSED, "%s", result);
		goto done;
	}
	if ((r = age_reader_new((const unsigned char (*)[32])keys, (size_t)n, read_file, from, e)) != NULL)
		rc = copy_plaintext(r, to, e);
	age_reader_free(r);
	if (to != NULL && to != stdout && fclose(to) != 0 && rc == 0)
		rc = err_sys(e, ERR_REFUSED, "%s", result);
	if (rc != 0 && to != NULL && to != stdout)
		unlink(result);		/* made here: what was released before the failure must not be kept */
done:
	if (from != NULL && from != stdin)
		fclose(from);
	secret_wipe(text.data, text.cap);
	buf_release(&text);
	secret_free(keys);
	return rc;
}

int command_age(struct invocation *call, struct err *e)
{
	const char *identity = NULL, *result = NULL;
	bool decryption = false;
	const struct option options[] = {
		{ "-d", NULL, &decryption }, { "-i", &identity, NULL }, { "-o", &result, NULL }, { NULL, NULL, NULL }
	};

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (!decryption || identity == NULL)
		return invocation_words(call, 0, 0, e);
	return decrypt(identity, call->argv[0], result, e);
}
