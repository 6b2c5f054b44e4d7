#include "tests/histories/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "tests/histories/chance.h"
#include "tests/unit/test_files.h"

struct way { char from[700], to[700], other[700]; };	/* folders; the other is some other device's at the end of the way */

static void make_way(struct world *w, int device, bool up, struct way *y)
{
	const char *near = w->device[device].stick, *hub = w->hub.stick, *box = up ? "inbox" : "outbox";
	const char *other = world_id(w, chance_below(w->count));

	snprintf(y->from, sizeof y->from, "%s/%s/%s/%s", up ? near : hub, w->hub_id, box, world_id(w, device));
	snprintf(y->to, sizeof y->to, "%s/%s/%s/%s", up ? hub : near, w->hub_id, box, world_id(w, device));
	snprintf(y->other, sizeof y->other, "%s/%s/%s/%s", up ? hub : near, w->hub_id, box, up ? other : world_id(w, device));
}

/* Not as the programs write it: nothing here waits for a disk. */
static void put(const char *folder, const char *name, const struct buf *file, size_t len)
{
	char path[800];
	struct err e = ERR_INIT;
	FILE *f;

	if (fs_mkdirs(folder, 0770, &e) != 0)
		files_fail(e.text, folder);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(file->data, 1, len, f) != len || fclose(f) != 0)
		files_fail("cannot write", path);
}

/* --- what was carried once may be found again */

enum { ATTIC = 24 };
static struct { struct buf file; char to[700], name[64]; } attic[ATTIC];
static int kept;

void post_begin(void)
{
	kept = 0;
}

static void keep(const struct way *y, const char *name, const struct buf *file)
{
	int place = kept < ATTIC ? kept++ : chance_below(ATTIC);

	buf_reset(&attic[place].file);
	buf_add(&attic[place].file, file->data, file->len);
	snprintf(attic[place].to, sizeof attic[place].to, "%s", y->to);
	snprintf(attic[place].name, sizeof attic[place].name, "%s", name);
}

static void find_again(struct world *w)
{
	int place = kept > 0 ? chance_below(kept) : 0;

	if (kept > 0 && strncmp(attic[place].to, w->folder, strlen(w->folder)) == 0 && attic[place].to[strlen(w->folder)] == '/')
		put(attic[place].to, attic[place].name, &attic[place].file, attic[place].file.len);
}

/* --- one file */

static void carry(const struct way *y, const char *name, const struct buf *file)
{
	char late[64];

	snprintf(late, sizeof late, "%08d.bundle", chance_below(100));
	switch (chance_below(20)) {
	case 0: case 1: case 2:
		break;				/* next time */
	case 3:
		put(y->to, name, file, (size_t)chance_below((int)file->len));
		break;
	case 4:
		put(y->to, late, file, file->len);
		break;
	case 5:
		put(y->other, late, file, file->len);
		break;
	default:
		put(y->to, name, file, file->len);
		break;
	}
	if (chance_in(3))
		keep(y, name, file);
}

static void each_file(const struct way *y, bool faithfully)
{
	char **names, path[800];
	size_t count;
	struct err e = ERR_INIT;

	if (!fs_is_dir(y->from))
		return;
	if (fs_list(y->from, &names, &count, &e) != 0)
		files_fail(e.text, y->from);
	for (size_t i = 0; i < count; i++) {
		struct buf file;

		snprintf(path, sizeof path, "%s/%s", y->from, names[i]);
		file = file_bytes(path);
		if (faithfully)
			put(y->to, names[i], &file, file.len);
		else
			carry(y, names[i], &file);
		buf_release(&file);
	}
	fs_list_free(names, count);
}

void post_carelessly(struct world *w, int device)
{
	struct way y;

	for (int up = 0; up < 2; up++) {
		make_way(w, device, up, &y);
		each_file(&y, false);
	}
	if (chance_in(4))
		find_again(w);
}

void post_faithfully(struct world *w, int device)
{
	struct way y;

	for (int up = 0; up < 2; up++) {
		make_way(w, device, up, &y);
		each_file(&y, true);
	}
}

void post_lose(struct world *w, int device)
{
	for (int up = 0; up < 2; up++) {
		char folder[700], path[800], **names;
		size_t count;

		snprintf(folder, sizeof folder, "%s/%s/%s/%s", w->device[device].stick, w->hub_id, up ? "inbox" : "outbox", world_id(w, device));
		if (!fs_is_dir(folder) || fs_list(folder, &names, &count, NULL) != 0)
			continue;
		for (size_t i = 0; i < count; i++) {
			snprintf(path, sizeof path, "%s/%s", folder, names[i]);
			unlink(path);
		}
		fs_list_free(names, count);
	}
}
