#include "seal/key_file.h"

#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "crypto/base64.h"
#include "crypto/secret.h"

#define INTRO "livenet key 1 "
#define INTRO_LEN (sizeof INTRO - 1)
#define TEXT_LEN 43			/* 32 bytes in base64 without padding */
#define LINE_MAX_SIZE 128

int key_file_write(const char *path, const unsigned char key[KEY_FILE_BYTES], struct err *e)
{
	char line[INTRO_LEN + BASE64_SIZE(KEY_FILE_BYTES) + 1] = INTRO;
	size_t len;
	int rc;

	len = INTRO_LEN + base64_encode(key, KEY_FILE_BYTES, false, line + INTRO_LEN);
	line[len++] = '\n';
	rc = fs_write_new(path, line, len, 0600, e);
	secret_wipe(line, sizeof line);
	return rc;
}

int key_file_read(const char *path, unsigned char key[KEY_FILE_BYTES], struct err *e)
{
	struct buf b = BUF_INIT;
	size_t len;
	int rc;

	/* What was read of a file that is too long has to go as well. */
	rc = fs_read(path, LINE_MAX_SIZE, false, &b, e);
	len = b.len;
	while (len > 0 && (b.data[len - 1] == '\n' || b.data[len - 1] == '\r'))
		len--;
	if (rc == 0 && (len != INTRO_LEN + TEXT_LEN || memcmp(b.data, INTRO, INTRO_LEN) != 0
	    || base64_decode(b.data + INTRO_LEN, TEXT_LEN, false, key, KEY_FILE_BYTES) != 0))
		rc = err_set(e, ERR_REFUSED, _("%s is not a key file of livenet"), path);
	if (b.cap > 0)
		secret_wipe(b.data, b.cap);
	buf_release(&b);
	return rc;
}
