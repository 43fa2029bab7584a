// The echo server bench-echo is measured against: the same work in C, with nothing in between.
// `bench-echo-c PORT` prints `LISTENING port` and runs until SIGTERM.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { read_size = 65536, events_per_wait = 1024, accepts_per_wake = 64, backlog = 1024 };

// One connection, and what the kernel has not taken of its echo yet.
struct connection {
    int descriptor;
    char *unsent;
    size_t unsent_count;
};

static int poller;
static char input[read_size];

static void fail(const char *call) {
    perror(call);
    exit(1);
}

static void wait_for(struct connection *c, int operation, unsigned events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (epoll_ctl(poller, operation, c->descriptor, &event) < 0) fail("epoll_ctl");
}

static void drop(struct connection *c) {
    close(c->descriptor);
    free(c->unsent);
    free(c);
}

// Sends, and returns how much was taken; negative when the connection is dead.
static ssize_t send_some(int descriptor, const char *bytes, size_t count) {
    ssize_t sent;
    do sent = send(descriptor, bytes, count, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 && errno == EAGAIN ? 0 : sent;
}

// While an echo is unsent nothing more is read, so one buffer's worth is the most that waits.
static void send_rest(struct connection *c) {
    ssize_t sent = send_some(c->descriptor, c->unsent, c->unsent_count);
    if (sent < 0) {
        drop(c);
        return;
    }
    c->unsent_count -= sent;
    memmove(c->unsent, c->unsent + sent, c->unsent_count);
    if (c->unsent_count > 0) return;
    free(c->unsent);
    c->unsent = NULL;
    wait_for(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void echo(struct connection *c) {
    ssize_t count = recv(c->descriptor, input, sizeof input, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    ssize_t sent = count > 0 ? send_some(c->descriptor, input, count) : -1;
    if (sent < 0) {
        drop(c);
        return;
    }
    if (sent == count) return;
    c->unsent_count = count - sent;
    c->unsent = malloc(c->unsent_count);
    if (c->unsent == NULL) fail("malloc");
    memcpy(c->unsent, input + sent, c->unsent_count);
    wait_for(c, EPOLL_CTL_MOD, EPOLLOUT);
}

static void accept_waiting(int listener) {
    for (int i = 0; i < accepts_per_wake; i++) {
        int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *c = calloc(1, sizeof *c);
        if (c == NULL) fail("calloc");
        c->descriptor = descriptor;
        wait_for(c, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static int start_listening(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0) fail("socket");
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, length) < 0) fail("bind");
    if (listen(listener, backlog) < 0) fail("listen");
    if (getsockname(listener, (struct sockaddr *)&address, &length) < 0) fail("getsockname");
    printf("LISTENING %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static void finish(int signal) {
    (void)signal;
    _exit(0);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: bench-echo-c PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, finish);
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0) fail("epoll_create1");
    struct connection listener = {.descriptor = start_listening(atoi(arguments[1]))};
    wait_for(&listener, EPOLL_CTL_ADD, EPOLLIN);
    static struct epoll_event events[events_per_wait];
    for (;;) {
        int ready = epoll_wait(poller, events, events_per_wait, -1);
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == &listener)
                accept_waiting(c->descriptor);
            else if (c->unsent != NULL)
                send_rest(c);
            else
                echo(c);
        }
    }
}
