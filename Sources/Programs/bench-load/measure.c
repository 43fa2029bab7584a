#include "measure.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// Row `power` holds the values from 64 << (power - 1) up; row 0 the values below 64, each for itself.
void histogram_add(struct histogram *histogram, uint64_t ns) {
    int power = 0;
    while (ns >> power >= HISTOGRAM_SHARES * 2 && power < HISTOGRAM_POWERS - 2) power++;
    uint64_t share = ns >> power;
    if (share >= HISTOGRAM_SHARES) {
        power++;
        share -= HISTOGRAM_SHARES;
    }
    if (share >= HISTOGRAM_SHARES) share = HISTOGRAM_SHARES - 1;
    histogram->counts[power][share]++;
    histogram->total++;
    if (ns > histogram->largest) histogram->largest = ns;
}

double histogram_microseconds(const struct histogram *histogram, double share) {
    uint64_t wanted = (uint64_t)(share * (double)histogram->total);
    uint64_t seen = 0;
    for (int power = 0; power < HISTOGRAM_POWERS; power++)
        for (int cell = 0; cell < HISTOGRAM_SHARES; cell++) {
            seen += histogram->counts[power][cell];
            if (seen <= wanted || histogram->counts[power][cell] == 0) continue;
            uint64_t ns = power == 0 ? (uint64_t)cell : (uint64_t)(HISTOGRAM_SHARES + cell) << (power - 1);
            return (double)ns / 1000;
        }
    return (double)histogram->largest / 1000;
}

double process_cpu(pid_t pid) {
    char path[64], text[1024];
    if (pid == 0) return 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    // The name in parentheses may hold anything; the fields count from behind it: state is the 3rd, utime the 14th.
    const char *fields = strrchr(text, ')');
    unsigned long user, system;
    if (!fields || sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) return 0;
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

long process_memory(pid_t pid) {
    char path[64];
    long pages, resident, shared;
    if (pid == 0) return 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    int found = fscanf(file, "%ld %ld %ld", &pages, &resident, &shared);
    fclose(file);
    return found == 3 ? (resident - shared) * sysconf(_SC_PAGESIZE) : 0;
}
