#define _GNU_SOURCE
#include "visits.h"

#include "client.h"
#include "measure.h"
#include "window.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    EVENTS_PER_WAIT = 1024,
    /// A record's worth, and what one read of a plain socket takes.
    PIECE = 16384,
    /// Addresses visits come from in turn, so that ports still in TIME_WAIT are no hindrance.
    SOURCES = 250,
    PATIENCE_S = 60,
};

struct visitor {
    int socket;
    SSL *ssl;
    /// What the next visit resumes; NULL unless it shall.
    SSL_SESSION *session;
    size_t sent, received;
    uint64_t began;
    bool answered;
};

static int poller;
static struct sockaddr_in server;
static SSL_CTX *context;
static bool resumes, stays;
static size_t length;
static char *message;
static uint64_t secured, resumed;
/// Visitors that were answered at least once.
static int answered;

// MARK: Connections

// Servers of TLS 1.3 give sessions after the handshake, before the first octets of data.
static int session_given(SSL *ssl, SSL_SESSION *session) {
    struct visitor *visitor = SSL_get_app_data(ssl);
    SSL_SESSION_free(visitor->session);
    visitor->session = session;
    return 1;
}

static void make_context(void) {
    context = SSL_CTX_new(TLS_client_method());
    if (!context || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1
        || SSL_CTX_set_ciphersuites(context, "TLS_AES_256_GCM_SHA384") != 1
        || SSL_CTX_set1_groups_list(context, "X25519") != 1)
        fail("no TLS context");
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_mode(context, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (!resumes) return;
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, session_given);
}

static void secure(struct visitor *visitor) {
    visitor->ssl = SSL_new(context);
    if (!visitor->ssl || SSL_set_fd(visitor->ssl, visitor->socket) != 1) fail("no TLS connection");
    SSL_set_app_data(visitor->ssl, visitor);
    SSL_set_connect_state(visitor->ssl);
    if (visitor->session && SSL_set_session(visitor->ssl, visitor->session) != 1) fail("no TLS session");
}

static void come(struct visitor *visitor) {
    static uint32_t source;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + source++ % SOURCES)};
    int yes = 1;
    visitor->sent = visitor->received = 0;
    visitor->began = now_ns();
    visitor->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (visitor->socket < 0) fail("socket: %s", strerror(errno));
    setsockopt(visitor->socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    setsockopt(visitor->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (bind(visitor->socket, (struct sockaddr *)&from, sizeof from) != 0) fail("bind: %s", strerror(errno));
    if (connect(visitor->socket, (struct sockaddr *)&server, sizeof server) != 0 && errno != EINPROGRESS)
        fail("connect: %s", strerror(errno));
    if (context) secure(visitor);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = visitor};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, visitor->socket, &event) != 0) fail("epoll_ctl: %s", strerror(errno));
}

static void leave(struct visitor *visitor) {
    if (visitor->ssl) {
        secured++;
        if (SSL_session_reused(visitor->ssl)) resumed++;
        SSL_shutdown(visitor->ssl);
        SSL_free(visitor->ssl);
        ERR_clear_error();
    }
    close(visitor->socket);
}

// MARK: Messages

// Turns a result of TLS into a count; 0 is to wait.
static size_t secure_count(struct visitor *visitor, int result) {
    if (result > 0) return (size_t)result;
    int error = SSL_get_error(visitor->ssl, result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
        fail("TLS failed or the server closed: %s", ERR_reason_error_string(ERR_peek_error()));
    return 0;
}

static size_t plain_count(ssize_t result) {
    if (result > 0) return (size_t)result;
    if (result == 0) fail("the server closed a connection");
    // A connection that is not made yet takes nothing (ENOTCONN for reading).
    if (errno != EAGAIN && errno != EINTR && errno != ENOTCONN) fail("%s", strerror(errno));
    return 0;
}

static size_t put(struct visitor *visitor) {
    const char *rest = message + visitor->sent;
    size_t count = length - visitor->sent;
    if (visitor->ssl) return secure_count(visitor, SSL_write(visitor->ssl, rest, (int)count));
    return plain_count(send(visitor->socket, rest, count, MSG_NOSIGNAL));
}

static size_t get(struct visitor *visitor) {
    static char piece[PIECE];
    if (visitor->ssl) return secure_count(visitor, SSL_read(visitor->ssl, piece, sizeof piece));
    return plain_count(recv(visitor->socket, piece, sizeof piece, 0));
}

static void go_on(struct visitor *visitor) {
    for (;;) {
        while (visitor->sent < length) {
            size_t count = put(visitor);
            if (count == 0) return;
            visitor->sent += count;
        }
        while (visitor->received < length) {
            size_t count = get(visitor);
            if (count == 0) return;
            visitor->received += count;
        }
        window_add(visitor->began, now_ns());
        if (!visitor->answered) answered++;
        visitor->answered = true;
        if (!stays) {
            leave(visitor);
            come(visitor);
            return;
        }
        visitor->sent = visitor->received = 0;
        visitor->began = now_ns();
    }
}

// MARK: Runs

static void poll_once(void) {
    static struct epoll_event events[EVENTS_PER_WAIT];
    int ready = epoll_wait(poller, events, EVENTS_PER_WAIT, 10);
    for (int index = 0; index < ready; index++) go_on(events[index].data.ptr);
}

static void run(int size, const char *port, double seconds, pid_t pid) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    signal(SIGPIPE, SIG_IGN);
    server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct visitor *visitors = calloc((size_t)size, sizeof *visitors);
    message = calloc(1, length);
    if (poller < 0 || !visitors || !message) fail("no memory for %d connections", size);
    for (int index = 0; index < size; index++) come(&visitors[index]);
    uint64_t patience = now_ns() + PATIENCE_S * 1000000000ull;
    while (answered < size) {
        poll_once();
        if (now_ns() > patience) fail("only %d of %d were answered", answered, size);
    }
    window_open(pid, 0.2, seconds);
    while (window_goes_on()) poll_once();
    printf("RESULT connections=%d octets=%zu", size, length);
    if (secured > 0) printf(" resumed=%.3f", (double)resumed / (double)secured);
}

int tls_echo(int count, char **words) {
    if (count < 4 || atoi(words[1]) < 1 || atol(words[2]) < 1) return 2;
    length = (size_t)atol(words[2]);
    stays = true;
    make_context();
    run(atoi(words[1]), words[0], atof(words[3]), count > 4 ? atoi(words[4]) : 0);
    window_print("messages");
    return 0;
}

int visits(const char *kind, int count, char **words) {
    bool plain = strcmp(kind, "plain-visits") == 0;
    resumes = strcmp(kind, "resumed-visits") == 0;
    if (count < 3 || atoi(words[1]) < 1 || !(plain || resumes || strcmp(kind, "tls-visits") == 0)) return 2;
    length = 1;
    if (!plain) make_context();
    run(atoi(words[1]), words[0], atof(words[2]), count > 3 ? atoi(words[3]) : 0);
    window_print("visits");
    return 0;
}
