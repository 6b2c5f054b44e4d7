/* municipality: the 63 municipalities of the republic as data: an eight-digit OKTMO code identifies each. Not replicated record by record; the
 * list comes with the program and may be replaced by the hub. */
#ifndef RECORDS_MUNICIPALITY_H
#define RECORDS_MUNICIPALITY_H

#include "base/buf.h"
#include "base/err.h"
#include "records/field.h"
#include "store/store.h"

#define MUNICIPALITY_CODE_SIZE 9

/* A code, or a spelling: «Бураевский район», «Бураевский р-н», «Бураевский», «г. Уфа», «город Уфа», «Уфа», «ГО г. Уфа», «МР Бураевский район»,
 * or an address that has one of these among its parts. Стерлитамак
 * without a word is the city, Стерлитамакский the district. -1 (ERR_REFUSED) when there is none or it could be several. */
int municipality_find(struct store *s, const char *typed, char code[MUNICIPALITY_CODE_SIZE], struct err *e);

void municipality_name(struct store *s, const char *code, struct buf *out);		/* «Бураевский район», «город Уфа» */
void municipality_short_name(struct store *s, const char *code, struct buf *out);	/* «Бураевский», «г. Уфа» */

extern const struct choice municipality_kinds[];	/* district city_okrug */

typedef int (*municipality_fn)(void *context, const char *code, const char *name, struct err *e);
int municipality_each(struct store *s, municipality_fn each, void *context, struct err *e);

#endif
