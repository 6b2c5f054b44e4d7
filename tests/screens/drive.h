/* drive: screens without a terminal, for tests: keys by name go in, the picture comes out as text. Russian, a frozen clock, a store with a small region of
 * generated people. */
#ifndef TESTS_SCREENS_DRIVE_H
#define TESTS_SCREENS_DRIVE_H

#include "base/buf.h"
#include "records/record.h"
#include "screens/parts/loop.h"

/* Ids of the records that the tests speak of. */
struct region {
	struct store *store;
	char me[RECORD_ID_SIZE];		/* Хасанова Гузель Рашитовна, consultant */
	char seminar[RECORD_ID_SIZE];		/* 14.02.2020, «Как открыть НКО», 10 places */
};

/* Once a program: the language and the time, 14.02.2020 14:20. False (with a failed check) when the translations cannot be built. */
bool drive_start(void);
/* The place where drive_open begins from now on: "people" after drive_start, "home" … (preferences.h). */
bool drive_start_at(const char *place);

/* A new store with nothing in it. (new_store() of records.h counts in each file anew.) */
struct store *drive_store(void);
/* A new store with the region. */
struct region drive_region(void);

void drive_open(struct loop *l, struct store *s, int height, int width);	/* at that place, over the home screen */
void drive_close(struct loop *l);
void drive_draw(struct loop *l);		/* the picture; where only its marker moved, it is compared with one drawn anew */

/* Keys by name, separated by blanks: "F3 Down Enter". */
void press(struct loop *l, const char *keys);
/* A text, character by character, as from a keyboard. Returns how many keys that were. */
int type(struct loop *l, const char *text);
/* An action by its stable name, as if its key had been pressed. */
void act_on(struct loop *l, const char *action);

/* The picture as text, the cursor's place in a last line. Appends. */
void picture(struct loop *l, struct buf *out);
/* True when the picture contains the text. */
bool sees(struct loop *l, const char *text);

/* The words from now on: "ru" or "en". */
void speak(const char *language);

/* Where the picture is more than text: each row's stretches of a role, with the role's look in colours and without. Appends. */
void looks(struct loop *l, struct buf *out);

/* Compares a text with tests/screens/golden/<name>.txt; TEST_UPDATE=1 in the environment writes it instead. */
void golden_text(const char *name, const struct buf *now);

/* Compares the picture with tests/screens/golden/<name>.txt; TEST_UPDATE=1 in the environment writes it instead. */
void golden(struct loop *l, const char *name);

#endif
