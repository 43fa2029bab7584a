#define _GNU_SOURCE
#include "measure.h"

#include <stdio.h>
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
    clockid_t clock;
    struct timespec time;
    if (pid == 0 || clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
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
