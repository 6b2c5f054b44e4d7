/* Migration 5: what the exchange with the hub needs besides the tables of migration 1 (schema_sync.c). */
#include "schema/schema.h"

const char schema_exchange_sql[] =
	"ALTER TABLE peer ADD COLUMN program TEXT;"		/* hub: the version of the device's program, as its last bundle named it */
	/* The device that a refused file claims to come from and the number, for people and for the shares of the room; proved: it did sign the first lines. */
	"ALTER TABLE quarantine ADD COLUMN sender TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE quarantine ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE quarantine ADD COLUMN proved INTEGER NOT NULL DEFAULT 0;"
	/* Its sender is told that it was refused, and writes another with its number: this one is never taken any more. */
	"ALTER TABLE quarantine ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;"
	/* Hub, of a device that leaves (sync/closing.h): the last bundle that is taken of a revoked one; whom the work goes to (id of a card) until it is handed
	 * over; when the device confirmed that its store is destroyed (ms). */
	"ALTER TABLE peer ADD COLUMN revoked_after INTEGER;"
	"ALTER TABLE peer ADD COLUMN heir TEXT;"
	"ALTER TABLE peer ADD COLUMN destroyed INTEGER;"
	/* Hub whose store was put back from its backup (sync/restored.h): where the device's feed ended in the backup, and what it is told. */
	"ALTER TABLE peer ADD COLUMN restored INTEGER;"
	"ALTER TABLE peer ADD COLUMN restored_line TEXT;";
