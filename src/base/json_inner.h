/* json_inner: what the files of the JSON reader share among themselves; nobody else includes it. */
#ifndef BASE_JSON_INNER_H
#define BASE_JSON_INNER_H

#include "base/json.h"

#define JSON_TEXT_ENDS N_("the text ends too early")

/* Marks the reader as failed, unless it is, and returns -1. `problem` is static and goes through gettext when
 * it is shown. */
int json_wrong(struct json *j, const char *problem);

/* Reads the string whose opening quote stands at j->p, and moves behind it. */
int json_quoted(struct json *j, const char **s, size_t *len);

#endif
