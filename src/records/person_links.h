/* person_links: what belongs to one person. */
#ifndef RECORDS_PERSON_LINKS_H
#define RECORDS_PERSON_LINKS_H

#include "records/link.h"

/* Each mentor once, those who still are first; date: since; code: until, or "" where a mentorship lasts. The mentees likewise. */
link_list person_mentors, person_mentees;

/* Seminars on whose sheet the person stands, the newest first; date; code: the mark (attendance_states); other: the seminar's status. */
link_list person_seminars;

/* Seminars that the person leads, the newest first; date; code: the status; other: the place. */
link_list person_led;

/* Consultations as mentee or mentor, the newest first; name: the topic; date; code: the form; other: the name of the other person. */
link_list person_consultations;

/* Applications, the newest first; name: the call's title; date: received on; code: the decision; other: the state. */
link_list person_applications;

/* Texts of the collection that the person wrote, in the book's order; name: the title; code: the state (story_states); other: the kind (story_kinds). */
link_list person_stories;

/* Questions that the person asked, or was asked, the newest first; name: the topic; date; code: "yes" where it is answered; other: the name of the other one. */
link_list person_asked, person_questions;

/* The entry in the directory; name: the topics; code: "yes" where others may see it. */
link_list person_directory;

/* Courses that the person is on, the newest first; name: the course; date: when it was completed; code: the state (enrolment_states); other: the document's number. */
link_list person_courses;

/* Papers of the fund: certificates and letters of thanks, the newest first; name: "certificate" or "letter"; date; code: the number; other: what it is for. */
link_list person_papers;

#endif
