#include "sync/transport_ssh.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

#define SCHEME "ssh://"
#define CONFIG_MAX (256 * 1024)
#define CONFIG_MS 10000

bool ssh_is_address(const char *via)
{
	return strncmp(via, SCHEME, strlen(SCHEME)) == 0;
}

/* --- the address --- */

static bool take(const char *text, size_t len, const char *allowed, char *out, size_t size)
{
	if (len == 0 || len >= size || *text == '-' || strspn(text, allowed) < len)
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* host, 192.0.2.1, [2001:db8::1], an alias of ~/.ssh/config; *len: how much of the text it is. */
static bool take_host(const char *text, size_t *len, struct ssh_address *a)
{
	const char *end;

	if (*text != '[') {
		*len = strcspn(text, ":/");
		return take(text, *len, LETTERS DIGITS "._-", a->host, sizeof a->host);
	}
	end = strchr(text, ']');
	if (end == NULL || !take(text + 1, (size_t)(end - text) - 1, "abcdefABCDEF" DIGITS ":.", a->host, sizeof a->host))
		return false;
	*len = (size_t)(end - text) + 1;
	return true;
}

static bool take_port(const char *text, size_t len, struct ssh_address *a)
{
	return take(text, len, DIGITS, a->port, sizeof a->port) && atoi(a->port) >= 1 && atoi(a->port) <= 65535;
}

static bool take_command(const char *text, struct ssh_address *a)
{
	size_t len = strlen(text);

	if (len == 0 || *text == '-' || len >= sizeof a->command || text_check(text, len, false, NULL) != 0)
		return false;
	memcpy(a->command, text, len + 1);
	return true;
}

static bool read_address(struct ssh_address *a, const char *text)
{
	const char *slash = strchr(text, '/'), *at = strchr(text, '@');
	size_t len;

	if (at != NULL && (slash == NULL || at < slash)) {
		if (!take(text, (size_t)(at - text), LETTERS DIGITS "._-", a->user, sizeof a->user))
			return false;
		text = at + 1;
	}
	if (!take_host(text, &len, a))
		return false;
	text += len;
	if (*text == ':') {
		len = strcspn(++text, "/");
		if (!take_port(text, len, a))
			return false;
		text += len;
	}
	return *text == '\0' || strcmp(text, "/") == 0 || (*text == '/' && take_command(text + 1, a));
}

int ssh_read_address(struct ssh_address *a, const char *via, struct err *e)
{
	struct buf shown = BUF_INIT;

	memset(a, 0, sizeof *a);
	if (ssh_is_address(via) && read_address(a, via + strlen(SCHEME))) {
		if (*a->command == '\0')
			snprintf(a->command, sizeof a->command, "%s", SSH_COMMAND);
		return 0;
	}
	text_escape(via, strlen(via), &shown);
	err_set(e, ERR_USAGE, _("%s is no address of a hub: ssh://[user@]host[:port][/command]"), shown.data);
	buf_release(&shown);
	return -1;
}

/* --- the program --- */

static const char *const variables[] = { "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "KRB5CCNAME", "LOGNAME", "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE",
	"SSH_AUTH_SOCK", "TERM", "USER", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", NULL };

/* Options of the address, `--` and the host; returns how many words. */
static size_t add_address(const struct ssh_address *a, const char **words)
{
	size_t n = 0;

	if (*a->user != '\0') {
		words[n++] = "-l";
		words[n++] = a->user;
	}
	if (*a->port != '\0') {
		words[n++] = "-p";
		words[n++] = a->port;
	}
	words[n++] = "--";
	words[n++] = a->host;
	return n;
}

/* Whether the user's settings say how long to wait for a connection: `ssh -G` tells what would be in force. */
static bool waits_by_itself(const struct ssh_address *a)
{
	const char *words[16] = { "ssh", "-G" };
	const struct child_way way = { .path = "ssh", .argv = words, .variables = variables, .patience_ms = CONFIG_MS, .most = CONFIG_MAX };
	struct buf out = BUF_INIT;
	struct child *c;
	bool says;

	add_address(a, words + 2);
	c = child_start(&way, NULL);
	says = c != NULL && child_finish(c, &out, NULL) == 0 && strstr(out.data, "\nconnecttimeout ") != NULL && strstr(out.data, "\nconnecttimeout none") == NULL;
	buf_release(&out);
	return says;
}

struct child *ssh_start(const struct ssh_address *a, bool quiet, struct err *e)
{
	const char *words[32] = { "ssh", "-T", "-a", "-x", "-o", "ClearAllForwardings=yes" };
	const struct child_way way = { .path = "ssh", .argv = words, .variables = variables, .patience_ms = CONFIG_MS, .most = SIZE_MAX };
	char wait[32];
	size_t n = 6;
	struct child *c;

	snprintf(wait, sizeof wait, "ConnectTimeout=%d", SSH_CONNECT_S);
	if (quiet) {
		words[n++] = "-o";
		words[n++] = "BatchMode=yes";
	}
	if (!waits_by_itself(a)) {
		words[n++] = "-o";
		words[n++] = wait;
	}
	n += add_address(a, words + n);
	words[n] = a->command;
	c = child_start(&way, e);
	if (c == NULL && e != NULL)
		e->code = ERR_UNREACHED;
	return c;
}

/* --- its words --- */

/* What it means is in the last line that says something: the lines before are warnings, frames of @ and banners. */
static void last_words(const char *words, struct buf *out)
{
	size_t len = strlen(words), begin;

	while (len > 0) {
		while (len > 0 && strchr("\r\n ", words[len - 1]) != NULL)
			len--;
		for (begin = len; begin > 0 && words[begin - 1] != '\n'; begin--)
			;
		if (strncmp(words + begin, "Connection to ", 14) != 0 || begin == 0)	/* "Connection to host closed." comes behind the reason */
			break;
		len = begin;
	}
	if (len == 0)
		return;
	if (strncmp(words + begin, "ssh: ", 5) == 0)
		begin += 5;
	while (len > begin && words[len - 1] == '.')
		len--;
	text_escape(words + begin, len - begin, out);
}

int ssh_explain(const struct ssh_address *a, const char *words, int status, struct err *e)
{
	struct buf said = BUF_INIT;

	last_words(words, &said);
	if (strstr(words, "Host key verification failed") != NULL)
		err_set(e, ERR_UNREACHED, _("%s was not reached: this computer does not know the host's key, or it is another one than before; ask the hub for its fingerprint and compare it in “ssh %s”"),
		    a->host, a->host);
	else if (said.len > 0)
		err_set(e, ERR_UNREACHED, _("%s was not reached: %s"), a->host, said.data);
	else if (status == 127)
		err_set(e, ERR_UNREACHED, _("%s was reached, but there is no “%s” there"), a->host, a->command);
	else
		err_set(e, ERR_UNREACHED, _("the line to %s dropped; the next exchange goes on from there"), a->host);
	buf_release(&said);
	return -1;
}
