/* qr: a fingerprint as a QR code, so that a telephone's camera reads what would be dictated. One size of symbol is enough for it: version 2 (25×25 modules), level M,
 * alphanumeric, up to 38 of digits, capitals and " $%*+-./:" (ISO/IEC 18004). Written here and not linked: livenet-document has a library for the papers, and both
 * programs must show this on a machine that has none.
 *
 * On a terminal two modules stand in one character cell («▀», «▄», «█» and blank), with the quiet zone of four modules that readers ask for: QR_COLUMNS × QR_ROWS
 * cells. The letters must be dark and the background light, both said explicitly: then it can be read on any theme. */
#ifndef BASE_QR_H
#define BASE_QR_H

#include <stdbool.h>

#include "base/buf.h"

enum { QR_SIDE = 25, QR_QUIET = 4, QR_COLUMNS = QR_SIDE + 2 * QR_QUIET, QR_ROWS = (QR_COLUMNS + 1) / 2, QR_LETTERS = 38 };

struct qr { bool dark[QR_SIDE][QR_SIDE]; };

/* False: too long, or a letter that such a code has not. */
bool qr_encode(struct qr *q, const char *text);

/* Row 0 … QR_ROWS - 1 of the drawing, QR_COLUMNS cells, appended. */
void qr_row(const struct qr *q, int row, struct buf *out);

#endif
