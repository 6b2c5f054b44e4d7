/* limits: what a file, a device, or whoever may write to the exchange's folder can cost at most. An enrolled device may be hostile (its laptop was
 * stolen), and a folder may be open to strangers; none of them decides how much memory, disk or time is spent on what they bring. What is beyond a limit
 * is refused with its reason, or stays where it lies until there is room; nothing that was accepted is ever dropped for one.
 *
 * `livenet-hub limits` prints them (limits_each); tests/unit/test_limits.c holds each. */
#ifndef SYNC_LIMITS_H
#define SYNC_LIMITS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/date.h"
#include "base/err.h"
#include "store/store.h"

/* --- one bundle --- */
/* Bytes of its age file: a device sends of ten years' work in several; a stick's or a line's worth at once. */
#define BUNDLE_PAYLOAD_MAX ((off_t)64 << 20)
#define BUNDLE_FILE_MAX (BUNDLE_PAYLOAD_MAX + 1024)
/* A gigabyte of zeros is 31 KiB of zstd: what it expands to is bounded, and so is the ratio, beyond what honest repetition gives. */
#define FRAME_EXPANDED_MAX ((uint64_t)512 << 20)
#define FRAME_RATIO_MAX 200				/* beyond FRAME_RATIO_FREE bytes */
#define FRAME_RATIO_FREE ((uint64_t)16 << 20)
/* One record: the longest text is a story. */
#define BUNDLE_LINE_MAX ((size_t)1 << 20)

/* --- ahead of their turn, of one device --- */
/* A lost stick's worth; more would only wait for the same missing one. */
#define PARKED_FILES 100
#define PARKED_BYTES ((int64_t)64 << 20)
#define PARKED_LIFE_MS (30 * DATE_DAY_MS)

/* --- in quarantine --- */
/* In all, so that the store does not grow by what was refused. */
#define QUARANTINE_BYTES ((int64_t)64 << 20)
#define QUARANTINE_FILES 1000
/* Of one device, or of all that nobody signed: who floods it pushes out nobody's but his own. */
#define QUARANTINE_SHARE_BYTES ((int64_t)16 << 20)
#define QUARANTINE_SHARE_FILES 250
/* Then its signature is kept alone: what was written before a person was erased does not lie here for ever. */
#define QUARANTINE_LIFE_MS (30 * DATE_DAY_MS)

/* --- requests to join --- */
#define REQUEST_MAX 8192				/* bytes of the file */
/* Every one is to be decided by a person; a stranger's thousand would hide the one that is meant. */
#define REQUESTS_WAITING 200
#define REQUEST_LIFE_MS (60 * DATE_DAY_MS)

/* --- one round --- */
/* Files of one device's inbox that are looked at: the rest waits for the next round, so that one device's flood does not hold up the others. */
#define ROUND_FILES 2000

/* --- the disk --- */
/* Free bytes below which the hub takes nothing more: a full disk would stop what is under way in its middle. `livenet-hub limits --reserve` sets another. */
#define RESERVE_MIB 256

/* --- a device that is not heard of --- */
/* Until it is heard from, only a few bundles are kept for it (feed_rest.h). Longer than the longest leave. */
#define UNHEARD_MS (400 * DATE_DAY_MS)
/* So many: twice what a device that has nothing to say reads before it acknowledges (upload.c), so that one that comes back does acknowledge. */
#define UNHEARD_BUNDLES 16

/* One limit for people: its name, what it is now, its unit ("MiB", "days", "" for a number) and why it is there. */
struct limit { const char *name; int64_t value; const char *unit, *reason; };
typedef int (*limit_fn)(void *context, const struct limit *l, struct err *e);
int limits_each(struct store *s, limit_fn each, void *context, struct err *e);

/* The reserve of the disk in MiB, as set or by default; set: 0 turns it off. */
int64_t limits_reserve(struct store *s);
int limits_set_reserve(struct store *s, int64_t mib, struct err *e);

/* 0 while the disk of the store has its reserve free; -1, ERR_REFUSED with what is free. */
int limits_room(struct store *s, struct err *e);

#endif
