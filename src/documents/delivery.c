#include "documents/delivery.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/child.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"

#define MOUNTS "/proc/self/mountinfo"
#define BLOCKS "/sys/dev/block"
#define MOUNTS_MAX ((size_t)4 << 20)
#define PRINT_PATIENCE_MS 60000
#define ASK_PATIENCE_MS 5000
#define WORDS_MAX ((size_t)1 << 20)
#define NAMES_MAX 200
#define FLAG_MAX 65536		/* what sysfs calls a file of one letter */

/* What CUPS goes by. */
static const char *const cups[] = { "CUPS_SERVER", "CUPS_ENCRYPTION", "LOGNAME", "LPDEST", "PRINTER", "USER", NULL };

static bool in_path(const char *program)
{
	const char *path = getenv("PATH");
	bool found = false;

	while (path != NULL && *path != '\0' && !found) {
		size_t len = strcspn(path, ":");
		struct buf file = BUF_INIT;

		buf_add(&file, path, len);
		buf_addf(&file, "/%s", program);
		found = len > 0 && access(file.data, X_OK) == 0;
		buf_release(&file);
		path += len + (path[len] == ':');
	}
	return found;
}

/* --- printers --- */

int delivery_print(const char *printer, const char *title, const struct buf *document, struct err *e)
{
	const char *argv[8] = { "lp", "-t", title };
	const struct child_way way = { .path = "lp", .argv = argv, .variables = cups, .patience_ms = PRINT_PATIENCE_MS, .most = WORDS_MAX };
	struct buf said = BUF_INIT;
	struct child *lp;
	int rc;

	if (!in_path("lp"))
		return err_set(e, ERR_REFUSED, _("the program lp, which prints, is not there (package cups-client)"));
	if (printer != NULL && *printer != '\0') {
		argv[3] = "-d";
		argv[4] = printer;
	}
	lp = child_start(&way, e);
	if (lp == NULL)
		return -1;
	rc = child_send(lp, document->data, document->len);
	if (child_finish(lp, &said, e) != 0)
		rc = -1;
	else if (rc != 0)
		err_set(e, ERR_REFUSED, _("lp did not take the whole document"));
	buf_release(&said);
	return rc;
}

/* What lpstat says to one question, in English; nothing where it fails: then there is no printer. */
static void ask(const char *question, struct buf *answer)
{
	static const char *const english[] = { "LC_ALL=C", "LANGUAGE=", NULL };
	const char *const argv[] = { "lpstat", question, NULL };
	const struct child_way way = { .path = "lpstat", .argv = argv, .variables = cups, .set = english, .patience_ms = ASK_PATIENCE_MS, .most = WORDS_MAX };
	struct child *lpstat = child_start(&way, NULL);

	if (lpstat != NULL)
		child_finish(lpstat, answer, NULL);
}

static void add_name(char ***names, size_t *count, const char *name, size_t len)
{
	for (size_t i = 0; i < *count; i++)
		if (strlen((*names)[i]) == len && memcmp((*names)[i], name, len) == 0)
			return;
	if (len == 0 || *count == NAMES_MAX)
		return;
	*names = mem_resize(*names, *count + 1, sizeof **names);
	(*names)[(*count)++] = mem_dupn(name, len);
}

int delivery_printers(char ***names, size_t *count, struct err *e)
{
	struct buf said = BUF_INIT;
	const char *p;

	(void)e;
	*names = NULL;
	*count = 0;
	if (!in_path("lpstat"))
		return 0;
	/* "system default destination: NAME", or another sentence without a colon. */
	ask("-d", &said);
	if ((p = strstr(said.data, "destination: ")) != NULL)
		add_name(names, count, p + 13, strcspn(p + 13, " \n"));
	buf_reset(&said);
	ask("-e", &said);
	for (p = said.data; *p != '\0'; p += strcspn(p, "\n"), p += *p == '\n')
		add_name(names, count, p, strcspn(p, " \n"));
	buf_release(&said);
	return 0;
}

/* --- sticks --- */

struct mount { char device[32]; char *folder; const char *type, *source; };

/* Blanks and backslashes are written as \040 there. In place. */
static void unescape(char *text)
{
	char *to = text;

	for (const char *p = text; *p != '\0'; to++) {
		if (p[0] == '\\' && p[1] >= '0' && p[1] <= '3' && p[2] >= '0' && p[2] <= '7' && p[3] >= '0' && p[3] <= '7') {
			*to = (char)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'));
			p += 4;
		} else {
			*to = *p++;
		}
	}
	*to = '\0';
}

/* One line: "36 35 8:17 / /media/anna/STICK rw,… shared:1 - vfat /dev/sdb1 rw,…". Takes the line apart. */
static bool read_mount(char *line, struct mount *m)
{
	char *words[6], *rest = strstr(line, " - ");
	char *save = NULL;

	if (rest == NULL)
		return false;
	*rest = '\0';
	for (int i = 0; i < 5; i++)
		if ((words[i] = strtok_r(i == 0 ? line : NULL, " ", &save)) == NULL)
			return false;
	snprintf(m->device, sizeof m->device, "%s", words[2]);
	m->folder = words[4];
	m->type = strtok_r(rest + 3, " ", &save);
	m->source = m->type != NULL ? strtok_r(NULL, " ", &save) : NULL;
	unescape(m->folder);
	return m->source != NULL;
}

static bool usual_place(const char *folder)
{
	static const char *const places[] = { "/media/", "/run/media/", "/mnt/" };

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (strncmp(folder, places[i], strlen(places[i])) == 0)
			return true;
	return strcmp(folder, "/mnt") == 0;
}

/* A file system that a program serves (NTFS) has a device of its own; the real one is its source. */
static void real_device(struct mount *m)
{
	struct stat st;

	if (strncmp(m->device, "0:", 2) == 0 && strncmp(m->source, "/dev/", 5) == 0 && stat(m->source, &st) == 0 && S_ISBLK(st.st_mode))
		snprintf(m->device, sizeof m->device, "%u:%u", major(st.st_rdev), minor(st.st_rdev));
}

static bool says_yes(const char *folder, const char *file)
{
	struct buf text = BUF_INIT;
	char *path = fs_join(folder, file);
	bool yes = fs_read(path, FLAG_MAX, false, &text, NULL) == 0 && text.data[0] == '1';

	free(path);
	buf_release(&text);
	return yes;
}

/* Of a partition its disk is asked. A disk on USB that says it is not removable can be pulled out all the same. */
static bool removable(const char *blocks, const char *device)
{
	char *link = fs_join(blocks, device), *folder = realpath(link, NULL);
	bool yes = folder != NULL && (says_yes(folder, "removable") || says_yes(folder, "../removable") || strstr(folder, "/usb") != NULL);

	free(folder);
	free(link);
	return yes;
}

int delivery_sticks_of(const char *mounts, const char *blocks, char ***folders, size_t *count, struct err *e)
{
	struct buf table = BUF_INIT;
	char *save = NULL, *line;
	struct mount m;

	*folders = NULL;
	*count = 0;
	if (fs_read(mounts, MOUNTS_MAX, false, &table, e) != 0)
		return -1;
	for (line = table.len > 0 ? strtok_r(table.data, "\n", &save) : NULL; line != NULL; line = strtok_r(NULL, "\n", &save)) {
		if (!read_mount(line, &m) || !usual_place(m.folder))
			continue;
		real_device(&m);
		if (removable(blocks, m.device) && fs_is_dir(m.folder) && access(m.folder, W_OK) == 0)
			add_name(folders, count, m.folder, strlen(m.folder));
	}
	buf_release(&table);
	return 0;
}

int delivery_sticks(char ***folders, size_t *count, struct err *e)
{
	return delivery_sticks_of(MOUNTS, BLOCKS, folders, count, e);
}
