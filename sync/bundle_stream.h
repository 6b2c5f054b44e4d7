/* bundle_stream: from the file to records, as a stream: age → zstd → lines. Nothing of it is in a file, and no
 * more than a line at once is in memory. What the lines did may be kept only when the call returned 0. */
#ifndef SYNC_BUNDLE_STREAM_H
#define SYNC_BUNDLE_STREAM_H

#include <stddef.h>

#include "sync/spool.h"

/* One line without its LF; it is followed by a NUL. */
typedef int (*bundle_line_fn)(void *context, const char *line, size_t len, struct err *e);

/* Opens the age file that begins at `payload` with this key. One recipient stanza exactly. Refusals: ERR_AGE_…,
 * ERR_DAMAGED. */
int bundle_lines(const struct spool *sp, off_t payload, const unsigned char open_key[32], bundle_line_fn line,
    void *context, struct err *e);

#endif
