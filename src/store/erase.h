/* erase: a person's data leave the store, and never come back. An erasure is one operation of kind 3 that names a person and has no body; what
 * follows from it is the same in every replica that holds the same operations, whatever the order in which they came:
 *
 *     1. a record is erased when it is the person, or when any operation of it, not only its row now, names an erased person in a reference column
 *        (the consultation, the consent, the mark in a seminar …), or names an erased record that it is a part of (COLUMN_PART: a score of an
 *        application);
 *     2. of an erased record every value of a column that is COLUMN_PERSONAL is null: in the bodies of its operations, and so in its row and heads,
 *        which are made of them. Stamps and what was seen stay, and with them who entered and changed what and when; so heads and conflicts
 *        are the same everywhere, the row is still counted, and what others refer to is still there;
 *     3. what arrives later of an erased record is emptied before it is logged; what arrives and makes a record an erased one empties the record's
 *        past. Bodies of refused operations and what is kept under not_accepted and aside are emptied too, and there it is enough that a
 *        refused operation names the person.
 *
 * Table `erased` holds the erased records, so that most operations need one look into memory only, and none at all while nobody was erased; journal_check
 * derives it anew. Operations of kind 3 stay when their record is evicted: whoever was erased is erased for a device that holds nothing of
 * the person as well. Tables and columns that an older program kept unread are looked through when an upgrade learns them.
 *
 * An erasure is for ever. An erase that is REFUSED stops being one: records that only it erased may be filled anew, and what arrives of them from now on is
 * taken as it comes; but what it emptied here stays empty here, until the record leaves and enters anew with its history. So a replica whose
 * operation the hub refuses can be poorer than the others until then; nobody else hears of a refused erase.
 *
 * A local change that would put something personal into an erased record is refused with one sentence. One that newly names an erased person is taken, and
 * empties the record: who lets people choose should not offer them. */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/journal.h"

/* Inside a transaction, local mode: one own operation of kind 3 for a person whose card is here, with its effect. A person whom an operation here erased
 * already is left alone (0). It walks along the journal a few times. ERR_REFUSED: no such person, or not a person at all. */
int journal_erase(struct journal *j, const char *table, const char *pk, struct err *e);

/* 1 when the record's personal columns are empty for ever (a person who was erased, or a record that names one), 0, or -1. By index. In a merge it
 * tells of all that arrived so far. Whoever writes names of people elsewhere (known_name …) asks here first. */
int journal_erased(struct journal *j, const char *table, const char *pk, struct err *e);

/* Takes what was erased out of the file: the log is brought into the database, whose pages have no remains in them (vfs.h, invariant 6), and cut to
 * nothing; then what SQLite has of them in memory is dropped. Only when something was emptied since the last time (setting "scrub"), else it
 * does nothing. Outside of a transaction, when a person can wait a moment: all pages are read (about a second for 200 MB).
 *
 * Memory: nothing worth mentioning. Pages that a program before schema 4 wrote may hold remains; when one is found, the database is written anew, once
 * in the life of a store, and that takes as much memory as the file is long. */
struct store;
int store_scrub(struct store *s, struct err *e);

#endif
