#include "store/store_keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/text.h"
#include "crypto/kdf.h"
#include "crypto/secret.h"
#include "seal/key_file.h"
#include "seal/slot.h"
#include "store/store_internal.h"

#define NOTE_KEY "key-slot:"			/* and the salt: «2026-01-31 laptop.key» */
#define RECOVERY_TESTED "recovery_tested"	/* the salt of the slot that took the code, and the date */
#define SALT_TEXT (2 * KDF_SALT_SIZE)

/* --- what is said of a slot inside the store --- */

static void salt_text(const unsigned char *slot, char out[SALT_TEXT + 1])
{
	const unsigned char *salt = slot_salt(slot);

	for (int i = 0; i < KDF_SALT_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", salt[i]);
}

static void note_key(const unsigned char *slot, char out[sizeof NOTE_KEY + SALT_TEXT])
{
	memcpy(out, NOTE_KEY, sizeof NOTE_KEY - 1);
	salt_text(slot, out + sizeof NOTE_KEY - 1);
}

/* A help for people: the slot is there, whether or not it could be noted. */
static void note(struct store *s, const unsigned char *slot, const char *name)
{
	char key[sizeof NOTE_KEY + SALT_TEXT], today[DATE_SIZE];
	struct buf value = BUF_INIT;

	note_key(slot, key);
	date_today(today);
	buf_addf(&value, "%s %s", today, name);
	store_set_setting(s, key, value.data, NULL);
	buf_release(&value);
}

static void read_note(struct store *s, const unsigned char *slot, struct store_slot *out)
{
	char key[sizeof NOTE_KEY + SALT_TEXT], *value;

	note_key(slot, key);
	value = store_setting(s, key);
	if (value != NULL && strlen(value) > DATE_SIZE - 1 && value[DATE_SIZE - 1] == ' ') {
		memcpy(out->since, value, DATE_SIZE - 1);
		snprintf(out->name, sizeof out->name, "%s", value + DATE_SIZE);
	}
	free(value);
}

/* Of slots that the header has no more. */
static void forget_notes(struct store *s, const struct header *before)
{
	char key[sizeof NOTE_KEY + SALT_TEXT];

	for (int i = 0; i < HEADER_SLOTS; i++)
		if (memcmp(before->slots[i], s->header.slots[i], HEADER_SLOT_SIZE) != 0) {
			note_key(before->slots[i], key);
			store_set_setting(s, key, NULL, NULL);
		}
}

static bool was_tested(struct store *s, const unsigned char *slot)
{
	char salt[SALT_TEXT + 1], *value = store_setting(s, RECOVERY_TESTED);
	bool tested;

	salt_text(slot, salt);
	tested = value != NULL && strncmp(value, salt, SALT_TEXT) == 0;
	free(value);
	return tested;
}

static int remember_test(struct store *s, const unsigned char *slot, struct err *e)
{
	char value[SALT_TEXT + 1 + DATE_SIZE];

	salt_text(slot, value);
	value[SALT_TEXT] = ' ';
	date_today(value + SALT_TEXT + 1);
	return store_set_setting(s, RECOVERY_TESTED, value, e);
}

/* --- the list --- */

int store_slots(struct store *s, struct store_slot slots[HEADER_SLOTS])
{
	int count = 0;

	for (int i = 0; i < HEADER_SLOTS; i++) {
		const unsigned char *slot = s->header.slots[i];
		struct store_slot *out = &slots[count];

		if (slot_kind(slot) == SLOT_EMPTY)
			continue;
		memset(out, 0, sizeof *out);
		out->number = i + 1;
		out->kind = slot_kind(slot);
		out->passes = slot_cost(slot).passes;
		out->memory_mib = slot_cost(slot).memory_kib / 1024;
		out->tested = out->kind == SLOT_RECOVERY && was_tested(s, slot);
		read_note(s, slot, out);
		count++;
	}
	return count;
}

enum store_recovery store_recovery(struct store *s)
{
	struct store_slot slots[HEADER_SLOTS];
	int count = store_slots(s, slots);

	for (int i = 0; i < count; i++)
		if (slots[i].kind == SLOT_RECOVERY)
			return slots[i].tested ? STORE_RECOVERY_TESTED : STORE_RECOVERY_UNTESTED;
	return STORE_RECOVERY_NONE;
}

/* --- changes --- */

static bool same_slots(const struct header *a, const struct header *b)
{
	return memcmp(a->slots, b->slots, sizeof a->slots) == 0;
}

/* Both copies. When a write failed in between, the file says which state counts: the new one, then mended, is no failure. */
static int put(struct store *s, struct header *next, struct err *e)
{
	struct header before = s->header, now;
	struct err why = ERR_INIT;

	if (header_write(next, s->vfs, &why) == 0) {
		s->header = *next;
	} else if (header_read(&now, s->vfs, true, NULL) != 0 || !same_slots(&now, next)) {
		if (e != NULL)
			*e = why;
		return -1;
	} else {
		now.torn = before.torn;
		s->header = now;
	}
	forget_notes(s, &before);
	return 0;
}

/* `next` gets one more slot; returns its place, or -1. */
static int add(struct store *s, struct header *next, enum slot_kind kind, const void *secret, size_t len, struct err *e)
{
	int place = 0;

	while (place < HEADER_SLOTS && slot_kind(next->slots[place]) != SLOT_EMPTY)
		place++;
	return header_add(next, kind, secret, len, s->data_key, e) == 0 ? place : -1;
}

int store_set_passphrase(struct store *s, const char *passphrase, struct err *e)
{
	struct header next = s->header;
	int place;

	if (passphrase[0] == '\0')
		return err_set(e, ERR_PASSPHRASE, _("the passphrase is empty"));
	header_clear(&next, SLOT_PASSPHRASE);
	place = add(s, &next, SLOT_PASSPHRASE, passphrase, strlen(passphrase), e);
	if (place < 0 || put(s, &next, e) != 0)
		return -1;
	note(s, s->header.slots[place], "");
	return 0;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* Key files never take the places that a passphrase and a recovery code need, so that there is always a way back in. */
static bool has_room(const struct header *h)
{
	int taken = !header_has(h, SLOT_PASSPHRASE) + !header_has(h, SLOT_RECOVERY);

	for (int i = 0; i < HEADER_SLOTS; i++)
		taken += slot_kind(h->slots[i]) != SLOT_EMPTY;
	return taken < HEADER_SLOTS;
}

/* The file is on the disk before its slot: a slot whose key nobody has would take a place for ever. */
static int add_key(struct store *s, const char *path, const unsigned char *key, bool alone, struct err *e)
{
	struct header next = s->header;
	int place;

	if (alone)
		header_clear(&next, SLOT_KEY_FILE);
	if (!has_room(&next))
		return err_set(e, ERR_REFUSED, _("the store has no room for another key"));
	place = add(s, &next, SLOT_KEY_FILE, key, KEY_FILE_BYTES, e);
	if (place < 0 || key_file_write(path, key, e) != 0)
		return -1;
	if (put(s, &next, e) != 0) {
		unlink(path);
		return -1;
	}
	note(s, s->header.slots[place], base_name(path));
	return 0;
}

int store_add_key_file(struct store *s, const char *path, bool alone, struct err *e)
{
	unsigned char *key = secret_new(KEY_FILE_BYTES);
	int rc;

	crypto_random(key, KEY_FILE_BYTES);
	rc = add_key(s, path, key, alone, e);
	secret_free(key);
	return rc;
}

/* A code in a safe is for the day when everything else is lost, and nothing to work with. */
static bool opens_without(const struct header *h, int place)
{
	for (int i = 0; i < HEADER_SLOTS; i++)
		if (i != place && (slot_kind(h->slots[i]) == SLOT_PASSPHRASE || slot_kind(h->slots[i]) == SLOT_KEY_FILE))
			return true;
	return false;
}

int store_remove_slot(struct store *s, int number, struct err *e)
{
	struct header next = s->header;

	if (number < 1 || number > HEADER_SLOTS || slot_kind(next.slots[number - 1]) == SLOT_EMPTY)
		return err_set(e, ERR_REFUSED, _("the store has no key %d"), number);
	if (!opens_without(&next, number - 1))
		return err_set(e, ERR_REFUSED, _("key %d is the last one that opens the store; add another first"), number);
	header_clear_one(&next, number - 1);
	return put(s, &next, e);
}

/* --- the recovery code --- */

int store_new_recovery(struct store *s, char digits[RECOVERY_SIZE], struct err *e)
{
	struct header next = s->header;
	int place;

	recovery_new(digits);
	header_clear(&next, SLOT_RECOVERY);
	place = add(s, &next, SLOT_RECOVERY, digits, RECOVERY_DIGITS, e);
	if (place < 0 || put(s, &next, e) != 0) {
		secret_wipe(digits, RECOVERY_SIZE);
		return -1;
	}
	note(s, s->header.slots[place], "");
	return 0;
}

/* 1: a slot of that kind takes the secret, and *place says which; 0: none does; -1. */
static int find(struct store *s, enum slot_kind kind, const void *secret, size_t len, int *place, struct err *e)
{
	unsigned char *key = secret_new(VFS_KEY_SIZE);
	enum slot_result result = SLOT_OTHER_KEY;

	for (*place = 0; *place < HEADER_SLOTS; ++*place) {
		if (slot_kind(s->header.slots[*place]) != kind)
			continue;
		result = slot_open(s->header.slots[*place], s->header.store_id, secret, len, key, e);
		if (result != SLOT_OTHER_KEY)
			break;
	}
	secret_free(key);
	return result == SLOT_OPENED ? 1 : result == SLOT_FAILED ? -1 : 0;
}

int store_test_recovery(struct store *s, const char digits[RECOVERY_SIZE], struct err *e)
{
	int place, rc;

	if (!header_has(&s->header, SLOT_RECOVERY))
		return err_set(e, ERR_REFUSED, _("the store has no recovery code; “key recovery” makes one"));
	rc = find(s, SLOT_RECOVERY, digits, RECOVERY_DIGITS, &place, e);
	if (rc == 0)
		return err_set(e, ERR_PASSPHRASE, _("this is not the recovery code of this store, or it was replaced by a newer one"));
	return rc > 0 ? remember_test(s, s->header.slots[place], e) : -1;
}

int store_test_passphrase(struct store *s, const char *passphrase, struct err *e)
{
	int place, rc = find(s, SLOT_PASSPHRASE, passphrase, strlen(passphrase), &place, e);

	return rc > 0 ? 0 : rc < 0 ? -1 : err_set(e, ERR_PASSPHRASE, _("wrong passphrase"));
}

static int unlock(struct store *s, const char *digits, struct err *e)
{
	if (!header_has(&s->header, SLOT_RECOVERY))
		return err_set(e, ERR_REFUSED, _("%s has no recovery code"), vfs_path(s->vfs));
	if (header_unlock(&s->header, SLOT_RECOVERY, digits, RECOVERY_DIGITS, s->data_key, e) == 0)
		return 0;
	return e != NULL && e->code == ERR_PASSPHRASE ?
	    err_set(e, ERR_PASSPHRASE, _("this is not the recovery code of this store, or it was replaced by a newer one")) : -1;
}

/* That it opened the store is the test; a store that takes no write now is open all the same. */
static void remember_opened(struct store *s)
{
	for (int i = 0; i < HEADER_SLOTS; i++)
		if (slot_kind(s->header.slots[i]) == SLOT_RECOVERY && !was_tested(s, s->header.slots[i]))
			remember_test(s, s->header.slots[i], NULL);
}

int store_open_recovery(const char *path, const char digits[RECOVERY_SIZE], struct store **out, struct err *e)
{
	struct store *s = store_new(&store_standard);

	*out = NULL;
	if (store_hold(s, path, e) != 0 || unlock(s, digits, e) != 0 || store_connect(s, e) != 0 || store_attach(s, e) != 0) {
		store_close(s);
		return -1;
	}
	remember_opened(s);
	*out = s;
	return 0;
}
