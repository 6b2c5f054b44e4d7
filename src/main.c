/* livenet: the field program. Options and wiring only: with no subcommand, the screens. */
#include "base/i18n.h"
#include "commands/command.h"
#include "commands/locale.h"
#include "screens/terminal/keys_file.h"
#include "screens/terminal/keys_print.h"
#include "start.h"

#define RECORD_SYNOPSIS "add|list|show|edit|remove [ID] [--FIELD VALUE…]"

/* The table of keys, with a person's own ones in it: the screens have it, the commands do not know them. */
static int show_keys(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct buf out = BUF_INIT, faults = BUF_INIT;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (keys_file_load(&faults) > 0)
		call->status = ERR_REFUSED;
	keys_print(call->json, &out);
	rc = print_buf(&out, e);
	command_warn(call, faults.data);
	buf_release(&out);
	buf_release(&faults);
	return rc;
}

static const struct command commands[] = {
	{ "init", "--name NAME --municipality M [--role ROLE] [--key-file FILE] [--recovery-file FILE]",
	    N_("makes a store with its person's card; prints the device's fingerprint, and the recovery code this once"), command_init },
	{ "join", "--hub CARD --fingerprint \"…\" [--qr] -o FILE.join", N_("asks a hub to let this device join; prints its fingerprint"),
	    command_join },
	{ "welcome", "FILE.welcome", N_("takes the hub's answer"), command_welcome },
	{ "sync", "[--via FOLDER|--via ssh://[USER@]HOST[:PORT]]", N_("exchanges bundles with the hub through a folder or over SSH"), command_sync },
	{ "quarantine", "list|show N|release N…|delete N…|delete --all|--older-than DAYS", N_("bundles of the hub that were refused: with their reason, judged once more, deleted"),
	    command_quarantine },
	{ "leave", "[--via FOLDER] --yes", N_("destroys this store, once the hub has closed the device and has everything of it"), command_leave },
	{ "status", "[--qr]", N_("what is unsent, sent, accepted and not accepted"), command_status },
	{ "person", "join A B [--fill] | part A B | distinct A B | cards PERSON | " RECORD_SYNOPSIS, N_("people; two cards of one person"), command_person },
	{ "doubles", "", N_("cards that may be of one person, and nobody has decided"), command_doubles },
	{ "organisation", RECORD_SYNOPSIS, N_("organisations"), command_record },
	{ "seminar", "staff S [PERSON… [--part lead|trainer|guest] [--remove]] | copy S --date D [--with-list] | repeat S --every DAYS --count N [--with-list] | "
	    RECORD_SYNOPSIS, N_("seminars"), command_seminar },
	{ "sheet", "SEMINAR [--blank] [--lines N] -o FILE.pdf|--print PRINTER", N_("the sign-in sheet of a seminar, on paper"), command_sheet },
	{ "consultation", "due [--all] | " RECORD_SYNOPSIS, N_("consultations between mentor and mentee, contacts with administrations; what is due"),
	    command_consultation },
	{ "calendar", "[--all] [-o FILE.ics]", N_("planned seminars and next steps for the calendar of a telephone"), command_calendar },
	{ "mentorship", RECORD_SYNOPSIS, N_("who mentors whom"), command_record },
	{ "text", "add|list|show|edit|remove [ID] [--body-file FILE] [--FIELD VALUE…]", N_("the texts that papers are made from, by version"), command_record },
	{ "consent", "sign PURPOSE PERSON… [--date D] | forms [--seminar S|PERSON…] [--purpose P] [--blank N] -o FILE.pdf|--print PRINTER | " RECORD_SYNOPSIS, N_("consents to the use of personal data"), command_consent },
	{ "story", "submit|accept|show STORY | move STORY [--section T] [--position N] | add|list|edit|remove [ID] [--text-file F] [--FIELD VALUE…]",
	    N_("the texts of the collection"), command_story },
	{ "book", "[--format html|pdf] [-o FILE|--print PRINTER] [--draft]", N_("the accepted texts as a book"), command_book },
	{ "directory", "list [--topic T] | add|show|edit|remove [ID] [--FIELD VALUE…]", N_("consultants and experts who can be asked, and how to reach them"),
	    command_directory },
	{ "question", "answer QUESTION --text T|--text-file F | list [--unanswered] | add|show|edit|remove [ID] [--text T] [--FIELD VALUE…]",
	    N_("questions to experts, and the answers"), command_question },
	{ "course", "enrol COURSE PERSON… [--group G] | hours COURSE --date D --hours N PERSON…|--all|--group G |"
	    " complete COURSE PERSON --document N --date D [--kind K] | people COURSE | register COURSE -o FILE.pdf|--print PRINTER |"
	    " certificate COURSE [PERSON…] -o FILE.pdf|--separate FOLDER|--print PRINTER | " RECORD_SYNOPSIS,
	    N_("training: courses, who is on them, hours, documents, certificates"), command_course },
	{ "group", RECORD_SYNOPSIS, N_("groups of a course, with dates and places"), command_record },
	{ "enrolment", RECORD_SYNOPSIS, N_("who is on a course, with the provider's document"), command_record },
	{ "certificate", "add --person P [--course C] [--date D] [--hours N] [--title T] | list|show|edit|remove [ID] [--FIELD VALUE…]",
	    N_("the fund's own certificates of participation"), command_certificate },
	{ "award", "list | rule add|list|show|edit|remove [ID] [--FIELD VALUE…] | show|edit|remove ID",
	    N_("thanks: who was how active, by which calculation; the table of points; the letters that were given"), command_award },
	{ "letters", "[PERSON…|--least POINTS] -o FILE.pdf|--separate FOLDER|--print PRINTER|--dry-run", N_("letters of thanks, numbered"), command_letters },
	{ "programme", "begin --title T [--grant G] [--since D] [--until D] [--from P] | close P | use [P] | " RECORD_SYNOPSIS,
	    N_("programmes: a new one, closing one, which one is shown"), command_programme },
	{ "call", "rank|close|reopen CALL | judge CALL [PERSON… [--remove]] | decide CALL [--apply|--take-back] | protocol CALL -o FILE.pdf|--print PRINTER | " RECORD_SYNOPSIS,
	    N_("calls for applications: judges, ranking, decisions, protocol"), command_call },
	{ "criterion", RECORD_SYNOPSIS, N_("what applications are judged by"), command_record },
	{ "judge", "list|show|remove [ID]", N_("who judges which call; “call judge” names them"), command_record },
	{ "application", "score A [--criterion K --points N [--remark T]|--remove] | decide A --decision selected|reserve|refused [--reason T]|--take-back | " RECORD_SYNOPSIS,
	    N_("applications, the points that you give them, and the decisions"), command_application },
	{ "score", "list|show|remove [ID] [--filter TEXT]", N_("scores: your own, and all of them once the call is closed"), command_record },
	{ "attend", "SEMINAR [PERSON… [--absent|--registered|--remove]] [--paper [--from FILE] [--unnamed N]]",
	    N_("marks who came to a seminar; without people prints its sheet; compares it with the one on paper"), command_attend },
	{ "import", "people|seminars|attendance|applications FILE [--charset utf-8|windows-1251] [--columns|--dry-run]"
	    " [--map \"TITLE=FIELD,…\"] [--set FIELD=TEXT] [--seminar S] [--call C] [--new-people]",
	    N_("takes a list that Excel saved as CSV, or contacts of a telephone (vCard)"), command_import },
	{ "export", "KIND [--format csv|json|xlsx] [-o FILE]",
	    N_("a whole list: people, organisations, seminars, attendance, consultations or any other noun"), command_export },
	{ "municipality", "list [--filter TEXT]|show M|import FILE [--whole] [--dry-run]",
	    N_("the municipalities, with their consultants, seminars and people; another list of them"), command_municipality },
	{ "coverage", "[--by FIGURE] [--since D] [--until D] [--empty|--months]",
	    N_("what each municipality has, as a map; those that have nothing yet; by month"), command_coverage },
	{ "today", "[--seen]", N_("what is due, what is new since the last time, what is not sent"), command_today },
	{ "history", "ID", N_("what was done to a record, when and by whom"), command_history },
	{ "conflicts", "[list]|settle ID FIELD --value TEXT|--keep", N_("fields in which two edits met, and which value is right"), command_conflicts },
	{ "deletions", "[list [--waiting]]|show ID|accept ID|refuse ID", N_("many deletions of one device at once, which wait for a coordinator"), command_deletions },
	{ "refused", "[list]|again NUMBER…|again --all|drop NUMBER…|drop --all", N_("what the hub did not accept: sends it again, or drops it"), command_refused },
	{ "indicator", "list | show KEY | add|edit|remove [KEY] [--FIELD VALUE…]", N_("the programme's targets: planned, reached, and what is behind it"), command_indicator },
	{ "report", "[FIGURE] [--since D] [--until D] [--format text|html|xlsx|pdf|csv|json] [-o FILE|--print PRINTER] | file --name NAME [--since D] [--until D] | filings | compare NAME",
	    N_("the figures, how each was computed and the lists that prove them; reports that were filed, and what changed since"), command_report },
	{ "erase", "PERSON [--basis BASIS] [--document TEXT] [--requested D] [--date D] | PERSON --act FILE.pdf|FILE.html|FILE.txt",
	    N_("destroys a person's data for ever, on every device; the act that proves it"), command_erase },
	{ "erasure", "list|show|edit [ID] [--FIELD VALUE…]", N_("whose data were destroyed, why and when"), command_record },
	{ "bundle", "show|verify FILE [--operations]", N_("looks into a bundle"), command_bundle },
	{ "age", "-d -i IDENTITY [-o RESULT] FILE", N_("opens an age file; exit status 11 to 14 tells why not"), command_age },
	{ "check", "", N_("opens every page of the store and compares the records with the journal and the bundles; says what it looked at"), command_check },
	{ "backup", "FILE", N_("a sealed copy of the store, without the key file, checked before it is called one"), command_backup },
	{ "passphrase", "[--new-passphrase-file FILE]", N_("changes the store's passphrase"), command_passphrase },
	{ "recover", "--test | [--recovery-file FILE] [--new-passphrase-file FILE]", N_("a new passphrase in place of a forgotten one, by the recovery code or a key file; tests the code"),
	    command_recover },
	{ "key", "list | add-file FILE | remove N | recovery [--recovery-file FILE]",
	    N_("what opens the store: shows it, adds a key file, takes a key away, makes a new recovery code"), command_key },
	{ "keys", "", N_("the keys of the screens, with what the file of your own keys changes"), show_keys },
	{ "setting", "[NAME [VALUE]]", N_("language, looks, first screen, mouse: shows or sets them"), command_setting },
	{ "clock", "[DATE [TIME]|--computer]", N_("what time it is for the store; says it where the computer's clock is wrong"), command_clock },
	{ "stores", "", N_("the stores on this computer, by person"), command_stores },
	{ "demonstration", "FOLDER", N_("makes the demonstration region in a new folder"), command_demonstration },
	{ NULL, NULL, NULL, NULL }
};

static const struct program program = {
	.name = "livenet",
	.summary = N_("The tool of the consultants of the Living Network of NPOs. Without a command: the screens."),
	.commands = commands,
	.hub = false,
	.no_command = start_screens,
};

int main(int argc, char **argv)
{
	locale_start();
	return command_main(&program, argc, argv);
}
