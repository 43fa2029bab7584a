// Only here: in the header it would change structs that Glibc's Swift module has seen already.
#define _GNU_SOURCE
#include "CLinux.h"
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>

int clinux_accept(int descriptor, struct sockaddr *address, socklen_t *length) {
    return accept4(descriptor, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_pipe(int descriptors[2]) { return pipe2(descriptors, O_NONBLOCK | O_CLOEXEC); }

int clinux_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid) {
    struct ucred credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -1;
    *uid = credentials.uid;
    *gid = credentials.gid;
    *pid = credentials.pid;
    return 0;
}

enum { nanoseconds_per_second = 1000000000 };

int clinux_epoll_wait(int descriptor, struct epoll_event *events, int capacity, int64_t nanoseconds) {
#ifdef SYS_epoll_pwait2
    // By number, because glibc knows the call only since 2.35. The kernel's struct is 64 bits wide everywhere.
    struct {
        int64_t seconds, nanoseconds;
    } limit = {nanoseconds / nanoseconds_per_second, nanoseconds % nanoseconds_per_second};
    return (int)syscall(SYS_epoll_pwait2, descriptor, events, capacity, nanoseconds < 0 ? NULL : &limit, NULL, 0);
#else
    errno = ENOSYS;
    return -1;
#endif
}

int clinux_poll(struct pollfd *entries, nfds_t count, int64_t nanoseconds) {
    struct timespec limit = {nanoseconds / nanoseconds_per_second, nanoseconds % nanoseconds_per_second};
    return ppoll(entries, count, nanoseconds < 0 ? NULL : &limit, NULL);
}

enum { highest_signal = 64 };

// One more than the descriptor a signal is routed to; zero when it has no route.
static atomic_int routes[highest_signal + 1];

static void forward(int signal) {
    int saved = errno;
    int route = atomic_load(&routes[signal]);
    if (route > 0) {
        unsigned char number = (unsigned char)signal;
        // A full pipe already holds unread signals, which wake the reactor just as well.
        if (write(route - 1, &number, 1) < 0) {
        }
    }
    errno = saved;
}

int clinux_signal_route(int signal, int descriptor) {
    if (signal < 1 || signal > highest_signal) {
        errno = EINVAL;
        return -1;
    }
    atomic_store(&routes[signal], descriptor + 1);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = forward;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, NULL);
}

int clinux_signal_unroute(int signal, int descriptor) {
    if (signal < 1 || signal > highest_signal) {
        errno = EINVAL;
        return -1;
    }
    int expected = descriptor + 1;
    if (!atomic_compare_exchange_strong(&routes[signal], &expected, 0)) return 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    return sigaction(signal, &action, NULL);
}
