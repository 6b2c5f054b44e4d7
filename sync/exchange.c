#include "sync/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/exchange_line.h"
#include "sync/exchange_mail.h"
#include "sync/hub_round.h"
#include "sync/limits.h"
#include "sync/pieces.h"

struct sent { int64_t seq, size; char hash[HASH_HEX_SIZE]; };

struct exchange {
	const struct exchange_way *way;
	struct hub_collected *out;
	struct exchange_line line;
	char hub[DEVICE_ID_SIZE], device[DEVICE_ID_SIZE];
	bool guest;			/* not the device whose line it is: may ask to join, no more */
	struct pieces pieces;
	/* this round */
	struct mail_have have;
	struct { char hash[HASH_HEX_SIZE]; int64_t size; } part[WIRE_PARTS_MAX];
	size_t parts;
	struct sent send[WIRE_SENDS_MAX];
	size_t sends;
	struct buf results;		/* lines that are sent when the store is closed */
	struct mail mail;
};

/* --- refusals --- */

/* What the other end is told; *e is for this side. */
static int refuse(struct exchange *x, const char *word, const char *why, struct err *e, enum err_code code, const char *text)
{
	struct wire_line l = { .kind = WIRE_ERROR };

	memcpy(l.word, word, strlen(word) + 1);
	memcpy(l.text, why, strlen(why) + 1);
	exchange_line_say(&x->line, &l);
	return err_set(e, code, "%s", text);
}

static int wrong(struct exchange *x, struct err *e)
{
	return refuse(x, "grammar", "-", e, ERR_DAMAGED, _("the other side does not speak as an exchange does"));
}

/* --- the device speaks --- */

/* 0, or 1: the other end has no more. */
static int read_hello(struct exchange *x, struct err *e)
{
	struct wire_line l;
	int found = exchange_line_read(&x->line, &l, e);

	if (found < 0)
		return -1;
	if (found == 0)
		return 1;
	if (l.kind != WIRE_HELLO)
		return wrong(x, e);
	memcpy(x->hub, l.hub, sizeof x->hub);
	memcpy(x->device, l.device, sizeof x->device);
	x->guest = x->way->device != NULL && strcmp(x->way->device, l.device) != 0;
	exchange_line_say(&x->line, &(struct wire_line){ .kind = WIRE_HUB });
	return pieces_open(&x->pieces, x->way->store_path, x->device, e) == 0 ? 0 : refuse(x, "failed", "-", e, e->code, e->text);
}

static int note_part(struct exchange *x, const struct wire_line *l, struct err *e)
{
	if (x->parts == WIRE_PARTS_MAX)
		return wrong(x, e);
	memcpy(x->part[x->parts].hash, l->hash, sizeof l->hash);
	x->part[x->parts++].size = l->size;
	return 0;
}

/* Bundles in their order; a request to join, number 0, alone. */
static int note_send(struct exchange *x, const struct wire_line *l, struct err *e)
{
	int64_t most = l->seq == 0 ? REQUEST_MAX : BUNDLE_FILE_MAX;
	struct sent *last = x->sends > 0 ? &x->send[x->sends - 1] : NULL;

	if (x->sends == WIRE_SENDS_MAX || l->size < 1 || l->size > most || (last != NULL && last->seq >= l->seq) || (last != NULL && last->seq == 0))
		return wrong(x, e);
	if (l->seq > 0 && x->guest)
		return refuse(x, "device", "-", e, ERR_HUB_REFUSED, _("this key's line belongs to another device"));
	x->send[x->sends] = (struct sent){ .seq = l->seq, .size = l->size };
	memcpy(x->send[x->sends++].hash, l->hash, sizeof l->hash);
	return 0;
}

/* From `have` to `inline` or `ask`. *asks: which. 1: the other end has no more. */
static int read_offers(struct exchange *x, bool *asks, struct err *e)
{
	struct wire_line l;
	bool first = true;
	int found, result = 0;

	x->parts = x->sends = 0;
	while ((found = exchange_line_read(&x->line, &l, e)) == 1) {
		if (first != (l.kind == WIRE_HAVE))
			return wrong(x, e);
		first = false;
		if (l.kind == WIRE_INLINE || l.kind == WIRE_ASK) {
			*asks = l.kind == WIRE_ASK;
			return 0;
		}
		if (l.kind == WIRE_HAVE) {
			x->have = (struct mail_have){ .epoch = l.epoch, .seq = l.seq };
			memcpy(x->have.hash, l.hash, sizeof l.hash);
		} else if (l.kind == WIRE_PART) {
			result = note_part(x, &l, e);
		} else {
			result = l.kind == WIRE_SEND ? note_send(x, &l, e) : wrong(x, e);
		}
		if (result != 0)
			return -1;
	}
	if (found < 0)
		return e->code == ERR_DAMAGED ? wrong(x, e) : -1;
	return first ? 1 : err_set(e, ERR_UNREACHED, _("the line dropped; the next exchange goes on from there"));
}

/* --- what it sends is kept --- */

static bool has_room(const struct exchange *x, int64_t bytes)
{
	struct statvfs disk;

	if (pieces_total(&x->pieces) + bytes > EXCHANGE_SPOOL_MAX)
		return false;
	return statvfs(x->pieces.folder, &disk) != 0 || (int64_t)(disk.f_bavail * disk.f_frsize) - bytes > (int64_t)RESERVE_MIB << 20;
}

static int64_t held_of(const struct exchange *x, const struct sent *s)
{
	int64_t held = pieces_held(&x->pieces, s->hash);

	return held > s->size ? 0 : held;
}

static int check_room(struct exchange *x, struct err *e)
{
	int64_t more = 0;

	for (size_t i = 0; i < x->sends; i++)
		if (!pieces_whole(&x->pieces, x->send[i].hash))
			more += x->send[i].size - held_of(x, &x->send[i]);
	if (more > 0 && !has_room(x, more))
		return refuse(x, "full", "-", e, ERR_REFUSED, _("there is no room for what a device sends"));
	return 0;
}

static int say_wants(struct exchange *x, struct err *e)
{
	for (size_t i = 0; i < x->sends; i++)
		if (!pieces_whole(&x->pieces, x->send[i].hash))
			exchange_line_say(&x->line, &(struct wire_line){ .kind = WIRE_WANT, .seq = x->send[i].seq, .offset = held_of(x, &x->send[i]) });
	exchange_line_say(&x->line, &(struct wire_line){ .kind = WIRE_GO });
	return exchange_line_flush(&x->line, e);
}

static struct sent *find_sent(struct exchange *x, int64_t seq)
{
	for (size_t i = 0; i < x->sends; i++)
		if (x->send[i].seq == seq)
			return &x->send[i];
	return NULL;
}

/* The bytes of one bundle; one that lies here whole already is read past. */
static int keep(struct exchange *x, const struct wire_line *l, struct err *e)
{
	struct sent *s = find_sent(x, l->seq);
	bool whole = s != NULL && pieces_whole(&x->pieces, s->hash);
	int64_t left = l->size;

	if (s == NULL || l->offset > s->size || l->size != s->size - l->offset)
		return wrong(x, e);
	if (!whole && pieces_begin(&x->pieces, s->hash, s->size, l->offset, e) != 0)
		return refuse(x, "failed", "-", e, e->code, e->text);
	while (left > 0) {
		const char *data;
		size_t n = exchange_line_raw(&x->line, left > 65536 ? 65536 : (size_t)left, &data, e);

		if (n == 0)
			return -1;
		if (!whole && pieces_add(&x->pieces, data, n, e) != 0)
			return refuse(x, "failed", "-", e, e->code, e->text);
		left -= (int64_t)n;
	}
	return whole || pieces_end(&x->pieces, e) == 0 ? 0 : refuse(x, "hash", "-", e, e->code, e->text);
}

static int keep_all(struct exchange *x, struct err *e)
{
	struct wire_line l;
	int found, result = 0;

	while (result == 0 && (found = exchange_line_read(&x->line, &l, e)) == 1) {
		if (l.kind == WIRE_END)
			return 0;
		result = l.kind == WIRE_DATA ? keep(x, &l, e) : wrong(x, e);
	}
	pieces_stop(&x->pieces);
	if (result != 0)
		return -1;
	if (found < 0)
		return e->code == ERR_DAMAGED ? wrong(x, e) : -1;
	return err_set(e, ERR_UNREACHED, _("the line dropped; the next exchange goes on from there"));
}

/* --- the hub works: the store is open, and nothing waits for the line --- */

static void say_result(struct exchange *x, int64_t seq, const struct intake *in)
{
	static const char *const words[] = { [INTAKE_TAKEN] = "taken", [INTAKE_KNOWN] = "known", [INTAKE_PARKED] = "parked", [INTAKE_FULL] = "full",
		[INTAKE_REFUSED] = "refused", [INTAKE_UNREAD] = "unread", [INTAKE_STALE] = "stale", [INTAKE_REQUEST] = "request" };
	struct wire_line l = { .kind = WIRE_RESULT, .seq = seq };

	memcpy(l.word, words[in->outcome], strlen(words[in->outcome]) + 1);
	wire_write(&l, &x->results);
}

/* A file that claims another sender than the line's is nobody's to bring. */
static bool is_senders(const struct exchange *x, const char *path)
{
	struct metadata m;

	return intake_claims(path, &m) && strcmp(m.from, x->device) == 0;
}

static int take_all(struct exchange *x, struct hub_round *r, struct err *e)
{
	int result = 0;

	for (size_t i = 0; i < x->sends && result == 0; i++) {
		char *path = pieces_path(&x->pieces, x->send[i].hash);
		struct intake in = { .outcome = INTAKE_REFUSED };

		if (pieces_whole(&x->pieces, x->send[i].hash)) {
			if (is_senders(x, path))
				result = hub_round_file(r, path, &in, e);
			/* Whatever became of it, it need not lie here: what was not taken the device has still. */
			if (result == 0) {
				pieces_drop(&x->pieces, x->send[i].hash);
				say_result(x, x->send[i].seq, &in);
			}
			exchange_line_say(&x->line, &(struct wire_line){ .kind = WIRE_WORK, .number = (int64_t)i + 1 });
			exchange_line_try(&x->line);
		}
		free(path);
	}
	return result;
}

/* Whether somebody is at the other end to whom the hub speaks at all. */
static int admit(struct exchange *x, struct store *s, struct peer *p, bool *known, struct err *e)
{
	bool asks = x->sends == 1 && x->send[0].seq == 0;
	int found;

	if (strcmp(x->hub, store_identity(s)->pub.id) != 0)
		return refuse(x, "hub", "-", e, ERR_HUB_REFUSED, _("a device called for another hub"));
	found = peer_find(s, x->device, p, e);
	if (found < 0)
		return -1;
	*known = found == 1 && (peer_in_state(p, "active") || peer_in_state(p, "approved"));
	if (asks)
		return 0;
	if (x->guest)
		return refuse(x, "device", "-", e, ERR_HUB_REFUSED, _("this key's line belongs to another device"));
	if (found == 0)
		return refuse(x, "stranger", "-", e, ERR_HUB_REFUSED, _("it comes from a device that is not on the roster"));
	return *known ? 0 : refuse(x, "closed", "-", e, ERR_HUB_REFUSED, _("its sender was suspended, retired or revoked"));
}

static int answer_request(struct exchange *x, struct hub_round *r, struct err *e)
{
	struct peer p;
	int found;

	if (take_all(x, r, e) != 0)
		return -1;
	found = peer_find(r->s, x->device, &p, e);
	if (found != 1 || !peer_in_state(&p, "approved"))
		return found < 0 ? -1 : 0;
	return mail_gather(&x->mail, r->s, &p, &x->have, true, e);
}

static int exchange_round(struct exchange *x, struct hub_round *r, struct peer *p, struct err *e)
{
	if (take_all(x, r, e) != 0 || hub_round_feeds(r, e) != 0 || peer_find(r->s, x->device, p, e) != 1 || hub_round_make(r, p, e) != 0 ||
	    mail_gather(&x->mail, r->s, p, &x->have, false, e) != 0)
		return -1;
	x->out->bundles_written += (int)x->mail.count;
	return hub_round_end(r, e);
}

static int work(struct exchange *x, struct store *s, struct err *e)
{
	struct hub_round r = { .s = s, .out = x->out, .note = x->way->note, .context = x->way->note_context, .folder = x->pieces.folder };
	struct peer p;
	bool known;
	int result = admit(x, s, &p, &known, e);

	if (result != 0)
		return -1;
	store_bound_cache(s, CACHE_READING);
	result = x->sends == 1 && x->send[0].seq == 0 ? answer_request(x, &r, e) : exchange_round(x, &r, &p, e);
	store_shrink_cache(s);
	hub_round_release(&r);
	return result == 0 ? 0 : refuse(x, "failed", "-", e, e->code, e->text);
}

/* Waits for the store, and says so each second. */
static int open_store(struct exchange *x, struct store **s, struct err *e)
{
	const struct timespec second = { 1, 0 };
	int64_t begin = clock_monotonic_ms(), most = x->way->busy_ms > 0 ? x->way->busy_ms : EXCHANGE_BUSY_MS;

	while (x->way->open(x->way->context, s, e) != 0) {
		int64_t waited = clock_monotonic_ms() - begin;

		if (e->code != ERR_IN_USE)
			return refuse(x, "failed", "-", e, e->code, e->text);
		if (waited >= most)
			return refuse(x, "busy", "-", e, e->code, e->text);
		exchange_line_say(&x->line, &(struct wire_line){ .kind = WIRE_BUSY, .number = waited / 1000 });
		exchange_line_try(&x->line);
		err_clear(e);
		nanosleep(&second, NULL);
	}
	return 0;
}

/* --- the hub answers --- */

static int64_t part_of(const struct exchange *x, const struct mail_item *m)
{
	for (size_t i = 0; i < x->parts; i++)
		if (strcmp(x->part[i].hash, m->hash) == 0)
			return x->part[i].size > m->size ? 0 : x->part[i].size;
	return 0;
}

static int answer(struct exchange *x, struct err *e)
{
	struct wire_line offer = { .kind = WIRE_OFFER, .number = (int64_t)x->mail.count };

	for (size_t i = 0; i < x->mail.count; i++)
		offer.size += x->mail.items[i].size - part_of(x, &x->mail.items[i]);
	buf_add(&x->line.out_buf, x->results.data, x->results.len);
	exchange_line_say(&x->line, &offer);
	for (size_t i = 0; i < x->mail.count; i++) {
		const struct mail_item *m = &x->mail.items[i];
		struct wire_line l = { .kind = WIRE_BUNDLE, .seq = m->seq, .size = m->size, .offset = part_of(x, m) };

		memcpy(l.hash, m->hash, sizeof l.hash);
		exchange_line_say(&x->line, &l);
		if (exchange_line_send_file(&x->line, x->mail.fd, m->at + l.offset, m->size - l.offset, e) != 0)
			return -1;
	}
	exchange_line_say(&x->line, &(struct wire_line){ .kind = WIRE_DONE });
	return exchange_line_flush(&x->line, e);
}

/* 0: another round may follow; 1: the other end has no more. */
static int serve_round(struct exchange *x, struct err *e)
{
	struct store *s;
	bool asks = false;
	int result = read_offers(x, &asks, e);

	if (result != 0)
		return result;
	if (check_room(x, e) != 0 || (asks && say_wants(x, e) != 0) || keep_all(x, e) != 0 || open_store(x, &s, e) != 0)
		return -1;
	result = work(x, s, e);
	x->way->close(x->way->context);
	if (result == 0)
		result = answer(x, e);
	mail_release(&x->mail);
	buf_reset(&x->results);
	return result;
}

int exchange_serve(const struct exchange_way *way, struct hub_collected *out, struct err *e)
{
	struct exchange *x = mem_zero(1, sizeof *x);
	int result;

	memset(out, 0, sizeof *out);
	*x = (struct exchange){ .way = way, .out = out, .pieces = { .fd = -1 }, .results = BUF_INIT, .mail = MAIL_INIT };
	exchange_line_open(&x->line, way->in, way->out, way->silence_ms > 0 ? way->silence_ms : WIRE_SILENCE_MS);
	result = read_hello(x, e);
	while (result == 0)
		result = serve_round(x, e);
	exchange_line_close(&x->line);
	pieces_close(&x->pieces);
	mail_release(&x->mail);
	buf_release(&x->results);
	free(x);
	return result < 0 ? -1 : 0;
}
