/* scope: which records a device should hold now, by its role, municipality and person, as a set. */
#ifndef SYNC_SCOPE_H
#define SYNC_SCOPE_H

#include "store/store.h"
#include "sync/peer.h"

/* Fills the temporary table want(tbl, pk, own): every record that the device should hold; own: by a right of
 * the device's person (the card, mentees, own mentorships and consultations). Set-based: a handful of statements, no question a
 * record. */
int scope_want(struct store *s, const struct peer *p, struct err *e);

/* Fills the temporary table naming(tbl, pk): people and organisations that records in `want` name and that are
 * not in it. */
int scope_naming(struct store *s, struct err *e);

#endif
