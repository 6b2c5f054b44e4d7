/* store_keys: what opens a store: its key slots, changed while it is open. Nothing is re-encrypted: a slot holds the data key, which never changes, so that an older
 * copy of the file still opens with what opened it then.
 *
 * A change writes the header's two copies one after the other (header.h), both before the call returns 0: what was taken away opens nothing any more. After a power
 * loss in between the old state counts or the new one, whole; the next opening brings the second copy up to the first.
 *
 * What a slot says of itself (kind, costs, salt) is open; a name and a date are settings inside the store, under the salt, and so end with the slot. */
#ifndef STORE_STORE_KEYS_H
#define STORE_STORE_KEYS_H

#include "base/date.h"
#include "seal/header.h"
#include "seal/recovery.h"
#include "store/store.h"

struct store_slot {
	int number;			/* from 1 */
	enum slot_kind kind;
	unsigned passes, memory_mib;	/* 0 with a key file */
	char since[DATE_SIZE];		/* "": made with the store, or by an earlier program */
	char name[128];			/* of a key file; "" */
	bool tested;			/* a recovery code that was typed back */
};

/* Those that are filled, into `slots`; returns how many. */
int store_slots(struct store *s, struct store_slot slots[HEADER_SLOTS]);

/* One passphrase in place of all that there are, or the first. Whether it is a good one was asked before (strength.h). */
int store_set_passphrase(struct store *s, const char *passphrase, struct err *e);
/* A new key file at `path`, which must not exist; with `alone` every other key file of the store opens nothing any more. */
int store_add_key_file(struct store *s, const char *path, bool alone, struct err *e);
/* -1, ERR_REFUSED: there is no such slot, or none but a recovery code would be left. */
int store_remove_slot(struct store *s, int number, struct err *e);

/* A new recovery code in place of the one before; it is not tested yet. The caller shows it, once, and wipes it. */
int store_new_recovery(struct store *s, char digits[RECOVERY_SIZE], struct err *e);

enum store_recovery { STORE_RECOVERY_NONE, STORE_RECOVERY_UNTESTED, STORE_RECOVERY_TESTED };
enum store_recovery store_recovery(struct store *s);
/* Opens the slot with the code, and remembers that it did. -1, ERR_PASSPHRASE: another store's, or an older one. */
int store_test_recovery(struct store *s, const char digits[RECOVERY_SIZE], struct err *e);

/* Whether this passphrase opens the store: asked of who sits at the open screen before it is changed. -1, ERR_PASSPHRASE. */
int store_test_passphrase(struct store *s, const char *passphrase, struct err *e);

/* store_open, by the recovery code, which then counts as tested. */
int store_open_recovery(const char *path, const char digits[RECOVERY_SIZE], struct store **out, struct err *e);

#endif
