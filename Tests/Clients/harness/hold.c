/* Stands in the way of whoever opens a file whose name ends in world.yaml, until the pipe that HOLD names is written and closed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int open(const char *path, int flags, ...) {
    static int (*real)(const char *, int, ...);
    if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    const char *name = strrchr(path, '/');
    if (name && strcmp(name, "/world.yaml") == 0 && getenv("HOLD")) {
        char octet;
        int pipe = real(getenv("HOLD"), O_RDONLY | O_CLOEXEC);
        while (read(pipe, &octet, 1) > 0 || errno == EINTR) errno = 0;
        close(pipe);
        unsetenv("HOLD");
    }
    return real(path, flags, mode);
}
int open64(const char *, int, ...) __attribute__((alias("open")));
