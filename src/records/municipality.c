#include "records/municipality.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

const struct choice municipality_kinds[] = {
	{ "district", N_("municipal district"), NULL },
	{ "city_okrug", N_("city okrug"), NULL },
	{ NULL, NULL, NULL }
};

/* What a spelling says apart from the name itself. */
enum place { PLACE_ANY, PLACE_DISTRICT, PLACE_CITY, PLACE_TOWN, PLACE_VILLAGE };

struct spelling {
	enum place place;
	char core[256];			/* folded: "бураевский", "уфа", "верхние киги" */
};

static const struct { const char *word; enum place place; } words[] = {
	{ "район", PLACE_DISTRICT }, { "района", PLACE_DISTRICT }, { "районе", PLACE_DISTRICT }, { "районы", PLACE_DISTRICT },
	{ "р-н", PLACE_DISTRICT }, { "р-на", PLACE_DISTRICT }, { "р-он", PLACE_DISTRICT }, { "рн", PLACE_DISTRICT }, { "р", PLACE_DISTRICT },
	{ "мр", PLACE_DISTRICT },
	{ "го", PLACE_CITY }, { "городской", PLACE_CITY }, { "городского", PLACE_CITY }, { "округ", PLACE_CITY }, { "округа", PLACE_CITY },
	{ "зато", PLACE_CITY }, { "о", PLACE_CITY },		/* г.о. */
	{ "г", PLACE_TOWN }, { "гор", PLACE_TOWN }, { "город", PLACE_TOWN }, { "города", PLACE_TOWN },
	{ "с", PLACE_VILLAGE }, { "село", PLACE_VILLAGE }, { "рп", PLACE_VILLAGE }, { "пгт", PLACE_VILLAGE }, { "п", PLACE_VILLAGE },
	{ "м", PLACE_ANY }, { "муниципальный", PLACE_ANY }, { "муниципального", PLACE_ANY }, { "рб", PLACE_ANY }, { "респ", PLACE_ANY },
	{ "администрациа", PLACE_ANY }, /* folded */ { "администрации", PLACE_ANY },
	{ "республика", PLACE_ANY }, { "республики", PLACE_ANY }, { "башкортостан", PLACE_ANY }, { "россия", PLACE_ANY }, { "рф", PLACE_ANY },
};

static bool take_word(const char *word, size_t len, enum place *place)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i].word) != len || memcmp(words[i].word, word, len) != 0)
			continue;
		/* «ГО г. Уфа» is a city okrug, «город Белебей» only a town. */
		if (words[i].place != PLACE_ANY && (*place == PLACE_ANY || *place == PLACE_TOWN))
			*place = words[i].place;
		return true;
	}
	return false;
}

/* «Бураевского района», «Белорецкого района»: the genitive of a district's name. */
static void add_core(struct spelling *sp, const char *word, size_t len)
{
	static const char genitive[] = "кого", nominative[] = "кий";
	size_t have = strlen(sp->core), n = sizeof genitive - 1;
	bool inflected = len > n && memcmp(word + len - n, genitive, n) == 0;
	size_t stem = inflected ? len - n : len;
	if (have + stem + sizeof nominative + 2 > sizeof sp->core)
		return;
	snprintf(sp->core + have, sizeof sp->core - have, "%s%.*s%s", have ? " " : "", (int)stem, word, inflected ? nominative : "");
}

static void spelling_read(const char *text, struct spelling *sp)
{
	struct buf folded = BUF_INIT;
	*sp = (struct spelling){ PLACE_ANY, "" };
	text_fold(text, strlen(text), &folded);
	for (char *p = folded.data; *(p += strspn(p, " .")); ) {
		size_t n = strcspn(p, " .");
		if (!take_word(p, n, &sp->place))
			add_core(sp, p, n);
		p += n;
	}
	buf_release(&folded);
}

/* How well one municipality fits: by its name, else by the place that is its centre. */
enum fit { FIT_NONE, FIT_CENTRE, FIT_NAME };

static enum fit fits(const struct spelling *sp, const char *kind, const char *name, const char *centre)
{
	struct spelling own, seat;
	bool district = strcmp(kind, "district") == 0;
	spelling_read(name, &own);
	if (strcmp(own.core, sp->core) == 0) {
		bool other = district ? sp->place == PLACE_CITY || sp->place == PLACE_TOWN || sp->place == PLACE_VILLAGE :
		    sp->place == PLACE_DISTRICT || sp->place == PLACE_VILLAGE;
		if (!other)
			return FIT_NAME;
	}
	spelling_read(centre, &seat);
	if (!district || sp->place == PLACE_CITY || strcmp(seat.core, sp->core) != 0)
		return FIT_NONE;
	return sp->place == PLACE_ANY || sp->place == PLACE_DISTRICT || sp->place == seat.place ? FIT_CENTRE : FIT_NONE;
}

struct found {
	enum fit fit;
	int count;			/* municipalities that fit so */
	char code[MUNICIPALITY_CODE_SIZE];
	struct buf alike;		/* names that begin like it, for the refusal */
};

static void note_alike(struct found *f, const struct spelling *sp, const char *name)
{
	enum { ALIKE_BYTES = 8 };	/* four Cyrillic letters */
	struct spelling own;
	spelling_read(name, &own);
	if (strlen(sp->core) >= ALIKE_BYTES && strncmp(own.core, sp->core, ALIKE_BYTES) == 0)
		buf_addf(&f->alike, "%s%s", f->alike.len ? ", " : "", name);
}

static const char standing_sql[] = "SELECT code, kind, name, centre FROM municipality m WHERE " MUNICIPALITY_STANDS("m") " ORDER BY sort";
static const char abolished_sql[] = "SELECT code, kind, name, centre FROM municipality m WHERE NOT " MUNICIPALITY_STANDS("m") " ORDER BY sort";

static int search(struct store *s, const char *sql, const struct spelling *sp, struct found *f, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int rc;
	if (!st)
		return -1;
	while ((rc = store_step(s, st, e)) == 1) {
		enum fit fit = fits(sp, store_text(st, 1), store_text(st, 2), store_text(st, 3));
		note_alike(f, sp, store_text(st, 2));
		if (fit == FIT_NONE || fit < f->fit)
			continue;
		f->count = fit == f->fit ? f->count + 1 : 1;
		f->fit = fit;
		snprintf(f->code, sizeof f->code, "%s", store_text(st, 0));
	}
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

static int refuse(const char *typed, const struct found *f, struct err *e)
{
	struct buf safe = BUF_INIT;
	text_escape(typed, strlen(typed), &safe);
	if (f->count > 1)
		err_set(e, ERR_REFUSED, _("“%s” can be several municipalities; give the full name or the code"), safe.data);
	else if (f->alike.len)
		err_set(e, ERR_REFUSED, _("there is no municipality “%s”; did you mean: %s?"), safe.data, f->alike.data);
	else
		err_set(e, ERR_REFUSED, _("there is no municipality “%s”; give its name or its eight-digit code"), safe.data);
	buf_release(&safe);
	return -1;
}

/* 1 found, 0 not a code of the list, -1 failure. Eleven digits name a settlement; those that end in 000 the municipality itself. */
static int find_code(struct store *s, const char *typed, char code[MUNICIPALITY_CODE_SIZE], struct err *e)
{
	size_t digits = strspn(typed, "0123456789"), len = strlen(typed);
	if (digits != len || !(len == 8 || (len == 11 && strcmp(typed + 8, "000") == 0)))
		return 0;
	snprintf(code, MUNICIPALITY_CODE_SIZE, "%.8s", typed);
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM municipality WHERE code = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, code);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

static int find_spelling(struct store *s, const char *text, char code[MUNICIPALITY_CODE_SIZE], struct err *e)
{
	struct found f = { .alike = BUF_INIT };
	struct spelling sp;
	spelling_read(text, &sp);
	int rc = *sp.core ? search(s, standing_sql, &sp, &f, e) : 0;
	/* Of what has no longer that name the name is still known. */
	if (rc == 0 && f.count == 0 && *sp.core)
		rc = search(s, abolished_sql, &sp, &f, e);
	if (rc == 0 && f.count == 1)
		snprintf(code, MUNICIPALITY_CODE_SIZE, "%s", f.code);
	else if (rc == 0)
		rc = refuse(text, &f, e);
	buf_release(&f.alike);
	return rc;
}

/* Up to the comma, or to «район» and the blank after it when something stands before that word. */
static size_t part_length(const char *text)
{
	static const char *const ends[] = { "район ", "р-н ", "р-он " };
	size_t len = strcspn(text, ",;(");
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *at = strstr(text, ends[i]);
		size_t end = at ? (size_t)(at - text) + strlen(ends[i]) : len;
		if (at > text && end < len)
			len = end;
	}
	return len;
}

/* «Бирский район г. Бирск», «д. Гадельгареево, Бурзянский район», «450000, РБ, г. Уфа»: the first part that names a municipality. */
static bool find_in_address(struct store *s, const char *address, char code[MUNICIPALITY_CODE_SIZE])
{
	struct buf part = BUF_INIT;
	bool found = false;
	for (const char *p = address; !found && *(p += strspn(p, ",;( ")); ) {
		size_t n = part_length(p);
		buf_reset(&part);
		buf_add(&part, p, n);
		found = n < strlen(address) && find_spelling(s, part.data, code, NULL) == 0;
		p += n;
	}
	buf_release(&part);
	return found;
}

/* What an abolished one became part of, step by step; "": it is not abolished, or nothing took its place. */
static int successor_of(struct store *s, const char *code, char out[MUNICIPALITY_CODE_SIZE], bool *gone, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "WITH RECURSIVE step(code, hops) AS (SELECT ?1, 0 UNION ALL SELECT m.successor, hops + 1 FROM step"
	    " JOIN municipality m ON m.code = step.code WHERE m.successor IS NOT NULL AND hops < 8)"
	    " SELECT step.code, (SELECT NOT " MUNICIPALITY_STANDS("m") " FROM municipality m WHERE m.code = ?1) FROM step ORDER BY hops DESC LIMIT 1", e);
	*out = '\0';
	*gone = false;
	if (!st)
		return -1;
	store_bind_text(st, 1, code);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		*gone = sqlite3_column_int(st, 1);
		snprintf(out, MUNICIPALITY_CODE_SIZE, "%s", strcmp(store_text(st, 0), code) != 0 ? store_text(st, 0) : "");
		sqlite3_reset(st);
	}
	return rc < 0 ? -1 : 0;
}

/* 0 when the code may be chosen. */
static int must_stand(struct store *s, const char *code, struct err *e)
{
	struct buf name = BUF_INIT, now = BUF_INIT;
	char successor[MUNICIPALITY_CODE_SIZE];
	bool gone;
	if (successor_of(s, code, successor, &gone, e) != 0)
		return -1;
	if (!gone)
		return 0;
	municipality_name(s, code, &name);
	municipality_name(s, successor, &now);
	if (*successor)
		/* TRANSLATORS: two names of municipalities */
		err_set(e, ERR_REFUSED, _("%s is part of %s now: give that one"), name.data, now.data);
	else
		err_set(e, ERR_REFUSED, _("%s was abolished: give another municipality"), name.data);
	buf_release(&name);
	buf_release(&now);
	return -1;
}

int municipality_find(struct store *s, const char *typed, char code[MUNICIPALITY_CODE_SIZE], struct err *e)
{
	return municipality_find_any(s, typed, code, e) == 0 ? must_stand(s, code, e) : -1;
}

int municipality_find_any(struct store *s, const char *typed, char code[MUNICIPALITY_CODE_SIZE], struct err *e)
{
	struct buf clean = BUF_INIT;
	text_clean(typed, strlen(typed), false, &clean);
	int rc = find_code(s, clean.data, code, e);
	if (rc == 0 && (rc = find_spelling(s, clean.data, code, e)) != 0 && find_in_address(s, clean.data, code))
		rc = 0;
	buf_release(&clean);
	return rc < 0 ? -1 : 0;
}

void municipality_name(struct store *s, const char *code, struct buf *out)
{
	size_t start = out->len;
	if (!*code)
		return;
	sqlite3_stmt *st = store_prepare(s, "SELECT name FROM municipality WHERE code = ?1", NULL);
	if (st) {
		store_bind_text(st, 1, code);
		if (store_step(s, st, NULL) == 1)
			buf_adds(out, store_text(st, 0));
		sqlite3_reset(st);
	}
	if (out->len == start)
		buf_adds(out, code);
}

static bool cut_end(struct buf *out, size_t start, const char *end)
{
	size_t n = strlen(end);
	if (out->len - start <= n || strcmp(out->data + out->len - n, end) != 0)
		return false;
	buf_cut(out, out->len - n);
	return true;
}

void municipality_short_name(struct store *s, const char *code, struct buf *out)
{
	static const char city[] = "город ", closed_city[] = "ЗАТО город ";
	struct buf name = BUF_INIT;
	municipality_name(s, code, &name);
	if (strncmp(name.data, closed_city, sizeof closed_city - 1) == 0) {
		buf_addf(out, "г. %s", name.data + sizeof closed_city - 1);
	} else if (strncmp(name.data, city, sizeof city - 1) == 0) {
		buf_addf(out, "г. %s", name.data + sizeof city - 1);
	} else {
		size_t start = out->len;
		buf_adds(out, name.data);
		cut_end(out, start, " район");
	}
	buf_release(&name);
}

int municipality_each(struct store *s, municipality_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, "SELECT code, name FROM municipality m WHERE " MUNICIPALITY_STANDS("m") " ORDER BY sort", e);
	int rc;
	if (!st)
		return -1;
	while ((rc = store_step(s, st, e)) == 1)
		if (each(context, store_text(st, 0), store_text(st, 1), e) != 0) {
			rc = -1;
			break;
		}
	sqlite3_finalize(st);
	return rc;
}
