#include <stdlib.h>

#include "base/mem.h"
#include "seal/vfs_file.h"

void run_init(struct run *r, size_t unit, size_t room)
{
	*r = (struct run){ .data = mem_zero(room, unit), .unit = unit, .room = room };
}

void run_release(struct run *r)
{
	free(r->data);
	r->data = NULL;
}

int run_flush(struct run *r, sqlite3_file *file)
{
	int rc;

	if (r->count == 0)
		return SQLITE_OK;
	rc = file->pMethods->xWrite(file, r->data, (int)(r->count * r->unit), r->offset);
	if (rc == SQLITE_OK)
		r->count = 0;
	return rc;
}

int run_slot(struct run *r, sqlite3_file *file, sqlite3_int64 offset, unsigned char **slot)
{
	int rc;

	if (r->count == r->room || (r->count > 0 && offset != r->offset + (sqlite3_int64)(r->count * r->unit))) {
		rc = run_flush(r, file);
		if (rc != SQLITE_OK)
			return rc;
	}
	if (r->count == 0)
		r->offset = offset;
	*slot = r->data + r->count * r->unit;
	return SQLITE_OK;
}

bool run_covers(const struct run *r, sqlite3_int64 offset, sqlite3_int64 len)
{
	return r->count > 0 && offset < r->offset + (sqlite3_int64)(r->count * r->unit) && offset + len > r->offset;
}
