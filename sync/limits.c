#include "sync/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "base/fsutil.h"
#include "base/i18n.h"

#define MIB ((int64_t)1 << 20)
#define SETTING_RESERVE "reserve_mib"
#define RESERVE_MAX ((int64_t)1 << 30)		/* MiB: a petabyte */

int limits_each(struct store *s, limit_fn each, void *context, struct err *e)
{
	const struct limit limits[] = {
		{ "bundle", BUNDLE_PAYLOAD_MAX / MIB, "MiB", _("one bundle as a file") },
		{ "expanded", (int64_t)FRAME_EXPANDED_MAX / MIB, "MiB", _("one bundle expanded") },
		{ "ratio", FRAME_RATIO_MAX, "", _("how many times larger a bundle becomes when it is expanded, beyond 16 MiB") },
		{ "line", (int64_t)BUNDLE_LINE_MAX / MIB, "MiB", _("one record of a bundle") },
		{ "parked", PARKED_FILES, "", _("bundles of one device that wait for a missing one") },
		{ "parked-size", PARKED_BYTES / MIB, "MiB", _("the same, their bytes") },
		{ "parked-days", PARKED_LIFE_MS / DATE_DAY_MS, "days", _("so long they wait") },
		{ "quarantine", QUARANTINE_FILES, "", _("refused files of which something is known") },
		{ "quarantine-size", QUARANTINE_BYTES / MIB, "MiB", _("refused files that are kept") },
		{ "quarantine-share", QUARANTINE_SHARE_FILES, "", _("the same of one device, or of all that nobody signed") },
		{ "quarantine-share-size", QUARANTINE_SHARE_BYTES / MIB, "MiB", _("the same, their bytes") },
		{ "quarantine-days", QUARANTINE_LIFE_MS / DATE_DAY_MS, "days", _("so long a refused file is kept; after that its signature alone") },
		{ "requests", REQUESTS_WAITING, "", _("requests to join that wait for approval") },
		{ "requests-days", REQUEST_LIFE_MS / DATE_DAY_MS, "days", _("so long they wait") },
		{ "files", ROUND_FILES, "", _("files of one device that one round looks at") },
		{ "unheard-days", UNHEARD_MS / DATE_DAY_MS, "days", _("for a device that was not heard of for so long only a few bundles are kept until it is") },
		{ "unheard", UNHEARD_BUNDLES, "", _("so many") },
		{ "reserve", limits_reserve(s), "MiB", _("with less free on the disk the hub takes nothing more; 0: it always does") },
	};
	int result = 0;

	for (size_t i = 0; i < sizeof limits / sizeof *limits && result == 0; i++)
		result = each(context, &limits[i], e);
	return result;
}

int64_t limits_reserve(struct store *s)
{
	char *text = store_setting(s, SETTING_RESERVE);
	int64_t mib = text != NULL ? atoll(text) : RESERVE_MIB;

	free(text);
	return mib >= 0 && mib <= RESERVE_MAX ? mib : RESERVE_MIB;
}

int limits_set_reserve(struct store *s, int64_t mib, struct err *e)
{
	char text[24];

	if (mib < 0 || mib > RESERVE_MAX)
		return err_set(e, ERR_REFUSED, _("reserve: a number of MiB from 0 to %lld"), (long long)RESERVE_MAX);
	snprintf(text, sizeof text, "%lld", (long long)mib);
	return store_set_setting(s, SETTING_RESERVE, text, e);
}

int limits_room(struct store *s, struct err *e)
{
	int64_t reserve = limits_reserve(s), available;
	char *folder = fs_dirname(store_path(s));
	struct statvfs v;
	int result = statvfs(folder, &v);

	free(folder);
	/* Some network file systems do not say: then the disk itself has the last word. */
	if (result != 0 || reserve == 0 || v.f_blocks == 0)
		return 0;
	available = (int64_t)((uint64_t)v.f_bavail * v.f_frsize / (uint64_t)MIB);
	if (available >= reserve)
		return 0;
	return err_set(e, ERR_REFUSED, _("the disk of the hub is nearly full, %lld MiB are free and %lld are its reserve: nothing more is taken until there is room"),
	    (long long)available, (long long)reserve);
}
