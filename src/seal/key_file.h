/* key_file: 32 random bytes as one line of text, "livenet key 1 " and their base64: what opens a store without a person. */
#ifndef SEAL_KEY_FILE_H
#define SEAL_KEY_FILE_H

#include "base/err.h"

#define KEY_FILE_BYTES 32

/* Writes a key to `path` (0600), which must not exist. */
int key_file_write(const char *path, const unsigned char key[KEY_FILE_BYTES], struct err *e);

/* -1, ERR_REFUSED: cannot be read, or is not a key file. */
int key_file_read(const char *path, unsigned char key[KEY_FILE_BYTES], struct err *e);

#endif
