#include "schema/table.h"

#include <string.h>

const struct table *table_find(const char *name)
{
	for (int i = 0; tables[i] != NULL; i++)
		if (strcmp(tables[i]->name, name) == 0)
			return tables[i];
	return NULL;
}

int table_column(const struct table *t, const char *name)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return i;
	return -1;
}
