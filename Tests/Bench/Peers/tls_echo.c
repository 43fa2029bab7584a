// The echo server ours is measured against over TLS 1.3: epoll and OpenSSL with nothing in between.
// `tls_echo CERTIFICATE KEY` prints `LISTENING port` and runs until SIGTERM. Build it with -lssl -lcrypto.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { piece_size = 16384, events_per_wait = 1024, accepts_per_wake = 64, backlog = 1024 };

// One connection, and what the kernel has not taken of its echo yet.
struct connection {
    int descriptor;
    SSL *ssl;
    char *unsent;
    int unsent_count;
    bool waits_to_write;
};

static int poller;
static SSL_CTX *context;
static char input[piece_size];

static void fail(const char *call) {
    perror(call);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static void drop(struct connection *c) {
    SSL_shutdown(c->ssl);
    SSL_free(c->ssl);
    close(c->descriptor);
    free(c->unsent);
    free(c);
}

static void wait_for(struct connection *c, bool to_write) {
    if (c->waits_to_write == to_write) return;
    c->waits_to_write = to_write;
    struct epoll_event event = {.events = to_write ? EPOLLOUT : EPOLLIN, .data.ptr = c};
    if (epoll_ctl(poller, EPOLL_CTL_MOD, c->descriptor, &event) < 0) fail("epoll_ctl");
}

// Whether the connection only waits for the network; if not, it is over.
static bool is_waiting(struct connection *c, int result) {
    switch (SSL_get_error(c->ssl, result)) {
    case SSL_ERROR_WANT_READ: wait_for(c, false); return true;
    case SSL_ERROR_WANT_WRITE: wait_for(c, true); return true;
    default: ERR_clear_error(); return false;
    }
}

// Keeps an echo for later; while there is one, nothing more is read.
static void keep(struct connection *c, int count) {
    c->unsent = malloc(count);
    if (c->unsent == NULL) fail("malloc");
    memcpy(c->unsent, input, count);
    c->unsent_count = count;
}

// Sends what was kept; false when it has to wait still, or the connection is over.
static bool send_rest(struct connection *c) {
    int result = SSL_write(c->ssl, c->unsent, c->unsent_count);
    if (result <= 0) {
        if (!is_waiting(c, result)) drop(c);
        return false;
    }
    free(c->unsent);
    c->unsent = NULL;
    wait_for(c, false);
    return true;
}

// Reading begins with the handshake.
static void echo(struct connection *c) {
    if (c->unsent != NULL && !send_rest(c)) return;
    do {
        int count = SSL_read(c->ssl, input, sizeof input);
        int result = count > 0 ? SSL_write(c->ssl, input, count) : count;
        if (result > 0) continue;
        if (!is_waiting(c, result))
            drop(c);
        else if (count > 0)
            keep(c, count);
        return;
    } while (SSL_has_pending(c->ssl));
    wait_for(c, false);
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
        c->ssl = SSL_new(context);
        if (c->ssl == NULL || SSL_set_fd(c->ssl, descriptor) != 1) fail("SSL_new");
        SSL_set_accept_state(c->ssl);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        if (epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) < 0) fail("epoll_ctl");
    }
}

static int start_listening(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0) fail("socket");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, length) < 0) fail("bind");
    if (listen(listener, backlog) < 0) fail("listen");
    if (getsockname(listener, (struct sockaddr *)&address, &length) < 0) fail("getsockname");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event) < 0) fail("epoll_ctl");
    printf("LISTENING %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static void make_context(const char *certificate, const char *key) {
    context = SSL_CTX_new(TLS_server_method());
    if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1
        || SSL_CTX_use_certificate_chain_file(context, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
        fail("SSL_CTX_new");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // Without it every record takes two calls of the kernel, one of them for five octets.
    SSL_CTX_set_read_ahead(context, 1);
}

static void finish(int signal) {
    (void)signal;
    _exit(0);
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: tls_echo CERTIFICATE KEY\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, finish);
    make_context(arguments[1], arguments[2]);
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0) fail("epoll_create1");
    int listener = start_listening();
    static struct epoll_event events[events_per_wait];
    for (;;) {
        int ready = epoll_wait(poller, events, events_per_wait, -1);
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == NULL)
                accept_waiting(listener);
            else
                echo(c);
        }
    }
}
