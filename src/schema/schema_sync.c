#include "schema/schema.h"

/* `tbl` is a dictionary number, `pk` a record's id, unless it says otherwise; `device` and `dev` are numbers in table `device`. */
const char schema_sync_sql[] =
	/* The other side of a chain of bundles: for the hub each device, for a device its hub. in_: what came from it, out_: what was made
	 * for it, done_: how much of that it confirmed. What `op` counts differs with the direction: from a device its operations, from the
	 * hub positions of the device's feed. */
	"CREATE TABLE peer("
	"	id TEXT PRIMARY KEY, tag TEXT NOT NULL UNIQUE, label TEXT NOT NULL,"
	"	minisign TEXT NOT NULL, recipient TEXT NOT NULL,"
	"	state TEXT NOT NULL,"				/* hub: approved active suspended retired revoked; device: pinned active */
	"	role TEXT NOT NULL DEFAULT '', municipality TEXT NOT NULL DEFAULT '', person TEXT NOT NULL DEFAULT '',"
	"	epoch INTEGER NOT NULL DEFAULT 0,"
	"	request TEXT NOT NULL DEFAULT '',"		/* hub: the one that the welcome answers; device: the one that is not answered */
	"	welcome BLOB,"					/* hub: the welcome file, as it was given out */
	"	in_seq INTEGER NOT NULL DEFAULT 0, in_hash TEXT NOT NULL DEFAULT '', in_op INTEGER NOT NULL DEFAULT 0,"
	"	out_seq INTEGER NOT NULL DEFAULT 0, out_hash TEXT NOT NULL DEFAULT '', out_op INTEGER NOT NULL DEFAULT 0,"
	"	done_op INTEGER NOT NULL DEFAULT 0,"
	"	feed_pos INTEGER NOT NULL DEFAULT 0,"		/* hub: last number given in the device's feed; device: in_seq as acknowledged last */
	"	roster INTEGER NOT NULL DEFAULT 0,"		/* roster version of the entry */
	"	roster_told INTEGER NOT NULL DEFAULT 0,"	/* hub: the version that stands in a bundle */
	"	heard INTEGER NOT NULL DEFAULT 0"		/* ms */
	") WITHOUT ROWID;"
	/* Hash of every bundle that was applied. */
	"CREATE TABLE bundle_in(peer TEXT, epoch INTEGER, seq INTEGER, hash TEXT NOT NULL, PRIMARY KEY(peer, epoch, seq)) WITHOUT ROWID;"
	/* Own bundles; the file is kept until it is receipted (device) or acknowledged (hub). */
	"CREATE TABLE outbox("
	"	peer TEXT, epoch INTEGER, seq INTEGER, hash TEXT NOT NULL, first_op INTEGER NOT NULL, last_op INTEGER NOT NULL,"
	"	accepted INTEGER, refused INTEGER, file BLOB, PRIMARY KEY(peer, epoch, seq));"
	/* Bundles ahead of their turn. */
	"CREATE TABLE parked(peer TEXT, epoch INTEGER, seq INTEGER, hash TEXT, file BLOB NOT NULL, PRIMARY KEY(peer, epoch, seq, hash));"
	"CREATE TABLE quarantine(id INTEGER PRIMARY KEY, hash TEXT NOT NULL, origin TEXT NOT NULL, reason TEXT NOT NULL,"
	"	arrived INTEGER NOT NULL, size INTEGER NOT NULL, file BLOB);"
	/* Hub: requests to join that wait for a person's decision. */
	"CREATE TABLE request(device TEXT PRIMARY KEY, arrived INTEGER NOT NULL, file BLOB NOT NULL);"
	/* Hub: what the next bundle to a device has to say about the device's own. */
	"CREATE TABLE receipt_due(peer TEXT, seq INTEGER, hash TEXT NOT NULL, accepted INTEGER NOT NULL, PRIMARY KEY(peer, seq)) WITHOUT ROWID;"
	"CREATE TABLE receipt_refused(peer TEXT, seq INTEGER, op INTEGER, reason TEXT NOT NULL, PRIMARY KEY(peer, seq, op)) WITHOUT ROWID;"
	/* Hub: whole bundles of a device that were genuine but not well-formed: it may write another with that number. */
	"CREATE TABLE refusal_due(peer TEXT, seq INTEGER, hash TEXT NOT NULL, PRIMARY KEY(peer, seq)) WITHOUT ROWID;"
	/* Hub: operations that stand in no feed yet. */
	"CREATE TABLE arrived(dev INTEGER, seq INTEGER, tbl INTEGER NOT NULL, pk TEXT NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY(dev, seq))"
	"	WITHOUT ROWID;"
	/* Hub: what a device still has to learn. kind: 0 operation, 1 enter, 2 leave, 3 name. */
	"CREATE TABLE feed(device INTEGER, pos INTEGER, kind INTEGER NOT NULL, tbl INTEGER NOT NULL, pk TEXT NOT NULL, dev INTEGER, seq INTEGER,"
	"	PRIMARY KEY(device, pos)) WITHOUT ROWID;"
	/* Hub: what a device holds, and held: from position `entered` to before `gone`. own: by a right of its person, not of its place. */
	"CREATE TABLE scope(device INTEGER, tbl INTEGER, pk TEXT, entered INTEGER, gone INTEGER, own INTEGER NOT NULL,"
	"	PRIMARY KEY(device, tbl, pk, entered)) WITHOUT ROWID;"
	/* Hub: names of records that a device was told without holding them; devices that it was told of. */
	"CREATE TABLE named(device INTEGER, tbl INTEGER, pk TEXT, name TEXT NOT NULL, pos INTEGER NOT NULL, PRIMARY KEY(device, tbl, pk)) WITHOUT ROWID;"
	"CREATE TABLE told(device INTEGER, dev INTEGER, PRIMARY KEY(device, dev)) WITHOUT ROWID;"
	/* Device: records that left the scope but hold own operations without a receipt. */
	"CREATE TABLE leaving(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	/* Device: own operations that the hub did not accept; tbl is a table's name. */
	"CREATE TABLE not_accepted(seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, pk TEXT NOT NULL, reason TEXT NOT NULL, kind INTEGER, body TEXT);"
	/* Names of records that are named by others and not held; tbl is a table's name. */
	"CREATE TABLE known_name(tbl TEXT, id TEXT, name TEXT NOT NULL, PRIMARY KEY(tbl, id)) WITHOUT ROWID;";
