/* figure_core: the SQL of each kind of figure: its core (figure_sql.h), and around the core what its lines say. Included by figure*.c alone. */
#ifndef FIGURES_FIGURE_CORE_H
#define FIGURES_FIGURE_CORE_H

/* What the count of a line is of. */
enum figure_tell { TELL_NOTHING, TELL_CAME, TELL_VISITS, TELL_UNNAMED, TELL_PEOPLE, TELL_SEMINARS, TELL_MINUTES, TELL_HOURS, TELL_MENTEES, TELL_MENTORS, TELL_TEXTS,
	TELL_COURSES, TELL_LED };

struct figure_core {
	const char *kind;
	enum figure_tell tell;
	const char *core;		/* → id, many, number */
	/* Around "(core) c": what stands before and after it. → id, name, date, municipality, many, text, number, names withheld */
	const char *select, *order;
};

extern const struct figure_core figure_cores[];		/* ends with kind NULL */

#endif
