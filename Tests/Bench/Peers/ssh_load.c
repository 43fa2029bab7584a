// Loads an SSH server of any make over loopback, through libssh, and prints one RESULT line:
//
//   ssh_load handshakes PORT USER KEYFILE COUNT PID    logins with a session, one after the other
//   ssh_load echo PORT USER KEYFILE SECONDS            one octet there and back through a shell that repeats it
//   ssh_load bulk PORT USER KEYFILE SECONDS CIPHER     64 KiB blocks there and back through such a shell, without terminal
//   ssh_load idle PORT USER KEYFILE COUNT PID          memory of sessions that do nothing
//
// Processor time and memory are those of the process PID; time also of its children that have ended.
#include <libssh/libssh.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *user, *cipher;
static int port;
static ssh_key key;

static void fail(const char *what, ssh_session session) {
    fprintf(stderr, "ssh_load: %s: %s\n", what, session ? ssh_get_error(session) : "");
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

// Seconds of processor time; utime, stime, cutime and cstime are fields 14 to 17, behind a name that may hold anything.
static double spent(int pid) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    char *rest = strrchr(text, ')');
    long ticks[4] = {0};
    if (!rest || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld %ld %ld", ticks, ticks + 1, ticks + 2,
                        ticks + 3) != 4)
        return 0;
    return (double)(ticks[0] + ticks[1] + ticks[2] + ticks[3]) / sysconf(_SC_CLK_TCK);
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

static ssh_session connect_to_server(void) {
    ssh_session session = ssh_new();
    int no = 0, yes = 1;
    long limit = 30;
    ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no);
    ssh_options_set(session, SSH_OPTIONS_HOST, "127.0.0.1");
    ssh_options_set(session, SSH_OPTIONS_PORT, &port);
    ssh_options_set(session, SSH_OPTIONS_USER, user);
    ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &limit);
    ssh_options_set(session, SSH_OPTIONS_NODELAY, &yes);
    if (cipher) {
        ssh_options_set(session, SSH_OPTIONS_CIPHERS_C_S, cipher);
        ssh_options_set(session, SSH_OPTIONS_CIPHERS_S_C, cipher);
    }
    if (ssh_connect(session) != SSH_OK) fail("connect", session);
    if (ssh_userauth_publickey(session, NULL, key) != SSH_AUTH_SUCCESS) fail("login", session);
    return session;
}

static ssh_channel open_session(ssh_session session) {
    ssh_channel channel = ssh_channel_new(session);
    if (ssh_channel_open_session(channel) != SSH_OK) fail("session", session);
    return channel;
}

static ssh_channel open_shell(ssh_session session, int on_terminal) {
    ssh_channel channel = open_session(session);
    if (on_terminal && ssh_channel_request_pty(channel) != SSH_OK) fail("terminal", session);
    if (ssh_channel_request_shell(channel) != SSH_OK) fail("shell", session);
    // Until what repeats is there: a server that starts a program for it may still echo by its terminal.
    usleep(300000);
    char rubbish[4096];
    while (ssh_channel_read_nonblocking(channel, rubbish, sizeof rubbish, 0) > 0) {}
    return channel;
}

static void leave(ssh_session session, ssh_channel channel) {
    ssh_channel_close(channel);
    ssh_channel_free(channel);
    ssh_disconnect(session);
    ssh_free(session);
}

static int ascending(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static void handshakes(int count, int pid) {
    double *times = calloc(count, sizeof *times), began = now(), used = spent(pid);
    for (int i = 0; i < count; i++) {
        double start = now();
        ssh_session session = connect_to_server();
        ssh_channel channel = open_session(session);
        times[i] = now() - start;
        leave(session, channel);
    }
    double seconds = now() - began;
    usleep(300000);
    qsort(times, count, sizeof *times, ascending);
    printf("RESULT rate=%.1f p50_us=%.0f p99_us=%.0f server_us=%.0f\n", count / seconds, times[count / 2] * 1e6,
           times[count * 99 / 100] * 1e6, (spent(pid) - used) / count * 1e6);
}

static void echo(double seconds) {
    enum { MOST = 4000000 };
    double *times = malloc(MOST * sizeof *times), end = now() + seconds, before = now();
    ssh_session session = connect_to_server();
    ssh_channel channel = open_shell(session, 1);
    int count = 0;
    end = (before = now()) + seconds;
    while (before < end && count < MOST) {
        char octet = 'a';
        if (ssh_channel_write(channel, &octet, 1) != 1 || ssh_channel_read(channel, &octet, 1, 0) != 1) fail("echo", session);
        double after = now();
        times[count++] = after - before;
        before = after;
    }
    qsort(times, count, sizeof *times, ascending);
    printf("RESULT rate=%.0f p50_us=%.1f p99_us=%.1f\n", count / seconds, times[count / 2] * 1e6, times[count * 99 / 100] * 1e6);
    leave(session, channel);
}

static void bulk(double seconds) {
    enum { BLOCK = 65536, AHEAD = 8 * BLOCK };
    static char block[BLOCK];
    ssh_session session = connect_to_server();
    ssh_channel channel = open_shell(session, 0);
    memset(block, 'a', BLOCK);
    long sent = 0, received = 0;
    double began = now();
    while (now() < began + seconds || received < sent) {
        if (now() < began + seconds && sent - received < AHEAD) {
            int count = ssh_channel_write(channel, block, BLOCK);
            if (count < 0) fail("write", session);
            sent += count;
        }
        int count = sent - received < AHEAD ? ssh_channel_read_nonblocking(channel, block, BLOCK, 0)
                                            : ssh_channel_read(channel, block, BLOCK, 0);
        if (count < 0) fail("read", session);
        received += count;
    }
    printf("RESULT MBps=%.1f\n", received / 1e6 / (now() - began));
    leave(session, channel);
}

static void idle(int count, int pid) {
    ssh_session *sessions = calloc(count, sizeof *sessions);
    ssh_channel *channels = calloc(count, sizeof *channels);
    // What the first one costs for ever is not counted.
    ssh_session first = connect_to_server();
    ssh_channel channel = open_session(first);
    double before = resident(pid);
    for (int i = 0; i < count; i++) channels[i] = open_session(sessions[i] = connect_to_server());
    usleep(500000);
    printf("RESULT octets_each=%.0f\n", (resident(pid) - before) / count);
    for (int i = 0; i < count; i++) leave(sessions[i], channels[i]);
    leave(first, channel);
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fprintf(stderr, "usage: ssh_load handshakes|echo|bulk|idle PORT USER KEYFILE NUMBER [PID|CIPHER]\n");
        return 2;
    }
    ssh_init();
    port = atoi(argv[2]);
    user = argv[3];
    if (ssh_pki_import_privkey_file(argv[4], NULL, NULL, NULL, &key) != SSH_OK) fail("key", NULL);
    int pid = argc > 6 ? atoi(argv[6]) : 0;
    if (!strcmp(argv[1], "handshakes")) handshakes(atoi(argv[5]), pid);
    else if (!strcmp(argv[1], "echo")) echo(atof(argv[5]));
    else if (!strcmp(argv[1], "idle")) idle(atoi(argv[5]), pid);
    else {
        cipher = argc > 6 ? argv[6] : NULL;
        bulk(atof(argv[5]));
    }
    return 0;
}
