#include <string.h>

#include "base/buf.h"
#include "documents/html.h"
#include "tests/unit/test.h"

static const char *text(const char *from)
{
	static struct buf out = BUF_INIT;

	buf_reset(&out);
	html_text(&out, from);
	return out.data;
}

static void test_text(void)
{
	CHECK_STR(text(""), "");
	CHECK_STR(text("Ғәлиә «Родник»"), "Ғәлиә «Родник»");
	CHECK_STR(text("<script>alert('1')</script> & \"2\""), "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;2&quot;");
	CHECK_STR(text("раз\nдва\n"), "раз<br>два<br>");
	CHECK_STR(text("&lt;"), "&amp;lt;");
}

/* Nothing that turns the direction of writing, hides, or is no character at all. */
static void test_hostile(void)
{
	CHECK(strstr(text("a\xe2\x80\xae" "b"), "\xe2\x80\xae") == NULL);
	CHECK(strstr(text("a\xe2\x80\x8b" "b"), "\xe2\x80\x8b") == NULL);
	CHECK(strchr(text("a\x01\x1b[31m"), 0x1b) == NULL);
	CHECK(strchr(text("a\xff<"), '\xff') == NULL);
	CHECK(strstr(text("a\xff<"), "&lt;") != NULL);
	CHECK(strchr(text("\xd0<b>"), '<') == NULL);		/* half a letter does not swallow what comes after it */
}

static const struct test tests[] = { TEST(test_text), TEST(test_hostile), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
