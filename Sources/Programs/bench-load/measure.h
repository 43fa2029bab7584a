// Clocks, a histogram of latencies, and what the kernel says of a server's process.
#ifndef MEASURE_H
#define MEASURE_H

#include <stdint.h>
#include <sys/types.h>

/// Nanoseconds of the monotonic clock.
uint64_t now_ns(void);

enum { HISTOGRAM_SHARES = 64, HISTOGRAM_POWERS = 42 };

/// Counts of latencies in nanoseconds, each to within 1/64 of its value; the largest is about 70 minutes.
struct histogram {
    uint64_t counts[HISTOGRAM_POWERS][HISTOGRAM_SHARES];
    uint64_t total;
    uint64_t largest;
};

void histogram_add(struct histogram *histogram, uint64_t ns);

/// The latency in microseconds that `share` (0 to 1) of all values do not exceed; 0 without values.
double histogram_microseconds(const struct histogram *histogram, double share);

/// Seconds of processor time, user and system, that a process and its threads have used; 0 for pid 0.
double process_cpu(pid_t pid);

/// Octets of a process's own resident memory, shared libraries left out; 0 for pid 0.
long process_memory(pid_t pid);

#endif
