/* Migration 4: who is one person with two cards, who was erased, which deletions wait for a word, and where each operation came from. */
#include "schema/schema.h"
#include "schema/schema_ddl.h"

#define SAME "FROM person_link WHERE deleted = 0 AND verdict = 'same' AND person IS NOT NULL AND other IS NOT NULL"

/* The sets that links make, whole, which is what the check compares with. A set is shown under the smallest id of its visible cards, else of those that are not
 * held here, else of all. */
#define SHOWN(over) "coalesce(min(CASE WHEN p.deleted = 0 THEN j.id END)" over ", min(CASE WHEN p.id IS NULL THEN j.id END)" over ", min(j.id)" over ")"
#define JOINED_AS_LINKED "SELECT j.id, " SHOWN(" OVER (PARTITION BY j.low)") " FROM joining j LEFT JOIN person p ON p.id = j.id"
/* One set: its card id_ became visible, removed, held or not held. */
#define SET_OF(id_) "(SELECT shown FROM joined WHERE id = " id_ ")"
#define SHOW_SET(id_) \
	"UPDATE joined SET shown = (SELECT " SHOWN("") " FROM joined j LEFT JOIN person p ON p.id = j.id WHERE j.shown = " SET_OF(id_) ") WHERE shown = " SET_OF(id_) ";"
/* A link that is new makes one set of two: bundles bring them by the hundred. */
#define JOIN_TWO \
	"INSERT OR IGNORE INTO joined(id, shown) VALUES(NEW.person, NEW.person), (NEW.other, NEW.other);" \
	"UPDATE joined SET shown = " SET_OF("NEW.person") " WHERE shown = " SET_OF("NEW.other") ";" \
	SHOW_SET("NEW.person")
/* A link that is changed or taken back: the sets of its two cards, and no others, are made anew from the links between their cards, which name no other card. */
#define REACHING(edges) "WITH RECURSIVE edge(a, b) AS (" edges ")," \
	" reach(id, low) AS (SELECT a, a FROM edge UNION SELECT e.b, r.low FROM reach r JOIN edge e ON e.a = r.id WHERE r.low < e.b)" \
	" SELECT id, min(low) FROM reach GROUP BY id;"
#define PARTING_EDGES(a, b) "SELECT l." a ", l." b " FROM parting s CROSS JOIN person_link l ON l.other = s.id" \
	" WHERE l.deleted = 0 AND l.verdict = 'same' AND l.person IS NOT NULL"
#define SETS_OF(row) "SELECT id FROM joined WHERE shown IN (" SET_OF(row ".person") ", " SET_OF(row ".other") ")"
#define PART_AND_JOIN \
	"DELETE FROM joined WHERE id IN (SELECT id FROM parting);" \
	"INSERT INTO joined(id, shown) SELECT j.id, " SHOWN(" OVER (PARTITION BY j.low)") " FROM rejoining j LEFT JOIN person p ON p.id = j.id;" \
	"DELETE FROM parting;"
#define KNOWN(id_) "EXISTS(SELECT 1 FROM joined WHERE id = " id_ ")"

#define JOINED_INSERT "CREATE TRIGGER joined_insert AFTER INSERT ON person WHEN " KNOWN("NEW.id") " BEGIN " SHOW_SET("NEW.id") " END;"

const char schema_joined_insert[] = JOINED_INSERT;
const char schema_joined_show[] = SHOW_SET("?1");
const char schema_joined_differ[] =
	"SELECT (SELECT count(*) FROM (SELECT id, shown FROM joined EXCEPT SELECT * FROM (" JOINED_AS_LINKED ")))"
	" + (SELECT count(*) FROM (" JOINED_AS_LINKED " EXCEPT SELECT id, shown FROM joined))";

const char schema_journal_sql[] =
	/* Number of the bundle in which an operation of another device arrived (bundle_in.no); own ones stand in the outbox's ranges. */
	"ALTER TABLE oplog ADD COLUMN bundle INTEGER;"
	/* sum: over the operations of the bundle that are here, changed with every one that is changed or removed rightly (provenance.h). */
	/* block: the four lines before the payload, which is not kept. NULL: it was applied by a program that kept the hash alone. */
	"ALTER TABLE bundle_in ADD COLUMN no INTEGER;"
	"ALTER TABLE bundle_in ADD COLUMN block TEXT;"
	"ALTER TABLE bundle_in ADD COLUMN sum INTEGER;"
	"CREATE UNIQUE INDEX bundle_in_no ON bundle_in(no) WHERE no IS NOT NULL;"
	"ALTER TABLE outbox ADD COLUMN block TEXT;"
	"ALTER TABLE outbox ADD COLUMN sum INTEGER;"
	"CREATE INDEX outbox_range ON outbox(first_op, last_op) WHERE sum IS NOT NULL;"
	/* The greatest stamp of each device whose operation on a record was folded (fold.h): an older one that is not in the journal is one of those. */
	"CREATE TABLE folded(tbl INTEGER NOT NULL, pk TEXT NOT NULL, dev INTEGER NOT NULL, hlc INTEGER NOT NULL, PRIMARY KEY(tbl, pk, dev)) WITHOUT ROWID;"
	"ALTER TABLE outbox ADD COLUMN written INTEGER NOT NULL DEFAULT 0;"	/* ms */
	"ALTER TABLE arrived ADD COLUMN again INTEGER NOT NULL DEFAULT 0;"	/* its author hears of it, too: it was held back and is not any more */
	"ALTER TABLE peer ADD COLUMN unreachable TEXT;"				/* hub: why nothing is expected of it any more; NULL: it is */
	/* Records whose personal columns are empty for ever: who was erased, and what refers to them. Follows from the journal. */
	"CREATE TABLE erased(tbl INTEGER NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	/* Two cards of one person, or two people who look like one (verdict: same, different); the id is "smaller/greater". */
	"CREATE TABLE person_link(" REPLICATED " person TEXT, other TEXT, verdict TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE INDEX person_link_other ON person_link(other);"
	"CREATE TABLE joined(id TEXT PRIMARY KEY NOT NULL, shown TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE INDEX joined_shown ON joined(shown);"
	"CREATE VIEW joining(id, low) AS " REACHING("SELECT person, other " SAME " UNION SELECT other, person " SAME)
	/* The cards of sets that are being made anew; empty but inside a trigger. */
	"CREATE TABLE parting(id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;"
	"CREATE VIEW rejoining(id, low) AS " REACHING(PARTING_EDGES("person", "other") " UNION " PARTING_EDGES("other", "person"))
	"CREATE TRIGGER person_link_insert AFTER INSERT ON person_link WHEN NEW.deleted = 0 AND NEW.verdict = 'same' AND NEW.person IS NOT NULL AND NEW.other IS NOT NULL"
	" BEGIN " JOIN_TWO " END;"
	"CREATE TRIGGER person_link_update AFTER UPDATE ON person_link WHEN (OLD.deleted, OLD.verdict, OLD.person, OLD.other)"
	" IS NOT (NEW.deleted, NEW.verdict, NEW.person, NEW.other) BEGIN"
	" INSERT INTO parting " SETS_OF("OLD") " UNION " SETS_OF("NEW") " UNION SELECT NEW.person WHERE NEW.person IS NOT NULL UNION SELECT NEW.other WHERE NEW.other IS NOT NULL;"
	PART_AND_JOIN " END;"
	"CREATE TRIGGER person_link_delete AFTER DELETE ON person_link BEGIN INSERT INTO parting " SETS_OF("OLD") ";" PART_AND_JOIN " END;"
	JOINED_INSERT
	"CREATE TRIGGER joined_update AFTER UPDATE OF deleted ON person WHEN " KNOWN("NEW.id") " BEGIN " SHOW_SET("NEW.id") " END;"
	"CREATE TRIGGER joined_delete AFTER DELETE ON person WHEN " KNOWN("OLD.id") " BEGIN " SHOW_SET("OLD.id") " END;"
	"CREATE INDEX person_double ON person(double_key(name)) WHERE deleted = 0;"
	/* That and why a person was erased; its id is the person's. What proves it everywhere: the replicas, as the hub told of them. */
	"CREATE TABLE erasure(" REPLICATED " person TEXT, basis TEXT, document TEXT, requested TEXT, date TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE erasure_replica(person TEXT NOT NULL, tag TEXT NOT NULL, label TEXT NOT NULL, owner TEXT NOT NULL,"
	"	confirmed INTEGER NOT NULL DEFAULT 0, unreachable TEXT,"		/* confirmed: ms; 0: not yet */
	/* Hub: `pos` is where the feed told it; `listed`: the device was there when the person was erased, so the act names it; `version` grows with every change. */
	"	pos INTEGER NOT NULL DEFAULT 0, listed INTEGER NOT NULL DEFAULT 1, version INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(person, tag)) WITHOUT ROWID;"
	/* Hub: the operation by which a person was erased, and when it arrived (ms). */
	"CREATE TABLE erasure_op(person TEXT PRIMARY KEY NOT NULL, dev INTEGER NOT NULL, seq INTEGER NOT NULL, arrived INTEGER NOT NULL) WITHOUT ROWID;"
	"ALTER TABLE peer ADD COLUMN replicas INTEGER NOT NULL DEFAULT 0;"	/* hub: the greatest version of erasure_replica that a coordinator was told */
	"CREATE INDEX consent_withdrawn ON consent(withdrawn) WHERE withdrawn IS NOT NULL;"
	/* Mail does not lie for ever. void: a bundle that was given up, a later one says what it said. told: number of the bundle that a receipt stands in. */
	"ALTER TABLE outbox ADD COLUMN void INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE parked ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;"	/* ms */
	"ALTER TABLE receipt_due ADD COLUMN told INTEGER;"
	"ALTER TABLE refusal_due ADD COLUMN told INTEGER;"
	/* Deletions of a device that are too many to be believed at once (records: the ids, one a line; first_op to last_op: the bundle's); its author is the hub,
	 * its decision (yes, no) a coordinator's. */
	"CREATE TABLE deletion_hold(" REPLICATED " device TEXT, person TEXT, label TEXT, kind TEXT, count INTEGER, total INTEGER, gone INTEGER, records TEXT,"
	"	first_op INTEGER, last_op INTEGER, date TEXT, decision TEXT, decided TEXT," ORIGIN ") WITHOUT ROWID;"
	/* Hub: the operations that wait, each for all of its questions. asked: the question is about this one; else it rests on such a one. */
	"CREATE TABLE held(dev INTEGER NOT NULL, seq INTEGER NOT NULL, hold TEXT NOT NULL, asked INTEGER NOT NULL, PRIMARY KEY(dev, seq, hold)) WITHOUT ROWID;"
	/* Hub: what a device has removed lately (sync/removals.h). at: ms; total: how many records there were. */
	"CREATE TABLE removal(dev INTEGER NOT NULL, tbl INTEGER NOT NULL, pk TEXT NOT NULL, at INTEGER NOT NULL, total INTEGER NOT NULL,"
	"	PRIMARY KEY(dev, tbl, pk)) WITHOUT ROWID;"
	"CREATE INDEX removal_at ON removal(at);"
	/* Own operations that wait to be given anew after a restored copy was recognised (tbl is a table's name). */
	"CREATE TABLE aside(seq INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, tbl TEXT NOT NULL, kind INTEGER NOT NULL, pk TEXT NOT NULL, body TEXT,"
	/* whose operation it was, and its number then: the device has had other keys since */
	" tag TEXT NOT NULL DEFAULT '', was INTEGER NOT NULL DEFAULT 0);";
