/* zstd_frame: the one zstd frame (RFC 8878) that a bundle's payload is. Written with its content's size and a
 * checksum; read only so: one frame, no skippable one, no dictionary, nothing behind it, window at most 8 MiB,
 * and no more than a bundle may expand to. */
#ifndef SYNC_ZSTD_FRAME_H
#define SYNC_ZSTD_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/limits.h"

/* Where bytes go to, as in crypto/age.h. */
typedef int (*frame_write_fn)(void *context, const void *data, size_t len, struct err *e);

/* Writes: the content's size is said first and must be kept. */
struct frame_writer;
struct frame_writer *frame_writer_new(uint64_t size, frame_write_fn write, void *context);
int frame_writer_add(struct frame_writer *w, const void *data, size_t len,
    struct err *e) __attribute__((warn_unused_result));
int frame_writer_end(struct frame_writer *w, struct err *e) __attribute__((warn_unused_result));
void frame_writer_free(struct frame_writer *w);

/* Reads: bytes of the frame are put in as they come, what they expand to goes to write. All refusals: -1,
 * ERR_DAMAGED. */
struct frame_reader;
struct frame_reader *frame_reader_new(frame_write_fn write, void *context);
int frame_reader_add(struct frame_reader *r, const void *data, size_t len,
    struct err *e) __attribute__((warn_unused_result));
int frame_reader_end(struct frame_reader *r, struct err *e) __attribute__((warn_unused_result));	/* the frame must be complete */
void frame_reader_free(struct frame_reader *r);

#endif
