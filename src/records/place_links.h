/* place_links: what belongs to an organisation, and to a municipality (its code is the id). All by index: a municipality may be a city. */
#ifndef RECORDS_PLACE_LINKS_H
#define RECORDS_PLACE_LINKS_H

#include "records/link.h"
#include "records/municipality.h"

/* People of an organisation by name; code: the post; other: the role in the current programme. */
link_list organisation_people;

/* Seminars in a municipality, the newest first; date; code: the status; other: the place. */
link_list municipality_seminars;

/* Who works in the current programme and is from a municipality: all roles but participants; code: the role; other: the organisation. */
link_list municipality_staff;

/* Contacts with the administration of a municipality, the newest first; name: the topic; date; code: the form; other: the official's name, "" where none is named. */
link_list municipality_contacts;

/* What is known of a municipality; successor: the code of what it is part of now, or "". -1, ERR_REFUSED: there is no such code. */
struct municipality_facts { char kind[16], centre[128], successor[MUNICIPALITY_CODE_SIZE]; int64_t people; };
int municipality_facts(struct store *s, const char *code, struct municipality_facts *out, struct err *e);

#endif
