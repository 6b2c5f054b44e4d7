#include "typeset/pdf.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "typeset/flow.h"

#define A4_SHORT (210 * FLOW_MM)
#define A4_LONG (297 * FLOW_MM)

/* The first that is installed; all of them have the Bashkir letters. */
static const char *const families[FACES] = {
	[FACE_TEXT] = "PT Serif, DejaVu Serif, Liberation Serif, serif",
	[FACE_TABLE] = "PT Sans, DejaVu Sans, Liberation Sans, sans-serif",
	[FACE_CODE] = "PT Mono, DejaVu Sans Mono, Liberation Mono, monospace",
};

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int len)
{
	buf_add(closure, data, len);
	return CAIRO_STATUS_SUCCESS;
}

static void set_properties(const struct script *s, cairo_surface_t *surface)
{
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, s->title);
	if (s->author[0] != '\0')
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, s->author);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "livenet");
	if (s->created[0] != '\0')
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, s->created);
}

/* Paper has no pixels: letters keep their shapes and places. */
static void set_context(struct flow *f)
{
	PangoContext *context = pango_layout_get_context(f->layout);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string(f->s->language));
	pango_layout_context_changed(f->layout);
	cairo_font_options_destroy(options);
}

/* A run that measures is done where something asks for what only it knows. */
static bool has_contents(const struct script *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->pieces[i].kind == PIECE_CONTENTS)
			return true;
	return false;
}

static void run(struct flow *f)
{
	int pages = 0;

	if (!f->s->plain || f->titled) {
		flow_pages(f, 0, true);
		flow_pieces(f, 0, f->s->count);
		pages = f->page;
	}
	if (f->over)
		return;
	flow_pages(f, pages, false);
	flow_pieces(f, 0, f->s->count);
	flow_last_page(f);
}

static void begin(struct flow *f, cairo_surface_t *surface)
{
	f->cr = cairo_create(surface);
	f->layout = pango_cairo_create_layout(f->cr);
	for (int i = 0; i < FACES; i++) {
		f->faces[i] = pango_font_description_new();
		pango_font_description_set_family_static(f->faces[i], families[i]);
	}
	f->heading_page = mem_zero(f->s->count + 1, sizeof *f->heading_page);
	buf_init(&f->scratch);
	flow_cells_init(f);
	set_context(f);
}

static void end(struct flow *f)
{
	for (int i = 0; i < FACES; i++)
		pango_font_description_free(f->faces[i]);
	flow_cells_release(f);
	g_object_unref(f->layout);
	cairo_destroy(f->cr);
	free(f->heading_page);
	buf_release(&f->scratch);
}

int pdf_write(const struct script *s, struct buf *out, struct err *e)
{
	struct flow f = { .s = s, .width = s->landscape ? A4_LONG : A4_SHORT, .height = s->landscape ? A4_SHORT : A4_LONG };
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, out, f.width, f.height);
	cairo_status_t status;

	f.margin = s->margin > 0 ? (double)s->margin * FLOW_UM : FLOW_MARGIN;
	f.titled = has_contents(s);
	set_properties(s, surface);
	begin(&f, surface);
	run(&f);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_status(f.cr);
	end(&f);
	cairo_surface_destroy(surface);
	if (f.over)
		return err_set(e, ERR_REFUSED, _("the document would have more than %d pages"), SCRIPT_PAGES_MAX);
	if (status != CAIRO_STATUS_SUCCESS)
		return err_set(e, ERR_REFUSED, "Cairo: %s", cairo_status_to_string(status));
	return 0;
}
