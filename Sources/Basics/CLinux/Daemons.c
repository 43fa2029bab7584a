// Processes that leave their terminal, and processes that are told to end.
#define _GNU_SOURCE
#include "CLinux.h"
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif

// Threads of this process; 1 where there is no /proc to ask.
static int count_threads(void) {
    struct stat folder;
    return stat("/proc/self/task", &folder) == 0 && folder.st_nlink > 2 ? (int)folder.st_nlink - 2 : 1;
}

static int wait_for(pid_t pid) {
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return status;
}

// In the process between: the daemon must lead no session, because a leader gets any terminal it opens for its own.
static pid_t leave_session(int theirs) {
    int32_t told = 0;
    pid_t daemon = -1;
    if (setsid() >= 0) daemon = fork();
    if (daemon == 0) {
        // Ignored under nohup and behind a shell's &; a daemon is asked to stop and to reload by them.
        signal(SIGHUP, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        signal(SIGQUIT, SIG_DFL);
        return 0;
    }
    told = daemon > 0 ? daemon : -errno;
    (void)!send(theirs, &told, sizeof told, MSG_NOSIGNAL);
    _exit(0);
}

pid_t clinux_detach(int *channel) {
    if (count_threads() > 1) {
        errno = EDEADLK;
        return -1;
    }
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    // Ignored, as some parents leave it, it would have the kernel reap children whose status is wanted.
    signal(SIGCHLD, SIG_DFL);
    // Makes the daemon a child of this process as soon as the one between has ended, so that its status can be had.
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    fflush(NULL);
    pid_t between = fork();
    if (between == 0) {
        close(ends[0]);
        leave_session(ends[1]);
        char go;
        ssize_t length;
        do length = read(ends[1], &go, 1);
        while (length < 0 && errno == EINTR);
        // Whoever started this is gone, and nobody would hear how it went.
        if (length != 1) _exit(75);
        *channel = ends[1];
        return 0;
    }
    int code = errno;
    close(ends[1]);
    int32_t told = -code;
    if (between > 0) {
        ssize_t length;
        do length = recv(ends[0], &told, sizeof told, MSG_WAITALL);
        while (length < 0 && errno == EINTR);
        if (length != (ssize_t)sizeof told) told = -EAGAIN;
        wait_for(between);
    }
    if (told < 0) {
        close(ends[0]);
        errno = -told;
        return -1;
    }
    *channel = ends[0];
    return told;
}

static volatile sig_atomic_t awaited;

static void pass_on(int signal) {
    int saved = errno;
    if (awaited > 0) kill(awaited, signal);
    errno = saved;
}

int clinux_await_daemon(pid_t daemon, int channel) {
    static const int passed_on[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = pass_on;
    sigemptyset(&action.sa_mask);
    awaited = daemon;
    // What nohup or a shell's & has had ignored stays so.
    for (size_t index = 0; index < sizeof passed_on / sizeof *passed_on; index++)
        if (!clinux_signal_is_ignored(passed_on[index])) sigaction(passed_on[index], &action, NULL);
    char word = 1;
    (void)!send(channel, &word, 1, MSG_NOSIGNAL);
    ssize_t length;
    do length = read(channel, &word, 1);
    while (length < 0 && errno == EINTR);
    if (length == 1) {
        // Until it has let go of its end, too: then nothing is left of the start.
        do length = read(channel, &word, 1);
        while (length > 0 || (length < 0 && errno == EINTR));
        return -1;
    }
    // Its number is its own until it is reaped, and no signal may be passed on after that.
    siginfo_t end;
    while (waitid(P_PID, (id_t)daemon, &end, WEXITED | WNOWAIT) < 0 && errno == EINTR) {}
    awaited = 0;
    int status = wait_for(daemon);
    if (status < 0) return 255;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

int clinux_drop_bounding_set(void) {
    // Up to the first that the kernel does not know.
    for (unsigned long capability = 0;; capability++) {
        int has = prctl(PR_CAPBSET_READ, capability, 0UL, 0UL, 0UL);
        if (has < 0) return 0;
        if (has && prctl(PR_CAPBSET_DROP, capability, 0UL, 0UL, 0UL) != 0) return -1;
    }
}

int clinux_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL); }

int clinux_open_process(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
