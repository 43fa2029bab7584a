// What Glibc's Swift module does not expose: epoll, eventfd and friends, and the few calls whose C
// shape (macros, feature-gated structs, signal handlers) Swift cannot write.
#ifndef CLINUX_H
#define CLINUX_H
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

// Accepts with SOCK_NONBLOCK and SOCK_CLOEXEC set: accept4(2).
int clinux_accept(int descriptor, struct sockaddr *address, socklen_t *length);

// Makes a non-blocking, close-on-exec pipe: pipe2(2).
int clinux_pipe(int descriptors[2]);

// Reads the peer's identity from a connected Unix socket: SO_PEERCRED of unix(7).
int clinux_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid);

// Waits for epoll events with a time in nanoseconds, negative for none: epoll_pwait2(2), Linux 5.11.
// Fails with ENOSYS where the kernel or the build has no such call.
int clinux_epoll_wait(int descriptor, struct epoll_event *events, int capacity, int64_t nanoseconds);

// Waits for descriptors with a time in nanoseconds, negative for none: ppoll(2).
int clinux_poll(struct pollfd *entries, nfds_t count, int64_t nanoseconds);

// Routes a signal to a pipe: the handler writes the signal's number as one byte to `descriptor`.
// A signal has one route in the process; the newest wins.
int clinux_signal_route(int signal, int descriptor);

// Restores the default action of a signal if it still is routed to `descriptor`.
int clinux_signal_unroute(int signal, int descriptor);

#endif
