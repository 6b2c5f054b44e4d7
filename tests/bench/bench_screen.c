/* bench_screen: what the first screen and a key cost: runs a terminal program in a pseudo-terminal of 80x24 and reports CPU time, peak memory and
 * bytes. usage: bench_screen LABEL KEYS COMMAND…   KEYS: after the first screen one by one, each awaited ("\\n" and so on by the shell);
 * the last key must end the program. */
#define _GNU_SOURCE 1
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUIET_MS 150
#define LIMIT_MS 20000

/* Reads until nothing came for QUIET_MS; returns the bytes, or -1 at the end of the terminal. */
static long drain(int fd, long *reads)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char bytes[65536];
	long total = 0;
	ssize_t n;
	int wait = LIMIT_MS;

	while (poll(&p, 1, wait) > 0) {
		n = read(fd, bytes, sizeof(bytes));
		if (n <= 0)
			return total > 0 ? total : -1;
		total += n;
		(*reads)++;
		wait = QUIET_MS;
	}
	return total;
}

static double child_cpu_ms(pid_t pid)
{
	char path[64], line[1024];
	FILE *f;
	unsigned long u = 0;
	const char *p;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);	/* nanoseconds on the CPU */
	if ((f = fopen(path, "r")) != NULL) {
		p = fgets(line, sizeof(line), f);
		fclose(f);
		if (p != NULL && sscanf(line, "%lu", &u) == 1)
			return (double)u / 1e6;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct winsize size = { 24, 80, 0, 0 };
	struct rusage usage;
	long first, bytes, reads = 0, key_bytes = 0, key_reads = 0;
	double cpu, before, after;
	int fd, status, keys = 0;
	const char *k;
	pid_t pid;

	if (argc < 4) {
		fprintf(stderr, "usage: bench_screen LABEL KEYS COMMAND...\n");
		return 2;
	}
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0)
		return 1;
	if (pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	first = drain(fd, &reads);
	cpu = child_cpu_ms(pid);
	before = cpu;
	for (k = argv[2]; k[0] != '\0' && k[1] != '\0'; k++) {
		if (write(fd, k, 1) != 1)
			break;
		bytes = drain(fd, &key_reads);
		key_bytes += bytes > 0 ? bytes : 0;
		keys++;
	}
	after = child_cpu_ms(pid);
	if (*k != '\0')
		(void)!write(fd, k, 1);
	while (drain(fd, &reads) >= 0)
		;
	if (wait4(pid, &status, 0, &usage) != pid)
		return 1;
	printf("%-28s first screen %6.2f ms CPU, %5ld bytes; peak %5.1f MiB", argv[1], cpu, first, (double)usage.ru_maxrss / 1024);
	if (keys > 0)
		printf("; a key %5.2f ms, %ld bytes, %.1f writes", (after - before) / keys, key_bytes / keys, (double)key_reads / keys);
	printf("\n");
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}
