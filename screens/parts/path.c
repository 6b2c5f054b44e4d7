#include "screens/parts/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/text.h"

#define NAMES_MOST 8		/* told at the foot */

static const char *home(void)
{
	const char *folder = getenv("HOME");

	return folder != NULL && folder[0] == '/' ? folder : NULL;
}

/* A path from the root, or from one's own folder, that was typed behind what stood there begins anew: "~/lists//media/stick". */
static const char *anew(const char *typed)
{
	for (const char *p = typed; *p != '\0'; p++)
		if (p[0] == '/' && (p[1] == '/' || (p[1] == '~' && (p[2] == '/' || p[2] == '\0'))))
			typed = p + 1;
	return typed;
}

void path_expand(const char *typed, struct buf *out)
{
	size_t len;

	typed = anew(typed + strspn(typed, " "));
	len = strlen(typed);
	while (len > 0 && typed[len - 1] == ' ')
		len--;
	if (len >= 2 && (typed[0] == '\'' || typed[0] == '"') && typed[len - 1] == typed[0]) {
		typed++;
		len -= 2;
	}
	if (len > 0 && typed[0] == '~' && (len == 1 || typed[1] == '/') && home() != NULL) {
		buf_adds(out, home());
		typed++;
		len--;
	}
	buf_add(out, typed, len);
}

void path_shorten(const char *path, struct buf *out)
{
	size_t len = home() != NULL ? strlen(home()) : 0;

	if (len > 1 && strncmp(path, home(), len) == 0 && (path[len] == '/' || path[len] == '\0')) {
		buf_addc(out, '~');
		path += len;
	}
	buf_adds(out, path);
}

struct search {
	const char *folder, *begins;
	bool folders;
	struct buf common;		/* what all that fit begin with */
	struct buf *names;
	int count;
};

static void fits(struct search *s, const char *name)
{
	char *path = fs_join(s->folder, name);
	bool folder = fs_is_dir(path);
	size_t same = 0;

	free(path);
	if (s->folders && !folder)
		return;
	if (s->count == 0) {
		buf_adds(&s->common, name);
		if (folder)
			buf_addc(&s->common, '/');
	} else {
		while (same < s->common.len && s->common.data[same] == name[same] && name[same] != '\0')
			same++;
		/* Never in the middle of a character. */
		while (same > 0 && ((unsigned char)s->common.data[same] & 0xC0) == 0x80)
			same--;
		buf_cut(&s->common, same);
	}
	if (s->count < NAMES_MOST)
		buf_addf(s->names, "%s%s%s", s->count > 0 ? "  " : "", name, folder ? "/" : "");
	else if (s->count == NAMES_MOST)
		buf_adds(s->names, "  …");
	s->count++;
}

static void look(struct search *s)
{
	char **name;
	size_t count;

	if (fs_list(s->folder, &name, &count, NULL) != 0)
		return;
	for (size_t i = 0; i < count; i++)
		if (strncmp(name[i], s->begins, strlen(s->begins)) == 0 && text_check(name[i], strlen(name[i]), false, NULL) == 0)
			fits(s, name[i]);
	fs_list_free(name, count);
}

int path_complete(const char *typed, bool folders, struct buf *out, struct buf *names)
{
	const char *begun = anew(typed), *slash = strrchr(begun, '/');
	size_t kept = slash != NULL ? (size_t)(slash - begun) + 1 : 0;
	struct buf before = BUF_INIT, folder = BUF_INIT;
	struct search s = { .begins = begun + kept, .folders = folders, .common = BUF_INIT, .names = names };

	typed = begun;
	if (strcmp(typed, "~") == 0) {
		buf_adds(out, "~/");
		return 1;
	}
	buf_add(&before, typed, kept);
	path_expand(before.data, &folder);
	s.folder = folder.len > 0 ? folder.data : ".";
	look(&s);
	buf_add(out, typed, kept);
	buf_adds(out, s.count > 0 ? s.common.data : typed + kept);
	buf_release(&before);
	buf_release(&folder);
	buf_release(&s.common);
	return s.count;
}
