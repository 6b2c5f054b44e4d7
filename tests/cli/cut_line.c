/* cut_line HOST PORT BYTES: what ssh can use as its ProxyCommand: a connection that carries so many bytes, both ways together, and drops. */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connected(const char *host, const char *port)
{
	struct addrinfo want = { .ai_socktype = SOCK_STREAM }, *found;
	int fd;

	if (getaddrinfo(host, port, &want, &found) != 0)
		return -1;
	fd = socket(found->ai_family, SOCK_STREAM, 0);
	if (fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
		close(fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

/* Bytes that went; 0: an end has closed. */
static long carry(int from, int to, long most)
{
	char data[4096];
	ssize_t n = read(from, data, most < (long)sizeof data ? (size_t)most : sizeof data), done = 0;

	while (done < n) {
		ssize_t w = write(to, data + done, (size_t)(n - done));

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return 0;
		done += w;
	}
	return n > 0 ? n : 0;
}

int main(int argc, char **argv)
{
	long left = argc == 4 ? atol(argv[3]) : 0;
	int fd = argc == 4 ? connected(argv[1], argv[2]) : -1;

	if (fd < 0) {
		fprintf(stderr, "cut_line: no connection\n");
		return 1;
	}
	while (left > 0) {
		struct pollfd ways[2] = { { STDIN_FILENO, POLLIN, 0 }, { fd, POLLIN, 0 } };
		long went;

		if (poll(ways, 2, 60000) <= 0)
			return 1;
		for (int i = 0; i < 2 && left > 0; i++) {
			if (ways[i].revents == 0)
				continue;
			went = i == 0 ? carry(STDIN_FILENO, fd, left) : carry(fd, STDOUT_FILENO, left);
			if (went == 0)
				return 0;
			left -= went;
		}
	}
	return 0;
}
