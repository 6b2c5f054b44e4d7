#include "sync/sync_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "sync/limits.h"
#include "sync/outbox.h"

#define ENOUGH 65536		/* in l->out */

/* --- the mark of a line that dropped while bundles were sent unasked: the next time the hub is asked what it has --- */

static char *mark_path(const struct sync_line *l)
{
	return fs_join(l->pieces.folder, ".unfinished");
}

static bool is_marked(const struct sync_line *l)
{
	char *path = mark_path(l);
	bool there = fs_exists(path);

	free(path);
	return there;
}

static void mark(const struct sync_line *l, bool unfinished)
{
	char *path = mark_path(l);

	if (unfinished)
		(void)!fs_write(path, "", 0, 0600, NULL);
	else
		unlink(path);
	free(path);
}

/* --- our words --- */

static void say(struct sync_line *l, const struct wire_line *word)
{
	wire_write(word, &l->out);
}

static void say_part(void *context, const char *hash, int64_t held)
{
	struct sync_line *l = context;
	struct wire_line w = { .kind = WIRE_PART, .size = held };

	if (l->parts == WIRE_PARTS_MAX)
		return;
	memcpy(w.hash, hash, sizeof w.hash);
	memcpy(l->part[l->parts].hash, hash, sizeof w.hash);
	l->part[l->parts++].size = held;
	say(l, &w);
}

static int gather_request(struct sync_line *l, struct sync_job *j, struct err *e)
{
	unsigned char digest[HASH_SIZE];

	buf_reset(&l->request);
	if (sync_join_anew(j->s, &l->request, e) != 0)
		return -1;
	hash_of(l->request.data, l->request.len, digest);
	hash_hex(digest, sizeof digest, l->send[0].hash);
	l->send[0].seq = 0;
	l->send[0].size = (int64_t)l->request.len;
	l->send[0].offset = 0;
	l->sends = 1;
	return 0;
}

static int gather_bundles(struct sync_line *l, struct sync_job *j, struct err *e)
{
	struct outbox_bundle b = { .seq = 0 };
	int64_t size;
	int found = 0;

	while (l->sends < WIRE_SENDS_MAX && (found = outbox_next(j->s, &j->hub, b.seq, &b, &size, NULL, e)) == 1) {
		l->send[l->sends] = (struct talk_send){ .seq = b.seq, .size = size };
		memcpy(l->send[l->sends++].hash, b.hash, sizeof b.hash);
	}
	return found < 0 ? -1 : 0;
}

static int64_t bytes_to_send(const struct sync_line *l)
{
	int64_t bytes = 0;

	for (size_t i = 0; i < l->sends; i++)
		bytes += l->send[i].size;
	return bytes;
}

static void say_hello(struct sync_line *l, const struct sync_job *j)
{
	struct wire_line w = { .kind = WIRE_HELLO };

	memcpy(w.hub, j->hub.pub.id, sizeof w.hub);
	memcpy(w.device, store_identity(j->s)->pub.id, sizeof w.device);
	say(l, &w);
	l->greeted = true;
}

static void say_have(struct sync_line *l, const struct sync_job *j)
{
	struct wire_line w = { .kind = WIRE_HAVE, .epoch = j->hub.epoch, .seq = j->hub.in_seq };

	memset(w.hash, '0', sizeof w.hash - 1);
	if (*j->hub.in_hash != '\0')
		memcpy(w.hash, j->hub.in_hash, sizeof w.hash);
	say(l, &w);
}

static void say_offers(struct sync_line *l)
{
	for (size_t i = 0; i < l->sends; i++) {
		struct wire_line w = { .kind = WIRE_SEND, .seq = l->send[i].seq, .size = l->send[i].size };

		memcpy(w.hash, l->send[i].hash, sizeof w.hash);
		say(l, &w);
	}
}

int talk_begin(struct sync_line *l, struct sync_job *j, bool request, struct err *e)
{
	bool asks;

	l->sends = l->next = l->parts = 0;
	l->queued = 0;
	l->left = -1;
	l->offered = -1;
	l->before = j->report->bytes_out;
	if ((request ? gather_request(l, j, e) : gather_bundles(l, j, e)) != 0)
		return -1;
	if (!l->greeted)
		say_hello(l, j);
	say_have(l, j);
	pieces_each_part(&l->pieces, say_part, l);
	say_offers(l);
	asks = bytes_to_send(l) > WIRE_INLINE_MAX || (l->sends > 0 && is_marked(l));
	say(l, &(struct wire_line){ .kind = asks ? WIRE_ASK : WIRE_INLINE });
	for (size_t i = 0; i < l->sends; i++)
		l->send[i].wanted = !asks;
	if (!asks && l->sends > 0)
		mark(l, true);
	l->state = asks ? TALK_ASKED : TALK_SENDS;
	j->report->turns += asks;
	return 0;
}

/* --- our bytes --- */

static int load(struct sync_line *l, struct sync_job *j, const struct talk_send *s, struct err *e)
{
	struct outbox_bundle b;
	int64_t size;
	int found = 1;

	buf_reset(&l->file);
	if (s->seq == 0)
		buf_add(&l->file, l->request.data, l->request.len);
	else
		found = outbox_next(j->s, &j->hub, s->seq - 1, &b, &size, &l->file, e);
	if (found < 0)
		return -1;
	if (found == 0 || (int64_t)l->file.len != s->size)
		return err_set(e, ERR_REFUSED, _("another program changed what was to be sent; begin the exchange once more"));
	l->at = s->offset;
	say(l, &(struct wire_line){ .kind = WIRE_DATA, .seq = s->seq, .offset = s->offset, .size = s->size - s->offset });
	return 0;
}

static void finish_sending(struct sync_line *l, struct sync_job *j)
{
	say(l, &(struct wire_line){ .kind = WIRE_END });
	l->state = TALK_SENT;
	j->report->turns++;
}

int talk_feed(struct sync_line *l, struct sync_job *j, struct err *e)
{
	while (l->state == TALK_SENDS && l->out.len < ENOUGH) {
		size_t some;

		while (l->file.len == 0 && l->next < l->sends && !l->send[l->next].wanted)
			l->next++;
		if (l->file.len == 0 && l->next == l->sends) {
			finish_sending(l, j);
			return 0;
		}
		if (l->file.len == 0 && load(l, j, &l->send[l->next], e) != 0)
			return -1;
		some = l->file.len - (size_t)l->at;
		if (some > ENOUGH)
			some = ENOUGH;
		buf_add(&l->out, l->file.data + l->at, some);
		l->at += (int64_t)some;
		l->queued += (int64_t)some;
		if ((size_t)l->at == l->file.len) {
			buf_reset(&l->file);
			l->next++;
		}
	}
	return 0;
}

/* --- the hub's words --- */

static int wrong(struct err *e)
{
	return err_set(e, ERR_UNREACHED, _("what answers there is no hub of this program, or the line was changed on the way"));
}

static int refused(const struct wire_line *w, struct err *e)
{
	if (strcmp(w->word, "busy") == 0)
		return err_set(e, ERR_UNREACHED, _("another program works with the hub's store; try again later"));
	if (strcmp(w->word, "full") == 0)
		return err_set(e, ERR_UNREACHED, _("the hub has no room for what this device sends; tell the hub's administrator"));
	if (strcmp(w->word, "device") == 0)
		return err_set(e, ERR_HUB_REFUSED, _("the hub knows this SSH key as another device's; tell the hub's administrator"));
	if (strcmp(w->word, "hub") == 0)
		return err_set(e, ERR_HUB_REFUSED, _("this is the address of another hub than the one that this store joined"));
	if (strcmp(w->word, "stranger") == 0)
		return err_set(e, ERR_HUB_REFUSED, _("the hub does not know this device"));
	if (strcmp(w->word, "closed") == 0)
		return err_set(e, ERR_HUB_REFUSED, _("the hub has suspended, retired or revoked this device; call its operator"));
	return err_set(e, ERR_UNREACHED, _("the hub could not take what was sent; it stays here, and goes again the next time"));
}

static int want(struct sync_line *l, struct sync_job *j, const struct wire_line *w, struct err *e)
{
	for (size_t i = 0; i < l->sends; i++)
		if (l->send[i].seq == w->seq && !l->send[i].wanted && w->offset <= l->send[i].size) {
			l->send[i].wanted = true;
			l->send[i].offset = w->offset;
			l->before += w->offset;
			j->report->bytes_out += w->offset;
			return 0;
		}
	return wrong(e);
}

/* What the hub has whole already is as good as sent. */
static void begin_sending(struct sync_line *l, struct sync_job *j)
{
	for (size_t i = 0; i < l->sends; i++)
		if (!l->send[i].wanted) {
			l->before += l->send[i].size;
			j->report->bytes_out += l->send[i].size;
		}
	l->state = TALK_SENDS;
}

static void note_result(struct sync_job *j, const struct wire_line *w)
{
	if (strcmp(w->word, "taken") == 0 || strcmp(w->word, "known") == 0 || strcmp(w->word, "parked") == 0)
		j->report->bundles_written++;
	else if (strcmp(w->word, "request") == 0)
		j->report->requested = true;
	else if (strcmp(w->word, "refused") == 0 && w->seq == 0)
		snprintf(j->report->problem, sizeof j->report->problem, "%s", _("the hub did not take the request to join"));
	else
		snprintf(j->report->problem, sizeof j->report->problem, _("the hub did not take bundle %lld"), (long long)w->seq);
}

static int64_t part_size(const struct sync_line *l, const char *hash)
{
	for (size_t i = 0; i < l->parts; i++)
		if (strcmp(l->part[i].hash, hash) == 0)
			return l->part[i].size;
	return 0;
}

static int finish_bundle(struct sync_line *l, struct err *e)
{
	l->left = -1;
	return pieces_end(&l->pieces, e);
}

static int begin_bundle(struct sync_line *l, const struct wire_line *w, struct err *e)
{
	bool welcome = l->sends == 1 && l->send[0].seq == 0;

	if (welcome != (w->seq == 0))
		return wrong(e);
	if (l->offered-- <= 0 || w->size < 1 || w->size > BUNDLE_FILE_MAX || w->offset > w->size || w->offset > part_size(l, w->hash) ||
	    w->size - w->offset > l->offered_bytes)
		return wrong(e);
	l->offered_bytes -= w->size - w->offset;
	memcpy(l->hash, w->hash, sizeof l->hash);
	if (pieces_begin(&l->pieces, l->hash, w->size, w->offset, e) != 0)
		return -1;
	l->left = w->size - w->offset;
	return l->left > 0 ? 0 : finish_bundle(l, e);
}

static int begin_getting(struct sync_line *l, struct sync_job *j, const struct wire_line *w, struct err *e)
{
	if (l->offered >= 0)
		return wrong(e);
	mark(l, false);
	l->offered = w->number;
	l->offered_bytes = w->size;
	l->state = TALK_GETS;
	j->report->stage = SYNC_RECEIVING;
	j->report->bytes_in_total += w->size;
	return 0;
}

/* After our last word, before the hub's `offer`. */
static int hear_work(struct sync_line *l, struct sync_job *j, const struct wire_line *w, struct err *e)
{
	switch (w->kind) {
	case WIRE_BUSY:
		j->report->stage = SYNC_HUB_BUSY;
		return 0;
	case WIRE_WORK:
		j->report->stage = SYNC_HUB_WORKS;
		return 0;
	case WIRE_RESULT:
		note_result(j, w);
		return 0;
	case WIRE_OFFER:
		return begin_getting(l, j, w, e);
	default:
		return wrong(e);
	}
}

static int hear(struct sync_line *l, struct sync_job *j, const struct wire_line *w, struct err *e)
{
	if (w->kind == WIRE_ERROR)
		return refused(w, e);
	if (!l->known)
		return (l->known = w->kind == WIRE_HUB) ? 0 : wrong(e);
	if (l->state == TALK_ASKED && w->kind == WIRE_WANT)
		return want(l, j, w, e);
	if (l->state == TALK_ASKED && w->kind == WIRE_GO) {
		begin_sending(l, j);
		return 0;
	}
	if (l->state == TALK_SENT)
		return hear_work(l, j, w, e);
	if (l->state == TALK_GETS && w->kind == WIRE_BUNDLE)
		return begin_bundle(l, w, e);
	if (l->state == TALK_GETS && w->kind == WIRE_DONE && l->offered == 0) {
		l->state = TALK_OVER;
		return 0;
	}
	return wrong(e);
}

/* Bytes of a bundle that comes: 1 some, 0 none there. */
static int get(struct sync_line *l, struct sync_job *j, struct err *e)
{
	const char *data;
	size_t n = wire_raw(&l->got, l->left > ENOUGH ? ENOUGH : (size_t)l->left, &data);

	if (n == 0)
		return 0;
	if (pieces_add(&l->pieces, data, n, e) != 0)
		return -1;
	l->left -= (int64_t)n;
	j->report->bytes_in += (int64_t)n;
	return l->left > 0 || finish_bundle(l, e) == 0 ? 1 : -1;
}

int talk_hear(struct sync_line *l, struct sync_job *j, struct err *e)
{
	struct wire_line w;
	int found;

	if (l->left > 0)
		return get(l, j, e);
	found = wire_next(&l->got, &w);
	if (found < 0)
		return wrong(e);
	return found == 0 || hear(l, j, &w, e) == 0 ? found : -1;
}

void talk_release(struct sync_line *l)
{
	wire_release(&l->got);
	buf_release(&l->out);
	buf_release(&l->request);
	buf_release(&l->file);
	pieces_close(&l->pieces);
}
