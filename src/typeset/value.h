/* value: one value of a line of the script, taken strictly: of the right type and within its limits. A value that is absent leaves what stands in *out, and is
 * wrong where it is needed. All return 0, or -1 without words. */
#ifndef TYPESET_VALUE_H
#define TYPESET_VALUE_H

#include "base/json.h"
#include "typeset/script.h"

int value_number(struct json_span v, int64_t least, int64_t most, bool needed, int64_t *out);
int value_text(struct script *s, struct json_span v, bool needed, const char **out);
/* The number of the word among names (ends with NULL), -1 for another one or none. */
int value_word(struct json_span v, const char *const *names, struct buf *scratch);

#endif
