#define _GNU_SOURCE
#include "client.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

enum { IAC = 255, DONT = 254, DO = 253, WONT = 252, WILL = 251, SB = 250, GA = 249, SE = 240, EOR = 239, MCCP2 = 86 };

void fail(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fputs("bench-load: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    exit(1);
}

void crowd_open(struct crowd *crowd, int size) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    crowd->epoll = epoll_create1(EPOLL_CLOEXEC);
    crowd->clients = calloc((size_t)size, sizeof *crowd->clients);
    crowd->size = size;
    if (crowd->epoll < 0 || !crowd->clients) fail("no memory for %d clients", size);
    for (int index = 0; index < size; index++) crowd->clients[index].index = index;
}

static void watch(struct crowd *crowd, struct client *client, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = client};
    if (epoll_ctl(crowd->epoll, operation, client->socket, &event) != 0) fail("epoll_ctl: %s", strerror(errno));
}

void client_connect(struct crowd *crowd, struct client *client, const char *host, const char *port) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV}, *found;
    if (getaddrinfo(host, port, &hints, &found) != 0) fail("%s port %s is no address", host, port);
    client->socket = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->socket < 0 || connect(client->socket, found->ai_addr, found->ai_addrlen) != 0)
        fail("%s port %s: %s", host, port, strerror(errno));
    freeaddrinfo(found);
    int yes = 1;
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    client->connected = true;
    watch(crowd, client, EPOLL_CTL_ADD, EPOLLIN);
}

void client_close(struct crowd *crowd, struct client *client) {
    (void)crowd;
    if (!client->connected) return;
    client->connected = false;
    close(client->socket);
    if (client->inflater) inflateEnd(client->inflater);
    free(client->inflater);
    client->inflater = NULL;
}

void client_send(struct crowd *crowd, struct client *client, const char *bytes, size_t length) {
    ssize_t sent = send(client->socket, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
        if (errno != EAGAIN) return client_close(crowd, client);
        sent = 0;
    }
    client->rest = bytes + sent;
    client->rest_length = length - (size_t)sent;
    if (client->rest_length > 0) watch(crowd, client, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

void client_say(struct crowd *crowd, struct client *client, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(client->line, sizeof client->line - 2, format, list);
    va_end(list);
    client->line[length++] = '\r';
    client->line[length++] = '\n';
    client->text_length = 0;
    client_send(crowd, client, client->line, (size_t)length);
}

void client_await(struct client *client, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(client->reply, sizeof client->reply, format, list);
    va_end(list);
    client->reply_length = (size_t)length;
    client->matched = 0;
    client->border[0] = 0;
    for (size_t end = 1, border = 0; end < client->reply_length; end++) {
        while (border > 0 && client->reply[end] != client->reply[border]) border = client->border[border - 1];
        if (client->reply[end] == client->reply[border]) border++;
        client->border[end] = (uint8_t)border;
    }
}

static void keep(struct client *client, const uint8_t *bytes, size_t length) {
    if (length > TEXT_LIMIT) {
        bytes += length - TEXT_LIMIT;
        length = TEXT_LIMIT;
    }
    size_t kept = client->text_length;
    if (kept + length > TEXT_LIMIT) {
        size_t lost = kept + length - TEXT_LIMIT;
        memmove(client->text, client->text + lost, kept - lost);
        kept -= lost;
    }
    memcpy(client->text + kept, bytes, length);
    client->text_length = kept + length;
}

static void take_text(struct crowd *crowd, struct client *client, const uint8_t *bytes, size_t length) {
    if (client->text) keep(client, bytes, length);
    for (size_t at = 0; at < length && client->reply_length > 0; at++) {
        if (client->matched == 0) {
            const uint8_t *first = memchr(bytes + at, client->reply[0], length - at);
            if (!first) return;
            at = (size_t)(first - bytes);
        }
        while (client->matched > 0 && bytes[at] != (uint8_t)client->reply[client->matched])
            client->matched = client->border[client->matched - 1];
        if (bytes[at] == (uint8_t)client->reply[client->matched]) client->matched++;
        if (client->matched == client->reply_length) {
            client->reply_length = 0;
            crowd->replied(crowd, client);
        }
    }
}

static void answer(struct crowd *crowd, struct client *client, uint8_t verb, uint8_t option) {
    if (verb != DO && verb != WILL) return;
    bool agrees = crowd->compresses && verb == WILL && option == MCCP2;
    uint8_t answer[] = {IAC, agrees ? DO : verb == DO ? WONT : DONT, option};
    (void)!send(client->socket, answer, sizeof answer, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Takes one octet of a telnet command, the one that `telnet` says.
static void take_command(struct crowd *crowd, struct client *client, uint8_t octet) {
    switch (client->telnet) {
    case IAC:
        client->telnet = octet >= SB && octet < IAC ? octet : 0;
        client->telnet_data_escape = false;
        client->telnet_option = -1;
        if ((octet == GA || octet == EOR) && crowd->prompted) crowd->prompted(crowd, client);
        break;
    case SB:
        if (client->telnet_option < 0) client->telnet_option = octet;
        if (client->telnet_data_escape && octet == SE) {
            client->telnet = 0;
            if (client->telnet_option == MCCP2) client->is_compressed = true;
            if (client->telnet_option == MCCP2) crowd->compressed++;
        }
        client->telnet_data_escape = octet == IAC && !client->telnet_data_escape;
        break;
    default:
        answer(crowd, client, client->telnet, octet);
        client->telnet = 0;
    }
}

static void take_plain(struct crowd *crowd, struct client *client, const uint8_t *bytes, size_t length, size_t *taken) {
    size_t at = 0;
    bool was_compressed = client->is_compressed;
    while (at < length && client->connected && client->is_compressed == was_compressed) {
        if (client->telnet) {
            take_command(crowd, client, bytes[at++]);
            continue;
        }
        const uint8_t *command = memchr(bytes + at, IAC, length - at);
        size_t end = command ? (size_t)(command - bytes) : length;
        if (end > at) take_text(crowd, client, bytes + at, end - at);
        at = end;
        if (command) {
            client->telnet = IAC;
            at++;
        }
    }
    *taken = at;
}

static void take_compressed(struct crowd *crowd, struct client *client, const uint8_t *bytes, size_t length, size_t *taken) {
    uint8_t plain[16384];
    if (!client->inflater) {
        client->inflater = calloc(1, sizeof *client->inflater);
        // The window is as large as the stream says.
        if (!client->inflater || inflateInit2(client->inflater, 0) != Z_OK) fail("no memory to inflate");
    }
    z_stream *stream = client->inflater;
    stream->next_in = (Bytef *)bytes;
    stream->avail_in = (uInt)length;
    int status = Z_OK;
    do {
        stream->next_out = plain;
        stream->avail_out = sizeof plain;
        status = inflate(stream, Z_SYNC_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) fail("what was compressed is damaged");
        size_t ignored;
        take_plain(crowd, client, plain, sizeof plain - stream->avail_out, &ignored);
    } while (client->connected && status == Z_OK && stream->avail_out == 0);
    if (!client->connected) return;
    *taken = length - stream->avail_in;
    if (status != Z_STREAM_END) return;
    inflateEnd(stream);
    free(stream);
    client->inflater = NULL;
    client->is_compressed = false;
    crowd->compressed--;
}

void client_take_telnet(struct crowd *crowd, struct client *client, const uint8_t *bytes, size_t length) {
    crowd->octets += length;
    for (size_t at = 0, taken = 0; at < length && client->connected; at += taken) {
        taken = length - at;
        if (client->is_compressed)
            take_compressed(crowd, client, bytes + at, length - at, &taken);
        else
            take_plain(crowd, client, bytes + at, length - at, &taken);
    }
}

static void receive(struct crowd *crowd, struct client *client) {
    static uint8_t buffer[65536];
    ssize_t length = recv(client->socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (length > 0) return crowd->received(crowd, client, buffer, (size_t)length);
    if (length < 0 && errno == EAGAIN) return;
    client_close(crowd, client);
}

void crowd_poll(struct crowd *crowd, int milliseconds) {
    struct epoll_event events[256];
    int ready = epoll_wait(crowd->epoll, events, 256, milliseconds);
    for (int index = 0; index < ready; index++) {
        struct client *client = events[index].data.ptr;
        if (client->connected && client->rest_length > 0 && events[index].events & EPOLLOUT) {
            watch(crowd, client, EPOLL_CTL_MOD, EPOLLIN);
            client_send(crowd, client, client->rest, client->rest_length);
        }
        if (client->connected && events[index].events & ~(uint32_t)EPOLLOUT) receive(crowd, client);
    }
}
