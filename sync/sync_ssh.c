/* SSH as the way to the hub, at the device's end: ssh is started, bytes go to and fro, and what they mean is in sync_line.c. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/sync_line.h"
#include "sync/transport_ssh.h"

#define CHUNK 65536
#define CONNECT_MS (SSH_CONNECT_S * 1000 + WIRE_SILENCE_MS)	/* to the hub's first word */
#define ASKING_MS 600000					/* the same while ssh may ask a person something */
#define WELCOME_FILE_MAX (1 << 20)
#define END_MS 2000						/* for ssh to end by itself */

struct ssh {
	struct sync_line line;
	struct ssh_address address;
	struct child *child;		/* NULL: not started, or a socket is in its place */
	int to, from;			/* -1: not there */
	bool ended;			/* the other end says no more */
	int64_t moved;			/* when something did */
};

static int open_line(struct sync_job *j, struct err *e)
{
	struct ssh *h = j->line = mem_zero(1, sizeof *h);

	h->line = (struct sync_line){ .got = { BUF_INIT, 0 }, .out = BUF_INIT, .request = BUF_INIT, .file = BUF_INIT, .pieces = { .fd = -1 }, .left = -1 };
	h->to = h->from = j->socket;
	if (j->socket >= 0)
		(void)fcntl(j->socket, F_SETFL, O_NONBLOCK);
	else if (ssh_read_address(&h->address, j->via, e) != 0)
		return -1;
	return pieces_open(&h->line.pieces, store_path(j->s), j->hub.pub.id, e);
}

static void close_line(struct sync_job *j)
{
	struct ssh *h = j->line;

	if (h == NULL) {
		if (j->socket >= 0)
			close(j->socket);
		return;
	}
	/* Between rounds ssh ends by itself when nothing more is said; in the middle of one it is ended. */
	if (h->child != NULL && (h->line.state == TALK_IDLE || h->line.state == TALK_OVER))
		(void)child_await(h->child, END_MS);
	child_abandon(h->child);
	if (j->socket >= 0)
		close(j->socket);
	talk_release(&h->line);
	free(h);
}

static char *arrived(struct sync_job *j, struct err *e)
{
	struct ssh *h = j->line;

	(void)e;
	return mem_dup(h->line.pieces.folder);
}

/* --- bytes --- */

static int start(struct sync_job *j, struct ssh *h, struct err *e)
{
	int words;

	j->report->stage = SYNC_CONNECTING;
	h->moved = clock_monotonic_ms();
	if (h->to >= 0)
		return 0;
	h->child = ssh_start(&h->address, j->quiet, e);
	if (h->child == NULL)
		return -1;
	child_fds(h->child, &h->to, &h->from, &words);
	return 0;
}

static bool later(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* True: something went. An end that takes no more says why on the other way. */
static bool send_some(struct sync_job *j, struct ssh *h)
{
	struct sync_line *l = &h->line;
	size_t len = l->out.len < CHUNK ? l->out.len : CHUNK;
	ssize_t n = len > 0 ? send(h->to, l->out.data, len, MSG_NOSIGNAL) : 0;
	int64_t went;

	if (n < 0 && !later())
		buf_reset(&l->out);
	if (n <= 0)
		return false;
	buf_drop(&l->out, (size_t)n);
	j->report->line_out += n;
	went = l->queued - (int64_t)l->out.len;
	if (went > 0 && l->before + went > j->report->bytes_out)
		j->report->bytes_out = l->before + went;
	return true;
}

static bool take_some(struct sync_job *j, struct ssh *h)
{
	struct buf *got = &h->line.got.held;
	ssize_t n;

	if (h->ended)
		return false;
	buf_reserve(got, CHUNK);
	n = read(h->from, got->data + got->len, CHUNK);
	if (n > 0) {
		buf_grown(got, (size_t)n);
		j->report->line_in += n;
	} else if (n == 0 || !later()) {
		h->ended = true;
	}
	return n > 0 || h->ended;
}

/* The end came where it may not. */
static int explain(struct ssh *h, struct err *e)
{
	int status;

	if (h->child == NULL)
		return err_set(e, ERR_UNREACHED, _("the line to %s dropped; the next exchange goes on from there"), _("the hub"));
	status = child_await(h->child, END_MS);
	return ssh_explain(&h->address, h->line.known ? "" : child_words(h->child), h->line.known ? -1 : status, e);
}

static int patience(const struct sync_job *j, const struct ssh *h)
{
	if (!h->line.known)
		return j->quiet ? CONNECT_MS : ASKING_MS;
	return h->line.state == TALK_SENT ? WIRE_WORK_MS : WIRE_SILENCE_MS;
}

static int check_silence(const struct sync_job *j, const struct ssh *h, struct err *e)
{
	int most = patience(j, h);

	if (clock_monotonic_ms() - h->moved < most)
		return 0;
	return err_set(e, ERR_UNREACHED, _("the other side was silent for %d seconds; the next exchange goes on from there"), most / 1000);
}

static void tell_stage(struct sync_job *j, const struct sync_line *l)
{
	struct sync_report *r = j->report;

	if (l->known && (l->state == TALK_ASKED || l->state == TALK_SENDS || (l->state == TALK_SENT && l->out.len > 0)))
		r->stage = SYNC_SENDING;
	else if (l->known && l->state == TALK_SENT && r->stage != SYNC_HUB_BUSY)
		r->stage = SYNC_HUB_WORKS;
}

/* One round, a piece of it. */
static enum sync_state move(struct sync_job *j, struct ssh *h, struct err *e)
{
	struct sync_line *l = &h->line;
	bool moved, heard = false;
	int more = 1;

	if (talk_feed(l, j, e) != 0)
		return SYNC_FAILED;
	moved = send_some(j, h);
	moved = take_some(j, h) || moved;
	if (h->child != NULL)
		child_hear(h->child);
	while (l->state != TALK_OVER && (more = talk_hear(l, j, e)) == 1)
		heard = true;
	if (more < 0)
		return SYNC_FAILED;
	tell_stage(j, l);
	if (l->state == TALK_OVER)
		return SYNC_DONE;
	if (h->ended)
		return explain(h, e) == 0 ? SYNC_MORE : SYNC_FAILED;
	if (moved || heard) {
		h->moved = clock_monotonic_ms();
		return SYNC_MORE;
	}
	return check_silence(j, h, e) == 0 ? SYNC_WAITS : SYNC_FAILED;
}

static enum sync_state one_round(struct sync_job *j, bool request, struct err *e)
{
	struct ssh *h = j->line;
	enum sync_state state;

	if (h->line.state == TALK_IDLE || h->line.state == TALK_OVER) {
		/* A hub that did not wait for a second round gets its part the next time. */
		if (h->line.greeted && (take_some(j, h), h->ended))
			return SYNC_DONE;
		if (start(j, h, e) != 0 || talk_begin(&h->line, j, request, e) != 0)
			return SYNC_FAILED;
		return SYNC_MORE;
	}
	state = move(j, h, e);
	if (state == SYNC_DONE)
		h->line.state = TALK_IDLE;
	return state;
}

static enum sync_state carry(struct sync_job *j, struct err *e)
{
	return one_round(j, false, e);
}

/* --- the request to join --- */

/* What lies there whole was for the device that this store was before, or is a welcome that was not taken: the hub has it still. */
static int drop_whole(const struct ssh *h, struct err *e)
{
	struct transport_files files;
	int result = transport_list(h->line.pieces.folder, &files, e);

	for (size_t i = 0; i < files.count; i++)
		unlink(files.paths[i]);
	transport_list_free(&files);
	return result;
}

/* What came back is the welcome, or nothing: one that cannot be taken is not kept. */
static enum sync_state take_welcome(struct sync_job *j, struct err *e)
{
	struct ssh *h = j->line;
	char *path = pieces_path(&h->line.pieces, h->line.hash);
	struct buf file = BUF_INIT;
	int result = 0;

	if (*h->line.hash != '\0' && fs_read(path, WELCOME_FILE_MAX, true, &file, NULL) == 0) {
		unlink(path);
		result = sync_welcome(j->s, file.data, file.len, e);
		j->report->requested = false;
	}
	free(path);
	buf_release(&file);
	return result == 0 ? SYNC_DONE : SYNC_FAILED;
}

static enum sync_state request(struct sync_job *j, struct err *e)
{
	struct ssh *h = j->line;
	enum sync_state state;

	/* A store that got other keys is another device to the hub: it calls anew. */
	if (h->line.greeted && h->line.state == TALK_IDLE && !j->asked) {
		close_line(j);
		j->line = NULL;
		if (open_line(j, e) != 0)
			return SYNC_FAILED;
		h = j->line;
	}
	if (!j->asked && drop_whole(h, e) != 0)
		return SYNC_FAILED;
	j->asked = true;
	state = one_round(j, true, e);
	return state == SYNC_DONE ? take_welcome(j, e) : state;
}

static int waits(const struct sync_job *j, struct pollfd *fds, int *timeout_ms)
{
	const struct ssh *h = j->line;
	int to, from, words, n = 0;

	*timeout_ms = 1000;
	if (h->child != NULL)
		child_fds(h->child, &to, &from, &words);
	else
		words = -1;
	if (h->from >= 0 && !h->ended)
		fds[n++] = (struct pollfd){ h->from, POLLIN, 0 };
	if (h->to >= 0 && h->line.out.len > 0)
		fds[n++] = (struct pollfd){ h->to, POLLOUT, 0 };
	if (words >= 0)
		fds[n++] = (struct pollfd){ words, POLLIN, 0 };
	return n;
}

const struct sync_way sync_ssh = {
	.open = open_line, .arrived = arrived, .carry = carry, .request = request, .waits = waits, .close = close_line, .answers = true,
};
