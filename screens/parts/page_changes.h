/* page_changes: who changed a record last, at the end of its card. */
#ifndef SCREENS_PARTS_PAGE_CHANGES_H
#define SCREENS_PARTS_PAGE_CHANGES_H

#include "screens/parts/page.h"
#include "store/author.h"

/* «Последние изменения»: a line for what one person changed in one minute, the latest first. The whole history is an action of every card. */
int page_changes(struct page *p, struct err *e);

/* «Хасанова Г. Р.», or the device's label or tag where nobody is known; «вы» is said nowhere, since two may share a computer. Appends. */
void page_author(const struct author *a, struct buf *out);

#endif
