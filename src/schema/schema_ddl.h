/* What the DDL of every replicated table begins and ends with (schema.h). */
#ifndef SCHEMA_SCHEMA_DDL_H
#define SCHEMA_SCHEMA_DDL_H

#define REPLICATED \
	" id TEXT PRIMARY KEY NOT NULL," \
	" deleted INTEGER NOT NULL DEFAULT 0,"
#define ORIGIN \
	" origin_hlc INTEGER NOT NULL DEFAULT (journal_stamp())," \
	" origin_dev INTEGER NOT NULL DEFAULT 1"

#endif
