#include "sync/op_lines.h"

#include <string.h>

void op_lines_begin(struct op_lines *w, struct buf *out)
{
	*w = (struct op_lines){ .out = out };
}

/* True when this operation cannot go on in the run that is open. */
static bool breaks(const struct op_lines *w, int dev, int64_t seq, int64_t pos)
{
	return w->dev != dev || w->next != seq || w->pos != pos;
}

static void begin_run(struct op_lines *w, const struct operation *op, const char *tag, int64_t pos)
{
	buf_adds(w->out, "{\"rec\":\"ops\",\"dev\":\"");
	buf_adds(w->out, tag);
	buf_adds(w->out, "\",\"seq\":");
	buf_addi(w->out, op->seq);
	buf_adds(w->out, ",\"hlc\":\"");
	buf_addi(w->out, (long long)op->hlc);
	buf_adds(w->out, "\",\"pos\":");
	buf_addi(w->out, pos);
	buf_adds(w->out, "}\n");
	w->dev = op->dev;
	w->pos = pos;
	w->hlc = op->hlc;
}

void op_lines_add(struct op_lines *w, const struct operation *op, const char *tag, int64_t pos)
{
	struct buf *out = w->out;

	if (breaks(w, op->dev, op->seq, pos))
		begin_run(w, op, tag, pos);
	buf_addc(out, '[');
	buf_addi(out, (long long)(op->hlc - w->hlc));
	buf_addc(out, ',');
	buf_addi(out, op->tbl);
	buf_addc(out, ',');
	buf_addi(out, op->kind);
	buf_add(out, ",\"", 2);
	buf_add(out, op->pk, op->pk_len);
	buf_addc(out, '"');
	if (op->body != NULL) {
		buf_addc(out, ',');
		buf_add(out, op->body, op->body_len);
	}
	buf_add(out, "]\n", 2);
	w->hlc = op->hlc;
	w->next = op->seq + 1;
	w->count++;
}
