/* functions: the SQL functions that the schema uses; innocuous all, the first three deterministic.
 *     sort_key(text)            collation key (text_sort_key); NULL gives NULL
 *     search_fold(text, …)      folded text of all arguments with spaces between (text_fold); NULL and '' are left out
 *     double_key(name)          text_double_key; NULL gives NULL
 *     journal_stamp()           0 until journal_attach puts its own in this place: the stamp of a row that is being inserted */
#ifndef STORE_FUNCTIONS_H
#define STORE_FUNCTIONS_H

#include <sqlite3.h>

#include "base/err.h"

int functions_register(sqlite3 *db, struct err *e);

#endif
