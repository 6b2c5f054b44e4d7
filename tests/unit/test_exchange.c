/* The exchange over a line, both ends in one process: the hub's in a thread, the device's step by step, and between them a wire that can be cut at a byte. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>

#include "sync/exchange.h"
#include "sync/outbox.h"
#include "sync/pieces.h"
#include "sync/sync_job.h"
#include "sync/wire.h"
#include "tests/unit/region.h"

/* --- the hub's end --- */

struct hub_end {
	struct exchange_way way;
	int busy;			/* so often the store is in use */
	int opened;
	int result;
	struct err e;
	struct hub_collected out;
};

static int open_hub(void *context, struct store **s, struct err *e)
{
	struct hub_end *h = context;

	if (h->busy-- > 0)
		return err_set(e, ERR_IN_USE, "in use");
	h->opened++;
	*s = region_hub;
	return 0;
}

static void close_hub(void *context)
{
	(void)context;
}

static void *serve(void *context)
{
	struct hub_end *h = context;

	h->way.context = h;
	h->result = exchange_serve(&h->way, &h->out, &h->e);
	close(h->way.in);
	return NULL;
}

static struct hub_end hub_end(int fd)
{
	return (struct hub_end){ .way = { .in = fd, .out = fd, .store_path = store_path(region_hub), .silence_ms = 20000, .open = open_hub, .close = close_hub }, .e = ERR_INIT };
}

/* --- the wire between them --- */

struct line {
	int64_t cut;			/* bytes either way before it drops; -1: never */
	int64_t up, down;		/* that went */
	const char *device;		/* whose line it is */
	int busy, busy_ms;
	bool saw_busy;
	struct hub_end hub;		/* as it ended */
	struct sync_report report;
	struct err e;
	int64_t cost;
};

/* Moves what is there; false: the line is cut, or an end has closed. */
static bool carry(struct line *l, int from, int to, int64_t *count, bool *ended)
{
	char data[4096];
	size_t most = sizeof data;
	ssize_t n;

	if (l->cut >= 0 && l->cut - l->up - l->down < (int64_t)most)
		most = (size_t)(l->cut - l->up - l->down);
	if (most == 0)
		return false;
	n = recv(from, data, most, MSG_DONTWAIT);
	if (n == 0 && !*ended) {
		*ended = true;
		shutdown(to, SHUT_WR);
	}
	if (n <= 0)
		return true;
	*count += n;
	for (ssize_t done = 0, w; done < n; done += w > 0 ? w : 0) {
		w = send(to, data + done, (size_t)(n - done), MSG_NOSIGNAL);
		if (w < 0 && errno != EAGAIN)
			return true;
	}
	return true;
}

static enum sync_state drive(struct line *l, struct sync_job *j, int device_side, int hub_side)
{
	enum sync_state state;
	bool up_ended = false, down_ended = false, whole = true;

	do {
		state = sync_step(j, &l->e);
		if (l->cost < 0)
			l->cost = sync_cost(j);
		l->saw_busy |= l->report.stage == SYNC_HUB_BUSY;
		if (whole && (!carry(l, device_side, hub_side, &l->up, &up_ended) || !carry(l, hub_side, device_side, &l->down, &down_ended))) {
			shutdown(device_side, SHUT_RDWR);
			shutdown(hub_side, SHUT_RDWR);
			whole = false;
		}
		if (state == SYNC_WAITS) {
			struct pollfd fds[] = { { device_side, POLLIN, 0 }, { down_ended ? -1 : hub_side, POLLIN, 0 } };

			(void)poll(fds, 2, whole ? 20 : 0);
		}
	} while (state == SYNC_MORE || state == SYNC_WAITS);
	return state;
}

/* One exchange of a device over a line. */
static enum sync_state over_line(struct store *s, struct line *l)
{
	int device[2], hub[2];
	struct sync_job *j = NULL;
	enum sync_state state = SYNC_FAILED;
	pthread_t thread;

	if (!CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, device), 0) || !CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, hub), 0))
		return SYNC_FAILED;
	l->up = l->down = 0;
	l->cost = -1;
	l->saw_busy = false;
	err_clear(&l->e);
	l->hub = hub_end(hub[0]);
	l->hub.way.device = l->device;
	l->hub.busy = l->busy;
	l->hub.way.busy_ms = l->busy_ms;
	CHECK_INT(pthread_create(&thread, NULL, serve, &l->hub), 0);
	if (sync_open_socket(s, device[0], &l->report, &j, &l->e) == 0)
		state = drive(l, j, device[1], hub[1]);
	sync_close(j);
	close(device[1]);
	close(hub[1]);
	pthread_join(thread, NULL);
	return state;
}

static struct line whole(void)
{
	return (struct line){ .cut = -1, .e = ERR_INIT };
}

static bool goes(struct store *s, struct line *l)
{
	if (CHECK_INT(over_line(s, l), SYNC_DONE) && CHECK_INT(l->hub.result, 0))
		return true;
	test_note("device: %s; hub: %s", l->e.text, l->hub.e.text);
	return false;
}

/* --- */

static struct store *begin(void)
{
	struct store *s;

	signal(SIGPIPE, SIG_IGN);
	if (!CHECK(region_open()))
		return NULL;
	s = region_member("Хасанова Гузель", BURAEVO, "consultant");
	return s;
}

static int unsent(struct store *s)
{
	struct sync_status st;
	struct err e = ERR_INIT;

	CHECK_INT(sync_status(s, &st, &e), 0);
	return (int)(st.unsent + st.sent);
}

static void add_person(struct store *s, const char *name, char id[RECORD_ID_SIZE])
{
	make(s, &person_type, id, "name", name, "municipality", BURAEVO, NULL);
}

/* A text that does not compress: a bundle of about so many KiB. */
static void add_long(struct store *s, int kib, char id[RECORD_ID_SIZE])
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.";
	char text[2001];

	add_person(s, "Долгая Речь", id);
	for (int n = 0; n < kib; n++) {
		for (size_t i = 0; i < sizeof text - 1; i++)
			text[i] = digits[test_random() % 64];
		text[sizeof text - 1] = '\0';
		change(s, &person_type, id, "note", text);
	}
}

/* Everything in one run and one round trip: the changes, their receipts, and what others did. */
static void test_small(void)
{
	struct store *a = begin(), *b = region_member("Ахметов Ильдар", BURAEVO, "consultant");
	struct line l = whole();
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];

	REQUIRE(a != NULL && b != NULL);
	CHECK(goes(a, &l) && goes(b, &l));
	add_person(a, "Валеева Зиля", id);
	add_person(b, "Каримов Азат", other);
	REQUIRE(goes(a, &l));
	CHECK_INT(l.report.turns, 1);
	CHECK(l.report.operations_sent > 0 && l.report.accepted == l.report.operations_sent);
	CHECK_INT(unsent(a), 0);
	CHECK(region_holds(region_hub, "person", id));
	CHECK_INT(l.report.bytes_out, l.report.bytes_out_total);
	CHECK_INT(l.report.bytes_in, l.report.bytes_in_total);
	CHECK_INT(l.cost, l.report.bytes_out_total);
	test_note("a small exchange: %lld bytes up, %lld down, %d turn", (long long)l.up, (long long)l.down, l.report.turns);
	REQUIRE(goes(b, &l));
	CHECK(region_holds(b, "person", id));
	REQUIRE(goes(a, &l));
	CHECK(region_holds(a, "person", other));
	/* Nothing new: nothing but words goes, though what came was not acknowledged in a bundle yet. */
	REQUIRE(goes(a, &l));
	CHECK(l.down < 300 && l.up < 300);
	CHECK_INT(l.report.bundles_read, 0);
	region_sound(a);
	region_sound(b);
	region_sound(region_hub);
	store_close(a);
	store_close(b);
	region_close();
}

/* The line drops after k bytes, for one k after the other: nothing is lost, nothing comes twice, and the next run ends what was begun. */
static void test_cut_everywhere(void)
{
	struct store *a = begin();
	struct line l = whole();
	char id[RECORD_ID_SIZE];
	int64_t k = 1 + (int64_t)(test_random() % 40);
	int cuts = 0;

	REQUIRE(a != NULL && goes(a, &l));
	for (bool dropped = true; dropped; k += 60 + k / 12) {
		add_person(a, "Отрезанный Путь", id);
		l.cut = k;
		dropped = over_line(a, &l) != SYNC_DONE;
		if (dropped && !CHECK_INT(l.e.code, ERR_UNREACHED))
			test_note("after %lld bytes: %s", (long long)k, l.e.text);
		cuts += dropped;
		l.cut = -1;
		if (!goes(a, &l) || !CHECK_INT(unsent(a), 0) || !CHECK(region_holds(region_hub, "person", id))) {
			test_note("after a cut at %lld", (long long)k);
			break;
		}
	}
	CHECK(cuts > 10);
	test_note("cut %d times", cuts);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine"), 0);
	region_sound(a);
	region_sound(region_hub);
	store_close(a);
	region_close();
}

/* Cut every 60,000 bytes, a large bundle arrives all the same: each run goes on at the byte where the one before ended. */
static void test_resumed(void)
{
	struct store *a = begin(), *b = region_member("Ахметов Ильдар", BURAEVO, "consultant");
	struct line l = whole();
	char id[RECORD_ID_SIZE];
	int64_t bytes = 0, size;
	int runs;

	REQUIRE(a != NULL && b != NULL);
	CHECK(goes(a, &l) && goes(b, &l));
	add_long(a, 400, id);
	l.cut = 60000;
	for (runs = 1; over_line(a, &l) != SYNC_DONE && runs < 100; runs++)
		bytes += l.up;
	bytes += l.up;
	size = l.cost;
	CHECK(size > WIRE_INLINE_MAX);
	CHECK(runs > size / 60000 && runs < 100);
	test_note("up: a bundle of %lld bytes in %d runs, %lld bytes sent", (long long)size, runs, (long long)bytes);
	CHECK(bytes < size + runs * 3000);
	CHECK_INT(unsent(a), 0);
	CHECK(region_holds(region_hub, "person", id));
	bytes = 0;
	for (runs = 1; over_line(b, &l) != SYNC_DONE && runs < 100; runs++)
		bytes += l.down;
	bytes += l.down;
	test_note("down: in %d runs, %lld bytes", runs, (long long)bytes);
	CHECK(runs > size / 60000 && runs < 100);
	CHECK(bytes < size + 20000 + runs * 3000);
	CHECK(region_holds(b, "person", id));
	region_sound(b);
	region_sound(region_hub);
	store_close(a);
	store_close(b);
	region_close();
}

/* Sent unasked and cut: the next run asks what the hub has, and goes on there. */
static void test_small_resumed(void)
{
	struct store *a = begin();
	struct line l = whole();
	char id[RECORD_ID_SIZE];
	int64_t size;

	REQUIRE(a != NULL && goes(a, &l));
	add_long(a, 60, id);
	l.cut = 40000;
	CHECK_INT(over_line(a, &l), SYNC_FAILED);
	size = l.cost;
	CHECK(size > 50000 && size <= WIRE_INLINE_MAX);
	l.cut = -1;
	REQUIRE(goes(a, &l));
	CHECK_INT(l.report.turns, 2);
	if (!CHECK(l.up < size - 30000))
		test_note("%lld of %lld", (long long)l.up, (long long)size);
	add_person(a, "После", id);
	REQUIRE(goes(a, &l));
	CHECK_INT(l.report.turns, 1);
	store_close(a);
	region_close();
}

/* Closed in the middle, by a person: the job is over, and nothing is lost. */
static void test_cancel(void)
{
	struct store *a = begin();
	struct line l = whole();
	char id[RECORD_ID_SIZE];

	REQUIRE(a != NULL && goes(a, &l));
	for (int steps = 1; steps < 12; steps++) {
		int pair[2];
		struct sync_job *j = NULL;
		struct err e = ERR_INIT;

		add_person(a, "Передумала", id);
		REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
		CHECK_INT(sync_open_socket(a, pair[0], &l.report, &j, &e), 0);
		for (int n = 0; n < steps; n++) {
			enum sync_state state = sync_step(j, &e);

			CHECK(state == SYNC_MORE || state == SYNC_WAITS);
		}
		sync_close(j);
		close(pair[1]);
	}
	REQUIRE(goes(a, &l));
	CHECK_INT(unsent(a), 0);
	CHECK(region_holds(region_hub, "person", id));
	store_close(a);
	region_close();
}

static void test_busy(void)
{
	struct store *a = begin();
	struct line l = whole();
	char id[RECORD_ID_SIZE];

	REQUIRE(a != NULL && goes(a, &l));
	add_person(a, "Занято", id);
	l.busy = 1;
	REQUIRE(goes(a, &l));
	CHECK(l.saw_busy);
	CHECK_INT(unsent(a), 0);
	add_person(a, "Всё ещё занято", id);
	l.busy = 10;
	l.busy_ms = 1;
	CHECK_INT(over_line(a, &l), SYNC_FAILED);
	CHECK_INT(l.e.code, ERR_UNREACHED);
	CHECK_INT(l.hub.e.code, ERR_IN_USE);
	CHECK_INT(l.hub.opened, 0);
	l.busy = 0;
	REQUIRE(goes(a, &l));
	CHECK(l.up < 700);		/* what the hub had taken from the line did not travel again */
	CHECK_INT(unsent(a), 0);
	store_close(a);
	region_close();
}

/* A device that has not been welcomed asks over the line, and gets its welcome there. */
static void test_join(void)
{
	struct store *a, *b;
	struct line l = whole();
	struct buf card = BUF_INIT, join = BUF_INIT, welcome = BUF_INIT;
	struct hub_approval how = { .role = "consultant", .municipality = BURAEVO };
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	a = begin();
	b = region_device("Ахметов Ильдар", BURAEVO, "consultant");
	REQUIRE(a != NULL && b != NULL);
	add_person(b, "Раньше Всех", id);
	CHECK_INT(hub_card(region_hub, &card, &e), 0);
	CHECK_INT(sync_join(b, card.data, card.len, store_identity(region_hub)->pub.fingerprint, &join, &e), 0);
	l.device = store_identity(a)->pub.id;		/* by another device's key, too: a person compares the fingerprint */
	REQUIRE(goes(b, &l));
	CHECK(l.report.requested);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), 1);
	REQUIRE(goes(b, &l));
	how.fingerprint = store_identity(b)->pub.fingerprint;
	CHECK_INT(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e), 0);
	/* Welcomed, but by the other's key no bundle goes. */
	CHECK_INT(over_line(b, &l), SYNC_FAILED);
	CHECK_INT(l.e.code, ERR_HUB_REFUSED);
	l.device = store_identity(b)->pub.id;
	REQUIRE(goes(b, &l));
	CHECK(!l.report.requested);
	CHECK_INT(unsent(b), 0);
	CHECK(region_holds(region_hub, "person", id));
	buf_release(&card);
	buf_release(&join);
	buf_release(&welcome);
	store_close(a);
	store_close(b);
	region_close();
}

/* --- hostile ends --- */

/* What an end answers to these bytes, until it closes. */
static void feed(int fd, const char *bytes, size_t len)
{
	(void)!send(fd, bytes, len, MSG_NOSIGNAL);
	shutdown(fd, SHUT_WR);
}

#define ID "0123456789abcdef0123456789abcdef"
#define HASH ID ID
#define HELLO "livenet-exchange 1 " ID " " ID "\n"
#define HAVE "have 0 0 " HASH "\n"

static void test_hostile_device(void)
{
	static const struct { const char *bytes; int opened; } cases[] = {
		{ "GET / HTTP/1.1\r\n\r\n", 0 }, { "\x1b[2J\n", 0 }, { HELLO HELLO, 0 }, { HELLO "inline\n", 0 }, { HELLO HAVE HAVE, 0 }, { HELLO HAVE "end\n", 0 },
		{ HELLO HAVE "send 1 " HASH " 0\ninline\n", 0 }, { HELLO HAVE "send 1 " HASH " 999999999999\ninline\n", 0 },
		{ HELLO HAVE "send 0 " HASH " 8193\ninline\n", 0 }, { HELLO HAVE "send 2 " HASH " 5\nsend 1 " HASH " 5\ninline\n", 0 },
		{ HELLO HAVE "send 0 " HASH " 5\nsend 1 " HASH " 5\ninline\n", 0 }, { HELLO HAVE "inline\ndata 1 0 5\nabcde", 0 },
		{ HELLO HAVE "send 1 " HASH " 5\ninline\ndata 1 0 6\nabcdef", 0 }, { HELLO HAVE "send 1 " HASH " 5\ninline\ndata 1 3 2\nab", 0 },
		{ HELLO HAVE "send 1 " HASH " 5\ninline\ndata 1 0 5\nab", 0 }, { HELLO HAVE "send 1 " HASH " 5\ninline\ndata 1 0 5\nabcdeend\n", 0 },
		{ HELLO HAVE "ask\ndone\n", 0 }, { HELLO HAVE "send 1 ../../../etc/passwd 5\ninline\n", 0 }, { HELLO HAVE "inline\nend\n", 1 },
		{ HELLO HAVE "send 1 " HASH " 5\ninline\nend\n", 1 },
	};
	struct store *a = begin();

	REQUIRE(a != NULL);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int pair[2];
		struct hub_end h;

		REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
		h = hub_end(pair[0]);
		feed(pair[1], cases[i].bytes, strlen(cases[i].bytes));
		serve(&h);
		if (!CHECK_INT(h.result, -1) || !CHECK_INT(h.opened, cases[i].opened))
			test_note("case %zu", i);
		close(pair[1]);
	}
	region_sound(region_hub);
	store_close(a);
	region_close();
}

#define GREETING "livenet-hub 1\n"

static void test_hostile_hub(void)
{
	static const char *const cases[] = {
		"", "Welcome to Debian!\n", "livenet-hub 2\n", GREETING, GREETING "\x1b]0;x\x07\n", GREETING "want 1 0\ngo\n", GREETING "done\n", GREETING "offer 0 0\ndone",
		GREETING "offer 1 5\ndone\n", GREETING "offer 1 5\nbundle 1 " HASH " 6 0\nabcdef", GREETING "offer 1 5\nbundle 1 " HASH " 5 0\nabcdedone\n",
		GREETING "offer 0 0\nbundle 1 " HASH " 5 0\nabcde", GREETING "offer 1 0\nbundle 1 " HASH " 5 5\ndone\n", GREETING "offer 1 5\nbundle 0 " HASH " 5 0\nabcde",
		GREETING "offer 1 99999999999\nbundle 1 " HASH " 99999999999 0\nab", GREETING "offer 1 5\nbundle 1 " HASH " 5 6\n", GREETING "offer 1 5\noffer 1 5\n",
		GREETING "error failed \x1b[31m\n", GREETING "error stranger -\n", "error busy -\n", GREETING GREETING,
	};
	struct store *a = begin();
	struct line l = whole();
	char id[RECORD_ID_SIZE];

	REQUIRE(a != NULL && goes(a, &l));
	add_person(a, "Стойкая", id);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int pair[2];
		struct sync_job *j = NULL;
		struct err e = ERR_INIT;
		enum sync_state state;

		REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
		CHECK_INT(sync_open_socket(a, pair[0], &l.report, &j, &e), 0);
		feed(pair[1], cases[i], strlen(cases[i]));
		while ((state = sync_step(j, &e)) == SYNC_MORE || state == SYNC_WAITS)
			;
		if (!CHECK_INT(state, SYNC_FAILED) || !CHECK(e.code == ERR_UNREACHED || e.code == ERR_HUB_REFUSED || e.code == ERR_DAMAGED) || !CHECK(strchr(e.text, '\x1b') == NULL))
			test_note("case %zu: %s", i, e.text);
		sync_close(j);
		close(pair[1]);
	}
	REQUIRE(goes(a, &l));
	CHECK_INT(unsent(a), 0);
	CHECK(region_holds(region_hub, "person", id));
	region_sound(a);
	store_close(a);
	region_close();
}

static const struct test tests[] = {
	TEST(test_small), TEST(test_cut_everywhere), TEST(test_resumed), TEST(test_small_resumed), TEST(test_cancel), TEST(test_busy), TEST(test_join),
	TEST(test_hostile_device), TEST(test_hostile_hub), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
