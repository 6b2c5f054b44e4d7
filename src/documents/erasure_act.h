/* erasure_act: the act of the destruction of personal data, as Roskomnadzor's order 179 of 28 October 2022 wants it, with the extract of the log that it must
 * have when data were processed by a machine: operator, information system, whose data (the id alone: the name is destroyed with the rest), which categories and how many
 * records, how, why, when and by whom, and every replica with its confirmation. It says that it is preliminary until each replica has confirmed, or is
 * listed with the reason why nothing is expected of it. */
#ifndef DOCUMENTS_ERASURE_ACT_H
#define DOCUMENTS_ERASURE_ACT_H

#include "documents/outline.h"
#include "store/store.h"

/* ERR_REFUSED: this person was not erased, or the record of it is not held here (coordinators and the hub hold it). Workbooks are no such paper. */
int erasure_act(struct store *s, const char *person, enum outline_format format, struct buf *out, struct err *e);

/* By a file's name: .pdf, .html, .txt; anything else is text. */
enum outline_format erasure_act_format(const char *file);

/* «act-k3x9q2mv-12.pdf»: appended. */
void erasure_act_file_name(const char *person, struct buf *out);

#endif
