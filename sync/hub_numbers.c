#include "sync/hub_numbers.h"

#include "records/number.h"
#include "sync/peer.h"
#include "sync/rules.h"

int hub_numbers_reserve(struct store *s, const char *tag, const char *role, struct err *e)
{
	int who = rule_role(role);

	if (who < 0 || (rule_for((enum rule_role)who, "certificate", OPERATION_INSERT) == RULE_NO &&
	    rule_for((enum rule_role)who, "award", OPERATION_INSERT) == RULE_NO))
		return 0;
	return number_reserve(s, tag, NUMBER_BLOCK / 5, e);
}

static int refill(void *context, struct peer *p, struct err *e)
{
	return hub_numbers_reserve(context, p->pub.tag, p->role, e);
}

int hub_numbers_refill(struct store *s, struct err *e)
{
	return peer_each(s, "active", refill, s, e);
}
