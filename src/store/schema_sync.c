/* Tables that only the sync needs, made with the others by migration 1. */
#include "store/schema.h"

const char schema_sync_sql[] = "";
