#include "sync/exchange_line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/i18n.h"

#define CHUNK 65536

static int unblock(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	(void)fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	return flags;
}

void exchange_line_open(struct exchange_line *l, int in, int out, int silence_ms)
{
	*l = (struct exchange_line){ .in = in, .out = out, .silence_ms = silence_ms, .got = { BUF_INIT, 0 }, .out_buf = BUF_INIT };
	l->flags_in = unblock(in);
	l->flags_out = unblock(out);
}

void exchange_line_close(struct exchange_line *l)
{
	exchange_line_try(l);
	(void)fcntl(l->in, F_SETFL, l->flags_in);
	(void)fcntl(l->out, F_SETFL, l->flags_out);
	wire_release(&l->got);
	buf_release(&l->out_buf);
}

void exchange_line_say(struct exchange_line *l, const struct wire_line *word)
{
	wire_write(word, &l->out_buf);
}

static bool later(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* -1: nobody reads any more. */
static int send_some(struct exchange_line *l)
{
	ssize_t n = write(l->out, l->out_buf.data, l->out_buf.len < CHUNK ? l->out_buf.len : CHUNK);

	if (n > 0)
		buf_drop(&l->out_buf, (size_t)n);
	return n >= 0 || later() ? 0 : -1;
}

static void take_some(struct exchange_line *l)
{
	ssize_t n;

	buf_reserve(&l->got.held, CHUNK);
	n = read(l->in, l->got.held.data + l->got.held.len, CHUNK);
	if (n > 0)
		buf_grown(&l->got.held, (size_t)n);
	else if (n == 0 || !later())
		l->ended = true;
}

static int dropped(struct err *e)
{
	return err_set(e, ERR_UNREACHED, _("the line dropped; the next exchange goes on from there"));
}

/* Waits until something moves, and moves it. */
static int move(struct exchange_line *l, bool reads, struct err *e)
{
	struct pollfd ways[2] = { { reads && !l->ended ? l->in : -1, POLLIN, 0 }, { l->out_buf.len > 0 ? l->out : -1, POLLOUT, 0 } };
	int n;

	while ((n = poll(ways, 2, l->silence_ms)) < 0 && errno == EINTR)
		;
	if (n <= 0)
		return err_set(e, ERR_UNREACHED, _("the other side was silent for %d seconds; the next exchange goes on from there"), (l->silence_ms + 999) / 1000);
	/* What came before the line dropped is kept all the same. */
	if (ways[1].revents != 0 && send_some(l) != 0) {
		l->deaf = true;
		buf_reset(&l->out_buf);
	}
	if (ways[0].revents != 0)
		take_some(l);
	return 0;
}

int exchange_line_flush(struct exchange_line *l, struct err *e)
{
	while (l->out_buf.len > 0)
		if (move(l, false, e) != 0)
			return -1;
	return l->deaf ? dropped(e) : 0;
}

void exchange_line_try(struct exchange_line *l)
{
	size_t before;

	do {
		before = l->out_buf.len;
	} while (before > 0 && send_some(l) == 0 && l->out_buf.len < before);
}

int exchange_line_read(struct exchange_line *l, struct wire_line *out, struct err *e)
{
	int found;

	while ((found = wire_next(&l->got, out)) == 0) {
		if (l->ended)
			return wire_left(&l->got) == 0 ? 0 : dropped(e);
		if (move(l, true, e) != 0)
			return -1;
	}
	return found > 0 ? 1 : err_set(e, ERR_DAMAGED, _("the other side does not speak as an exchange does"));
}

size_t exchange_line_raw(struct exchange_line *l, size_t most, const char **data, struct err *e)
{
	size_t n;

	while ((n = wire_raw(&l->got, most, data)) == 0) {
		if (l->ended) {
			dropped(e);
			return 0;
		}
		if (move(l, true, e) != 0)
			return 0;
	}
	return n;
}

int exchange_line_send_file(struct exchange_line *l, int fd, off_t at, int64_t size, struct err *e)
{
	while (size > 0) {
		size_t want = size < CHUNK ? (size_t)size : CHUNK;
		ssize_t n;

		buf_reserve(&l->out_buf, want);
		n = pread(fd, l->out_buf.data + l->out_buf.len, want, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_sys(e, ERR_REFUSED, _("a bundle cannot be read"));
		buf_grown(&l->out_buf, (size_t)n);
		at += n;
		size -= n;
		if (exchange_line_flush(l, e) != 0)
			return -1;
	}
	return 0;
}
