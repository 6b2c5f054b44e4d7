/* age: files of age-encryption.org/v1 to X25519 recipients, as streams. No armor, no scrypt, no plug-ins.
 *
 * Errors carry the four classes ERR_AGE_HEADER, ERR_AGE_NO_MATCH, ERR_AGE_HMAC, ERR_AGE_PAYLOAD. A file is good only when the last
 * chunk opened and the end of the input followed; until age_reader has said so, nothing that it released may be kept. */
#ifndef CRYPTO_AGE_H
#define CRYPTO_AGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define AGE_HEADER_MAX 65536
#define AGE_STANZAS_MAX 32

/* Where bytes come from and go to. read: up to len bytes, 0 at the end, -1 with *e filled. write: 0 or -1 with *e filled. */
typedef long (*age_read_fn)(void *context, void *data, size_t len, struct err *e);
typedef int (*age_write_fn)(void *context, const void *data, size_t len, struct err *e);

/* Writing: new (1 to AGE_STANZAS_MAX recipients), any number of adds, end, which writes the last chunk; free alone abandons. After end or a
 * failure only free may follow. */
struct age_writer;
struct age_writer *age_writer_new(const unsigned char (*recipients)[32], size_t count, age_write_fn write, void *context, struct err *e);
int age_writer_add(struct age_writer *w, const void *data, size_t len, struct err *e) __attribute__((warn_unused_result));
int age_writer_end(struct age_writer *w, struct err *e) __attribute__((warn_unused_result));
void age_writer_free(struct age_writer *w);

/* Reading: new reads and checks the header (at most AGE_HEADER_MAX bytes and AGE_STANZAS_MAX stanzas, else ERR_AGE_HEADER) and finds the file
 * key; then age_reader_get gives plaintext as it opens. What `read` fails with comes out unchanged. */
struct age_reader;
struct age_reader *age_reader_new(const unsigned char (*identities)[32], size_t count, age_read_fn read, void *context, struct err *e);
/* Number of stanzas in the header. */
size_t age_reader_stanzas(const struct age_reader *r);
/* Up to len bytes (len > 0); 0 only when the last chunk opened and the input ended; -1 on failure (sticky). Every chunk is given out as it
 * opens; where 64 KiB or more are asked for, without a copy. */
long age_reader_get(struct age_reader *r, void *data, size_t len, struct err *e) __attribute__((warn_unused_result));
void age_reader_free(struct age_reader *r);

/* An identity file: comment lines and blank lines are skipped, every other line is one identity. Fills at most `max` keys; returns the
 * number, which may be 0, or -1 with the line number in the text. */
long age_identities(const char *text, size_t len, unsigned char (*keys)[32], size_t max, struct err *e);

/* Whole buffers, for small texts (join, welcome); both append. open refuses (ERR_REFUSED) a text longer than limit; after a failure out is
 * as it was. */
int age_seal_buf(const unsigned char (*recipients)[32], size_t count, const void *data, size_t len, struct buf *out, struct err *e)
    __attribute__((warn_unused_result));
int age_open_buf(const unsigned char (*identities)[32], size_t count, const void *data, size_t len, size_t limit, struct buf *out,
    struct err *e) __attribute__((warn_unused_result));
/* The same of a text that must be for one recipient alone: ERR_REFUSED where the header has more stanzas. */
int age_open_alone(const unsigned char (*identities)[32], size_t count, const void *data, size_t len, size_t limit, struct buf *out,
    struct err *e) __attribute__((warn_unused_result));

#endif
