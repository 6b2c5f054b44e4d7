/* i18n: every text that a person sees goes through gettext. Language English in the code, Russian in po/ru.po. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)			/* marked for translation, translated where it is shown */
#define P_(one, many, n) ngettext((one), (many), (unsigned long)(n))

#endif
