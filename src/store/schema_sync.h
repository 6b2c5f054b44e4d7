/* schema_sync: the tables with which a store remembers its exchange with others: a section of the first migration. */
#ifndef STORE_SCHEMA_SYNC_H
#define STORE_SCHEMA_SYNC_H

extern const char schema_sync_sql[];

#endif
