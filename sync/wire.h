/* wire: the words of the exchange over a line, and their strict reader. Either end may be hostile: a line is at most WIRE_LINE_MAX bytes of printable
 * characters and a newline, its numbers have one spelling, and a line that would not be written exactly so again is refused.
 *
 *     device → hub                                      hub → device
 *     livenet-exchange 1 HUB DEVICE                     livenet-hub 1
 *     have EPOCH SEQ HASH      what it has read         want SEQ OFFSET       a bundle, from this byte on
 *     part HASH SIZE           bytes it holds of one    go                    no more of them: send
 *     send SEQ HASH SIZE       what it has to send      busy SECONDS          another program holds the store
 *     inline | ask             bytes follow, or not     work NUMBER           bundles taken so far
 *     data SEQ OFFSET SIZE     and so many bytes        result SEQ WORD TEXT  what became of a bundle
 *     end                      the hub's turn           offer NUMBER SIZE     bundles and bytes that follow
 *                                                       bundle SEQ HASH SIZE OFFSET    and its bytes from there on
 *                                                       done
 *                                                       error WORD TEXT       in place of any of these; the end
 *
 * A round is from `have` to `done`. Number 0 is no bundle: sent, it is a request to join; got, the welcome. man livenet-bundle(5) tells the rest. */
#ifndef SYNC_WIRE_H
#define SYNC_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "crypto/hash.h"
#include "sync/metadata.h"

#define WIRE_LINE_MAX 1000
#define WIRE_WORD_SIZE 16
#define WIRE_TEXT_SIZE 800
#define WIRE_INLINE_MAX (256 * 1024)	/* so many bytes of bundles are sent without asking: one round trip */
#define WIRE_SENDS_MAX 1000		/* in one round; the rest goes in the next */
#define WIRE_PARTS_MAX 64
#define WIRE_SILENCE_MS 60000		/* so long nothing moves before an end gives up */
#define WIRE_WORK_MS 600000		/* and so long the hub may be at work without a word */

enum wire_kind {
	WIRE_HELLO, WIRE_HAVE, WIRE_PART, WIRE_SEND, WIRE_INLINE, WIRE_ASK, WIRE_DATA, WIRE_END,
	WIRE_HUB, WIRE_WANT, WIRE_GO, WIRE_BUSY, WIRE_WORK, WIRE_RESULT, WIRE_OFFER, WIRE_BUNDLE, WIRE_DONE, WIRE_ERROR
};

/* Which members a kind has: see above. */
struct wire_line {
	enum wire_kind kind;
	char hub[DEVICE_ID_SIZE], device[DEVICE_ID_SIZE], hash[HASH_HEX_SIZE];
	int64_t epoch, seq, size, offset, number;
	char word[WIRE_WORD_SIZE], text[WIRE_TEXT_SIZE];	/* text: printable ASCII, as the other end chose it; "-" stands for none */
};

/* One line without its newline: 0, or -1 where it is none. */
int wire_read(struct wire_line *out, const char *line, size_t len) __attribute__((warn_unused_result));
/* Appends the line and its newline. What is not printable in `text` becomes "?", and what is too long is cut. */
void wire_write(const struct wire_line *l, struct buf *out);

/* What came and was not looked at yet. */
struct wire { struct buf held; size_t at; };
void wire_release(struct wire *w);
/* 1: the next line; 0: it is not whole yet; -1: it is none. */
int wire_next(struct wire *w, struct wire_line *out) __attribute__((warn_unused_result));
/* Up to `most` raw bytes that are there; they count as taken and live until the next call. Returns how many. */
size_t wire_raw(struct wire *w, size_t most, const char **data);
size_t wire_left(const struct wire *w);		/* bytes that are there */

#endif
