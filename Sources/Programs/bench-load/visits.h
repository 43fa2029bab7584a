// Clients that come and go, and clients over TLS; each prints its own result.
#ifndef VISITS_H
#define VISITS_H

/// Runs `tls-echo` with its words; returns 2 when they are not understood.
int tls_echo(int count, char **words);

/// Runs `plain-visits`, `tls-visits` or `resumed-visits` with its words; returns 2 when they are not understood.
int visits(const char *kind, int count, char **words);

#endif
