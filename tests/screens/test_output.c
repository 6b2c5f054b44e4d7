/* Where a paper goes: the ways that are offered, the question about personal data, what is not overwritten, and that what was given is released once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "screens/parts/output.h"
#include "tests/screens/drive.h"
#include "tests/unit/test.h"

struct maker { int made, released; bool fails; };

static int make(struct store *s, void *context, struct buf *out, struct err *e)
{
	struct maker *m = context;

	(void)s;
	m->made++;
	buf_adds(out, "%PDF-1.5 paper");
	return m->fails ? err_set(e, ERR_REFUSED, "the paper tore") : 0;
}

static void release(void *context)
{
	((struct maker *)context)->released++;
}

static char at[1024];

static const char *in_folder(const char *name)
{
	snprintf(at, sizeof at, "%s/%s", test_folder(), name);
	return at;
}

static void put(const char *name, const char *text, unsigned mode)
{
	struct err e = ERR_INIT;

	CHECK_INT(fs_write(in_folder(name), text, strlen(text), mode, &e), 0);
}

static void check_file(const char *name, const char *text)
{
	struct buf got = BUF_INIT;
	struct err e = ERR_INIT;

	if (CHECK_INT(fs_read(in_folder(name), 4096, true, &got, &e), 0))
		CHECK_STR(got.data, text);
	buf_release(&got);
}

/* A printer called «Kyocera», which refuses what is called «nothing»; or none. */
static void make_printer(bool there)
{
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;

	CHECK_INT(fs_mkdirs(in_folder("bin"), 0700, &e), 0);
	put("bin/lp", "#!/bin/sh\ncat > ${0%/bin/lp}/printed\ncase \"$*\" in *nothing*) echo 'lp: out of paper' >&2; exit 1;; esac\n", 0700);
	put("bin/lpstat", "#!/bin/sh\n[ $1 = -e ] && echo Kyocera\nexit 0\n", 0700);
	buf_addf(&path, "%s%s:/usr/bin:/bin", test_folder(), there ? "/bin" : "/none");
	setenv("PATH", path.data, 1);
	buf_release(&path);
	if (!there && access("/usr/bin/lpstat", X_OK) == 0)
		setenv("PATH", test_folder(), 1);
}

static void offer(struct loop *l, struct maker *m, const char *title, bool printable, bool personal)
{
	const struct output o = { .title = title, .file = "sheet.pdf", .printable = printable, .personal = personal, .make = make, .context = m, .release = release };

	*m = (struct maker){ .fails = false };
	output_offer(l, &o);
	loop_draw(l);
}

static void to_a_file(void)
{
	struct region r = drive_region();
	struct maker m;
	struct loop l;

	make_printer(false);
	drive_open(&l, r.store, 24, 80);
	offer(&l, &m, "Лист", true, false);
	CHECK(sees(&l, "sheet.pdf"));			/* no printer, no stick: the name at once */
	press(&l, "^U");
	type(&l, in_folder("one.pdf"));
	press(&l, "Enter");
	CHECK(sees(&l, "one.pdf"));
	check_file("one.pdf", "%PDF-1.5 paper");
	CHECK_INT(m.made, 1);
	CHECK_INT(m.released, 1);

	offer(&l, &m, "Лист", true, false);		/* what is there stays, and nothing is made for it */
	put("two.pdf", "mine", 0600);
	press(&l, "^U");
	type(&l, in_folder("two.pdf"));
	press(&l, "Enter");
	check_file("two.pdf", "mine");
	CHECK_INT(m.made, 0);
	press(&l, "Esc");
	CHECK_INT(m.released, 1);

	offer(&l, &m, "Лист", true, false);
	m.fails = true;
	press(&l, "^U");
	type(&l, in_folder("three.pdf"));
	press(&l, "Enter");
	CHECK(sees(&l, "the paper tore"));
	CHECK(!fs_exists(in_folder("three.pdf")));
	press(&l, "Esc");
	CHECK_INT(m.released, 1);
	drive_close(&l);
	store_close(r.store);
}

static void to_a_printer(void)
{
	struct region r = drive_region();
	struct maker m;
	struct loop l;

	make_printer(true);
	drive_open(&l, r.store, 24, 80);
	offer(&l, &m, "Лист", true, false);
	CHECK(sees(&l, "Kyocera"));
	press(&l, "Enter");
	CHECK(sees(&l, "Kyocera"));
	check_file("printed", "%PDF-1.5 paper");
	CHECK_INT(m.released, 1);

	offer(&l, &m, "nothing", true, false);
	press(&l, "Enter");
	CHECK(sees(&l, "out of paper"));
	CHECK_INT(m.released, 1);

	offer(&l, &m, "Лист", false, false);		/* not for printers */
	CHECK(!sees(&l, "Kyocera"));
	press(&l, "Esc");
	CHECK_INT(m.released, 1);
	drive_close(&l);
	store_close(r.store);
}

/* Nothing is made before the answer, and «no» ends it. */
static void personal_data(void)
{
	struct region r = drive_region();
	struct maker m;
	struct loop l;

	make_printer(true);
	drive_open(&l, r.store, 24, 80);
	unlink(in_folder("printed"));
	offer(&l, &m, "Лист", true, true);
	press(&l, "Enter");
	CHECK_INT(m.made, 0);
	press(&l, "Esc");
	CHECK_INT(m.made, 0);
	CHECK_INT(m.released, 1);
	CHECK(!fs_exists(in_folder("printed")));

	offer(&l, &m, "Лист", true, true);
	press(&l, "Enter");
	type(&l, "y");
	CHECK_INT(m.made, 1);
	CHECK_INT(m.released, 1);
	check_file("printed", "%PDF-1.5 paper");

	offer(&l, &m, "Лист", true, true);		/* the program ends while it asks */
	press(&l, "Enter");
	drive_close(&l);
	store_close(r.store);
	CHECK_INT(m.released, 1);
	CHECK_INT(m.made, 0);
}

static const struct test tests[] = { TEST(to_a_file), TEST(to_a_printer), TEST(personal_data), TEST_END };

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
