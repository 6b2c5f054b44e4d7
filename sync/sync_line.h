/* sync_line: the device's end of an exchange over a line (wire.h), as words and bytes that come and go without waiting. sync_ssh.c moves them.
 *
 *     talk_begin a round → talk_feed while there is room to send, talk_hear when something came → TALK_OVER
 *
 * What comes is hostile until its signature says otherwise: it is counted, bounded and kept (pieces.h), and nothing of it is believed. */
#ifndef SYNC_SYNC_LINE_H
#define SYNC_SYNC_LINE_H

#include <stdbool.h>

#include "sync/pieces.h"
#include "sync/sync_job.h"
#include "sync/wire.h"

enum talk_state {
	TALK_IDLE,		/* between rounds */
	TALK_ASKED,		/* the hub says what it wants */
	TALK_SENDS,
	TALK_SENT,		/* the hub works */
	TALK_GETS,
	TALK_OVER		/* the round is */
};

struct talk_send { int64_t seq, size, offset; char hash[HASH_HEX_SIZE]; bool wanted; };

struct sync_line {
	enum talk_state state;
	bool greeted;			/* by us */
	bool known;			/* the other end is a hub */
	struct wire got;
	struct buf out;
	int64_t queued;			/* bytes of bundles that were put into out in this round, */
	int64_t before;			/* and bytes that were out before it */
	struct pieces pieces;
	struct talk_send send[WIRE_SENDS_MAX];
	size_t sends, next;
	struct buf request;		/* the request to join, in place of bundles */
	struct buf file;		/* the bundle that is being sent */
	int64_t at;
	char hash[HASH_HEX_SIZE];	/* of the bundle that comes, */
	int64_t left;			/* and how much of it is missing; -1: none comes */
	int64_t offered, offered_bytes;	/* still to come, by the hub's word */
	struct { char hash[HASH_HEX_SIZE]; int64_t size; } part[WIRE_PARTS_MAX];
	size_t parts;
};

/* What has to be sent; `request`: only the request to join. */
int talk_begin(struct sync_line *l, struct sync_job *j, bool request, struct err *e);
/* Puts more into l->out, when there is little in it. */
int talk_feed(struct sync_line *l, struct sync_job *j, struct err *e);
/* Looks at what came: 1 something, 0 more is needed, -1 with *e. */
int talk_hear(struct sync_line *l, struct sync_job *j, struct err *e);
void talk_release(struct sync_line *l);

#endif
