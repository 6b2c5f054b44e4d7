/* calendar: what is planned, for the calendar of a telephone (iCalendar, RFC 5545): planned seminars from today on and open next steps with a date, each an event of
 * the whole day. Lines end with CR LF and are folded at 75 octets, never within a character; the id of a record is the UID, so that a file that is taken again
 * replaces what it brought before.
 *
 * The file leaves the store: of who has not consented to taking part the name stays here (records/consent.h). */
#ifndef DOCUMENTS_CALENDAR_H
#define DOCUMENTS_CALENDAR_H

#include <stdbool.h>

#include "records/consent.h"

/* Those of this device's person (leads, mentors, takes part), or of everybody. Appends; the gate tells whose names stay. */
int calendar_make(struct store *s, bool all, struct consent_gate *gate, struct buf *out, struct err *e);

/* One content line: NAME and its value, escaped as TEXT, folded. */
void calendar_line(struct buf *out, const char *name, const char *text);

#endif
