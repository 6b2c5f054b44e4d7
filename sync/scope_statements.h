/* scope_statements: which records a device should hold, as SQL. Included by scope.c alone, which fills the table want(tbl, pk, own) with them.
 *
 * Parameters go by name: @table is that table's number in the dictionary; :me the device's person, :place its municipality, :today the day,
 * :tag of a device. Lists end with NULL. */
#ifndef SYNC_SCOPE_STATEMENTS_H
#define SYNC_SCOPE_STATEMENTS_H

#define SCOPE_PUT "INSERT OR IGNORE INTO temp.want(tbl, pk, own) SELECT "

extern const char *const scope_own[];		/* by a right of the person, whatever its role: first, so that the mark `own` stays */
extern const char *const scope_everybody[];
extern const char *const scope_judge[];		/* of who is named as a judge; nothing for others */
extern const char *const scope_consultant[];	/* of a municipality */
extern const char *const scope_expert[];
extern const char *const scope_created[];	/* by one device of the person, with :tag */
extern const char *const scope_follow[];	/* what belongs to seminars and people, however these came in */

#endif
