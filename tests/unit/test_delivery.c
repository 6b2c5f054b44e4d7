/* Printers by a pretended lp and lpstat; sticks by a table of mounts of our own. */
#include "documents/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "tests/unit/test.h"

static void put(const char *name, const char *text, unsigned mode)
{
	char path[1024];
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s", test_folder(), name);
	CHECK_INT(fs_write(path, text, strlen(text), mode, &e), 0);
}

static void make_folder(const char *name)
{
	char path[1024];
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s", test_folder(), name);
	CHECK_INT(fs_mkdirs(path, 0700, &e), 0);
}

static void only_our_programs(void)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/bin:/usr/bin:/bin", test_folder());
	setenv("PATH", path.data, 1);
	setenv("PRINTED", test_folder(), 1);
	buf_release(&path);
}

static void printing(void)
{
	struct buf document = BUF_INIT, got = BUF_INIT;
	struct err e = ERR_INIT;
	char path[1024];

	make_folder("bin");
	only_our_programs();
	put("bin/lp", "#!/bin/sh\nd=${0%/bin/lp}\nprintf '%s|' \"$@\" > $d/words\ncat > $d/paper\n"
	    "case \"$*\" in *nobody*) echo 'lp: The printer or class does not exist.' >&2; exit 1;; esac\necho request id is x-1\n", 0700);
	buf_adds(&document, "%PDF-1.5 …");
	REQUIRE_OK(delivery_print("", "Лист -d x", &document, &e));
	snprintf(path, sizeof path, "%s/words", test_folder());
	REQUIRE_OK(fs_read(path, 4096, true, &got, &e));
	CHECK_STR(got.data, "-t|Лист -d x|");
	buf_reset(&got);
	REQUIRE_OK(delivery_print("Kyocera", "t", &document, &e));
	REQUIRE_OK(fs_read(path, 4096, true, &got, &e));
	CHECK_STR(got.data, "-t|t|-d|Kyocera|");
	buf_reset(&got);
	snprintf(path, sizeof path, "%s/paper", test_folder());
	REQUIRE_OK(fs_read(path, 4096, true, &got, &e));
	CHECK_STR(got.data, document.data);
	CHECK_INT(delivery_print("nobody", "t", &document, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_STR(e.text, "The printer or class does not exist.");
	setenv("PATH", test_folder(), 1);		/* where no lp is */
	CHECK_INT(delivery_print("", "t", &document, &e), -1);
	CHECK(strstr(e.text, "cups-client") != NULL);
	buf_release(&document);
	buf_release(&got);
}

static void printers(void)
{
	struct err e = ERR_INIT;
	char **names;
	size_t count;

	make_folder("bin");
	only_our_programs();
	put("bin/lpstat", "#!/bin/sh\n[ \"$LC_ALL\" = C ] || exit 1\ncase $1 in -d) echo 'system default destination: Second';; -e) printf 'First\\nSecond\\nThird\\n';; esac\n", 0700);
	REQUIRE_OK(delivery_printers(&names, &count, &e));
	CHECK_INT((int64_t)count, 3);
	CHECK_STR(names[0], "Second");
	CHECK_STR(names[1], "First");
	CHECK_STR(names[2], "Third");
	fs_list_free(names, count);
	put("bin/lpstat", "#!/bin/sh\necho 'lpstat: Unable to connect to server' >&2\nexit 1\n", 0700);
	REQUIRE_OK(delivery_printers(&names, &count, &e));
	CHECK_INT((int64_t)count, 0);
	fs_list_free(names, count);
	setenv("PATH", test_folder(), 1);
	REQUIRE_OK(delivery_printers(&names, &count, &e));
	CHECK_INT((int64_t)count, 0);
	fs_list_free(names, count);
}

/* Only what stands below the usual folders counts, so their rule is asked with real paths that are there: /mnt. */
static void sticks(void)
{
	struct err e = ERR_INIT;
	char mounts[1024], blocks[1024], **folders;
	size_t count;

	make_folder("dev/8:16/8:17");
	make_folder("dev/8:1");
	make_folder("dev/8:32");
	put("dev/8:16/removable", "1\n", 0600);
	put("dev/8:1/removable", "0\n", 0600);
	put("dev/8:32/removable", "1\n", 0600);
	snprintf(mounts, sizeof mounts, "%s/mountinfo", test_folder());
	snprintf(blocks, sizeof blocks, "%s/dev", test_folder());
	put("mountinfo", "24 1 8:1 / / rw - ext4 /dev/sda1 rw\n36 24 8:1 / /mnt rw shared:1 - vfat /dev/sdb1 rw\n37 24 8:32 / /mnt/no\\040such rw - vfat /dev/sdc rw\n"
	    "broken\n38 24 8:32 / /srv rw - vfat /dev/sdc rw\n", 0600);
	REQUIRE_OK(delivery_sticks_of(mounts, blocks, &folders, &count, &e));
	CHECK_INT((int64_t)count, 0);			/* fixed, not there, not in a place for sticks */
	fs_list_free(folders, count);
	put("mountinfo", "36 24 8:32 / /mnt rw shared:1 master:2 - vfat /dev/sdc rw\n37 24 8:32 / /mnt rw - vfat /dev/sdc rw", 0600);
	REQUIRE_OK(delivery_sticks_of(mounts, blocks, &folders, &count, &e));
	CHECK_INT((int64_t)count, access("/mnt", W_OK) == 0 ? 1 : 0);
	if (count == 1)
		CHECK_STR(folders[0], "/mnt");
	fs_list_free(folders, count);
	put("mountinfo", "36 24 8:16/8:17 / /mnt rw - vfat /dev/sdb1 rw\n", 0600);	/* a partition: its disk says it */
	REQUIRE_OK(delivery_sticks_of(mounts, blocks, &folders, &count, &e));
	CHECK_INT((int64_t)count, access("/mnt", W_OK) == 0 ? 1 : 0);
	fs_list_free(folders, count);
	CHECK_INT(delivery_sticks_of("/nowhere/mountinfo", blocks, &folders, &count, &e), -1);
	REQUIRE_OK(delivery_sticks(&folders, &count, &e));
	fs_list_free(folders, count);
}

static const struct test tests[] = { TEST(printing), TEST(printers), TEST(sticks), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
