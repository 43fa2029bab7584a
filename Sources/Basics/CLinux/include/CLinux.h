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
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

// Accepts with SOCK_NONBLOCK and SOCK_CLOEXEC set: accept4(2).
int clinux_accept(int descriptor, struct sockaddr *address, socklen_t *length);

// Makes a non-blocking, close-on-exec pipe: pipe2(2).
int clinux_pipe(int descriptors[2]);

// Reads the peer's identity from a connected Unix socket: SO_PEERCRED of unix(7).
int clinux_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid);

// Duplicates a descriptor, close-on-exec: F_DUPFD_CLOEXEC of fcntl(2).
int clinux_duplicate(int descriptor);

// Sends octets and, unless `count` is 0, descriptors over a Unix stream socket: SCM_RIGHTS of unix(7).
ssize_t clinux_send_descriptors(
    int socket, const void *octets, size_t length, const int *descriptors, int count);

// Receives octets of a Unix stream socket; `dropped` becomes 1 when descriptors came along, which the kernel closes.
ssize_t clinux_receive(int socket, void *buffer, size_t length, int *dropped);

// Receives octets and descriptors, the latter close-on-exec. `count` is the room in `descriptors` on
// entry and their number on return; `missing` becomes 1 when there were more, which are closed.
ssize_t clinux_receive_descriptors(
    int socket, void *buffer, size_t length, int *descriptors, int *count, int *missing);

// Joins (1) or leaves (0) a multicast group, heard from everyone or from `source` only: RFC 3678.
int clinux_multicast(
    int socket, int joins, uint32_t interface, const struct sockaddr *group, socklen_t length,
    const struct sockaddr *source);

// Chooses the interface that IPv4 datagrams to a group leave by: IP_MULTICAST_IF of ip(7).
int clinux_multicast_interface(int socket, uint32_t interface);

// Waits for epoll events with a time in nanoseconds, negative for none: epoll_pwait2(2), Linux 5.11.
// Fails with ENOSYS where the kernel or the build has no such call.
int clinux_epoll_wait(int descriptor, struct epoll_event *events, int capacity, int64_t nanoseconds);

// Waits for descriptors with a time in nanoseconds, negative for none: ppoll(2).
int clinux_poll(struct pollfd *entries, nfds_t count, int64_t nanoseconds);

// Routes a signal to a pipe: the handler writes the signal's number as one byte to `descriptor`.
// A signal has one route in the process; the newest wins.
int clinux_signal_route(int signal, int descriptor);

// Whether the process ignores a signal, as what a shell starts with nohup or in the background does.
int clinux_signal_is_ignored(int signal);

// Ends the process by a signal's default action; returns only for a signal that does not end processes, or none.
int clinux_end_by_signal(int signal);

// Gives a signal the action back that it had before its first route, if it still is routed to `descriptor`. After it returns no handler
// writes to that descriptor any more, on any thread.
int clinux_signal_unroute(int signal, int descriptor);

// Sets the real, effective and saved group or user of all threads: setresgid(2), setresuid(2).
int clinux_set_group(gid_t group);
int clinux_set_user(uid_t user);

// Takes all capabilities out of the calling thread's bounding set, which later threads inherit: PR_CAPBSET_DROP of prctl(2).
// Needs CAP_SETPCAP; -1 with errno where that is missing.
int clinux_drop_bounding_set(void);

// Has no program that the calling thread or later ones execute gain rights: PR_SET_NO_NEW_PRIVS of prctl(2).
int clinux_forbid_new_privileges(void);

// What a child process is made of. All strings and arrays are read before the call returns.
struct clinux_child {
    const char *path;         // of the program, with a slash in it
    char *const *arguments;   // its argv, ended by NULL
    char *const *environment; // its environment, ended by NULL
    const char *directory;    // to begin in, or NULL
    const int *targets;       // the child's numbers of the descriptors it gets,
    const int *sources;       // and ours of the same ones
    int count;                // how many
    int terminal;             // our end of the terminal that shall control it, or -1
    int starts_session;       // whether it leads a session of its own; one with a terminal always does
    int64_t user;             // to become, or -1
    int64_t group;            // to become, or -1
};

// Starts a child with no descriptor but the given ones, no signal blocked or ignored, and returns 0.
// `pidfd` becomes a close-on-exec descriptor of the process, or -1 where the kernel has none:
// pidfd_open(2). On failure it returns an errno value and `step` names the call that failed.
int clinux_spawn(const struct clinux_child *child, pid_t *pid, int *pidfd, const char **step);

// Waits for a child without blocking: 1 when it has ended, 0 when it runs, -1 with errno. It is gone then, unless
// `keeps` leaves it a zombie whose number nobody else can get. `dumped` tells of a core dump; of `code` and `signal` the
// one that does not apply is -1.
int clinux_reap(pid_t pid, int keeps, int *code, int *signal, int *dumped);

// Sends a signal to the process behind a pidfd: pidfd_send_signal(2).
int clinux_signal_child(int pidfd, int signal);

// Makes a pseudo-terminal with the given size; both ends are close-on-exec, `ours` non-blocking.
int clinux_open_terminal(int *ours, int *theirs, uint16_t rows, uint16_t columns);

// Makes a second process of this one that belongs to no session's leader and to no terminal: setsid(2), and fork(2) twice.
// Returns 0 in it as soon as clinux_await_daemon() runs in the first process, and the new process's number there;
// -1 with errno on failure, with EDEADLK when there are other threads, which would be missing in the new process.
// `channel` becomes a close-on-exec socket to the other one.
pid_t clinux_detach(int *channel);

// Waits in the first process until the daemon has sent an octet, and returns -1; or until it has ended, and returns its
// exit status, or 256 and the signal that killed it. Signals that ask to end are passed on to it meanwhile.
int clinux_await_daemon(pid_t daemon, int channel);

// Opens a close-on-exec descriptor of a process, readable when it has ended: pidfd_open(2).
int clinux_open_process(pid_t pid);

// Tells a terminal its new size, which signals its foreground processes: TIOCSWINSZ.
int clinux_resize_terminal(int terminal, uint16_t rows, uint16_t columns);

// Reads what one octet and what two octets mean in a character set of iconv(3), as code points of 16 bits; 0 is none, and
// 0xFFFF among `singles` is an octet that begins a pair, whose place is its two octets as a number. Loads a file the
// first time. Returns -1 with errno when the system does not know the name.
int clinux_read_character_set(const char *name, uint16_t singles[256], uint16_t pairs[65536]);

#endif
