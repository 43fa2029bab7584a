#include "window.h"

#include "client.h"
#include "measure.h"

#include <stdio.h>
#include <unistd.h>

static struct {
    struct histogram latencies;
    uint64_t from, to;
    pid_t server;
    double cpu, cpu_at_from;
    /// Processor time of this program.
    double own_cpu, own_cpu_at_from;
    uint64_t began, ended;
} window;

void window_open(pid_t server, double warm_up, double seconds) {
    window.server = server;
    window.from = now_ns() + (uint64_t)(warm_up * 1e9);
    window.to = window.from + (uint64_t)(seconds * 1e9);
}

bool window_add(uint64_t sent_at, uint64_t seen_at) {
    bool counts = seen_at >= window.from && seen_at < window.to;
    if (counts) histogram_add(&window.latencies, seen_at - sent_at);
    return counts;
}

bool window_goes_on(void) {
    uint64_t now = now_ns();
    if (!window.began && now >= window.from) {
        window.began = now;
        window.cpu_at_from = process_cpu(window.server);
        window.own_cpu_at_from = process_cpu(getpid());
    }
    if (now < window.to) return true;
    window.ended = now;
    window.cpu = process_cpu(window.server) - window.cpu_at_from;
    window.own_cpu = process_cpu(getpid()) - window.own_cpu_at_from;
    return false;
}

void window_print(const char *unit) {
    double count = (double)window.latencies.total;
    if (count == 0) fail("nothing was answered");
    double seconds = (double)(window.ended - window.began) / 1e9;
    printf(" %s=%.0f rate=%.1f p50_us=%.1f p99_us=%.1f p999_us=%.1f max_us=%.1f cpu_us=%.2f load_cpu_us=%.2f "
           "load_busy=%.3f memory_kib=%ld\n", unit,
           count, count / seconds, histogram_microseconds(&window.latencies, 0.5),
           histogram_microseconds(&window.latencies, 0.99), histogram_microseconds(&window.latencies, 0.999),
           (double)window.latencies.largest / 1000, window.cpu * 1e6 / count,
           window.own_cpu * 1e6 / count, window.own_cpu / seconds, process_memory(window.server) / 1024);
}
