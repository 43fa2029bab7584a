// Only here: in the header it would change structs that Glibc's Swift module has seen already.
#define _GNU_SOURCE
#include "CLinux.h"
#include <pthread.h>
#include <sched.h>
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

int clinux_duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 0); }

// The kernel's own limit, SCM_MAX_FD: a message never holds more.
enum { most_descriptors = 253 };

union control {
    struct cmsghdr header;
    char octets[CMSG_SPACE(most_descriptors * sizeof(int))];
};

ssize_t clinux_send_descriptors(
    int socket, const void *octets, size_t length, const int *descriptors, int count) {
    if (count < 0 || count > most_descriptors) {
        errno = EINVAL;
        return -1;
    }
    union control control;
    struct iovec piece = {(void *)octets, length};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (count > 0) {
        size_t size = (size_t)count * sizeof(int);
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(header), descriptors, size);
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

ssize_t clinux_receive(int socket, void *buffer, size_t length, int *dropped) {
    struct iovec piece = {buffer, length};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    ssize_t received = recvmsg(socket, &message, 0);
    *dropped = received >= 0 && message.msg_flags & MSG_CTRUNC;
    return received;
}

ssize_t clinux_receive_descriptors(
    int socket, void *buffer, size_t length, int *descriptors, int *count, int *missing) {
    union control control;
    struct iovec piece = {buffer, length};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    int room = *count;
    *count = 0;
    *missing = 0;
    ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (received < 0) return received;
    if (message.msg_flags & MSG_CTRUNC) *missing = 1;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t number = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < number; index++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + index * sizeof(int), sizeof descriptor);
            if (*count < room) {
                descriptors[(*count)++] = descriptor;
            } else {
                close(descriptor);
                *missing = 1;
            }
        }
    }
    return received;
}

int clinux_multicast(
    int socket, int joins, uint32_t interface, const struct sockaddr *group, socklen_t length,
    const struct sockaddr *source) {
    int level = group->sa_family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
    if (source == NULL) {
        struct group_req request = {.gr_interface = interface};
        memcpy(&request.gr_group, group, length);
        return setsockopt(
            socket, level, joins ? MCAST_JOIN_GROUP : MCAST_LEAVE_GROUP, &request, sizeof request);
    }
    struct group_source_req request = {.gsr_interface = interface};
    memcpy(&request.gsr_group, group, length);
    memcpy(&request.gsr_source, source, length);
    return setsockopt(
        socket, level, joins ? MCAST_JOIN_SOURCE_GROUP : MCAST_LEAVE_SOURCE_GROUP, &request, sizeof request);
}

int clinux_multicast_interface(int socket, uint32_t interface) {
    struct ip_mreqn request = {.imr_ifindex = (int)interface};
    return setsockopt(socket, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request);
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

// What to give a signal back when its route ends. Written by those who route, under the lock.
static struct sigaction before[highest_signal + 1];
static pthread_mutex_t routing = PTHREAD_MUTEX_INITIALIZER;

// The threads that are inside the handler, and may be about to write to a route they have looked up.
static atomic_int forwarding;

static void forward(int signal) {
    int saved = errno;
    atomic_fetch_add(&forwarding, 1);
    int route = atomic_load(&routes[signal]);
    if (route > 0) {
        unsigned char number = (unsigned char)signal;
        // A full pipe already holds unread signals, which wake the reactor just as well.
        if (write(route - 1, &number, 1) < 0) {
        }
    }
    atomic_fetch_sub(&forwarding, 1);
    errno = saved;
}

int clinux_signal_route(int signal, int descriptor) {
    if (signal < 1 || signal > highest_signal) {
        errno = EINVAL;
        return -1;
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = forward;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    pthread_mutex_lock(&routing);
    int former = atomic_exchange(&routes[signal], descriptor + 1);
    int result = sigaction(signal, &action, former == 0 ? &before[signal] : NULL);
    if (result != 0) atomic_store(&routes[signal], former);
    pthread_mutex_unlock(&routing);
    return result;
}

int clinux_signal_is_ignored(int signal) {
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int clinux_end_by_signal(int signal) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    sigset_t only;
    sigemptyset(&only);
    if (sigaddset(&only, signal) != 0 || sigaction(signal, &action, NULL) != 0) return -1;
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    return raise(signal);
}

int clinux_signal_unroute(int signal, int descriptor) {
    if (signal < 1 || signal > highest_signal) {
        errno = EINVAL;
        return -1;
    }
    int expected = descriptor + 1;
    int result = 0;
    pthread_mutex_lock(&routing);
    if (atomic_compare_exchange_strong(&routes[signal], &expected, 0)) {
        result = sigaction(signal, &before[signal], NULL);
    }
    pthread_mutex_unlock(&routing);
    // The caller closes the descriptor next, and its number may be anybody's then.
    while (atomic_load(&forwarding) > 0) sched_yield();
    return result;
}

int clinux_set_group(gid_t group) { return setresgid(group, group, group); }

int clinux_set_user(uid_t user) { return setresuid(user, user, user); }
