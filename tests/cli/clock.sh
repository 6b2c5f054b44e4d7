#!/usr/bin/env bash
# A computer's clock that jumped: no change is taken until somebody says what day it is, and what the hub refused for its time is given anew.
. "$(dirname "$0")/lib.sh"

# Another time for one program: seconds by which the computer's clock is wrong.
cat > wrong.c <<'C'
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t which, struct timespec *t)
{
	const char *off = getenv("WRONG_BY");
	int rc = (int)syscall(SYS_clock_gettime, which, t);
	if (rc == 0 && which == CLOCK_REALTIME && off)
		t->tv_sec += atoll(off);
	return rc;
}
C
if ! ${CC:-cc} -shared -fPIC -o wrong.so wrong.c 2> /dev/null; then
	echo '1..0 # SKIP no compiler'
	exit 0
fi
day=86400
wrong() {
	local by=$1
	shift
	WRONG_BY=$by LD_PRELOAD=$work/wrong.so ASAN_OPTIONS=verify_asan_link_order=0:${ASAN_OPTIONS-} "$@"
}
on_wrong() {
	local by=$1 device=$2
	shift 2
	wrong "$by" livenet --store "$device.ldb" --key-file "$device.key" "$@"
}
to_2010=$(($(date -d 2010-01-01 +%s) - $(date +%s)))

new_hub
new_device a "Хасанова Гузель"
enrol a
travel a
today=$(TZ=UTC-5 date +%d.%m.%Y)
is "the clock is not in doubt" "$(on a clock --json | json .doubt)" no

# --- the battery is empty ---
refused 1 "a change in 2010 is refused" on_wrong "$to_2010" a person add --name "Раннее Дело" --municipality 80618000
like "and says what the clock says" "$err" '01\.01\.2010.*livenet clock'
like "and nothing else before it" "$err" '^livenet: this computer'
exits 0 "reading goes on" on_wrong "$to_2010" a person list
exits 0 "the doubt is told" on_wrong "$to_2010" a clock --json
is "as one" "$(json .doubt <<< "$out")" back
exits 0 "the date is said" on_wrong "$to_2010" a clock "$today" "14:30"
like "and holds" "$out" "now	$today 14:3"
id=$(on_wrong "$to_2010" a person add --name "Раннее Дело" --municipality 80618000)
like "a change is taken" "$id" '-'
exits 0 "the computer's clock was put right" on a clock --json
like "the person's word holds until the computer starts anew" "$(json .now <<< "$out")" 'T09:3'
exits 0 "or until it is taken back" on a clock --computer
is "a wrong word is refused" "$(on a clock 31.02.2020 > /dev/null 2>&1; echo $?)" 1
is "so is a time before there was such a program" "$(on a clock 01.01.2010 > /dev/null 2>&1; echo $?)" 1
travel a
is "all is accepted" "$(on a status --json | jq -c '[.unsent, .not_accepted]')" "[0,0]"

# --- a week ahead ---
ahead=$((7 * day))
id=$(on_wrong $ahead a person add --name "Позднее Дело" --municipality 80618000)
on_wrong $ahead a person edit "$id" --post "учитель"
on_wrong $ahead a sync --via stick > /dev/null
holds "the hub collects" hub collect stick
exits 0 "the receipt comes" on_wrong $ahead a sync --via stick
like "and the date is asked for" "$err" "what day it is"
refused 1 "no change is taken now" on_wrong $ahead a person add --name "Третье Дело" --municipality 80618000
exits 0 "the date is said" on_wrong $ahead a clock "$today"
like "and what was refused is given anew" "$err" ": [234]\$"
on_wrong $ahead a sync --via stick > /dev/null
holds "the hub collects" hub collect stick
on_wrong $ahead a sync --via stick > /dev/null
is "all is accepted" "$(on a status --json | jq -c '[.unsent, .sent, .not_accepted]')" "[0,0,0]"
is "the hub has it" "$(hub person show "$id" --json | json .post)" "учитель"
exits 0 "check at the device" on a check
exits 0 "check at the hub" hub check

# --- a long leave ---
on a clock --computer > /dev/null
refused 1 "half a year later the date is asked for" on_wrong $((180 * day)) a person add --name "Четвёртое Дело" --municipality 80618000
exits 0 "it is so" on_wrong $((180 * day)) a clock --computer
exits 0 "and work goes on" on_wrong $((180 * day)) a person add --name "Четвёртое Дело" --municipality 80618000
finish
