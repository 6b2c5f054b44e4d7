/* bench_screen: what the first screen and each key cost: runs a terminal program in a pseudo-terminal of 80x24 and reports CPU time, peak memory, bytes
 * and writes, one line a program.
 *
 * usage: bench_screen LABEL STEP… -- COMMAND…
 * A step is NAME=KEYS: the keys are sent one after the other, each awaited, and the mean of them is told; with NAME+=KEYS all are sent at once, as a held
 * key sends them, and their sum is told. Without a name (=KEYS) nothing is told. \e \r \t \023 in KEYS are what they are in C. One key is a
 * character or an escape sequence. The last step must end the program. */
#define _GNU_SOURCE 1
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUIET_MS 150
#define SILENT_MS 1500		/* for what has not written anything: a key that does nothing, a program that ends */

struct cost { long bytes, writes; double ms; };

static double child_cpu_ms(pid_t pid)
{
	char path[64], line[1024];
	unsigned long long ns = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);	/* nanoseconds on the CPU */
	if ((f = fopen(path, "r")) == NULL)
		return 0;
	if (fgets(line, sizeof line, f) != NULL)
		sscanf(line, "%llu", &ns);
	fclose(f);
	return (double)ns / 1e6;
}

/* It waits for something, and not for the processor. */
static bool sleeps(pid_t pid)
{
	char path[64], state = 'S';
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	if ((f = fopen(path, "r")) == NULL)
		return true;
	if (fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
		state = 'S';
	fclose(f);
	return state != 'R' && state != 'D';
}

/* Reads until for a while nothing came and the program did nothing either: one that reads a long list says nothing meanwhile, and may throw keys away. False
 * at the end of the terminal. */
static bool drain(int fd, pid_t pid, struct cost *c)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char bytes[65536];
	double ran = -1;
	int idle = 0;
	ssize_t n;

	while (idle < (c->bytes > 0 ? QUIET_MS : SILENT_MS)) {
		double now;

		if (poll(&p, 1, QUIET_MS) > 0) {
			if ((n = read(fd, bytes, sizeof bytes)) <= 0)
				return false;
			c->bytes += n;
			c->writes++;
			idle = 0;
			continue;
		}
		now = child_cpu_ms(pid);
		idle = now == ran && sleeps(pid) ? idle + QUIET_MS : 0;
		ran = now;
	}
	return true;
}

/* What was written and how long it ran since the last call. */
static struct cost spent(int fd, pid_t pid, double *so_far)
{
	struct cost c = { 0, 0, 0 };
	double now;

	drain(fd, pid, &c);
	now = child_cpu_ms(pid);
	c.ms = now > 0 ? now - *so_far : 0;
	*so_far = now;
	return c;
}

/* The bytes of the next key: an escape sequence, or one character. */
static size_t key_length(const char *keys)
{
	size_t n = 1;

	if (keys[0] == '\033' && (keys[1] == '[' || keys[1] == 'O')) {
		for (n = 2; keys[n] != '\0' && (keys[n] < '@' || keys[n] > '~'); n++)
			;
		return keys[n] != '\0' ? n + 1 : n;
	}
	while ((keys[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static void unescape(const char *from, char *to, size_t size)
{
	size_t n = 0;

	for (; *from != '\0' && n + 1 < size; from++) {
		if (*from != '\\' || from[1] == '\0') {
			to[n++] = *from;
			continue;
		}
		from++;
		if (*from >= '0' && *from <= '3' && from[1] != '\0' && from[2] != '\0') {
			to[n++] = (char)((*from - '0') * 64 + (from[1] - '0') * 8 + from[2] - '0');
			from += 2;
		} else {
			to[n++] = *from == 'e' ? '\033' : *from == 'r' ? '\r' : *from == 't' ? '\t' : *from;
		}
	}
	to[n] = '\0';
}

/* Sends the keys one by one; the mean of each. Awaiting takes QUIET_MS a key. */
static struct cost one_by_one(int fd, pid_t pid, const char *keys, double *so_far)
{
	struct cost sum = { 0, 0, 0 };
	int count = 0;

	while (*keys != '\0') {
		size_t n = key_length(keys);
		struct cost c;

		if (write(fd, keys, n) != (ssize_t)n)
			break;
		c = spent(fd, pid, so_far);
		sum.bytes += c.bytes;
		sum.writes += c.writes;
		sum.ms += c.ms;
		count++;
		keys += n;
	}
	if (count > 0)
		sum = (struct cost){ (sum.bytes + count / 2) / count, (sum.writes + count / 2) / count, sum.ms / count };
	return sum;
}

static struct cost at_once(int fd, pid_t pid, const char *keys, double *so_far)
{
	if (write(fd, keys, strlen(keys)) < 0)
		return (struct cost){ 0, 0, 0 };
	return spent(fd, pid, so_far);
}

static void step(int fd, pid_t pid, const char *text, double *so_far)
{
	char keys[4096];
	const char *equals = strchr(text, '=');
	bool held = equals > text && equals[-1] == '+';
	struct cost c;

	unescape(equals + 1, keys, sizeof keys);
	c = held ? at_once(fd, pid, keys, so_far) : one_by_one(fd, pid, keys, so_far);
	if (equals > text)
		printf(" | %.*s %.2f ms %ld B %ld w", (int)(equals - text) - held, text, c.ms, c.bytes, c.writes);
}

int main(int argc, char **argv)
{
	struct winsize size = { 24, 80, 0, 0 };
	struct rusage usage;
	struct cost c;
	double so_far = 0;
	int fd, status, first = 2;
	pid_t pid;

	while (first < argc && strcmp(argv[first], "--") != 0)
		if (strchr(argv[first++], '=') == NULL)
			argc = 0;
	if (first + 1 >= argc) {
		fprintf(stderr, "usage: bench_screen LABEL [NAME[+]]=KEYS... -- COMMAND...\n");
		return 2;
	}
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0)
		return 1;
	if (pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[first + 1], argv + first + 1);
		_exit(127);
	}
	setvbuf(stdout, NULL, _IONBF, 0);
	c = spent(fd, pid, &so_far);
	printf("%-24s first screen %.1f ms %ld B", argv[1], c.ms, c.bytes);
	for (int i = 2; i < first; i++)
		step(fd, pid, argv[i], &so_far);
	c = (struct cost){ 0, 0, 0 };
	if (drain(fd, pid, &c)) {
		printf(" | did not end\n");
		kill(pid, SIGKILL);
		return 1;
	}
	if (wait4(pid, &status, 0, &usage) != pid)
		return 1;
	printf(" | peak %.1f MiB\n", (double)usage.ru_maxrss / 1024);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}
