#include "store/journal_clock.h"

#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "store/journal_private.h"

#define LONG_MS (90 * DATE_DAY_MS)
#define FIRST_MS INT64_C(1577836800000)		/* 2020-01-01: nobody worked with this program before */
#define LAST_MS INT64_C(4102444800000)		/* 2100-01-01 */

static bool is_kept(const struct journal *j)
{
	return j->wall.base != 0 && j->wall.boot == clock_boot();
}

int64_t journal_now_ms(const struct journal *j)
{
	return is_kept(j) ? j->wall.base + clock_boot_ms() : clock_computer_ms();
}

/* Stamps grow from the last one, whatever day a person says; only once they follow the wall again do they tell the time, and not while the hub has refused one. */
static int64_t last_known(const struct journal *j)
{
	int64_t stamp = clock_ms(j->last_stamp), known = !j->wall.refused && stamp > clock_ms(j->wall.at) + DATE_HOUR_MS ? stamp : j->wall.said;

	return known > j->wall.heard ? known : j->wall.heard;
}

enum clock_doubt journal_clock_doubt(const struct journal *j, int64_t *known)
{
	int64_t now = journal_now_ms(j);

	*known = last_known(j);
	if (j->wall.refused && now > j->wall.heard + DATE_DAY_MS)
		return CLOCK_REFUSED;
	/* The hub takes stamps up to a day ahead, and a device whatever the hub took. */
	if (now < FIRST_MS || now < *known - DATE_DAY_MS - DATE_HOUR_MS)
		return CLOCK_BACK;
	return *known > 0 && now > *known + LONG_MS ? CLOCK_AHEAD : CLOCK_FINE;
}

int journal_clock_check(const struct journal *j, struct err *e)
{
	int64_t known;
	enum clock_doubt doubt = journal_clock_doubt(j, &known);
	char now[17], then[17];

	if (doubt == CLOCK_FINE)
		return 0;
	date_local(journal_now_ms(j), now);
	date_local(known > 0 ? known : FIRST_MS, then);
	if (doubt == CLOCK_REFUSED)
		return err_set(e, ERR_REFUSED, _("the hub found this computer's clock, which says %s, more than a day ahead: say which day it is (livenet clock DATE)"), now);
	if (doubt == CLOCK_BACK && known == 0)
		return err_set(e, ERR_REFUSED, _("this computer's clock says %s, which cannot be: say which day it is (livenet clock DATE)"), now);
	return err_set(e, ERR_REFUSED, _("this computer's clock says %s, and the last work here was on %s: say which day it is (livenet clock DATE)"), now, then);
}

bool journal_clock_stands(const struct journal *j)
{
	int64_t known;

	return j->guarded && journal_clock_doubt(j, &known) != CLOCK_FINE;
}

static const char *const names[] = { "clock-base", "clock-boot", "clock-said", "clock-heard", "clock-at", "clock-refused" };
enum { BASE, BOOT, SAID, HEARD, AT, REFUSED };

bool journal_clock_load(struct journal *j, const char *name, int64_t value)
{
	int64_t *const fields[] = { &j->wall.base, &j->wall.boot, &j->wall.said, &j->wall.heard };

	for (int i = BASE; i <= HEARD; i++)
		if (strcmp(name, names[i]) == 0) {
			*fields[i] = value;
			return true;
		}
	if (strcmp(name, names[AT]) == 0)
		j->wall.at = (uint64_t)value;
	else if (strcmp(name, names[REFUSED]) == 0)
		j->wall.refused = value != 0;
	else
		return false;
	return true;
}

static void keep_time(const struct journal *j)
{
	if (j->guarded)
		clock_keep(is_kept(j) ? j->wall.base : 0);
}

int journal_clock_set(struct journal *j, int64_t ms, struct err *e)
{
	struct wall w = { .at = j->last_stamp };
	int64_t computer = clock_computer_ms(), far = ms - computer;

	if (ms != 0 && (ms < FIRST_MS || ms > LAST_MS))
		return err_set(e, ERR_REFUSED, _("such a time cannot be"));
	w.said = ms != 0 ? ms : computer;
	w.heard = j->wall.heard <= w.said + DATE_DAY_MS ? j->wall.heard : 0;		/* a person's word goes before the hub's clock, too */
	if (ms != 0 && (far > DATE_MINUTE_MS || far < -DATE_MINUTE_MS)) {
		w.base = ms - clock_boot_ms();
		w.boot = clock_boot();
	}
	if (journal_save_counter(j, names[BASE], w.base, e) != 0 || journal_save_counter(j, names[BOOT], w.boot, e) != 0 ||
	    journal_save_counter(j, names[SAID], w.said, e) != 0 || journal_save_counter(j, names[AT], (int64_t)w.at, e) != 0 ||
	    journal_save_counter(j, names[HEARD], w.heard, e) != 0 || journal_save_counter(j, names[REFUSED], 0, e) != 0)
		return -1;
	j->wall = w;
	keep_time(j);
	return 0;
}

int journal_clock_heard(struct journal *j, int64_t ms, struct err *e)
{
	if (ms <= j->wall.heard)
		return 0;
	if (journal_save_counter(j, names[HEARD], ms, e) != 0)
		return -1;
	j->wall.heard = ms;
	return 0;
}

int journal_clock_refused(struct journal *j, bool refused, struct err *e)
{
	if (journal_save_counter(j, names[REFUSED], refused, e) != 0)
		return -1;
	j->wall.refused = refused;
	return 0;
}

void journal_clock_guard(struct journal *j)
{
	j->guarded = true;
	keep_time(j);
}
