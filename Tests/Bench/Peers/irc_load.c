// Loads an IRC server of any make over loopback, and prints one RESULT line:
//
//   irc_load register PORT PID WIDTH CLIENTS             connections registered, each second, and memory of each
//   irc_load join PORT PID WIDTH CLIENTS                 all join one channel at once, until each has the end of the names
//   irc_load ping PORT PID WIDTH CLIENTS SECONDS         each client sends PING when it has its PONG
//   irc_load message PORT PID WIDTH CLIENTS SECONDS      pairs, in which each answers the other's PRIVMSG
//   irc_load fan PORT PID WIDTH LISTENERS SECONDS DEPTH  one speaker keeps DEPTH messages to a channel under way: it sends the next
//                                                        one when the last of the listeners has a message
//
// WIDTH clients are being registered at a time.
//
// Processor time and memory are those of the process PID. rate is of what is counted (registrations, joins, PONGs, messages,
// deliveries), us is the server's time for each, p50_us and p99_us are how long one took.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, SAMPLES = 1 << 20 };
enum part { REGISTER, JOIN, PING, MESSAGE, FAN };

struct client {
    int socket;
    int heard;         // what it has been sent of what is counted
    double began;
    int kept;          // octets of a line that has not come to its end
    char line[1024];
};

static enum part part;
static struct client *clients;
static int count, poller, done, depth, width;
static long counted;
static int counting;
static char needle[32];
static float *samples;
static long sampled;

static void fail(const char *what) {
    fprintf(stderr, "irc_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

// Seconds on a processor, of all threads.
static double spent(int pid) {
    char path[64];
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) == 0 && clock_gettime(clock, &time) == 0) return time.tv_sec + time.tv_nsec / 1e9;
    snprintf(path, sizeof path, "process %d", pid);
    fail(path);
    return 0;
}

static double resident(int pid) {
    char path[64];
    long pages = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    if (fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
    fclose(file);
    return (double)pages * sysconf(_SC_PAGESIZE);
}

static void sample(double seconds) {
    if (counting && sampled < SAMPLES) samples[sampled++] = (float)(seconds * 1e6);
}

static int ascending(const void *one, const void *other) {
    float a = *(const float *)one, b = *(const float *)other;
    return (a > b) - (a < b);
}

static double percentile(double share) {
    return sampled ? samples[(long)((sampled - 1) * share)] : 0;
}

static void say(struct client *client, const char *text) {
    size_t length = strlen(text);
    if (send(client->socket, text, length, MSG_NOSIGNAL) != (ssize_t)length) fail("send");
}

static void greet(struct client *client, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int index = client - clients, yes = 1;
    char text[128];
    // From many addresses, so that no limit for each is met.
    struct sockaddr_in own = {.sin_family = AF_INET};
    own.sin_addr.s_addr = htonl(0x7F000002 + index % 200);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (client->socket < 0 || bind(client->socket, (struct sockaddr *)&own, sizeof own) != 0) fail("bind");
    if (connect(client->socket, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(client->socket, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, client->socket, &event) != 0) fail("epoll_ctl");
    client->began = now();
    snprintf(text, sizeof text, "NICK n%05d\r\nUSER n%05d 0 * :load\r\n", index, index);
    say(client, text);
}

static void message(struct client *client) {
    char text[64];
    snprintf(text, sizeof text, "PRIVMSG n%05d :zq\r\n", (int)(client - clients) ^ 1);
    client->began = now();
    say(client, text);
}

static void speak(void) {
    char text[96];
    snprintf(text, sizeof text, "PRIVMSG #load :zq %.6f and some words to make it a line\r\n", now());
    say(&clients[count - 1], text);
}

// A line without its end.
static void line(struct client *client, char *text) {
    if (strncmp(text, "PING ", 5) == 0) {
        text[1] = 'O';
        strcat(text, "\r\n");
        return say(client, text);
    }
    if (needle[0] && !strstr(text, needle)) return;
    switch (part) {
    case REGISTER:
    case JOIN:
        if (client->heard) return;
        client->heard = 1;
        done++;
        sample(now() - client->began);
        return;
    case PING:
        counted += counting;
        sample(now() - client->began);
        client->began = now();
        return say(client, "PING load\r\n");
    case MESSAGE:
        counted += counting;
        if (client->began) sample(now() - client->began);
        return message(client);
    case FAN:
        counted += counting;
        if (client != clients) return;
        char *stamp = strstr(text, ":zq ");
        if (stamp) sample(now() - atof(stamp + 4));
        return speak();
    }
}

static void received(struct client *client) {
    static char octets[CHUNK];
    for (;;) {
        memcpy(octets, client->line, client->kept);
        ssize_t got = recv(client->socket, octets + client->kept, sizeof octets - client->kept - 8, 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) fail("the server closed a connection");
        size_t length = client->kept + got, begin = 0;
        char *end;
        while ((end = memchr(octets + begin, '\n', length - begin))) {
            char rest[4] = {end[0], end[1], end[2], end[3]};
            end[end > octets + begin && end[-1] == '\r' ? -1 : 0] = 0;
            if (part == FAN && counting && client != clients)
                counted += strstr(octets + begin, needle) != NULL;
            else
                line(client, octets + begin);
            memcpy(end, rest, 4);
            begin = end + 1 - octets;
        }
        client->kept = length - begin;
        if ((size_t)client->kept >= sizeof client->line) fail("a line is too long");
        memmove(client->line, octets + begin, client->kept);
        if ((size_t)got < sizeof octets / 2) return;
    }
}

static void turn(int milliseconds) {
    struct epoll_event events[256];
    int ready = epoll_wait(poller, events, 256, milliseconds);
    for (int i = 0; i < ready; i++) received(events[i].data.ptr);
}

static void run(double seconds) {
    double end = now() + seconds;
    while (now() < end) turn(10);
}

static void join_all(void) {
    part = JOIN;
    strcpy(needle, " 366 ");
    done = 0;
    for (int i = 0; i < count; i++) {
        clients[i].heard = 0;
        clients[i].began = now();
        say(&clients[i], "JOIN #load\r\n");
    }
    double limit = now() + 60;
    while (done < count && now() < limit) turn(100);
    if (done < count) fail("not all have joined");
}

int main(int argc, char **argv) {
    static const char *names[] = {"register", "join", "ping", "message", "fan"};
    if (argc < 6) goto usage;
    enum part wanted = REGISTER;
    while (wanted <= FAN && strcmp(argv[1], names[wanted]) != 0) wanted++;
    if (wanted > FAN || argc < (wanted < PING ? 6 : wanted < FAN ? 7 : 8)) goto usage;
    int port = atoi(argv[2]), pid = atoi(argv[3]);
    width = atoi(argv[4]);
    count = atoi(argv[5]) + (wanted == FAN);
    double seconds = argc > 6 ? atof(argv[6]) : 0;
    depth = argc > 7 ? atoi(argv[7]) : 1;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    clients = calloc(count, sizeof *clients);
    samples = malloc(SAMPLES * sizeof *samples);
    poller = epoll_create1(0);

    part = REGISTER;
    strcpy(needle, " 001 ");
    counting = wanted == REGISTER;
    double memory = resident(pid), cpu = spent(pid), began = now();
    for (int next = 0; done < count;) {
        while (next < count && next - done < width) greet(&clients[next++], port);
        turn(1000);
        if (now() - began > 120) fail("not all are registered");
    }
    double took = now() - began, used = spent(pid) - cpu;
    counted = count;
    run(0.3);
    memory = (resident(pid) - memory) / count;
    if (wanted == JOIN || wanted == FAN) {
        counting = wanted == JOIN;
        cpu = spent(pid);
        began = now();
        join_all();
        took = now() - began;
        used = spent(pid) - cpu;
        run(0.3);
    }
    if (wanted >= PING) {
        part = wanted;
        counting = 0;
        strcpy(needle, part == PING ? "PONG" : ":zq");
        if (part == PING) for (int i = 0; i < count; i++) clients[i].began = now(), say(&clients[i], "PING load\r\n");
        if (part == MESSAGE) for (int i = 0; i + 1 < count; i += 2) message(&clients[i]);
        if (part == FAN) for (int i = 0; i < depth; i++) speak();
        run(0.3);
        counting = 1;
        counted = 0;
        cpu = spent(pid);
        began = now();
        run(seconds);
        took = now() - began;
        used = spent(pid) - cpu;
    }
    qsort(samples, sampled, sizeof *samples, ascending);
    printf("RESULT rate=%.0f us=%.3f busy=%.2f p50_us=%.0f p99_us=%.0f octets_each=%.0f\n", counted / took,
           used * 1e6 / counted, used / took, percentile(0.5), percentile(0.99), memory);
    return 0;
usage:
    fprintf(stderr, "usage: see the head of irc_load.c\n");
    return 2;
}
