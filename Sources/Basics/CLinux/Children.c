// Child processes. Between fork and exec only calls that are safe in a signal handler may be made
// (signal-safety(7)): other threads of the parent may hold any lock at that moment.
#define _GNU_SOURCE
#include "CLinux.h"
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

// What the child tells when it cannot become the program.
struct trouble {
    int step;
    int code;
};

enum step { step_session, step_terminal, step_directory, step_groups, step_group, step_user, step_descriptors, step_exec };

static const char *const step_names[] = {
    "setsid", "TIOCSCTTY", "chdir", "setgroups", "setgid", "setuid", "dup2", "execve",
};

static _Noreturn void give_up(int report, enum step step) {
    struct trouble trouble = {step, errno};
    // A parent that cannot be told has gone away itself.
    ssize_t ignored = write(report, &trouble, sizeof trouble);
    (void)ignored;
    _exit(127);
}

// Closes every descriptor from `first` on, but for those that close themselves at exec anyway.
static void close_from(int first) {
    if (syscall(SYS_close_range, first, UINT_MAX, 4 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
    struct rlimit limit;
    int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 20 ? (int)limit.rlim_cur : 1 << 20;
    for (int descriptor = first; descriptor < end; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static _Noreturn void become(const struct clinux_child *child, int *moved, int highest, int report) {
    // Not by sigaction(3), which refuses the two signals that the C library keeps for itself.
    static const unsigned long unset[8]; // larger than the kernel's struct sigaction; all zero is SIG_DFL
    for (int signal = 1; signal <= 64; signal++) syscall(SYS_rt_sigaction, signal, unset, NULL, 8);
    if ((child->starts_session || child->terminal >= 0) && setsid() < 0) give_up(report, step_session);
    if (child->terminal >= 0 && ioctl(child->terminal, TIOCSCTTY, 0) != 0) give_up(report, step_terminal);
    if (child->directory && chdir(child->directory) != 0) give_up(report, step_directory);
    if (child->group >= 0) {
        gid_t group = (gid_t)child->group;
        if (setgroups(1, &group) != 0) give_up(report, step_groups);
        if (setgid(group) != 0) give_up(report, step_group);
    }
    if (child->user >= 0 && setuid((uid_t)child->user) != 0) give_up(report, step_user);
    // First out of the way of the numbers they shall have, then to these.
    int moved_report = fcntl(report, F_DUPFD_CLOEXEC, highest + 1);
    if (moved_report < 0) give_up(report, step_descriptors);
    report = moved_report;
    for (int index = 0; index < child->count; index++) {
        moved[index] = fcntl(child->sources[index], F_DUPFD_CLOEXEC, highest + 1);
        if (moved[index] < 0) give_up(report, step_descriptors);
    }
    close_from(0);
    for (int index = 0; index < child->count; index++)
        if (dup2(moved[index], child->targets[index]) < 0) give_up(report, step_descriptors);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(child->path, child->arguments, child->environment);
    give_up(report, step_exec);
}

int clinux_spawn(const struct clinux_child *child, pid_t *pid, int *pidfd, const char **step) {
    int report[2];
    *step = "pipe2";
    if (pipe2(report, O_CLOEXEC) != 0) return errno;
    int highest = 2;
    for (int index = 0; index < child->count; index++)
        if (child->targets[index] > highest) highest = child->targets[index];
    if (highest == INT_MAX) {
        close(report[0]);
        close(report[1]);
        return EBADF;
    }
    int *moved = calloc((size_t)child->count + 1, sizeof(int));
    if (!moved) {
        close(report[0]);
        close(report[1]);
        return ENOMEM;
    }
    // A handler of ours must not run in the child: it would write into the parent's pipe.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    *step = "fork";
    *pid = fork();
    int code = errno;
    if (*pid == 0) become(child, moved, highest, report[1]);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(moved);
    close(report[1]);
    if (*pid < 0) {
        close(report[0]);
        return code;
    }
    struct trouble trouble;
    ssize_t length;
    do length = read(report[0], &trouble, sizeof trouble);
    while (length < 0 && errno == EINTR);
    close(report[0]);
    if (length != 0) {
        while (waitpid(*pid, NULL, 0) < 0 && errno == EINTR) {}
        int isWhole = length == (ssize_t)sizeof trouble;
        *step = isWhole ? step_names[trouble.step] : "fork";
        return isWhole ? trouble.code : EAGAIN;
    }
    *pidfd = (int)syscall(SYS_pidfd_open, *pid, 0);
    return 0;
}

int clinux_reap(pid_t pid, int keeps, int *code, int *signal, int *dumped) {
    siginfo_t end;
    end.si_pid = 0;
    int result;
    do result = waitid(P_PID, (id_t)pid, &end, WEXITED | WNOHANG | (keeps ? WNOWAIT : 0));
    while (result < 0 && errno == EINTR);
    if (result < 0) return -1;
    if (end.si_pid == 0) return 0;
    *code = end.si_code == CLD_EXITED ? end.si_status : -1;
    *signal = end.si_code == CLD_EXITED ? -1 : end.si_status;
    *dumped = end.si_code == CLD_DUMPED;
    return 1;
}

int clinux_signal_child(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int clinux_open_terminal(int *ours, int *theirs, uint16_t rows, uint16_t columns) {
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (terminal < 0) return -1;
    char name[64];
    int slave = -1;
    if (grantpt(terminal) == 0 && unlockpt(terminal) == 0 && ptsname_r(terminal, name, sizeof name) == 0)
        slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0 || clinux_resize_terminal(slave, rows, columns) != 0) {
        int code = errno;
        if (slave >= 0) close(slave);
        close(terminal);
        errno = code;
        return -1;
    }
    *ours = terminal;
    *theirs = slave;
    return 0;
}

int clinux_resize_terminal(int terminal, uint16_t rows, uint16_t columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(terminal, TIOCSWINSZ, &size);
}
