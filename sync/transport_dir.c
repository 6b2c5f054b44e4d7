#include "sync/transport_dir.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/intake.h"

int transport_open(struct transport *t, const char *folder, const char *hub, struct err *e)
{
	struct stat st;

	*t = (struct transport){ .folder = folder, .hub = hub };
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_UNREACHED,
		    _("there is no folder %s: is the stick or the shared folder there?"), folder);
	t->group = st.st_gid;
	return 0;
}

bool transport_is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

typedef int (*part_fn)(const struct transport *t, const char *path, struct err *e);

/* Calls each() for every part below the folder, the outermost first. NULL when one fails. */
static char *each_part(const struct transport *t, const char *box, const char *device, part_fn each,
    struct err *e)
{
	struct buf text = BUF_INIT;
	char *path, *slash;
	int result = 0;

	buf_addf(&text, "%s/%s/%s", t->folder, t->hub, box);
	if (device != NULL)
		buf_addf(&text, "/%s", device);
	path = buf_detach(&text);
	slash = path + strlen(t->folder) + 1;
	while (result == 0 && (slash = strchr(slash, '/')) != NULL) {
		*slash = '\0';
		result = each(t, path, e);
		*slash++ = '/';
	}
	if (result == 0 && each(t, path, e) == 0)
		return path;
	free(path);
	return NULL;
}

static int no_link(const struct transport *t, const char *path, struct err *e)
{
	(void)t;
	return transport_is_link(path) ? err_set(e, ERR_REFUSED, _("%s: a symbolic link is not followed here"),
	    path) : 0;
}

char *transport_path(const struct transport *t, const char *box, const char *device, struct err *e)
{
	return each_part(t, box, device, no_link, e);
}

/* A folder of the exchange; group and mode are best effort: not every file system has them. */
static int make_one(const struct transport *t, const char *path, struct err *e)
{
	if (no_link(t, path, e) != 0)
		return -1;
	if (fs_is_dir(path))
		return 0;
	if (fs_mkdirs(path, 0770, e) != 0)
		return -1;
	if (chown(path, (uid_t)-1, t->group) == 0)
		(void)!chmod(path, 02770);
	return 0;
}

char *transport_make(const struct transport *t, const char *box, const char *device, struct err *e)
{
	return each_part(t, box, device, make_one, e);
}

static bool same_file(const char *path, const void *file, size_t len)
{
	struct buf there = BUF_INIT;
	bool same = fs_read(path, len, true, &there, NULL) == 0 && there.len == len && memcmp(there.data, file,
	    len) == 0;

	buf_release(&there);
	return same;
}

int transport_put(const struct transport *t, const char *path, int64_t seq, const void *file, size_t len,
    bool *written, struct err *e)
{
	char name[32], *full;
	int result = 0;

	snprintf(name, sizeof name, "%08lld.bundle", (long long)seq);
	full = fs_join(path, name);
	*written = !same_file(full, file, len);
	if (*written) {
		result = fs_write(full, file, len, 0660, e);
		if (result == 0)
			(void)!chown(full, (uid_t)-1, t->group);
	}
	free(full);
	return result;
}

void transport_tidy(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL)
		if (strncmp(entry->d_name, FS_TEMPORARY, strlen(FS_TEMPORARY)) == 0)
			(void)!unlinkat(dirfd(folder), entry->d_name, 0);
	closedir(folder);
}

struct found { char *path; bool claims; struct metadata meta; };

static int by_claim(const void *a, const void *b)
{
	const struct found *one = a, *two = b;
	int order;

	if (one->claims != two->claims)
		return one->claims ? 1 : -1;
	order = strcmp(one->meta.from, two->meta.from);
	if (order == 0 && one->meta.epoch != two->meta.epoch)
		order = one->meta.epoch < two->meta.epoch ? -1 : 1;
	if (order == 0 && one->meta.seq != two->meta.seq)
		order = one->meta.seq < two->meta.seq ? -1 : 1;
	return order != 0 ? order : strcmp(one->path, two->path);
}

int transport_list(const char *path, struct transport_files *out, struct err *e)
{
	struct found *files;
	struct stat st;
	size_t count = 0;
	char **names;

	*out = (struct transport_files){ NULL, 0, 0 };
	if (!fs_is_dir(path))
		return 0;
	if (fs_list(path, &names, &count, e) != 0)
		return -1;
	files = mem_zero(count + 1, sizeof *files);
	for (size_t i = 0; i < count; i++) {
		files[i].path = fs_join(path, names[i]);
		files[i].claims = intake_claims(files[i].path, &files[i].meta);
		if (lstat(files[i].path, &st) == 0 && S_ISREG(st.st_mode))
			out->bytes += st.st_size;
	}
	fs_list_free(names, count);
	if (count > 1)
		qsort(files, count, sizeof *files, by_claim);
	out->paths = mem_zero(count + 1, sizeof *out->paths);
	out->count = count;
	for (size_t i = 0; i < count; i++)
		out->paths[i] = files[i].path;
	free(files);
	return 0;
}

void transport_list_free(struct transport_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->paths[i]);
	free(files->paths);
	*files = (struct transport_files){ NULL, 0, 0 };
}

int transport_each(const char *path, transport_fn each, void *context, struct err *e)
{
	struct transport_files files;
	int result = transport_list(path, &files, e);

	for (size_t i = 0; i < files.count && result == 0; i++)
		result = each(context, files.paths[i], e);
	transport_list_free(&files);
	return result;
}
