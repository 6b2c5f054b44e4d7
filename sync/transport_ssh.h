/* transport_ssh: the way to the hub over the user's own ssh, and what an address may be:
 *
 *     ssh://[user@]host[:port][/command]
 *
 * Host, user and port go to the `ssh` in PATH as they are, so that ~/.ssh/config, known hosts, keys, agents and jump hosts work as the user knows them. The
 * command is `livenet-hub exchange` unless the address names another one (where the hub forces a command, as it should, it does not matter). An
 * address may come from a message or a script: nothing in it can become an option of ssh, and nothing reaches a shell of this computer. */
#ifndef SYNC_TRANSPORT_SSH_H
#define SYNC_TRANSPORT_SSH_H

#include <stdbool.h>

#include "base/child.h"
#include "base/err.h"

#define SSH_COMMAND "livenet-hub exchange"
#define SSH_CONNECT_S 30		/* for ssh to connect, where the user's own settings do not say */

struct ssh_address { char user[64], host[256], port[6], command[512]; };	/* "" where the address has none; command: as it goes to the other side */

bool ssh_is_address(const char *via);
/* ERR_USAGE: it is none. */
int ssh_read_address(struct ssh_address *a, const char *via, struct err *e);

/* `quiet`: ssh asks nothing (no terminal is its own): a host that is not known, or a key with a passphrase and no agent, is an error then. */
struct child *ssh_start(const struct ssh_address *a, bool quiet, struct err *e);

/* Why it ended so: its own words, escaped, in one sentence (ERR_UNREACHED). `words`: what it said; status: child_await. */
int ssh_explain(const struct ssh_address *a, const char *words, int status, struct err *e);

#endif
