/* number: numbers of certificates and letters that no two devices give twice, also offline. The hub reserves blocks for a device (record number_block); a
 * device takes the next number of its own blocks. A store that belongs to no hub, or whose blocks are used up, gives numbers of another form, with its tag in
 * them: they are unique as well, and the paper can go out.
 *
 *     ЖС-000123         a certificate from a block; a letter: БП-000123
 *     ЖС-k3x9q2mv-1     of a device without a block; a tag is never digits alone before a second hyphen, so the two forms cannot meet
 *
 * Why no number is given twice:
 * 1. Blocks of a series do not overlap: the hub alone makes them, each begins behind every number that any block has or any paper carries. A hub that was
 *    restored from its backup does not know which blocks it gave since; it has a new tag then, and sees that the last block it knows was made under another
 *    one: it leaves out the rest of that ten thousand.
 * 2. A device goes through its blocks upwards and keeps the last number that it took (setting "number-SERIES"), in the transaction that uses it. The record of
 *    the paper is not what counts: it may be removed, refused, or leave this device, and its number is not given again. What is rolled back was never on paper,
 *    and is given again.
 * 3. A device that joins anew, because its store was copied, leaves the rest of its blocks, on either side, and begins its own numbers at the next ten thousand:
 *    the other copy may go on with them. (A store that is behind the hub's knowledge does not join again: a new one does, with another tag.) What was printed
 *    after the copy was taken and before it met the hub cannot be known to it: a restored store joins before it prints; number_twice() shows what went
 *    wrong all the same. */
#ifndef RECORDS_NUMBER_H
#define RECORDS_NUMBER_H

#include "records/record.h"

#define NUMBER_CERTIFICATE "certificate"
#define NUMBER_LETTER "letter"
#define NUMBER_SIZE 40
enum { NUMBER_BLOCK = 100 };		/* so many at a time */

/* 1: it stands on a paper, of those that were removed too; 0; -1 failure. */
int number_given(struct store *s, const char *number, struct err *e);

/* The next number of a series, inside the transaction that uses it: what is rolled back is given again. One that somebody typed by hand on a paper is stepped
 * over. */
int number_take(struct store *s, const char *series, char out[NUMBER_SIZE], struct err *e);
/* How many of the device's reserved numbers are left. */
int number_left(struct store *s, const char *series, int64_t *left, struct err *e);
/* In the transaction in which a device joins for the `epoch`-th time: no number of before is given again. */
int number_begin_anew(struct store *s, int64_t epoch, struct err *e);

/* At a hub, in a transaction: the blocks of a device that joins anew are its own no more. */
int number_abandon(struct store *s, const char *tag, struct err *e);
/* At a hub, in a transaction: where the device with this tag has fewer than `least` unused numbers of a series, as the hub sees it by the papers that arrived,
 * reserves another block, as long as there are numbers. */
int number_reserve(struct store *s, const char *tag, int least, struct err *e);

/* What two devices did that did not know of each other, in sentences, one a line: people who have two papers of a series in the current programme (two
 * certificates for one course), with the numbers, and numbers that stand on papers of several people. Of two papers one is removed by hand; its number is not
 * given again. */
int number_words(struct store *s, const char *series, struct buf *out, struct err *e);

/* Numbers that stand on papers of several people; each is said once. The string lives for the call; 0 goes on, -1 stops. */
typedef int (*number_fn)(void *context, const char *number, struct err *e);
int number_twice(struct store *s, number_fn each, void *context, struct err *e);

#endif
