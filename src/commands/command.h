/* command: a subcommand of either program. Both programs parse the common options the same way (command_main), find the subcommand in a
 * table of theirs, and leave printing of errors and the exit status to it. A command prints results to standard output
 * and nothing else; what went wrong goes back through *e. */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

struct invocation;

struct command {
	const char *name;
	const char *synopsis;		/* what follows the name on the command line */
	const char *summary;		/* N_(): one line for --help */
	int (*run)(struct invocation *call, struct err *e);
};

struct program {
	const char *name;			/* "livenet" or "livenet-hub" */
	const char *summary;			/* N_() */
	const struct command *commands;		/* ends with name NULL */
	bool hub;				/* opens only a hub's store; the other opens only a field store */
	int (*no_command)(struct invocation *call, struct err *e);	/* no subcommand given; NULL: a usage error */
};

/* One run of a program. */
struct invocation {
	const struct program *program;
	const struct command *command;
	char *store_path;		/* from --store, LIVENET_STORE, or $XDG_DATA_HOME/livenet/store.ldb (hub.ldb); owned */
	char *passphrase_file, *key_file;	/* from options, else the environment; NULL: none; owned */
	bool usual_place;		/* the store's path is the default one: its folder is made when it is missing */
	bool json;
	int argc;			/* words after the subcommand that are not common options */
	char **argv;
	struct buf passphrase;		/* wiped at the end */
	struct store *store;		/* open after invocation_open; closed by command_main */
	int status;			/* exit status when run() returns 0 and yet something is to be told: e.g. ERR_HUB_REFUSED; 0 */
};

/* Parses, runs, prints the error as "program: text", returns the exit status. The only caller is main(). */
int command_main(const struct program *program, int argc, char **argv);

/* Opens the store of the call (once). Asks for the passphrase when neither a key file nor a passphrase file opens it and there is a terminal. */
int invocation_open(struct invocation *call, struct err *e);
/* Closes it, and wipes the passphrase that was read for it: invocation_open can come again, and reads it again. */
void invocation_close(struct invocation *call);
/* Makes the folder of a store in its usual place; one that the caller chose must exist. */
int invocation_place(struct invocation *call, struct err *e);
/* Closes what is open and turns to the store in its usual place, opened by a passphrase. */
void invocation_usual(struct invocation *call);
/* What to create or open a store with. The strings live in `call` until the end; `confirm` asks a new passphrase twice. */
int invocation_key(struct invocation *call, bool confirm, struct store_key *key, struct err *e);

/* Asks on the terminal without echo; ERR_PASSPHRASE when there is no terminal. Appends to out, which the caller wipes. */
int passphrase_ask(const char *prompt, struct buf *out, struct err *e);
/* The first line of a file. */
int passphrase_read(const char *path, struct buf *out, struct err *e);
/* A new passphrase for an open store, out of a file or asked twice (NULL); a weak one is refused. */
int passphrase_set(struct store *s, const char *path, struct err *e);
/* As passphrase_ask, with what is typed to be seen: fifty digits are copied from paper. */
int recovery_ask(const char *prompt, struct buf *out, struct err *e);

/* A new recovery code: to `path`, a new file (0600), or to standard error (NULL), this once. recovery_place: whether that file can be made, asked first. */
int recovery_place(const char *path, struct err *e);
int recovery_make(struct invocation *call, const char *path, struct err *e);

/* --- words of a subcommand --- */
/* Takes "--name value" or "--name=value" out of the call's words; NULL when absent. The value stays valid. A missing value: *e and failed. */
struct option { const char *name; const char **value; bool *flag; };	/* value or flag; ends with name NULL */
/* Takes the given options out of call->argv; a word beginning with "--" that is not among them: ERR_USAGE naming it. "--" ends options. */
int invocation_options(struct invocation *call, const struct option *options, struct err *e);
/* Number of remaining words is within [least, most] (most < 0: any), else ERR_USAGE with the synopsis. */
int invocation_words(struct invocation *call, int least, int most, struct err *e);

/* Something that went wrong and does not stop the command, to standard error: each line with the program's name before it. */
void command_warn(const struct invocation *call, const char *lines);

/* Which programme a list or a count shows, to standard error, so that what is piped stays what it is: where there are several, or the current one is closed. Nothing
 * with --json, whose objects say it themselves. */
void command_tell_programme(const struct invocation *call);

/* The fields of a type of record, for --help; nothing for another command. */
void record_help(const struct command *c, FILE *to);

/* Writes to standard output; -1 (ERR_REFUSED) when it cannot. */
int print_buf(const struct buf *b, struct err *e);
int print_text(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Writes a result to -o FILE (durably), or to standard output for NULL or "-". */
int write_result(const char *path, const struct buf *b, unsigned mode, struct err *e);

/* A fingerprint as a QR code to standard output; where none can be shown, standard error says why, and that is no failure. */
int command_show_qr(struct invocation *call, const char *text, struct err *e);

/* Where a paper of a subcommand goes: options -o FILE and --print [PRINTER]. `personal`: open personal data leave the store, which standard error is told. */
struct delivery_options { const char *path, *printer; };
int command_deliver(struct invocation *call, const struct delivery_options *to, const char *title, const struct buf *document, bool personal, struct err *e);

/* Writes what has passed the gate (write_result, 0600) and tells whom it kept back, and that open personal data left the store. */
struct consent_gate;
int command_let_out(struct invocation *call, const char *path, const struct buf *document, struct consent_gate *gate, struct err *e);

/* Makes a store with its person's own card; what the first-run screen and `init` share. On failure nothing is left behind. */
int init_store(const char *path, const struct store_key *key, const char *name, const char *municipality, const char *role,
    struct store **out, struct err *e);

/* One table a group of subcommands; main.c and hub_main.c put them together. */
int command_init(struct invocation *call, struct err *e);
int command_record(struct invocation *call, struct err *e);		/* one type of record, by the command's name: add list show edit remove */
int command_person(struct invocation *call, struct err *e);		/* the same, and join part distinct cards */
int command_doubles(struct invocation *call, struct err *e);
int command_consent(struct invocation *call, struct err *e);		/* the same, and sign, forms */
int command_story(struct invocation *call, struct err *e);		/* the same, and submit accept move */
int command_book(struct invocation *call, struct err *e);
int command_directory(struct invocation *call, struct err *e);
int command_question(struct invocation *call, struct err *e);		/* the same, and answer */
int command_course(struct invocation *call, struct err *e);		/* the same, and enrol hours complete people register certificate */
int command_certificate(struct invocation *call, struct err *e);	/* the same; add gives the number */
int command_award(struct invocation *call, struct err *e);		/* list: activity; rule; show edit remove of letters */
int command_letters(struct invocation *call, struct err *e);
int command_call(struct invocation *call, struct err *e);		/* calls of the selection: the same, judge, close, reopen, rank, decide, protocol */
int command_application(struct invocation *call, struct err *e);	/* the same, score, decide */
int command_attend(struct invocation *call, struct err *e);
int command_seminar(struct invocation *call, struct err *e);		/* the same, and staff, copy, repeat */
int command_consultation(struct invocation *call, struct err *e);	/* the same, and due */
int command_calendar(struct invocation *call, struct err *e);
int command_sheet(struct invocation *call, struct err *e);
int command_import(struct invocation *call, struct err *e);
int command_export(struct invocation *call, struct err *e);
int command_join(struct invocation *call, struct err *e);
int command_welcome(struct invocation *call, struct err *e);
int command_sync(struct invocation *call, struct err *e);
int command_leave(struct invocation *call, struct err *e);		/* the last step of a device that is retired */
int command_status(struct invocation *call, struct err *e);
int command_conflicts(struct invocation *call, struct err *e);
int command_refused(struct invocation *call, struct err *e);		/* what the hub did not accept: list again drop */
int command_deletions(struct invocation *call, struct err *e);
int command_history(struct invocation *call, struct err *e);
int command_today(struct invocation *call, struct err *e);
int command_programme(struct invocation *call, struct err *e);		/* the same, and begin close use */
int command_municipality(struct invocation *call, struct err *e);	/* list show import */
int command_coverage(struct invocation *call, struct err *e);
int command_indicator(struct invocation *call, struct err *e);		/* the same; list and show tell what is reached */
int command_report(struct invocation *call, struct err *e);
int command_erase(struct invocation *call, struct err *e);		/* at the hub the act alone */
int command_bundle(struct invocation *call, struct err *e);
int command_age(struct invocation *call, struct err *e);
int command_quarantine(struct invocation *call, struct err *e);		/* list show release delete */
int command_clock(struct invocation *call, struct err *e);		/* what day it is, where the computer does not know */
int command_stores(struct invocation *call, struct err *e);
int command_check(struct invocation *call, struct err *e);
int command_backup(struct invocation *call, struct err *e);
int command_passphrase(struct invocation *call, struct err *e);
int command_recover(struct invocation *call, struct err *e);		/* by the recovery code, or a key file */
int command_key(struct invocation *call, struct err *e);		/* list add-file remove recovery, and at the hub identity */
int command_setting(struct invocation *call, struct err *e);
int command_demonstration(struct invocation *call, struct err *e);	/* makes the demonstration region in a folder */

int command_hub_init(struct invocation *call, struct err *e);
int command_hub_card(struct invocation *call, struct err *e);
int command_hub_pending(struct invocation *call, struct err *e);
int command_hub_approve(struct invocation *call, struct err *e);
int command_hub_roster(struct invocation *call, struct err *e);
int command_hub_collect(struct invocation *call, struct err *e);		/* once, or with --watch until it is ended */
int command_hub_exchange(struct invocation *call, struct err *e);
int command_hub_restored(struct invocation *call, struct err *e);
int command_hub_limits(struct invocation *call, struct err *e);
int command_hub_key(struct invocation *call, struct err *e);
int command_hub_unreachable(struct invocation *call, struct err *e);
int command_hub_revoke(struct invocation *call, struct err *e);
int command_hub_retire(struct invocation *call, struct err *e);

#endif
