/* sign_in: the sign-in sheet of a seminar on paper (PDF): what, when, where and who leads it above, a line a person with room to sign, the total and the
 * signature of the consultant below; the seminar's id in letters and as a QR code, so that a signed sheet finds its seminar again. It goes to the hall, not to
 * others: it is no export. */
#ifndef DOCUMENTS_SIGN_IN_H
#define DOCUMENTS_SIGN_IN_H

#include <stdbool.h>

#include "records/record.h"

#define SIGN_IN_LINES_MAX 500
#define SIGN_IN_WALK_INS 5	/* empty lines below those who are registered */
#define SIGN_IN_BLANK 20	/* lines of a blank sheet, at least */

/* With everybody on the sheet who is not absent, or (blank) with nobody; `lines` empty ones behind them, negative: as many as usual. */
struct sign_in { bool blank; int lines; };
int sign_in_make(struct store *s, const char *seminar, const struct sign_in *how, struct buf *pdf, struct err *e);

/* The name of the file that is offered: «лист-2020-02-14.pdf». Appends. */
void sign_in_file(struct store *s, const char *seminar, struct buf *out);

#endif
