/* locale: the reader's language. */
#ifndef COMMANDS_LOCALE_H
#define COMMANDS_LOCALE_H

/* Takes the locale from the environment and finds the translations: in the folder `locale` beside the executable where it was built, else where
 * it was installed. */
void locale_start(void);

#endif
