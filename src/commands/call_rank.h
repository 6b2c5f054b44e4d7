/* call_rank: a ranking as lines for people and scripts, and as JSON. All append. */
#ifndef COMMANDS_CALL_RANK_H
#define COMMANDS_CALL_RANK_H

#include <stdbool.h>

#include "records/ranking.h"

/* A header, a tab-separated line an application, an empty line, and in words how it was computed. */
void call_rank_lines(const struct ranking *r, struct buf *out);
/* An array of objects; sums and means as numbers, and exactly as fractions. */
void call_rank_json(const struct ranking *r, struct buf *out);

void call_judges(const struct ranking *r, bool json, struct buf *out);

/* What is proposed for one application; the first one brings the header, or the bracket. */
void call_proposal(const struct ranking_row *row, bool json, bool first, struct buf *out);
void call_proposal_end(bool json, int count, struct buf *out);

#endif
