/* What bundles cost, in the sealed store, CPU time: the lines before compression, the whole chain from lines to
 * a signed file and back, and both ends of the way: a device's upload and the hub's judgement and merge of it.
 *
 *     bench_bundle [operations]
 * / */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fsutil.h"
#include "base/mem.h"
#include "crypto/secret.h"
#include "store/journal.h"
#include "sync/bundle_stream.h"
#include "sync/bundle_write.h"
#include "sync/hub.h"
#include "sync/intake.h"
#include "sync/op_lines.h"
#include "sync/spool.h"
#include "sync/sync.h"

#define ROUNDS 5

static char folder[] = "/tmp/bench_bundle.XXXXXX";

static _Noreturn void die(const char *what, const struct err *e)
{
	fprintf(stderr, "bench_bundle: %s: %s\n", what, e != NULL ? e->text : "");
	exit(1);
}

static struct store *new_store(const char *name)
{
	char path[256], key[256];
	struct store_key how = { .key_file = key };
	struct store *s;
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s.ldb", folder, name);
	snprintf(key, sizeof key, "%s/%s.key", folder, name);
	if (store_create(path, &how, &s, &e) != 0)
		die(name, &e);
	return s;
}

static void insert_people(struct store *s, int count)
{
	struct err e = ERR_INIT;

	if (store_begin(s, &e) != 0)
		die("begin", &e);
	for (int i = 0; i < count; i++) {
		sqlite3_stmt *st = store_prepare(s,
		    "INSERT INTO person(id, name, phone, post, municipality) VALUES(?1, ?2, ?3, ?4, '80618000')", &e);
		char id[RECORD_ID_SIZE], name[64], phone[16];

		journal_new_id(store_journal(s), id);
		snprintf(name, sizeof name, "Ҡотлоғужин Айгуль %05d", i * 7 % 100000);
		snprintf(phone, sizeof phone, "+7917%07d", i * 37 % 10000000);
		if (st == NULL)
			die("prepare", &e);
		store_bind_text(st, 1, id);
		store_bind_text(st, 2, name);
		store_bind_text(st, 3, phone);
		store_bind_text(st, 4, i % 3 == 0 ? "библиотекарь" : "руководитель общественной организации");
		if (store_run(s, st, &e) != 0)
			die("insert", &e);
	}
	if (store_commit(s, &e) != 0)
		die("commit", &e);
}

struct writing { struct op_lines lines; const char *tag; };

static int write_line(void *context, const struct operation *op, struct err *e)
{
	struct writing *w = context;

	(void)e;
	op_lines_add(&w->lines, op, w->tag, 0);
	return 0;
}

static double seconds_since(int64_t start)
{
	return (double)(clock_cpu_us() - start) / 1e6;
}

static void bench_lines(struct store *s, struct buf *text, int64_t count)
{
	double best = 1e9;

	for (int i = 0; i < ROUNDS; i++) {
		struct writing w = { .tag = journal_tag(store_journal(s)) };
		struct err e = ERR_INIT;
		int64_t start = clock_cpu_us();
		double took;

		buf_reset(text);
		op_lines_begin(&w.lines, text);
		if (journal_each(store_journal(s), 1, 1, INT64_MAX, write_line, &w, &e) != 0 ||
		    w.lines.count != count)
			die("lines", &e);
		took = seconds_since(start);
		best = took < best ? took : best;
	}
	printf("lines of a bundle     %9.0f ops/s     (at least 1000000)\n", (double)count / best);
}

static int count_line(void *context, const char *line, size_t len, struct err *e)
{
	(void)line, (void)len, (void)e;
	++*(int64_t *)context;
	return 0;
}

static void bench_chain(struct store *s, const struct buf *text)
{
	const struct identity *me = store_identity(s);
	struct bundle_part part = { text->data, text->len };
	struct metadata m = { .kind = METADATA_BUNDLE, .epoch = 1, .seq = 1 };
	double best_write = 1e9, best_read = 1e9;
	size_t size = 0;

	strcpy(m.from, me->pub.id);
	strcpy(m.to, me->pub.id);
	memset(m.prev, '0', sizeof m.prev - 1);
	metadata_now(m.created);
	for (int i = 0; i < ROUNDS; i++) {
		struct buf file = BUF_INIT;
		struct spool sp;
		struct err e = ERR_INIT;
		int64_t start = clock_cpu_us(), lines = 0;
		unsigned char hash[HASH_LONG_SIZE];
		char *payload;
		double took;

		if (bundle_seal(me, &me->pub, &m, &part, 1, &file, NULL, &e) != 0)
			die("seal", &e);
		took = seconds_since(start);
		best_write = took < best_write ? took : best_write;
		start = clock_cpu_us();
		payload = strstr(file.data, "age-encryption");
		if (payload == NULL || spool_bytes(&sp, file.data, file.len, folder, &e) != 0 ||
		    spool_payload_hash(&sp, payload - file.data, hash, &e) != 0 ||
		    bundle_lines(&sp, payload - file.data, me->open_key, count_line, &lines, &e) != 0)
			die("open", &e);
		took = seconds_since(start);
		best_read = took < best_read ? took : best_read;
		spool_close(&sp);
		size = file.len;
		buf_release(&file);
	}
	printf("lines to signed file  %9.1f MB/s      (%.1f MB of lines, %.1f MB of file)\n",
	    (double)text->len / best_write / 1e6,
	    (double)text->len / 1e6, (double)size / 1e6);
	printf("signed file to lines  %9.1f MB/s\n", (double)text->len / best_read / 1e6);
}

static void enrol(struct store *hub, struct store *s, const char *role)
{
	struct buf card = BUF_INIT, join = BUF_INIT, welcome = BUF_INIT;
	struct hub_approval how = { .fingerprint = store_identity(s)->pub.fingerprint, .role = role,
	    .municipality = "80618000" };
	struct err e = ERR_INIT;

	if (hub_card(hub, &card, &e) != 0 ||
	    sync_join(s, card.data, card.len, store_identity(hub)->pub.fingerprint, &join, &e) != 0 ||
	    hub_approve(hub, join.data, join.len, &how, &welcome, &e) != 0 || sync_welcome(s, welcome.data,
	    welcome.len, &e) != 0)
		die("enrol", &e);
	buf_release(&card);
	buf_release(&join);
	buf_release(&welcome);
}

/* A bundle that was taken, read once more. */
static void bench_known(struct store *hub, const char *path, int64_t count)
{
	double best = 1e9;

	for (int i = 0; i < ROUNDS; i++) {
		struct intake in = { .seen = NULL };
		struct err e = ERR_INIT;
		int64_t start = clock_cpu_us();
		double took;

		if (intake_file(hub, path, &in, &e) != 0 || in.outcome != INTAKE_KNOWN)
			die("known", &e);
		took = seconds_since(start);
		best = took < best ? took : best;
	}
	printf("the same bundle again %9.3f ms        (of %lld operations)\n", 1e3 * best, (long long)count);
}

/* --- memory: each side in a process of its own, which does that and nothing else --- */

static struct store *open_store(const char *name)
{
	char path[256], key[256];
	struct store_key how = { .key_file = key };
	struct store *s;
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s.ldb", folder, name);
	snprintf(key, sizeof key, "%s/%s.key", folder, name);
	if (store_open(path, &how, &s, &e) != 0)
		die(name, &e);
	return s;
}

/* The most memory that this process held since its exec, in MiB. (getrusage also counts what its parent held at the fork.) */
static double peak(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kib = 0;

	while (f != NULL && kib == 0 && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = atol(line + 6);
	if (f != NULL)
		fclose(f);
	return (double)kib / 1024;
}

/* bench_bundle --side FOLDER upload|collect|read: the most memory that it took, on standard output. */
static int one_side(const char *where, const char *what)
{
	bool hub = strcmp(what, "collect") == 0;
	struct hub_collected got;
	struct sync_report report;
	struct err e = ERR_INIT;
	struct store *s;

	snprintf(folder, sizeof folder, "%s", where);
	s = open_store(hub ? "memory_hub" : strcmp(what, "read") == 0 ? "memory_reader" : "memory_device");
	if ((hub ? hub_collect(s, folder, &got, NULL, NULL, &e) : sync_run(s, folder, &report, &e)) != 0)
		die(what, &e);
	store_close(s);
	printf("peak memory, %-8s %9.1f MiB       (at most 32, and what zstd takes)\n", what, peak());
	return 0;
}

static void run_side(const char *what)
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		execl("/proc/self/exe", "bench_bundle", "--side", folder, what, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		die(what, NULL);
}

/* A device sends its people, the hub takes them, a coordinator reads them all. */
static void bench_memory(int count)
{
	struct store *hub = new_store("memory_hub"), *s = new_store("memory_device"), *reader = new_store("memory_reader");
	static const char *const steps[] = { "upload", "read", "collect", "upload", "read" };
	struct err e = ERR_INIT;

	if (hub_init(hub, "Уфа", &e) != 0)
		die("hub", &e);
	insert_people(s, count);
	enrol(hub, s, "consultant");
	enrol(hub, reader, "coordinator");
	store_close(hub);
	store_close(s);
	store_close(reader);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		run_side(steps[i]);
}

static void bench_way(struct store *s, int64_t count)
{
	struct store *hub = new_store("hub");
	char command[1024], copy[256];
	struct hub_collected got;
	struct sync_report report;
	struct err e = ERR_INIT;
	int64_t start;

	if (hub_init(hub, "Уфа", &e) != 0)
		die("hub", &e);
	enrol(hub, s, "consultant");
	start = clock_cpu_us();
	if (sync_run(s, folder, &report, &e) != 0)
		die("sync", &e);
	printf("upload by a device    %9.0f ops/s     (%d bundles)\n", (double)count / seconds_since(start),
	    report.bundles_written);
	snprintf(copy, sizeof copy, "%s/copy", folder);
	snprintf(command, sizeof command, "cp '%s/%s/inbox/%s/00000001.bundle' '%s'", folder, store_identity(hub)->pub.id, store_identity(s)->pub.id, copy);
	if (system(command) != 0)
		die("copy", NULL);
	start = clock_cpu_us();
	if (hub_collect(hub, folder, &got, NULL, NULL, &e) != 0 || got.operations != count)
		die("collect", &e);
	printf("collect by the hub    %9.0f ops/s     (judged, merged, fed)\n",
	    (double)count / seconds_since(start));
	start = clock_cpu_us();
	if (sync_run(s, folder, &report, &e) != 0 || report.accepted != count)
		die("receipts", &e);
	printf("receipts              %9.3f s\n", seconds_since(start));
	bench_known(hub, copy, count < 50000 ? count : 50000);
	store_close(hub);
}

static void remove_folder(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	if (system(command) != 0)
		fprintf(stderr, "bench_bundle: %s is left\n", folder);
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 100000;
	struct buf text = BUF_INIT;
	struct err e = ERR_INIT;
	struct store *s;

	if (argc == 4 && strcmp(argv[1], "--side") == 0)
		return crypto_start(&e) == 0 ? one_side(argv[2], argv[3]) : 1;
	if (count < 1 || crypto_start(&e) != 0 || mkdtemp(folder) == NULL)
		die("usage: bench_bundle [operations]", &e);
	s = new_store("device");
	insert_people(s, count);
	bench_lines(s, &text, count);
	bench_chain(s, &text);
	buf_release(&text);
	bench_way(s, count);
	store_close(s);
	bench_memory(count);
	remove_folder();
	return 0;
}
