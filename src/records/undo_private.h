/* undo_private: words that the files of undo share. */
#ifndef RECORDS_UNDO_PRIVATE_H
#define RECORDS_UNDO_PRIVATE_H

#include "records/undo.h"

/* A value as people read it, its first line and not too much of it; «—» for nothing. Appends. */
void undo_value(struct store *s, const char *table, const char *column, const struct value *v, struct buf *out);
/* The record that people know it by; nothing of a kind that has no name. Appends. */
void undo_name(struct store *s, const char *table, const char *pk, struct buf *out);

#endif
