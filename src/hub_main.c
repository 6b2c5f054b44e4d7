/* livenet-hub: the regional hub. Options and wiring only. */
#include <locale.h>

#include "base/i18n.h"
#include "commands/command.h"
#include "commands/locale.h"

/* The hub keeps what the devices send; a coordinator edits in livenet. */
#define RECORD_SYNOPSIS "list [--filter TEXT]|show ID"

static const struct command commands[] = {
	{ "init", "--name NAME [--key-file FILE] [--recovery-file FILE]", N_("makes the hub's store; prints its fingerprint, and the recovery code this once"), command_hub_init },
	{ "card", "[--qr] [-o FILE]", N_("writes the hub's card, which devices join with, and prints its fingerprint"), command_hub_card },
	{ "pending", "[FILE.join…]", N_("lists the requests to join; files named are added first"), command_hub_pending },
	{ "approve", "FILE.join --fingerprint \"…\" --role ROLE [--municipality M] [--person ID] [--revoke DEVICE] -o FILE.welcome",
	    N_("lets a device join; the fingerprint is what its person said"), command_hub_approve },
	{ "roster", "[DEVICE --minisign [-o FILE]]", N_("lists the devices; with --minisign gives out one device's public key"),
	    command_hub_roster },
	{ "collect", "FOLDER [--watch [--every MINUTES]]", N_("takes the devices' bundles out of a folder and leaves receipts and feeds there; with --watch whenever something comes, until it is ended"),
	    command_hub_collect },
	{ "exchange", "[--device ID]", N_("the hub's end of an exchange over SSH, as a key's forced command runs it"), command_hub_exchange },
	{ "quarantine", "list|show N|release N…|delete N…|delete --all|--older-than DAYS", N_("what was refused: with its reason, judged once more, deleted"), command_quarantine },
	{ "limits", "[--reserve MIB]", N_("what files and devices can cost the hub at most; how much of its disk is left free"), command_hub_limits },
	{ "clock", "[DATE [TIME]|--computer]", N_("what time it is for the store; says it where the computer's clock is wrong"), command_clock },
	{ "indicator", "list | show KEY", N_("the programme's targets: planned, reached, and what is behind it"), command_indicator },
	{ "report", "[FIGURE] [--since D] [--until D] [--format text|html|xlsx|pdf|csv|json] [-o FILE|--print PRINTER] | filings | compare NAME",
	    N_("the figures, how each was computed and the lists that prove them; reports that were filed, and what changed since"), command_report },
	{ "revoke", "DEVICE [--after-seq N] [--review] [--changes FILE.csv|FILE.json] [--people FILE.csv|FILE.json]",
	    N_("takes nothing more from a device and gives it nothing; lists what it did and whose data it held"), command_hub_revoke },
	{ "retire", "DEVICE --to PERSON [--without-last]", N_("closes a device whose person leaves: the last bundle, and the work goes over"), command_hub_retire },
	{ "unreachable", "DEVICE --reason TEXT|--expected", N_("nothing is expected of a device any more, for a reason that acts of destruction print"), command_hub_unreachable },
	{ "restored", "", N_("said once when the store was put back from its backup: every device sends again what it does not know"), command_hub_restored },
	{ "erase", "PERSON --act FILE.pdf|FILE.html|FILE.txt", N_("the act of the destruction of a person's data"), command_erase },
	{ "erasure", RECORD_SYNOPSIS, N_("whose data were destroyed, why and when"), command_record },
	{ "key", "list | add-file FILE | remove N | recovery [--recovery-file FILE] | identity -o FILE",
	    N_("what opens the store: shows it, adds a key file, takes a key away, makes a new recovery code; gives out the age identity"), command_key },
	{ "passphrase", "[--new-passphrase-file FILE]", N_("sets the store's passphrase, or another one"), command_passphrase },
	{ "recover", "--test | [--key-file NEW|--new-passphrase-file FILE] [--recovery-file FILE]",
	    N_("tests the recovery code; or makes a new key file with it, where the old one is lost"), command_recover },
	{ "backup", "FILE", N_("a sealed copy of the store, without the key file, checked before it is called one"), command_backup },
	{ "bundle", "show|verify FILE [--operations]", N_("looks into a bundle"), command_bundle },
	{ "person", RECORD_SYNOPSIS, N_("people"), command_record },
	{ "organisation", RECORD_SYNOPSIS, N_("organisations"), command_record },
	{ "seminar", RECORD_SYNOPSIS, N_("seminars"), command_record },
	{ "consultation", RECORD_SYNOPSIS, N_("consultations between mentor and mentee"), command_record },
	{ "story", RECORD_SYNOPSIS, N_("the texts of the collection"), command_story },
	{ "directory", RECORD_SYNOPSIS, N_("consultants and experts who can be asked, and how to reach them"), command_directory },
	{ "question", RECORD_SYNOPSIS, N_("questions to experts, and the answers"), command_question },
	{ "mentorship", RECORD_SYNOPSIS, N_("who mentors whom"), command_record },
	{ "consent", RECORD_SYNOPSIS, N_("consents to the use of personal data"), command_consent },
	{ "call", "rank|judge CALL | protocol CALL -o FILE.pdf|--print PRINTER | " RECORD_SYNOPSIS, N_("calls for applications: judges, ranking, protocol"), command_call },
	{ "criterion", RECORD_SYNOPSIS, N_("what applications are judged by"), command_record },
	{ "application", RECORD_SYNOPSIS, N_("applications, and what was decided"), command_application },
	{ "score", RECORD_SYNOPSIS, N_("scores, once the call is closed"), command_record },
	{ "course", "people COURSE | register COURSE -o FILE.pdf|--print PRINTER | " RECORD_SYNOPSIS, N_("training: courses, who is on them"), command_course },
	{ "group", RECORD_SYNOPSIS, N_("groups of a course, with dates and places"), command_record },
	{ "enrolment", RECORD_SYNOPSIS, N_("who is on a course, with the provider's document"), command_record },
	{ "certificate", RECORD_SYNOPSIS, N_("the fund's own certificates of participation"), command_record },
	{ "award", "list | rule list|show [ID] | show ID", N_("thanks: who was how active, by which calculation; the table of points; the letters that were given"),
	    command_award },
	{ "programme", RECORD_SYNOPSIS, N_("programmes"), command_record },
	{ "export", "KIND [--format csv|json] [-o FILE]", N_("a whole list: people, organisations, seminars, attendance, consultations, mentorships, consents, programmes"),
	    command_export },
	{ "conflicts", "[list]", N_("fields in which two edits met"), command_conflicts },
	{ "deletions", "[list [--waiting]]|show ID", N_("many deletions of one device at once, which wait for a coordinator"), command_deletions },
	{ "history", "ID", N_("what was done to a record, when and by whom"), command_history },
	{ "municipality", "list [--filter TEXT]|show M", N_("the municipalities, with their consultants, seminars and people"), command_municipality },
	{ "check", "", N_("opens every page of the store and compares the records with the journal and the bundles; says what it looked at"), command_check },
	{ NULL, NULL, NULL, NULL }
};

static const struct program program = {
	.name = "livenet-hub",
	.summary = N_("The regional hub of the Living Network of NPOs."),
	.commands = commands,
	.hub = true,
};

int main(int argc, char **argv)
{
	locale_start();
	return command_main(&program, argc, argv);
}
