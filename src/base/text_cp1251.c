#include "base/text.h"

#include <uchar.h>

#include "base/i18n.h"

#define UNDEFINED 0x98

/* 0x80 to 0xBF, sixteen in each pair of quotes; from 0xC0 on stand А to я. */
static const char16_t table[] =
	u"ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ" u"ђ‘’“”•–—\uFFFD™љ›њќћџ"
	u"\u00A0ЎўЈ¤Ґ¦§Ё©Є«¬\u00AD®Ї" u"°±Ііґµ¶·ё№є»јЅѕї";
_Static_assert(sizeof table == (64 + 1) * sizeof *table, "64 characters and the end");

int text_from_cp1251(const char *s, size_t len, struct buf *out, struct err *e)
{
	size_t had = out->len;

	buf_reserve(out, len * 2);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == UNDEFINED) {
			buf_cut(out, had);
			return err_set(e, ERR_REFUSED, _("byte %zu (0x98) is no character of Windows-1251"),
				i + 1);
		}
		text_put(out, c < 0x80 ? c : c < 0xC0 ? table[c - 0x80] : (uint32_t)(0x0410 + c - 0xC0));
	}
	return 0;
}
