/* greeting: how a letter speaks to a person: «Уважаемая Гульнара Рашитовна!». Names stand in the store as «Фамилия Имя Отчество»; whether it is a man or a woman
 * follows from the patronymic (-вна, -чна, ҡыҙы, кызы; -вич, -ич, улы, углы), without one from the surname (-ова, -ская; -ов, -ский), and then the whole name is said.
 * Where that leaves a doubt, «Уважаемый(ая)» and the whole name:
 * a letter shall rather be stiff than wrong. Letters are Russian whatever the language of the screens. */
#ifndef RECORDS_GREETING_H
#define RECORDS_GREETING_H

#include "base/buf.h"

void greeting(const char *name, struct buf *out);

#endif
