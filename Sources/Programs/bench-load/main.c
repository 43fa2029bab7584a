// bench-load - clients that measure a server, all in one epoll loop:
//
//   bench-load echo HOST PORT CONNECTIONS OCTETS SECONDS [PID]
//       each connection has one message of OCTETS under way at a time
//   bench-load tls-echo PORT CONNECTIONS OCTETS SECONDS [PID]
//       the same over TLS 1.3, and at 127.0.0.1
//   bench-load plain-visits|tls-visits|resumed-visits PORT CONNECTIONS SECONDS [PID]
//       as many connections at a time, each of which has one octet echoed, closes and begins anew
//   bench-load mud PORT PLAYERS SECONDS [PID [THINK_MS]]
//       players Benchaaa, Benchaab … do look, say, get, drop in turn, each the next when the reply to the last was
//       read; with THINK_MS each waits so long before the next. Whoever has no account yet makes one.
//   bench-load idle PORT PLAYERS PID
//       memory before and after PLAYERS have logged in and do nothing; 200 others are in before
//   bench-load door PORT CLIENTS PID
//       memory before and after CLIENTS have come to the door and asked for help there 40 times; 200 others are there before
//   bench-load mccp2 mud|idle|door …
//       the same with clients that have the server compress what it sends
//
// For `mud` all players start in one place called "Bench Hall", in which lies a thing of its own for each; the thing's
// name is z and the letters that end the player's. Prints one line `RESULT key=value …`; a command without reply for 30 s is a failure.

#define _GNU_SOURCE
#include "client.h"
#include "measure.h"
#include "visits.h"
#include "window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    /// Players that log in at the same time; each costs the server a password hash.
    LOGINS_AT_ONCE = 8,
    /// Players that are in before memory is first measured: they fill what starting up left free.
    WARM_UP_PLAYERS = 200,
    /// Questions that each client at the door asks: as much text as a compressor looks back on.
    QUESTIONS = 40,
    PATIENCE_S = 30,
};

static const uint64_t second = 1000000000u;
static const char *const host = "127.0.0.1";
static const char *const password = "bench password";

/// What the players need to know.
static const char *port;
static pid_t server;
static uint64_t think_ns;
static int logged_in;
static bool stopping;
/// Whether clients agree to compression.
static bool compresses;

// Runs the loop until the window closes.
static void run(struct crowd *crowd, void (*each_pass)(struct crowd *, uint64_t)) {
    while (window_goes_on()) {
        crowd_poll(crowd, think_ns ? 1 : 10);
        each_pass(crowd, now_ns());
    }
    stopping = true;
}

// MARK: echo

static size_t message_length;
static char *message;

static void echo_send(struct crowd *crowd, struct client *client) {
    client->count = 0;
    client->sent_at = now_ns();
    client_send(crowd, client, message, message_length);
}

static void echo_received(struct crowd *crowd, struct client *client, const uint8_t *bytes, size_t length) {
    (void)bytes;
    client->count += length;
    if (client->count < message_length) return;
    window_add(client->sent_at, now_ns());
    echo_send(crowd, client);
}

static void echo_check(struct crowd *crowd, uint64_t now) {
    (void)now;
    if (!crowd->clients[0].connected) fail("the server closed a connection");
}

static int echo(int count, char **words) {
    if (count < 5) return 2;
    struct crowd crowd = {.received = echo_received};
    crowd_open(&crowd, atoi(words[2]));
    message_length = (size_t)atol(words[3]);
    message = calloc(1, message_length + 1);
    if (!message || message_length == 0 || crowd.size == 0) return 2;
    for (int index = 0; index < crowd.size; index++) {
        client_connect(&crowd, &crowd.clients[index], words[0], words[1]);
        echo_send(&crowd, &crowd.clients[index]);
    }
    window_open(count > 5 ? atoi(words[5]) : 0, 0.3, atof(words[4]));
    run(&crowd, echo_check);
    printf("RESULT connections=%d octets=%zu", crowd.size, message_length);
    window_print("messages");
    return 0;
}

// MARK: players

enum step { LOOK, SAY, GET, DROP, LOGGING_IN, SETTLING, IDLE };

/// Latencies of each command, beside those of all.
static struct histogram latencies_of[DROP + 1];

// Three letters that stand for a number; the result holds until the next call.
static const char *letters(int index) {
    static char text[4];
    snprintf(text, sizeof text, "%c%c%c", 'a' + index / 676 % 26, 'a' + index / 26 % 26, 'a' + index % 26);
    return text;
}

static bool heard(const struct client *client, const char *words) {
    return memmem(client->text, client->text_length, words, strlen(words)) != NULL;
}

static bool ends_with(const struct client *client, const char *prompt) {
    size_t length = strlen(prompt);
    return client->text_length >= length
        && memcmp(client->text + client->text_length - length, prompt, length) == 0;
}

// Answers the questions of the login dialogue until the prompt of play appears.
static void answer_prompt(struct crowd *crowd, struct client *client) {
    if (client->step != LOGGING_IN) return;
    if (ends_with(client, "Name: "))
        client_say(crowd, client, "bench%s", letters(client->index));
    else if (ends_with(client, "assword: ") || ends_with(client, "again: "))
        client_say(crowd, client, "%s", password);
    else if (ends_with(client, "or no: ") || ends_with(client, "is no): "))
        client_say(crowd, client, heard(client, "screen reader") ? "no" : "yes");
    else if (ends_with(client, "> ")) {
        // Puts down what an earlier run may have left in hand; whatever the answer is, the next line has its own.
        client->step = SETTLING;
        client_await(client, "You say, \"ready");
        client_say(crowd, client, "drop z%s\r\nsay ready", letters(client->index));
    }
}

static void perform(struct crowd *crowd, struct client *client) {
    client->sent_at = now_ns();
    client->count++;
    switch ((enum step)client->step) {
    case LOOK:
        client_await(client, "Bench Hall");
        return client_say(crowd, client, "look");
    case SAY:
        client_await(client, "You say, \"%llu", (unsigned long long)client->count);
        return client_say(crowd, client, "say %llu things to say", (unsigned long long)client->count);
    case GET:
        client_await(client, "You take");
        return client_say(crowd, client, "get z%s", letters(client->index));
    case DROP:
        client_await(client, "You drop");
        return client_say(crowd, client, "drop z%s", letters(client->index));
    default: return;
    }
}

static void replied(struct crowd *crowd, struct client *client) {
    if (client->step == SETTLING) {
        client->step = IDLE;
        free(client->text);
        client->text = NULL;
        logged_in++;
        return;
    }
    uint64_t now = now_ns();
    if (window_add(client->sent_at, now)) histogram_add(&latencies_of[client->step], now - client->sent_at);
    client->step = client->step == DROP ? LOOK : client->step + 1;
    if (stopping) return;
    client->due_at = now + think_ns;
    if (think_ns == 0) perform(crowd, client);
}

static void log_in(struct crowd *crowd, int first, int end) {
    int next = first, before = logged_in;
    uint64_t patience = now_ns() + (uint64_t)(PATIENCE_S + (end - first)) * second;
    while (logged_in - before < end - first) {
        while (next < end && next - first - (logged_in - before) < LOGINS_AT_ONCE) {
            struct client *client = &crowd->clients[next++];
            client->step = LOGGING_IN;
            client->text = malloc(TEXT_LIMIT);
            client_connect(crowd, client, host, port);
        }
        crowd_poll(crowd, 100);
        for (int index = first; index < next; index++) {
            struct client *client = &crowd->clients[index];
            if (client->connected && now_ns() < patience) continue;
            int length = client->text ? (int)client->text_length : 0;
            if (length || !client->connected)
                fail("bench%s did not get in; last it read: %.*s", letters(index), length, client->text);
        }
    }
}

// Starts what is due and notices who waits in vain.
static void check_players(struct crowd *crowd, uint64_t now) {
    static uint64_t looked_at;
    for (int index = 0; think_ns && index < crowd->size; index++) {
        struct client *client = &crowd->clients[index];
        if (client->reply_length == 0 && client->due_at <= now) perform(crowd, client);
    }
    if (now - looked_at < second) return;
    looked_at = now;
    for (int index = 0; index < crowd->size; index++) {
        struct client *client = &crowd->clients[index];
        if (!client->connected) fail("the server closed the connection of bench%s", letters(index));
        // What was sent in this pass was sent after `now` was read.
        if (client->reply_length > 0 && now > client->sent_at && now - client->sent_at > PATIENCE_S * second)
            fail("bench%s waited %d s for: %s", letters(index), PATIENCE_S, client->reply);
    }
}

static void quit_all(struct crowd *crowd) {
    uint64_t until = now_ns() + 5 * second;
    for (int index = 0; index < crowd->size; index++) {
        struct client *client = &crowd->clients[index];
        client->reply_length = 0;
        if (client->connected) client_say(crowd, client, "quit");
    }
    for (int open = crowd->size; open > 0 && now_ns() < until;) {
        crowd_poll(crowd, 50);
        open = 0;
        for (int index = 0; index < crowd->size; index++) open += crowd->clients[index].connected;
    }
}

static struct crowd players(int size) {
    struct crowd crowd = {
        .received = client_take_telnet, .prompted = answer_prompt, .replied = replied, .compresses = compresses};
    crowd_open(&crowd, size);
    if (size == 0) fail("no players");
    return crowd;
}

static int mud(int count, char **words) {
    if (count < 3) return 2;
    port = words[0];
    server = count > 3 ? atoi(words[3]) : 0;
    think_ns = count > 4 ? (uint64_t)(atof(words[4]) * 1e6) : 0;
    struct crowd crowd = players(atoi(words[1]));
    uint64_t began = now_ns();
    log_in(&crowd, 0, crowd.size);
    double login = (double)(now_ns() - began) / 1e9;
    window_open(server, 1, atof(words[2]));
    for (int index = 0; index < crowd.size; index++) {
        // All at different points of the round; nobody begins with dropping what they do not hold.
        crowd.clients[index].step = index % DROP;
        perform(&crowd, &crowd.clients[index]);
    }
    uint64_t octets = crowd.octets, commands = 0;
    run(&crowd, check_players);
    octets = crowd.octets - octets;
    for (int index = 0; index < crowd.size; index++) commands += crowd.clients[index].count;
    printf("RESULT players=%d compressed=%d login_s=%.2f octets_each=%.1f", crowd.size, crowd.compressed, login,
           (double)octets / (double)commands);
    const char *const names[] = {"look", "say", "get", "drop"};
    for (int step = LOOK; step <= DROP; step++)
        printf(" %s_p50_us=%.1f", names[step], histogram_microseconds(&latencies_of[step], 0.5));
    window_print("commands");
    fflush(stdout);
    quit_all(&crowd);
    return 0;
}

static int idle(int count, char **words) {
    if (count < 3) return 2;
    port = words[0];
    server = atoi(words[2]);
    int size = atoi(words[1]);
    struct crowd crowd = players(size + WARM_UP_PLAYERS);
    log_in(&crowd, 0, WARM_UP_PLAYERS);
    long before = process_memory(server);
    log_in(&crowd, WARM_UP_PLAYERS, crowd.size);
    uint64_t until = now_ns() + second;
    while (now_ns() < until) crowd_poll(&crowd, 100);
    long after = process_memory(server);
    printf("RESULT players=%d compressed=%d before_kib=%ld after_kib=%ld kib_per_player=%.2f\n", size, crowd.compressed,
           before / 1024, after / 1024, (double)(after - before) / 1024 / size);
    fflush(stdout);
    quit_all(&crowd);
    return 0;
}

// MARK: the door

/// Prompts that are still to come, over all clients.
static long awaited_prompts;

static void prompted_at_door(struct crowd *crowd, struct client *client) {
    awaited_prompts--;
    if (client->count++ < QUESTIONS) client_say(crowd, client, "help");
}

static void come(struct crowd *crowd, int first, int end) {
    awaited_prompts = 0;
    uint64_t patience = now_ns() + (uint64_t)(PATIENCE_S + (end - first) / 50) * second;
    for (int index = first; index < end; index++) {
        client_connect(crowd, &crowd->clients[index], host, port);
        awaited_prompts += QUESTIONS + 1;
        crowd_poll(crowd, 0);
    }
    while (awaited_prompts > 0) {
        crowd_poll(crowd, 100);
        if (now_ns() > patience) fail("%ld answers are missing at the door", awaited_prompts);
    }
    uint64_t until = now_ns() + second;
    while (now_ns() < until) crowd_poll(crowd, 100);
}

static int door(int count, char **words) {
    if (count < 3) return 2;
    port = words[0];
    server = atoi(words[2]);
    int size = atoi(words[1]);
    struct crowd crowd = players(size + WARM_UP_PLAYERS);
    crowd.prompted = prompted_at_door;
    come(&crowd, 0, WARM_UP_PLAYERS);
    long before = process_memory(server);
    double cpu = process_cpu(server);
    come(&crowd, WARM_UP_PLAYERS, crowd.size);
    long after = process_memory(server);
    cpu = process_cpu(server) - cpu;
    int there = 0;
    for (int index = 0; index < crowd.size; index++) there += crowd.clients[index].connected;
    if (there < crowd.size) fail("only %d of %d clients are still there", there, crowd.size);
    printf("RESULT clients=%d compressed=%d before_kib=%ld after_kib=%ld bytes_per_client=%.0f cpu_us=%.1f octets_each=%.0f\n",
           size, crowd.compressed, before / 1024, after / 1024, (double)(after - before) / size, cpu * 1e6 / size,
           (double)crowd.octets / crowd.size);
    return 0;
}

int main(int count, char **words) {
    int status = 2;
    if (count > 2 && strcmp(words[1], "mccp2") == 0) {
        compresses = true;
        words++;
        count--;
    }
    if (count > 2 && strcmp(words[1], "echo") == 0) status = echo(count - 2, words + 2);
    if (count > 2 && strcmp(words[1], "tls-echo") == 0) status = tls_echo(count - 2, words + 2);
    if (count > 2 && strstr(words[1], "-visits")) status = visits(words[1], count - 2, words + 2);
    if (count > 2 && strcmp(words[1], "mud") == 0) status = mud(count - 2, words + 2);
    if (count > 2 && strcmp(words[1], "idle") == 0) status = idle(count - 2, words + 2);
    if (count > 2 && strcmp(words[1], "door") == 0) status = door(count - 2, words + 2);
    if (status == 2)
        fputs("usage: bench-load echo HOST PORT CONNECTIONS OCTETS SECONDS [PID]\n"
              "       bench-load tls-echo PORT CONNECTIONS OCTETS SECONDS [PID]\n"
              "       bench-load plain-visits|tls-visits|resumed-visits PORT CONNECTIONS SECONDS [PID]\n"
              "       bench-load [mccp2] mud PORT PLAYERS SECONDS [PID [THINK_MS]]\n"
              "       bench-load [mccp2] idle PORT PLAYERS PID\n"
              "       bench-load [mccp2] door PORT CLIENTS PID\n",
              stderr);
    return status;
}
