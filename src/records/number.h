/* number: numbers of certificates and letters that no two devices give twice, also offline. The hub reserves blocks for a device (record number_block); a
 * device takes the next number of its own blocks. A store that belongs to no hub, or whose blocks are used up, gives numbers of another form, with its tag in
 * them: they are unique as well, and the paper can go out. */
#ifndef RECORDS_NUMBER_H
#define RECORDS_NUMBER_H

#include "records/record.h"

#define NUMBER_CERTIFICATE "certificate"
#define NUMBER_LETTER "letter"
#define NUMBER_SIZE 40

/* The next number of a series, inside the transaction that uses it: what is rolled back is given again. */
int number_take(struct store *s, const char *series, char out[NUMBER_SIZE], struct err *e);
/* How many of the device's reserved numbers are left. */
int number_left(struct store *s, const char *series, int64_t *left, struct err *e);
/* At a hub: sees to it that the device with this tag has at least `least` unused numbers of each series reserved. */
int number_reserve(struct store *s, const char *tag, int least, struct err *e);

#endif
