/* enrol_line: the one line of JSON that a request to join or a welcome holds: an object from its first byte to its last but one, then LF. It has one spelling
 * of its end, as everything else that is signed here: no blanks around, no CR, no second line. */
#ifndef SYNC_ENROL_LINE_H
#define SYNC_ENROL_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

/* Fills a span for each key; an absent one has p == NULL. False: not such a line, or with a key that is unknown or comes twice. */
bool enrol_line_read(const char *text, size_t len, const char *const *keys, struct json_span *values);

/* UTF-8 without controls, at most size - 1 bytes; false also where it is absent. */
bool enrol_text(struct json_span v, char *out, size_t size);
/* An id of a record, or "". */
bool enrol_id(struct json_span v, char *out, size_t size);
/* From 1 to NUMBER_END - 1. */
bool enrol_number(struct json_span v, int64_t *number);

#endif
