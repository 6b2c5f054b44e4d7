#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/secret.h"
#include "seal/header.h"
#include "seal/key_file.h"
#include "seal/slot.h"
#include "tests/unit/test.h"
#include "tests/unit/test_files.h"

static const unsigned char data_key[VFS_KEY_SIZE] = "the data key of a test, 32 bytes";
static const unsigned char file_key[KEY_FILE_BYTES] = "what stands in a key file, 32 by";

/* A file with a header that "secret" and file_key open, and a page of something behind it. */
static struct vfs *make(const char *path, struct header *h)
{
	static const unsigned char page[VFS_PAGE];
	struct vfs *v = NULL;
	struct err e = ERR_INIT;

	unlink(path);
	header_init(h);
	if (vfs_open(path, NULL, true, &v, &e) != 0 || header_add(h, SLOT_PASSPHRASE, "secret", 6, data_key, &e) != 0
	    || header_add(h, SLOT_KEY_FILE, file_key, sizeof file_key, data_key, &e) != 0 || header_write(h, v, &e) != 0
	    || vfs_raw_write(v, VFS_DATABASE, page, sizeof page, &e) != 0)
		test_note("%s", e.text);
	return v;
}

static int unlock(const struct header *h, const char *passphrase, struct err *e)
{
	unsigned char got[VFS_KEY_SIZE] = { 0 };
	int rc = header_unlock(h, SLOT_PASSPHRASE, passphrase, strlen(passphrase), got, e);

	if (rc == 0)
		CHECK_MEM(got, sizeof got, data_key, sizeof data_key);
	return rc;
}

static void test_unlock(void)
{
	struct err e = ERR_INIT;
	unsigned char got[VFS_KEY_SIZE], other[KEY_FILE_BYTES] = { 1 };
	struct header h, again;
	struct vfs *v = make(file_at("h"), &h);

	REQUIRE_OK(header_read(&again, v, true, &e));
	CHECK_INT(again.sequence, 1);
	CHECK(header_has(&again, SLOT_PASSPHRASE) && header_has(&again, SLOT_KEY_FILE) && !header_has(&again, SLOT_RECOVERY));
	REQUIRE_OK(unlock(&again, "secret", &e));
	CHECK_INT(unlock(&again, "Secret", &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);
	CHECK(strchr(e.text, '\n') == NULL);
	CHECK_INT(unlock(&again, "", &e), -1);
	REQUIRE_OK(header_unlock(&again, SLOT_KEY_FILE, file_key, sizeof file_key, got, &e));
	CHECK_MEM(got, sizeof got, data_key, sizeof data_key);
	CHECK_INT(header_unlock(&again, SLOT_KEY_FILE, other, sizeof other, got, &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);
	CHECK_INT(header_unlock(&again, SLOT_RECOVERY, "123", 3, got, &e), -1);
	CHECK_INT(e.code, ERR_PASSPHRASE);
	vfs_close(v);
}

static void test_eight_slots(void)
{
	struct err e = ERR_INIT;
	struct header h;

	header_init(&h);
	for (int i = 0; i < HEADER_SLOTS; i++)
		REQUIRE_OK(header_add(&h, SLOT_PASSPHRASE, &"12345678"[i], 1, data_key, &e));
	REQUIRE_OK(unlock(&h, "8", &e));
	REQUIRE_OK(unlock(&h, "1", &e));
	CHECK_INT(header_add(&h, SLOT_PASSPHRASE, "9", 1, data_key, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	/* Two slots of one secret have nothing in common that tells so. */
	header_init(&h);
	REQUIRE_OK(header_add(&h, SLOT_PASSPHRASE, "x", 1, data_key, &e));
	REQUIRE_OK(header_add(&h, SLOT_PASSPHRASE, "x", 1, data_key, &e));
	for (int i = 16; i < 136; i += 8)
		CHECK(memcmp(h.slots[0] + i, h.slots[1] + i, 8) != 0);
}

/* Each byte of both copies: never another key, never a crash; one bad copy is mended out of the other. */
static void test_torn_copies(void)
{
	struct err e = ERR_INIT;
	struct header h, got;
	struct vfs *v = make(file_at("h"), &h);
	struct buf good;

	vfs_close(v);
	good = file_bytes(file_at("h"));
	CHECK_MEM(good.data, HEADER_SIZE, good.data + HEADER_SIZE, HEADER_SIZE);
	for (long at = 0; at < 2 * HEADER_SIZE; at += 1 + (long)(test_random() % 40)) {
		struct buf after;

		file_flip(file_at("h"), at, (int)(test_random() % 8));
		REQUIRE_OK(vfs_open(file_at("h"), NULL, false, &v, &e));
		REQUIRE_OK(header_read(&got, v, true, &e));
		vfs_close(v);
		CHECK_INT(got.sequence, h.sequence);
		after = file_bytes(file_at("h"));
		if (!CHECK(after.len == good.len && memcmp(after.data, good.data, good.len) == 0))
			test_note("byte %ld", at);
		buf_release(&after);
	}
	REQUIRE_OK(unlock(&got, "secret", &e));

	file_change(file_at("h"), 0, (char[HEADER_SIZE]){ 0 }, HEADER_SIZE);
	REQUIRE_OK(vfs_open(file_at("h"), NULL, false, &v, &e));
	REQUIRE_OK(header_read(&got, v, true, &e));
	vfs_close(v);

	for (int i = 0; i < 40; i++) {
		file_put(file_at("h"), good.data, good.len);
		file_flip(file_at("h"), 16 + (long)(test_random() % (HEADER_SIZE - 16)), (int)(test_random() % 8));
		file_flip(file_at("h"), HEADER_SIZE + 16 + (long)(test_random() % (HEADER_SIZE - 16)), (int)(test_random() % 8));
		REQUIRE_OK(vfs_open(file_at("h"), NULL, false, &v, &e));
		CHECK_INT(header_read(&got, v, true, &e), -1);
		CHECK_INT(e.code, ERR_DAMAGED);
		CHECK(strstr(e.text, file_at("h")) != NULL);
		vfs_close(v);
	}
	buf_release(&good);
}

/* A power loss between the copies: the newer one counts, and the older is brought up to it. */
static void test_newer_copy_counts(void)
{
	struct err e = ERR_INIT;
	struct header h, got;
	struct vfs *v = make(file_at("h"), &h);
	struct buf old = file_bytes(file_at("h"));
	struct buf new;

	memset(h.slots[0], 0, HEADER_SLOT_SIZE);
	REQUIRE_OK(header_add(&h, SLOT_PASSPHRASE, "changed", 7, data_key, &e));
	REQUIRE_OK(header_write(&h, v, &e));
	vfs_close(v);
	new = file_bytes(file_at("h"));
	for (long copy = 0; copy < 2; copy++) {
		struct buf after;

		file_put(file_at("h"), new.data, new.len);
		file_change(file_at("h"), copy * HEADER_SIZE, old.data, HEADER_SIZE);
		REQUIRE_OK(vfs_open(file_at("h"), NULL, false, &v, &e));
		REQUIRE_OK(header_read(&got, v, true, &e));
		vfs_close(v);
		CHECK_INT(got.sequence, 2);
		REQUIRE_OK(unlock(&got, "changed", &e));
		CHECK_INT(unlock(&got, "secret", &e), -1);
		after = file_bytes(file_at("h"));
		CHECK_MEM(after.data, after.len, new.data, new.len);
		buf_release(&after);
	}
	buf_release(&old);
	buf_release(&new);
}

static void set_checksum(unsigned char copy[HEADER_SIZE])
{
	hash_of(copy, HEADER_SIZE - HASH_SIZE, copy + HEADER_SIZE - HASH_SIZE);
}

static void test_decode(void)
{
	struct err e = ERR_INIT;
	struct header h, got;
	unsigned char copy[HEADER_SIZE], changed[HEADER_SIZE];
	struct vfs *v = make(file_at("h"), &h);

	vfs_close(v);
	header_encode(&h, copy);
	REQUIRE_OK(header_decode(&got, copy, &e));
	CHECK_MEM(&got, sizeof got, &h, sizeof h);
	memcpy(changed, copy, sizeof copy);
	changed[16] = 2;
	CHECK_INT(header_decode(&got, changed, &e), -1);
	CHECK_INT(e.code, ERR_DAMAGED);
	set_checksum(changed);
	CHECK_INT(header_decode(&got, changed, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);		/* a newer version */
	memset(changed, 0, sizeof changed);
	set_checksum(changed);
	CHECK_INT(header_decode(&got, changed, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);		/* not a store */
}

/* What somebody writes who can mend the checksum too: no byte of a slot can be changed so that it still opens. */
static void test_changed_slots(void)
{
	unsigned char got[VFS_KEY_SIZE];
	struct err e = ERR_INIT;
	struct header h, changed;
	struct vfs *v = make(file_at("h"), &h);

	vfs_close(v);
	for (int at = 0; at < 136; at++) {
		int bit = at == 10 || at == 11 || (at >= 4 && at < 8) ? 7 : (int)(test_random() % 8);	/* costs out of bounds */

		if (at == 8 || at == 9)
			continue;	/* a cost within bounds, spent in vain */
		changed = h;
		changed.slots[0][at] ^= (unsigned char)(1 << bit);
		CHECK_INT(header_unlock(&changed, SLOT_PASSPHRASE, "secret", 6, got, &e), -1);
		CHECK(e.code == ERR_PASSPHRASE || e.code == ERR_DAMAGED);
		changed = h;
		changed.slots[1][at] ^= (unsigned char)(1 << bit);
		CHECK_INT(header_unlock(&changed, SLOT_KEY_FILE, file_key, sizeof file_key, got, &e), -1);
		CHECK(e.code == ERR_PASSPHRASE || e.code == ERR_DAMAGED);
	}
	changed = h;
	changed.store_id[3] ^= 1;
	CHECK_INT(header_unlock(&changed, SLOT_PASSPHRASE, "secret", 6, got, &e), -1);
	CHECK_INT(e.code, ERR_DAMAGED);
}

/* A cost that a file asks for is bounded before a byte of memory is touched. */
static void test_cost_is_bounded(void)
{
	static const unsigned char costs[][8] = {
		{ 0xff, 0xff, 0xff, 0xff, 8, 0, 0, 0 }, { 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff }, { 0, 0, 0, 0, 8, 0, 0, 0 },
		{ 1, 0, 0, 0, 0, 0, 0, 0 }, { 17, 0, 0, 0, 8, 0, 0, 0 }, { 1, 0, 0, 0, 1, 0, 0x10, 0 },
	};
	struct err e = ERR_INIT;
	struct header h;
	struct vfs *v = make(file_at("h"), &h);

	vfs_close(v);
	for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++) {
		memcpy(h.slots[0] + 4, costs[i], 8);
		CHECK_INT(unlock(&h, "secret", &e), -1);
		CHECK_INT(e.code, ERR_DAMAGED);
	}
}

static void test_short_and_contradicting(void)
{
	struct err e = ERR_INIT;
	struct header h, got;
	struct vfs *v = make(file_at("h"), &h);
	struct buf good = file_bytes(file_at("h"));
	static const long lengths[] = { 0, 10, 4095, 4096, 8191, 8192, 8192 + 4095 };

	vfs_close(v);
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		file_put(file_at("h"), good.data, (size_t)lengths[i]);
		REQUIRE_OK(vfs_open(file_at("h"), NULL, false, &v, &e));
		CHECK_INT(header_read(&got, v, true, &e), -1);
		CHECK_INT(e.code, lengths[i] < 16 ? ERR_REFUSED : ERR_DAMAGED);
		CHECK_INT(file_length(file_at("h")), lengths[i]);
		vfs_close(v);
	}
	file_put(file_at("h"), good.data, good.len);
	good.data[HEADER_SIZE + 40] ^= 1;
	set_checksum((unsigned char *)good.data + HEADER_SIZE);
	file_change(file_at("h"), HEADER_SIZE, good.data + HEADER_SIZE, HEADER_SIZE);
	REQUIRE_OK(vfs_open(file_at("h"), NULL, false, &v, &e));
	CHECK_INT(header_read(&got, v, true, &e), -1);
	CHECK_INT(e.code, ERR_DAMAGED);
	vfs_close(v);
	buf_release(&good);
}

static void test_key_file(void)
{
	struct err e = ERR_INIT;
	unsigned char key[KEY_FILE_BYTES];
	struct stat st;
	struct buf b;
	mode_t before = umask(0);

	REQUIRE_OK(key_file_write(file_at("k"), file_key, &e));
	umask(before);
	REQUIRE(stat(file_at("k"), &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	REQUIRE_OK(key_file_read(file_at("k"), key, &e));
	CHECK_MEM(key, sizeof key, file_key, sizeof file_key);
	CHECK_INT(key_file_write(file_at("k"), file_key, &e), -1);
	b = file_bytes(file_at("k"));
	CHECK(b.len > 0 && memchr(b.data, '\n', b.len) == b.data + b.len - 1);
	for (size_t at = 0; at + 1 < b.len; at++) {
		int rc;

		file_flip(file_at("k"), (long)at, 7);
		rc = key_file_read(file_at("k"), key, &e);
		CHECK_INT(rc, -1);
		file_flip(file_at("k"), (long)at, 7);
	}
	for (size_t len = 0; len + 1 < b.len; len += 7) {
		file_put(file_at("k2"), b.data, len);
		CHECK_INT(key_file_read(file_at("k2"), key, &e), -1);
		CHECK_INT(e.code, ERR_REFUSED);
	}
	buf_release(&b);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_unlock),
		TEST(test_eight_slots),
		TEST(test_torn_copies),
		TEST(test_newer_copy_counts),
		TEST(test_decode),
		TEST(test_changed_slots),
		TEST(test_cost_is_bounded),
		TEST(test_short_and_contradicting),
		TEST(test_key_file),
		TEST_END
	};
	struct err e = ERR_INIT;

	if (crypto_start(&e) != 0)
		return 99;
	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	return test_main(argc, argv, tests);
}
