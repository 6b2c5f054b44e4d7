#include "base/fsutil.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/test.h"

/* The path of a name in the test's folder; one of four rotating places. */
static const char *in_folder(const char *name)
{
	static char paths[4][1024];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", test_folder(), name);
	return path;
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? (unsigned)(st.st_mode & 07777) : 0;
}

static void written_and_read(void)
{
	const char *path = in_folder("a.txt");
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	mode_t old = umask(077);

	REQUIRE_OK(fs_write(path, "one\0two", 7, 0644, &e));
	umask(old);
	CHECK_INT(mode_of(path), 0644);
	buf_adds(&b, ">");
	REQUIRE_OK(fs_read(path, 7, true, &b, &e));
	CHECK_MEM(b.data, b.len, ">one\0two", 8);
	REQUIRE_OK(fs_write(path, "", 0, 0600, &e));
	CHECK_INT(mode_of(path), 0600);
	buf_reset(&b);
	REQUIRE_OK(fs_read(path, 0, false, &b, &e));
	CHECK_INT(b.len, 0);
	buf_release(&b);
}

static void large_and_limited(void)
{
	const char *path = in_folder("large");
	struct buf b = BUF_INIT, back = BUF_INIT;
	struct err e = ERR_INIT;

	for (int i = 0; i < 40000; i++)
		buf_addi(&b, (long long)test_random());
	REQUIRE_OK(fs_write(path, b.data, b.len, 0600, &e));
	REQUIRE_OK(fs_read(path, b.len, true, &back, &e));
	CHECK_MEM(back.data, back.len, b.data, b.len);
	CHECK_INT(fs_read(path, b.len - 1, true, &back, &e), -1);
	CHECK_INT(fs_read(path, b.len - 1, false, &back, &e), -1);
	CHECK_INT(back.len, b.len);			/* nothing was appended */
	CHECK(strstr(e.text, path) != NULL);
	REQUIRE_OK(fs_read(path, (size_t)-1, false, &back, &e));
	CHECK_INT(back.len, 2 * b.len);
	buf_release(&b);
	buf_release(&back);
}

static void strange_files_are_refused(void)
{
	const char *target = in_folder("target"), *link_path = in_folder("link"), *fifo = in_folder("fifo");
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	off_t size = -1;
	int fd;

	REQUIRE_OK(fs_write(target, "secret", 6, 0600, &e));
	REQUIRE(symlink(target, link_path) == 0 && mkfifo(fifo, 0600) == 0);
	CHECK_INT(fs_read(link_path, 100, true, &b, &e), -1);
	CHECK(e.code == ERR_REFUSED && strstr(e.text, "link") != NULL);
	CHECK_INT(fs_read(fifo, 100, true, &b, &e), -1);		/* and does not wait for a writer */
	CHECK_INT(fs_read(test_folder(), 100, true, &b, &e), -1);
	CHECK_INT(fs_read(test_folder(), 100, false, &b, &e), -1);
	CHECK_INT(fs_read(in_folder("nothing"), 100, false, &b, &e), -1);
	CHECK_INT(fs_open_regular("/dev/null", 100, &size, &e), -1);
	CHECK_INT(fs_open_regular(target, 5, &size, &e), -1);
	REQUIRE_OK(fs_read(link_path, 100, false, &b, &e));		/* a person's own link is followed */
	CHECK_STR(b.data, "secret");
	fd = fs_open_regular(target, 6, &size, &e);
	REQUIRE(fd >= 0);
	CHECK_INT(size, 6);
	close(fd);
	buf_release(&b);
}

static void a_link_in_the_way_is_replaced(void)
{
	const char *target = in_folder("victim"), *path = in_folder("output");
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE_OK(fs_write(target, "old", 3, 0600, &e));
	REQUIRE(symlink(target, path) == 0);
	REQUIRE_OK(fs_write(path, "new", 3, 0600, &e));
	REQUIRE_OK(fs_read(target, 10, true, &b, &e));
	CHECK_STR(b.data, "old");
	buf_reset(&b);
	REQUIRE_OK(fs_read(path, 10, true, &b, &e));
	CHECK_STR(b.data, "new");
	buf_release(&b);
}

static void new_never_overwrites(void)
{
	const char *path = in_folder("key"), *dangling = in_folder("dangling");
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE_OK(fs_write_new(path, "first", 5, 0400, &e));
	CHECK_INT(mode_of(path), 0400);
	CHECK_INT(fs_write_new(path, "second", 6, 0400, &e), -1);
	CHECK(strstr(e.text, path) != NULL);
	REQUIRE_OK(fs_read(path, 10, true, &b, &e));
	CHECK_STR(b.data, "first");
	REQUIRE(symlink(in_folder("elsewhere"), dangling) == 0);
	CHECK_INT(fs_write_new(dangling, "x", 1, 0600, &e), -1);
	CHECK(!fs_exists(in_folder("elsewhere")));
	buf_release(&b);
}

static void failures_leave_nothing_behind(void)
{
	const char *folder = in_folder("full");
	char path[1100], **names;
	struct err e = ERR_INIT;
	size_t count;

	REQUIRE_OK(fs_mkdirs(folder, 0700, &e));
	snprintf(path, sizeof path, "%s/name", folder);
	REQUIRE_OK(fs_mkdirs(path, 0700, &e));
	CHECK_INT(fs_write(path, "x", 1, 0600, &e), -1);		/* a folder has that name */
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(fs_write_new(path, "x", 1, 0600, &e), -1);
	snprintf(path, sizeof path, "%s/none/name", folder);
	CHECK_INT(fs_write(path, "x", 1, 0600, &e), -1);
	REQUIRE_OK(fs_list(folder, &names, &count, &e));
	CHECK_INT(count, 1);
	fs_list_free(names, count);
	snprintf(path, sizeof path, "%s/name", folder);
	CHECK(rmdir(path) == 0 && rmdir(folder) == 0);			/* no hidden rest either */
}

static void devices_are_written_to(void)
{
	struct err e = ERR_INIT;
	struct stat st;

	REQUIRE_OK(fs_write("/dev/null", "x", 1, 0600, &e));
	CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
}

static void folders_with_parents(void)
{
	const char *deep = in_folder("p/q/r"), *file = in_folder("p/file");
	struct err e = ERR_INIT;
	mode_t old = umask(077);

	REQUIRE_OK(fs_mkdirs(deep, 02770, &e));
	umask(old);
	CHECK(fs_is_dir(deep) && !fs_is_dir(in_folder("nothing")));
	CHECK_INT(mode_of(deep) & 0777, 0770);
	REQUIRE_OK(fs_mkdirs(deep, 0700, &e));
	CHECK_INT(mode_of(deep) & 0777, 0770);				/* what exists keeps its mode */
	REQUIRE_OK(fs_mkdirs(in_folder("p//q/s/"), 0700, &e));
	CHECK(fs_is_dir(in_folder("p/q/s")));
	REQUIRE_OK(fs_write(file, "x", 1, 0600, &e));
	CHECK_INT(fs_mkdirs(in_folder("p/file/x"), 0700, &e), -1);
	CHECK_INT(fs_mkdirs(file, 0700, &e), -1);
	CHECK_INT(fs_mkdirs("", 0700, &e), -1);
	REQUIRE_OK(fs_sync_dir(deep, &e));
	CHECK_INT(fs_sync_dir(file, &e), -1);
}

static void the_group_bit_is_inherited(void)
{
	const char *folder = in_folder("shared"), *below = in_folder("shared/below");
	struct err e = ERR_INIT;

	REQUIRE(mkdir(folder, 0700) == 0 && chmod(folder, 02770) == 0);
	REQUIRE_OK(fs_mkdirs(below, 0770, &e));
	CHECK_INT(mode_of(below), 02770);
}

static void listed_in_order(void)
{
	static const char *const made[] = { "b", "a", "Я", "10", "9", ".hidden" };
	const char *folder = in_folder("list");
	struct err e = ERR_INIT;
	char **names, *path;
	size_t count;

	REQUIRE_OK(fs_mkdirs(folder, 0700, &e));
	REQUIRE_OK(fs_list(folder, &names, &count, &e));
	CHECK_INT(count, 0);
	fs_list_free(names, count);
	for (size_t i = 0; i < 6; i++) {
		path = fs_join(folder, made[i]);
		REQUIRE_OK(fs_write(path, "", 0, 0600, &e));
		free(path);
	}
	REQUIRE_OK(fs_list(folder, &names, &count, &e));
	CHECK_INT(count, 5);
	if (count == 5) {
		CHECK_STR(names[0], "10");
		CHECK_STR(names[1], "9");
		CHECK_STR(names[2], "a");
		CHECK_STR(names[3], "b");
		CHECK_STR(names[4], "Я");
	}
	fs_list_free(names, count);
	CHECK_INT(fs_list(in_folder("nothing"), &names, &count, &e), -1);
	CHECK(names == NULL && count == 0);
}

static void paths_taken_apart(void)
{
	static const struct { const char *path, *folder; } cases[] = {
		{ "a", "." }, { "a/b", "a" }, { "/a", "/" }, { "/a/b", "/a" }, { "a//b", "a" }, { "a/b/", "a" },
		{ "/", "/" }, { "", "." },
		{ "//a", "/" }, { "./a", "." }, { "../a", ".." },
	};
	char *p;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		p = fs_dirname(cases[i].path);
		CHECK_STR(p, cases[i].folder);
		free(p);
	}
	p = fs_join("a", "b");
	CHECK_STR(p, "a/b");
	free(p);
	p = fs_join("/", "b");
	CHECK_STR(p, "/b");
	free(p);
}

static void short_counts(void)
{
	char data[100000], back[100001];
	int ends[2], fd;

	memset(data, 'z', sizeof data);
	REQUIRE(pipe(ends) == 0);
	CHECK_INT(fs_write_all(ends[1], "abc", 3), 0);
	close(ends[1]);
	CHECK_INT(fs_read_full(ends[0], back, 10), 3);
	CHECK_INT(fs_read_full(ends[0], back, 10), 0);
	close(ends[0]);
	CHECK_INT(fs_read_full(-1, back, 1), -1);
	CHECK_INT(fs_write_all(-1, data, 1), -1);
	fd = open(in_folder("plain"), O_RDWR | O_CREAT, 0600);
	REQUIRE(fd >= 0);
	CHECK_INT(fs_write_all(fd, data, sizeof data), 0);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK_INT(fs_read_full(fd, back, sizeof back), sizeof data);
	CHECK(memcmp(data, back, sizeof data) == 0);
	close(fd);
}

static const struct test tests[] = {
	TEST(written_and_read), TEST(large_and_limited), TEST(strange_files_are_refused),
	TEST(a_link_in_the_way_is_replaced),
	TEST(new_never_overwrites), TEST(failures_leave_nothing_behind), TEST(devices_are_written_to),
	TEST(folders_with_parents),
	TEST(the_group_bit_is_inherited), TEST(listed_in_order), TEST(paths_taken_apart), TEST(short_counts),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
