/* fuzz_exchange_device: the device's end of a line, and a hub that says anything. $B is the hub's next bundle with its hash $b. */
#include <errno.h>
#include <sys/socket.h>

#include "sync/sync_job.h"
#include "sync/upload.h"
#include "sync/wire.h"
#include "tests/fuzz/world.h"

#define STEPS_MAX 4000

static struct world_copy copy;

static void start(void)
{
	struct peer hub;
	int64_t count;
	struct err e = ERR_INIT;

	world_open();
	FUZZ_HOLDS(peer_hub(world_field, &hub, &e) == 1 && upload_next(world_field, &hub, &count, &e) == 1);
	world_read_down();
	fuzz_word_bytes('B', world_down.file.data, world_down.file.len);
	fuzz_word('b', world_down.hash);
	world_keep(&copy, &world_field);
	world_open_copy(&copy, &world_field);
}

/* What the device says is heard by nobody, but it is words of the line. */
static void hear(int fd, struct buf *heard)
{
	ssize_t n;

	do {
		buf_reserve(heard, 65536);
		n = recv(fd, heard->data + heard->len, 65536, MSG_DONTWAIT);
		buf_grown(heard, n > 0 ? (size_t)n : 0);
	} while (n > 0);
}

static void check_heard(const struct buf *heard)
{
	struct wire w = { BUF_INIT, 0 };
	struct wire_line l;
	const char *raw;
	int found;

	buf_add(&w.held, heard->data, heard->len);
	while ((found = wire_next(&w, &l)) == 1)
		if (l.kind == WIRE_DATA && l.size > 0)
			wire_raw(&w, (size_t)l.size, &raw);
	FUZZ_HOLDS(found >= 0);
	wire_release(&w);
}

static enum sync_state drive(struct sync_job *j, int fd, const struct buf *said, struct buf *heard, struct err *e)
{
	enum sync_state state;
	size_t at = 0;
	int steps = 0;

	do {
		ssize_t n = at < said->len ? send(fd, said->data + at, said->len - at, MSG_DONTWAIT | MSG_NOSIGNAL) : 0;

		at += n > 0 ? (size_t)n : 0;
		if (at == said->len || (n < 0 && errno != EAGAIN))
			(void)shutdown(fd, SHUT_WR);
		state = sync_step(j, e);
		hear(fd, heard);
		FUZZ_HOLDS(++steps < STEPS_MAX);
	} while (state == SYNC_MORE || state == SYNC_WAITS);
	return state;
}

static bool take(const uint8_t *data, size_t size)
{
	struct buf said = BUF_INIT, heard = BUF_INIT;
	struct sync_report report;
	struct sync_job *j;
	struct err e = ERR_INIT;
	enum sync_state state;
	int pair[2];

	fuzz_expand(data, size, &said);
	FUZZ_HOLDS(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	world_must(sync_open_socket(world_field, pair[0], &report, &j, &e), &e);
	state = drive(j, pair[1], &said, &heard, &e);
	sync_close(j);
	close(pair[1]);
	check_heard(&heard);
	if (getenv("FUZZ_TELL") != NULL)
		fprintf(stderr, "state %d: %s; %s\n%s\n", (int)state, e.text, report.problem, heard.data);
	FUZZ_HOLDS(state == SYNC_DONE || (e.code != ERR_NONE && e.text[0] != '\0'));
	FUZZ_HOLDS(report.bytes_in >= 0 && report.bytes_in_total >= report.bytes_in && report.bytes_out >= 0 && report.bundles_read <= 1);
	world_put_back(&copy, &world_field);
	world_sweep(world_field);
	buf_release(&said);
	buf_release(&heard);
	return state == SYNC_DONE;
}

static void seeds(void)
{
	struct buf b = BUF_INIT;

	fuzz_seed("livenet-hub 1\noffer 0 0\ndone\n", 29);
	buf_addf(&b, "livenet-hub 1\nbusy 1\nwork 1\nresult 3 taken -\noffer 1 %zu\nbundle %lld $b %zu 0\n$Bdone\n", world_down.file.len, (long long)world_down.meta.seq,
	    world_down.file.len);
	fuzz_seed(b.data, b.len);
	fuzz_seed(b.data, b.len - 4);
	buf_adds(&b, "offer 0 0\ndone\n");
	fuzz_seed(b.data, b.len);
	fuzz_seed("livenet-hub 1\nwant 3 2\ngo\n", 26);
	fuzz_seed("livenet-hub 1\nerror closed -\n", 29);
	buf_release(&b);
}

const struct fuzz_target fuzz_target = { .name = "exchange_device", .start = start, .take = take, .seeds = seeds, .cases = 200 };
