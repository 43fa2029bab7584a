// Many TCP clients in one epoll loop; one of them is a `struct client`.
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// Octets of a line and of an awaited reply; ours are shorter than 64.
    LINE_LIMIT = 128,
    /// Octets of what a server said that are kept while logging in.
    TEXT_LIMIT = 2048,
};

struct client {
    int socket;
    int index;
    bool connected;
    /// What the program makes of it.
    int step;
    uint64_t count;
    uint64_t sent_at;
    uint64_t due_at;

    /// Octets that the socket did not take yet.
    const char *rest;
    size_t rest_length;
    char line[LINE_LIMIT];

    /// The reply awaited, found as the octets come (Knuth, Morris, Pratt); empty when none is.
    char reply[LINE_LIMIT];
    uint8_t border[LINE_LIMIT];
    size_t reply_length;
    size_t matched;

    /// Where in a telnet command the last octet stood: 0 is text, else the octet that began it.
    uint8_t telnet;
    bool telnet_data_escape;
    /// The option of a subnegotiation; negative before it was read.
    int telnet_option;
    /// Whether the server compresses, and what inflates that, once something has come.
    bool is_compressed;
    struct z_stream_s *inflater;
    /// The tail of what was said since the last line sent; NULL in play.
    char *text;
    size_t text_length;
};

struct crowd {
    int epoll;
    struct client *clients;
    int size;
    /// Whether the server may compress with MCCP2.
    bool compresses;
    /// Clients to which it does.
    int compressed;
    /// Octets that came over the wire.
    uint64_t octets;
    /// Called with what arrived; for telnet use `client_take_telnet` in it.
    void (*received)(struct crowd *, struct client *, const uint8_t *, size_t);
    /// Telnet: a prompt's end was marked.
    void (*prompted)(struct crowd *, struct client *);
    /// Telnet: the awaited reply was seen.
    void (*replied)(struct crowd *, struct client *);
};

/// Prints a message and ends the program.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

void crowd_open(struct crowd *crowd, int size);
/// Begins to connect; waits, because on loopback it does not take long.
void client_connect(struct crowd *crowd, struct client *client, const char *host, const char *port);
void client_close(struct crowd *crowd, struct client *client);
/// Sends octets that stay valid until they are gone.
void client_send(struct crowd *crowd, struct client *client, const char *bytes, size_t length);
/// Sends a line and forgets what was said before.
void client_say(struct crowd *crowd, struct client *client, const char *format, ...) __attribute__((format(printf, 3, 4)));
/// Awaits a reply in what comes from now on.
void client_await(struct client *client, const char *format, ...) __attribute__((format(printf, 2, 3)));
/// Takes telnet octets: inflates them, refuses every other option, looks for the reply, keeps the tail.
void client_take_telnet(struct crowd *crowd, struct client *client, const uint8_t *bytes, size_t length);
/// Waits at most `milliseconds` and hands out what came.
void crowd_poll(struct crowd *crowd, int milliseconds);

#endif
