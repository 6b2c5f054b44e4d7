#include "screens/parts/palette.h"

#include <string.h>

#include "base/i18n.h"
#include "base/language.h"
#include "screens/parts/pick.h"

#define KEYS_MOST 2

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct loop *l = context;

	if (count > 0)
		l->next = action_by_name(values[0]);
	return DID_CHANGE;
}

/* Who knows the program in one language finds it in the other too, and by the names that stand in the file of keys. */
static void add_names(struct screen *pick, enum action action)
{
	struct buf names = BUF_INIT;

	buf_addf(&names, "%s %s %s", actions[action].help, language_word("ru", actions[action].help), actions[action].name);
	if (actions[action].foot != NULL)
		buf_addf(&names, " %s %s", actions[action].foot, language_word("ru", actions[action].foot));
	pick_also(pick, names.data);
	buf_release(&names);
}

static void add_some(struct screen *pick, struct loop *l, int from, int to)
{
	struct buf keys = BUF_INIT;

	for (int i = from; i < to; i++) {
		enum action action = (enum action)i;

		if (action == ACTION_PALETTE || !loop_allows(l, action))
			continue;
		buf_reset(&keys);
		action_keys(action, loop_where(l), KEYS_MOST, &keys);
		pick_add(pick, actions[i].name, _(actions[i].help), keys.data);
		add_names(pick, action);
	}
	buf_release(&keys);
}

void palette_open(struct loop *l)
{
	/* TRANSLATORS: the title of the list of everything that can be done on this screen */
	struct screen *pick = pick_open(_("What can be done here"), chosen, l);

	/* Who looks for something by its name does not look for the arrows. */
	add_some(pick, l, ACTION_LAST + 1, ACTIONS);
	add_some(pick, l, 1, ACTION_LAST + 1);
	loop_push(l, pick);
}
