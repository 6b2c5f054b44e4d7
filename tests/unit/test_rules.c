#include "tests/unit/region.h"

#include "base/json.h"
#include "records/consent.h"
#include "store/dictionary.h"
#include "sync/rights.h"
#include "sync/rights_private.h"
#include "sync/rules.h"

static const char *const words[] = { "no", "any", "all", "held", "own", "parts", "place", "led", "mentor", "talk", "person", "staff", "apply", "score", "story", "entry", "hold", "ask" };

/* Every cell, said again in words: insert, update, erase for consultant and expert; a coordinator may
 * everything but erase what is no person. */
static void test_cells(void)
{
	static const struct { const char *table, *consultant[3], *expert[3]; } want[] = {
		{ "programme", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "organisation", { "any", "held", "no" }, { "any", "held", "no" } },
		{ "person", { "any", "held", "no" }, { "any", "held", "no" } },
		{ "participation", { "parts", "held", "no" }, { "parts", "held", "no" } },
		{ "mentorship", { "mentor", "own", "no" }, { "mentor", "own", "no" } },
		{ "seminar", { "place", "held", "no" }, { "led", "held", "no" } },
		{ "attendance", { "parts", "held", "no" }, { "parts", "held", "no" } },
		{ "consultation", { "talk", "talk", "no" }, { "talk", "talk", "no" } },
		{ "consent", { "person", "person", "no" }, { "person", "person", "no" } },
		{ "call", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "judge", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "application", { "apply", "apply", "no" }, { "apply", "apply", "no" } },
		{ "score", { "score", "score", "no" }, { "score", "score", "no" } },
		{ "certificate", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "seminar_staff", { "staff", "held", "no" }, { "staff", "held", "no" } },
		{ "story", { "story", "story", "no" }, { "story", "story", "no" } },
		{ "directory_entry", { "entry", "entry", "no" }, { "entry", "entry", "no" } },
		{ "question", { "ask", "ask", "no" }, { "ask", "ask", "no" } },
		{ "indicator", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "territory", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "criterion", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "course", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "course_group", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "enrolment", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "study_day", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "template", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "award_rule", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "award", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "filing", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "filing_part", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "erasure", { "no", "no", "no" }, { "no", "no", "no" } },
		{ "person_link", { "parts", "held", "no" }, { "parts", "held", "no" } },
	};
	static const int kinds[] = { OPERATION_INSERT, OPERATION_UPDATE, OPERATION_ERASE };

	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		for (int k = 0; k < 3; k++) {
			CHECK_STR(words[rule_for(ROLE_CONSULTANT, want[i].table, kinds[k])],
			    want[i].consultant[k]);
			CHECK_STR(words[rule_for(ROLE_EXPERT, want[i].table, kinds[k])], want[i].expert[k]);
			CHECK_STR(words[rule_for(ROLE_COORDINATOR, want[i].table, kinds[k])],
			    kinds[k] == OPERATION_ERASE && strcmp(want[i].table, "person") != 0 ? "no" : "all");	/* people alone can be erased */
		}
	CHECK_INT(rule_for(ROLE_COORDINATOR, "number_block", OPERATION_INSERT), RULE_NO);	/* the hub's own */
	CHECK_INT(rule_for(ROLE_COORDINATOR, "secret", OPERATION_INSERT), RULE_NO);
	CHECK_INT(rule_for(ROLE_COORDINATOR, "person", 2), RULE_NO);
	CHECK_INT(rule_role("judge"), -1);
	/* The hub asks, a coordinator answers. */
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int k = 0; k < 3; k++)
			CHECK_STR(words[rule_for((enum rule_role)role, "deletion_hold", kinds[k])], role == ROLE_COORDINATOR && kinds[k] == OPERATION_UPDATE ? "hold" : "no");
	/* Every table that travels is judged, and stands above. */
	for (int i = 0; tables[i] != NULL; i++) {
		bool said = strcmp(tables[i]->name, "number_block") == 0 || strcmp(tables[i]->name, "deletion_hold") == 0;

		for (size_t w = 0; w < sizeof want / sizeof *want; w++)
			said = said || strcmp(want[w].table, tables[i]->name) == 0;
		CHECK(rule_knows(tables[i]->name));
		if (!CHECK(said))
			test_note("%s", tables[i]->name);
	}
}

static struct store *consultant, *expert, *coordinator;
static char mine[RECORD_ID_SIZE], theirs[RECORD_ID_SIZE], mentee[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE],
    between[RECORD_ID_SIZE];
static char seminar[RECORD_ID_SIZE], elsewhere[RECORD_ID_SIZE];

static const char *own(struct store *s)
{
	static char ids[4][RECORD_ID_SIZE];
	static int next;

	return person_me(s, ids[next++ % 4]);
}

/* The feed position that a device holds. */
static int64_t position(struct store *s)
{
	return atoll(region_value(s, "SELECT in_op FROM peer"));
}

/* A consultant of Buraevo, an expert with one mentee, and people and seminars here and elsewhere, all known to
 * the hub and fed to both. */
static bool begin(void)
{
	struct store *all[3];

	if (!CHECK(region_open()))
		return false;
	all[0] = consultant = region_member("Консультант", BURAEVO, "consultant");
	all[1] = expert = region_member("Эксперт", BELEBEY, "expert");
	all[2] = coordinator = region_member("Координатор", BELEBEY, "coordinator");
	if (!CHECK(consultant != NULL && expert != NULL && coordinator != NULL))
		return false;
	region_exchange(all, 3);
	make(coordinator, &person_type, mine, "name", "Здешний", "municipality", BURAEVO, NULL);
	make(coordinator, &person_type, theirs, "name", "Дальний", "municipality", BELEBEY, NULL);
	make(coordinator, &person_type, mentee, "name", "Подопечный", "municipality", BELEBEY, NULL);
	make(coordinator, &mentorship_type, mentorship, "mentor", own(expert), "mentee", mentee, NULL);
	make(coordinator, &mentorship_type, between, "mentor", own(expert), "mentee", mine, NULL);
	make(coordinator, &seminar_type, seminar, "title", "Здесь", "date", "2020-02-01", "municipality",
	    BURAEVO, "lead", mine, NULL);
	make(coordinator, &seminar_type, elsewhere, "title", "Там", "date", "2020-02-01", "municipality",
	    BELEBEY, "lead", mentee, NULL);
	region_exchange(all, 3);
	region_exchange(all, 3);
	return CHECK(position(consultant) > 0 && position(expert) > 0);
}

static void end(void)
{
	store_close(consultant);
	store_close(expert);
	store_close(coordinator);
	region_close();
}

/* The body of an operation on these fields (name, value, …, NULL), in the hub's numbers. */
static void write_body(struct buf *out, const char *table, int kind, const char *const *pairs)
{
	struct journal *j = store_journal(region_hub);
	int tbl = dictionary_table(j, table);
	const char *name;

	buf_addc(out, '[');
	for (int col = 1; (name = dictionary_column_name(j, tbl, col)) != NULL; col++) {
		const char *value = NULL;

		for (int i = 0; pairs[i] != NULL; i += 2)
			if (strcmp(pairs[i], name) == 0)
				value = pairs[i + 1];
		if (kind == OPERATION_UPDATE && value == NULL)
			continue;
		if (out->len > 1)
			buf_addc(out, ',');
		if (kind == OPERATION_UPDATE)
			buf_addf(out, "[%d,", col);
		if (strcmp(name, "deleted") == 0)
			buf_addc(out, '0');
		else
			json_strings(out, value);
		if (kind == OPERATION_UPDATE)
			buf_adds(out, ",[]]");
	}
	buf_addc(out, ']');
}

static const char *judge_at(struct store *by, int64_t pos, uint64_t hlc, const char *table, int kind,
    const char *pk, const char *const *pairs)
{
	struct journal *j = store_journal(region_hub);
	struct buf body = BUF_INIT;
	struct err e = ERR_INIT;
	struct rights *r;
	struct peer p;
	const char *reason = "failed";
	struct operation op = { .seq = 1000, .hlc = hlc, .tbl = dictionary_table(j, table), .kind = kind,
	    .pk = pk, .pk_len = strlen(pk) };

	if (!CHECK_INT(peer_find(region_hub, store_identity(by)->pub.id, &p, &e), 1))
		return reason;
	op.dev = journal_device(j, p.pub.tag, &e);
	if (kind != OPERATION_ERASE) {
		write_body(&body, table, kind, pairs);
		op.body = body.data;
		op.body_len = body.len;
	}
	r = rights_new(region_hub, &p, op.dev, &e);
	if (!CHECK(r != NULL) || !CHECK_INT(rights_judge(r, &op, pos, &reason, &e), 0))
		test_note("%s", e.text);
	rights_free(r);
	buf_release(&body);
	return reason != NULL ? reason : "may";
}

#define PAIRS(...) (const char *const[]){ __VA_ARGS__, NULL }
#define JUDGE(by, table, kind, pk, ...) judge_at(by, position(by), (uint64_t)clock_wall_ms() << 16, table, kind, pk, PAIRS(__VA_ARGS__))
#define INSERT(by, table, pk, ...) JUDGE(by, table, OPERATION_INSERT, pk, __VA_ARGS__)
#define UPDATE(by, table, pk, ...) JUDGE(by, table, OPERATION_UPDATE, pk, __VA_ARGS__)
#define ERASE(by, table, pk) JUDGE(by, table, OPERATION_ERASE, pk, NULL)

/* An id that this device may give; four may be in use at a time. */
static const char *new_id(struct store *s, int counter)
{
	static char ids[4][RECORD_ID_SIZE];
	static int next;
	char *id = ids[next++ % 4];

	snprintf(id, RECORD_ID_SIZE, "%s-%d", store_identity(s)->pub.tag, counter);
	return id;
}

static const char *joined(const char *one, const char *two)
{
	static char id[2 * RECORD_ID_SIZE];

	snprintf(id, sizeof id, "%s/%s", one, two);
	return id;
}

static void test_programme(void)
{
	REQUIRE(begin());
	CHECK_STR(INSERT(consultant, "programme", new_id(consultant, 70), "title", "x"), "role");
	CHECK_STR(UPDATE(consultant, "programme", "first", "title", "x"), "role");
	CHECK_STR(UPDATE(expert, "programme", "first", "title", "x"), "role");
	CHECK_STR(UPDATE(coordinator, "programme", "first", "title", "x"), "may");
	CHECK_STR(INSERT(coordinator, "programme", new_id(coordinator, 70), "title", "x"), "may");
	end();
}

static void test_people(void)
{
	REQUIRE(begin());
	CHECK_STR(INSERT(consultant, "person", new_id(consultant, 70), "name", "Гость", "municipality",
	    BELEBEY), "may");
	CHECK_STR(INSERT(consultant, "person", new_id(expert, 70), "name", "Гость"), "author");
	CHECK_STR(INSERT(coordinator, "person", new_id(expert, 70), "name", "Гость"), "author");
	CHECK_STR(UPDATE(consultant, "person", mine, "phone", "+79170000001"), "may");
	CHECK_STR(UPDATE(consultant, "person", theirs, "phone", "+79170000001"), "scope");
	CHECK_STR(UPDATE(consultant, "person", own(consultant), "phone", "+79170000001"), "may");
	CHECK_STR(UPDATE(expert, "person", mentee, "phone", "+79170000001"), "may");
	CHECK_STR(UPDATE(expert, "person", theirs, "phone", "+79170000001"), "scope");
	CHECK_STR(UPDATE(coordinator, "person", theirs, "phone", "+79170000001"), "may");
	CHECK_STR(ERASE(consultant, "person", mine), "role");
	CHECK_STR(ERASE(coordinator, "person", mine), "may");
	CHECK_STR(INSERT(consultant, "organisation", new_id(consultant, 71), "name", "АНО"), "may");
	CHECK_STR(UPDATE(consultant, "organisation", "zzzzzzzz-1", "name", "АНО"), "scope");
	end();
}

static void test_seminars(void)
{
	const char *id;

	REQUIRE(begin());
	id = new_id(consultant, 70);
	CHECK_STR(INSERT(consultant, "seminar", id, "municipality", BURAEVO), "may");
	CHECK_STR(INSERT(consultant, "seminar", id, "municipality", BELEBEY), "scope");
	CHECK_STR(INSERT(consultant, "seminar", id, "municipality", BELEBEY, "lead", own(consultant)), "may");
	CHECK_STR(INSERT(consultant, "seminar", id, "municipality", BURAEVO, "lead", theirs), "scope");	/* names somebody it does not know */
	CHECK_STR(UPDATE(consultant, "seminar", seminar, "place", "клуб"), "may");
	CHECK_STR(UPDATE(consultant, "seminar", elsewhere, "place", "клуб"), "scope");
	id = new_id(expert, 70);
	CHECK_STR(INSERT(expert, "seminar", id, "municipality", BURAEVO), "scope");
	CHECK_STR(INSERT(expert, "seminar", id, "lead", own(expert)), "may");
	CHECK_STR(INSERT(expert, "seminar", id, "mentor", own(expert)), "may");
	CHECK_STR(INSERT(expert, "seminar", id, "lead", mentee), "may");
	CHECK_STR(UPDATE(expert, "seminar", elsewhere, "place", "клуб"), "may");		/* led by the mentee */
	end();
}

static void test_mentorships(void)
{
	REQUIRE(begin());
	CHECK_STR(INSERT(consultant, "mentorship", new_id(consultant, 70), "mentor", own(consultant), "mentee",
	    mine), "may");
	CHECK_STR(INSERT(consultant, "mentorship", new_id(consultant, 70), "mentor", own(consultant), "mentee",
	    theirs), "scope");
	CHECK_STR(INSERT(consultant, "mentorship", new_id(consultant, 70), "mentor", mine, "mentee", mine),
	    "role");
	CHECK_STR(INSERT(coordinator, "mentorship", new_id(coordinator, 70), "mentor", mine, "mentee", theirs),
	    "may");
	CHECK_STR(UPDATE(expert, "mentorship", mentorship, "goal", "x"), "may");
	CHECK_STR(UPDATE(expert, "mentorship", mentorship, "mentor", own(consultant)), "role");
	/* The consultant holds the mentorship of somebody here, but it is the expert's. */
	CHECK(region_holds(consultant, "mentorship", between));
	CHECK_STR(UPDATE(consultant, "mentorship", between, "goal", "x"), "scope");
	end();
}

static void test_consultations(void)
{
	char talk[RECORD_ID_SIZE], far[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(coordinator, &consultation_type, talk, "mentor", own(expert), "mentee", mentee, NULL);
	make(coordinator, &consultation_type, far, "mentor", own(coordinator), "mentee", theirs, NULL);
	region_exchange((struct store *[]){ coordinator, expert, consultant }, 3);
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", own(consultant), "mentee", mine), "may");
	CHECK_STR(INSERT(consultant, "consultation", new_id(expert, 70), "mentor", own(consultant), "mentee", mine), "author");
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", own(consultant), "mentee", theirs), "scope");
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", own(consultant)), "scope");
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", mine, "mentee", mine), "role");
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "topic", "x"), "role");
	/* What the own mentor said; the mentor's name is known by the mentorship. */
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", own(expert), "mentee", own(consultant)), "may");
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", theirs, "mentee", own(consultant)), "scope");
	CHECK_STR(INSERT(expert, "consultation", new_id(expert, 70), "mentor", own(expert), "mentee", mentee), "may");
	CHECK_STR(INSERT(expert, "consultation", new_id(expert, 70), "mentor", own(expert), "mentee", theirs), "scope");
	CHECK_STR(INSERT(coordinator, "consultation", new_id(coordinator, 70), "mentor", mine, "mentee", theirs), "may");
	CHECK_STR(UPDATE(expert, "consultation", talk, "next_done", "2020-03-01"), "may");
	CHECK_STR(UPDATE(expert, "consultation", talk, "mentee", mine), "may");		/* another mentee of the expert's */
	CHECK_STR(UPDATE(expert, "consultation", talk, "mentee", theirs), "scope");
	CHECK_STR(UPDATE(expert, "consultation", talk, "mentor", theirs), "scope");
	CHECK_STR(UPDATE(expert, "consultation", far, "topic", "x"), "scope");
	CHECK_STR(UPDATE(consultant, "consultation", talk, "topic", "x"), "scope");
	CHECK_STR(UPDATE(coordinator, "consultation", far, "mentor", mine), "may");
	CHECK_STR(ERASE(expert, "consultation", talk), "role");
	CHECK_STR(ERASE(coordinator, "consultation", talk), "role");
	end();
}

static void test_consents(void)
{
	char here[RECORD_ID_SIZE], far[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(coordinator, &consent_type, here, "person", mine, NULL);
	make(coordinator, &consent_type, far, "person", theirs, NULL);
	region_exchange((struct store *[]){ coordinator, expert, consultant }, 3);
	CHECK_STR(INSERT(consultant, "consent", new_id(consultant, 70), "person", mine), "may");
	CHECK_STR(INSERT(consultant, "consent", new_id(consultant, 70), "person", own(consultant)), "may");
	CHECK_STR(INSERT(consultant, "consent", new_id(expert, 70), "person", mine), "author");
	CHECK_STR(INSERT(consultant, "consent", new_id(consultant, 70), "person", theirs), "scope");
	CHECK_STR(INSERT(consultant, "consent", new_id(consultant, 70), "purpose", "publication"), "scope");
	CHECK_STR(INSERT(expert, "consent", new_id(expert, 70), "person", mentee), "may");
	CHECK_STR(INSERT(expert, "consent", new_id(expert, 70), "person", theirs), "scope");
	CHECK_STR(INSERT(coordinator, "consent", new_id(coordinator, 70), "person", theirs), "may");
	CHECK_STR(UPDATE(consultant, "consent", here, "withdrawn", "2020-03-01"), "may");
	CHECK_STR(UPDATE(consultant, "consent", here, "person", own(consultant)), "may");
	CHECK_STR(UPDATE(consultant, "consent", here, "person", theirs), "scope");
	CHECK_STR(UPDATE(consultant, "consent", far, "withdrawn", "2020-03-01"), "scope");
	CHECK_STR(UPDATE(coordinator, "consent", far, "withdrawn", "2020-03-01"), "may");
	CHECK_STR(ERASE(consultant, "consent", here), "role");
	CHECK_STR(ERASE(coordinator, "consent", here), "role");
	end();
}

static void test_composite(void)
{
	REQUIRE(begin());
	CHECK_STR(INSERT(consultant, "attendance", joined(seminar, mine), "seminar", seminar, "person", mine,
	    "state", "present"), "may");
	CHECK_STR(INSERT(consultant, "attendance", joined(seminar, mine), "seminar", seminar, "person",
	    own(consultant)), "form");
	CHECK_STR(INSERT(consultant, "attendance", new_id(consultant, 1), "seminar", seminar, "person", mine),
	    "form");
	CHECK_STR(INSERT(consultant, "attendance", joined(elsewhere, mine), "seminar", elsewhere, "person",
	    mine), "scope");
	CHECK_STR(INSERT(consultant, "attendance", joined(seminar, theirs), "seminar", seminar, "person",
	    theirs), "scope");
	CHECK_STR(UPDATE(consultant, "attendance", joined(seminar, mine), "state", "absent"), "may");
	CHECK_STR(UPDATE(consultant, "attendance", joined(elsewhere, mine), "state", "absent"), "scope");
	CHECK_STR(UPDATE(consultant, "attendance", joined(seminar, mine), "person", own(coordinator)), "form");
	CHECK_STR(UPDATE(coordinator, "attendance", joined(seminar, mine), "seminar", elsewhere), "form");
	CHECK_STR(UPDATE(consultant, "participation", joined("first", mine), "person", own(consultant)), "form");
	CHECK_STR(INSERT(expert, "attendance", joined(elsewhere, mentee), "seminar", elsewhere, "person",
	    mentee), "may");
	CHECK_STR(INSERT(consultant, "participation", joined("first", mine), "programme", "first", "person",
	    mine), "may");
	CHECK_STR(UPDATE(consultant, "participation", joined("first", theirs), "stage", "x"), "scope");
	end();
}

/* Rows as another part of the program writes them. */
static void put(struct store *by, const char *sql)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(by, &e));
	if (!CHECK_INT(store_exec(by, sql, &e), 0))
		test_note("%s: %s", sql, e.text);
	REQUIRE_OK(store_commit(by, &e));
}

static void everybody(void)
{
	region_exchange((struct store *[]){ coordinator, expert, consultant }, 3);
	region_exchange((struct store *[]){ coordinator, expert, consultant }, 3);
}

/* A call with a criterion and an application of `mine`, which the expert judges. */
static void begin_call(void)
{
	char sql[1024];

	snprintf(sql, sizeof sql, "INSERT INTO call(id, deleted, programme, title, state) VALUES ('%s-901', 0, 'first', 'Отбор', 'open');"
	    "INSERT INTO criterion(id, deleted, programme, call, title) VALUES ('%s-902', 0, 'first', '%s-901', 'Опыт');"
	    "INSERT INTO application(id, deleted, programme, call, person, motivation) VALUES ('%s-903', 0, 'first', '%s-901', '%s', 'хочу');"
	    "INSERT INTO judge(id, deleted, call, person) VALUES ('%s-901/%s', 0, '%s-901', '%s')",
	    store_identity(coordinator)->pub.tag, store_identity(coordinator)->pub.tag, store_identity(coordinator)->pub.tag,
	    store_identity(coordinator)->pub.tag, store_identity(coordinator)->pub.tag, theirs,
	    store_identity(coordinator)->pub.tag, own(expert), store_identity(coordinator)->pub.tag, own(expert));
	put(coordinator, sql);
	everybody();
}

static void test_selection(void)
{
	char call[RECORD_ID_SIZE], criterion[RECORD_ID_SIZE], application[RECORD_ID_SIZE], id[4 * RECORD_ID_SIZE], sql[512];

	REQUIRE(begin());
	begin_call();
	snprintf(call, sizeof call, "%s", new_id(coordinator, 901));
	snprintf(criterion, sizeof criterion, "%s", new_id(coordinator, 902));
	snprintf(application, sizeof application, "%s", new_id(coordinator, 903));
	/* The judge holds what is to be judged, and of the applicant the name. */
	CHECK(region_holds(expert, "criterion", criterion) && region_holds(expert, "application", application) && !region_holds(expert, "person", theirs));
	CHECK(region_holds(consultant, "call", call) && !region_holds(consultant, "application", application));
	snprintf(id, sizeof id, "%s/%s/%s", application, criterion, own(expert));
	CHECK_STR(INSERT(expert, "score", id, "application", application, "criterion", criterion, "judge", own(expert)), "may");
	CHECK_STR(INSERT(expert, "score", id, "application", application, "criterion", criterion, "judge", mine), "form");
	CHECK_STR(INSERT(expert, "score", new_id(expert, 70), "application", application, "criterion", criterion, "judge", own(expert)), "form");
	CHECK_STR(UPDATE(expert, "score", id, "remark", "x"), "may");
	CHECK_STR(UPDATE(expert, "application", application, "motivation", "x"), "scope");
	CHECK_STR(UPDATE(expert, "call", call, "state", "closed"), "role");
	snprintf(id, sizeof id, "%s/%s/%s", application, criterion, own(consultant));
	CHECK_STR(INSERT(consultant, "score", id, "application", application, "criterion", criterion, "judge", own(consultant)), "scope");
	snprintf(id, sizeof id, "%s/%s/%s", application, criterion, own(expert));
	CHECK_STR(UPDATE(consultant, "score", id, "remark", "x"), "role");
	/* Applications of one's own and of whom one holds; the decision is not theirs. */
	CHECK_STR(INSERT(consultant, "application", new_id(consultant, 70), "call", call, "person", own(consultant)), "may");
	CHECK_STR(INSERT(consultant, "application", new_id(consultant, 70), "call", call, "person", mine), "may");
	CHECK_STR(INSERT(consultant, "application", new_id(consultant, 70), "call", call, "person", theirs), "scope");
	CHECK_STR(INSERT(consultant, "application", new_id(consultant, 70), "call", call, "person", mine, "decision", "selected"), "role");
	/* Closed: no more points, and all scores are told to the judges; a judge who is removed holds nothing of it any more. */
	snprintf(sql, sizeof sql, "INSERT INTO score(id, deleted, application, criterion, judge) VALUES ('%s/%s/%s', 0, '%s', '%s', '%s')",
	    application, criterion, own(coordinator), application, criterion, own(coordinator));
	put(coordinator, sql);
	everybody();
	CHECK_INT(region_count(expert, "SELECT count(*) FROM score"), 0);
	snprintf(sql, sizeof sql, "UPDATE call SET state = 'closed' WHERE id = '%s'", call);
	put(coordinator, sql);
	everybody();
	CHECK_INT(region_count(expert, "SELECT count(*) FROM score"), 1);
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM score"), 0);
	CHECK_STR(INSERT(expert, "score", id, "application", application, "criterion", criterion, "judge", own(expert)), "closed");
	snprintf(sql, sizeof sql, "UPDATE judge SET deleted = 1 WHERE person = '%s'", own(expert));
	put(coordinator, sql);
	everybody();
	CHECK(!region_holds(expert, "application", application) && !region_holds(expert, "criterion", criterion) && region_holds(expert, "call", call));
	CHECK_INT(region_count(expert, "SELECT count(*) FROM score"), 0);
	end();
}

static void test_stories(void)
{
	char story[RECORD_ID_SIZE], sql[512];

	REQUIRE(begin());
	CHECK_STR(INSERT(expert, "story", new_id(expert, 70), "author", own(expert), "title", "x", "state", "submitted"), "may");
	CHECK_STR(INSERT(expert, "story", new_id(expert, 70), "author", mentee), "role");
	CHECK_STR(INSERT(expert, "story", new_id(expert, 70), "author", own(expert), "state", "accepted"), "role");
	CHECK_STR(INSERT(expert, "story", new_id(expert, 70), "author", own(expert), "section", "Начало"), "role");
	snprintf(story, sizeof story, "%s", new_id(expert, 904));
	snprintf(sql, sizeof sql, "INSERT INTO story(id, deleted, programme, author, kind, state) VALUES ('%s', 0, 'first', '%s', 'practice', 'submitted')",
	    story, own(expert));
	put(expert, sql);
	everybody();
	CHECK(!region_holds(consultant, "story", story) && region_holds(coordinator, "story", story));
	CHECK_STR(UPDATE(expert, "story", story, "title", "x"), "may");
	CHECK_STR(UPDATE(expert, "story", story, "state", "accepted"), "role");
	CHECK_STR(UPDATE(consultant, "story", story, "title", "x"), "scope");
	snprintf(sql, sizeof sql, "UPDATE story SET state = 'accepted' WHERE id = '%s'", story);
	put(coordinator, sql);
	everybody();
	CHECK(region_holds(consultant, "story", story));
	CHECK_STR(UPDATE(consultant, "story", story, "title", "x"), "scope");
	CHECK_STR(UPDATE(expert, "story", story, "title", "x"), "closed");
	snprintf(sql, sizeof sql, "UPDATE story SET state = 'edited' WHERE id = '%s'", story);
	put(coordinator, sql);
	everybody();
	CHECK(!region_holds(consultant, "story", story) && region_holds(expert, "story", story));
	end();
}

static void test_exchange(void)
{
	char entry[RECORD_ID_SIZE], question[RECORD_ID_SIZE], consent[RECORD_ID_SIZE], sql[512];

	REQUIRE(begin());
	CHECK_STR(INSERT(expert, "directory_entry", new_id(expert, 70), "person", own(expert)), "may");
	CHECK_STR(INSERT(expert, "directory_entry", new_id(expert, 70), "person", theirs), "scope");
	snprintf(entry, sizeof entry, "%s", new_id(expert, 905));
	snprintf(sql, sizeof sql, "INSERT INTO directory_entry(id, deleted, programme, person, topics) VALUES ('%s', 0, 'first', '%s', 'уставы')", entry, own(expert));
	put(expert, sql);
	everybody();
	CHECK(!region_holds(consultant, "directory_entry", entry));
	make(expert, &consent_type, consent, "person", own(expert), "purpose", "directory", "date", "2020-03-02", NULL);
	everybody();
	CHECK(region_holds(consultant, "directory_entry", entry));
	CHECK_STR(UPDATE(consultant, "directory_entry", entry, "topics", "x"), "scope");
	/* Whom the directory names can be asked, and answers. */
	CHECK_STR(INSERT(consultant, "question", new_id(consultant, 70), "author", own(consultant), "expert", own(expert)), "may");
	CHECK_STR(INSERT(consultant, "question", new_id(consultant, 70), "author", mine, "expert", own(expert)), "role");
	CHECK_STR(INSERT(consultant, "question", new_id(consultant, 70), "author", own(consultant), "expert", own(expert), "answer", "да"), "role");
	snprintf(question, sizeof question, "%s", new_id(consultant, 906));
	snprintf(sql, sizeof sql, "INSERT INTO question(id, deleted, programme, author, expert, topic) VALUES ('%s', 0, 'first', '%s', '%s', 'устав')", question,
	    own(consultant), own(expert));
	put(consultant, sql);
	everybody();
	CHECK(region_holds(expert, "question", question));
	CHECK_STR(UPDATE(expert, "question", question, "answer", "да", "answered_by", own(expert)), "may");
	CHECK_STR(UPDATE(expert, "question", question, "answered_by", own(consultant)), "role");
	CHECK_STR(UPDATE(expert, "question", question, "topic", "x"), "role");
	CHECK_STR(UPDATE(consultant, "question", question, "topic", "x"), "may");
	CHECK_STR(UPDATE(consultant, "question", question, "answer", "x"), "role");
	snprintf(sql, sizeof sql, "UPDATE question SET answer = 'да' WHERE id = '%s'", question);
	put(expert, sql);
	change(expert, &consent_type, consent, "withdrawn", "2020-06-01");
	everybody();
	CHECK_STR(region_value(consultant, "SELECT answer FROM question"), "да");
	CHECK(!region_holds(consultant, "directory_entry", entry));	/* the consent was withdrawn */
	end();
}

static void test_staff_and_places(void)
{
	char third[RECORD_ID_SIZE], sql[512];

	REQUIRE(begin());
	CHECK_STR(INSERT(consultant, "seminar_staff", joined(seminar, mine), "seminar", seminar, "person", mine, "part", "guest"), "may");
	CHECK_STR(INSERT(consultant, "seminar_staff", joined(elsewhere, mine), "seminar", elsewhere, "person", mine), "scope");
	CHECK_STR(INSERT(consultant, "seminar_staff", joined(seminar, theirs), "seminar", seminar, "person", theirs), "scope");
	make(coordinator, &seminar_type, third, "title", "Третий", "date", "2020-02-01", "municipality", BURAEVO, NULL);
	everybody();
	CHECK(!region_holds(expert, "seminar", third));
	snprintf(sql, sizeof sql, "INSERT INTO seminar_staff(id, deleted, seminar, person) VALUES ('%s/%s', 0, '%s', '%s')", third, own(expert), third, own(expert));
	put(coordinator, sql);
	everybody();
	CHECK(region_holds(expert, "seminar", third));
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", own(consultant), "kind", "administration"), "may");
	CHECK_STR(INSERT(consultant, "consultation", new_id(consultant, 70), "mentor", mine, "kind", "administration"), "role");
	CHECK_STR(INSERT(coordinator, "territory", "80699000", "name", "Новый"), "may");
	CHECK_STR(INSERT(coordinator, "territory", new_id(coordinator, 70), "name", "Новый"), "form");
	CHECK_STR(INSERT(consultant, "territory", "80699000", "name", "Новый"), "role");
	CHECK_STR(INSERT(coordinator, "number_block", new_id(coordinator, 70), "device", "x"), "role");
	put(coordinator, "INSERT INTO territory(id, deleted, kind, name, successor) VALUES ('" BURAEVO "', 0, 'district', 'Бураевский район', '" BELEBEY "')");
	everybody();
	CHECK_STR(region_value(consultant, "SELECT successor FROM municipality WHERE code = '" BURAEVO "'"), BELEBEY);
	CHECK_STR(INSERT(consultant, "seminar", new_id(consultant, 70), "municipality", BELEBEY), "may");	/* what the own one became part of */
	CHECK(region_holds(consultant, "person", mine) && region_holds(consultant, "person", theirs));
	end();
}

/* Whether a device holds such a record, what is refused by the table is refused, with the table's word; nobody but a coordinator gets past "no". */
static void test_every_cell(void)
{
	static const int kinds[] = { OPERATION_INSERT, OPERATION_UPDATE, OPERATION_ERASE };

	REQUIRE(begin());
	struct store *const by[ROLE_COUNT] = { [ROLE_CONSULTANT] = consultant, [ROLE_EXPERT] = expert, [ROLE_COORDINATOR] = coordinator };

	for (int role = 0; role < ROLE_COUNT; role++)
		for (int i = 0; tables[i] != NULL; i++)
			for (int k = 0; k < 3; k++)
				for (int in = 0; in < 2; in++) {
					const char *table = tables[i]->name;
					enum rule rule = rule_for((enum rule_role)role, table, kinds[k]);
					/* An own id is in scope by itself; a stranger's never is. What is made of parts has a form, which is judged first. */
					const char *pk = in ? new_id(by[role], 80 + k) : "zzzzzzzz-7", *got;

					if (rights_made_of(table) != NULL || strcmp(table, "territory") == 0 || strcmp(table, "score") == 0)
						continue;
					got = JUDGE(by[role], table, kinds[k], pk, "deleted", "0");
					if (kinds[k] == OPERATION_INSERT && !in)
						CHECK_STR(got, "author");
					else if (rule == RULE_NO)
						CHECK_STR(got, "role");
					else if (rule == RULE_ALL || rule == RULE_ANY)
						CHECK_STR(got, "may");
					else if (!in && rule != RULE_HOLD)
						CHECK_STR(got, "scope");
					else
						CHECK(strcmp(got, "author") != 0 && strcmp(got, "unknown") != 0);
				}
	end();
}

/* Rights are those of the position that the device held. */
static void test_position(void)
{
	const char *const pairs[] = { "phone", "+79170000001", NULL };
	uint64_t hlc = (uint64_t)clock_wall_ms() << 16;
	int64_t now;

	REQUIRE(begin());
	now = position(consultant);
	CHECK_STR(judge_at(consultant, 0, hlc, "person", OPERATION_UPDATE, mine, pairs), "scope");	/* before it entered */
	CHECK_STR(judge_at(consultant, now, hlc, "person", OPERATION_UPDATE, mine, pairs), "may");
	change(coordinator, &person_type, mine, "municipality", BELEBEY);
	change(coordinator, &seminar_type, seminar, "lead", own(coordinator));
	region_exchange((struct store *[]){ coordinator, consultant }, 2);
	CHECK(!region_holds(consultant, "person", mine));
	CHECK_STR(judge_at(consultant, now, hlc, "person", OPERATION_UPDATE, mine, pairs), "may");	/* still, when it was made then */
	CHECK_STR(judge_at(consultant, position(consultant), hlc, "person", OPERATION_UPDATE, mine, pairs),
	    "scope");
	end();
}

static void test_clock(void)
{
	const char *const pairs[] = { "name", "Гость", NULL };
	int64_t day = 24 * 3600 * (int64_t)1000;

	REQUIRE(begin());
	CHECK_STR(judge_at(consultant, 0, (uint64_t)(clock_wall_ms() + day - 60000) << 16, "person",
	    OPERATION_INSERT, new_id(consultant, 70), pairs), "may");
	CHECK_STR(judge_at(consultant, 0, (uint64_t)(clock_wall_ms() + day + 60000) << 16, "person",
	    OPERATION_INSERT, new_id(consultant, 70), pairs),
	    "clock");
	end();
}

static void test_unknown(void)
{
	struct err e = ERR_INIT;
	struct journal *j;
	struct dictionary_map *m;

	REQUIRE(begin());
	j = store_journal(region_hub);
	REQUIRE_OK(store_begin(region_hub, &e));
	m = dictionary_map_read(j, "[[\"diary\",\"deleted\",\"text\"]]", 28, &e);
	if (!CHECK(m != NULL))
		test_note("%s", e.text);
	REQUIRE_OK(store_commit(region_hub, &e));
	CHECK_STR(INSERT(consultant, "diary", new_id(consultant, 70), "text", "x"), "unknown");
	CHECK_STR(INSERT(coordinator, "diary", new_id(coordinator, 70), "text", "x"), "unknown");
	dictionary_map_free(m);
	CHECK(strlen(refusal_words("scope")) > 10);
	CHECK_STR(refusal_words("something new"), "something new");
	end();
}

static const struct test tests_of_this[] = { TEST(test_cells), TEST(test_programme), TEST(test_people),
    TEST(test_seminars),
	TEST(test_mentorships), TEST(test_consultations), TEST(test_consents), TEST(test_composite), TEST(test_selection), TEST(test_stories), TEST(test_exchange), TEST(test_staff_and_places), TEST(test_every_cell), TEST(test_position), TEST(test_clock), TEST(test_unknown),
	    TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
