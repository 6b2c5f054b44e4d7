/* vcard: contacts as telephones give them out: vCard 2.1 (of old ones, with quoted-printable), 3.0 (RFC 2426) and 4.0 (RFC 6350), several in a file, into a
 * table like that of a spreadsheet: a row a contact, a header row that the import of people understands. Photographs and what else no card has are
 * left out. */
#ifndef DOCUMENTS_VCARD_H
#define DOCUMENTS_VCARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "documents/csv.h"

/* What a file begins with, a byte-order mark and blanks aside. */
bool vcard_is(const char *data, size_t len);

/* `charset`: of what has no other, "utf-8" or "windows-1251"; NULL: UTF-8 where it is valid, else Windows-1251. A row's line is that of its BEGIN. Limits:
 * 64 MiB, 100,000 contacts, 1 MiB a line once unfolded (a longer one is left out, as photographs are), 64 KiB a cell. */
int vcard_read(const char *data, size_t len, const char *charset, struct csv_table *out, struct err *e);

#endif
