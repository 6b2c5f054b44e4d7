/* language: which language the words come in: as the system says, or the one that a person chose. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

/* `choice`: "ru", "en", or "system" for what the environment said when the program began. From the next text on; texts that gettext gave before stay as
 * they are. Needs a locale of UTF-8, since the locale "C" has no translations at all. */
void language_choose(const char *choice);

/* One text in a language that need not be the chosen one. */
const char *language_word(const char *language, const char *text);

#endif
