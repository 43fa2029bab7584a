// What was counted between two instants.
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// Begins to count after `warm_up` seconds, and for so many seconds; `server` is the process measured, or 0.
void window_open(pid_t server, double warm_up, double seconds);

/// Counts what took from one instant to another; false when that ended outside the window.
bool window_add(uint64_t sent_at, uint64_t seen_at);

/// To be asked in every pass; takes processor times at both ends of the window.
bool window_goes_on(void);

/// Prints what was counted and ends the line.
void window_print(const char *unit);

#endif
