/* locale: the reader's language. */
#ifndef COMMANDS_LOCALE_H
#define COMMANDS_LOCALE_H

/* Takes the locale from the environment, and the language from the person's preferences where they name one. Finds the translations: in the folder
 * `locale` beside the executable where it was built, else where it was installed. A locale of UTF-8 that the system has not made is done without: its
 * language counts all the same. */
void locale_start(void);

#endif
