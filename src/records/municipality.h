/* municipality: the 63 municipalities of the republic as data: an eight-digit OKTMO code identifies each. The list comes with the program; what the hub says
 * otherwise (territory.h) is laid over it. An abolished municipality keeps its code and name for the records that have it; who types it is told its successor. */
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
/* The same among all that ever were: for looking at what there is. */
int municipality_find_any(struct store *s, const char *typed, char code[MUNICIPALITY_CODE_SIZE], struct err *e);

/* SQL: whether a row of the table may still be chosen. */
#define MUNICIPALITY_STANDS(m) "(" m ".successor IS NULL AND " m ".gone = 0)"

void municipality_name(struct store *s, const char *code, struct buf *out);		/* «Бураевский район», «город Уфа» */
void municipality_short_name(struct store *s, const char *code, struct buf *out);	/* «Бураевский», «г. Уфа» */

extern const struct choice municipality_kinds[];	/* district city_okrug */

/* Those that may be chosen, in the alphabet's order. */
typedef int (*municipality_fn)(void *context, const char *code, const char *name, struct err *e);
int municipality_each(struct store *s, municipality_fn each, void *context, struct err *e);

#endif
