// zlib, with its state in one place that never moves, and with what it allocates counted.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

typedef struct {
    z_stream stream;
    // Octets asked of malloc for this stream.
    size_t allocated;
} czlib_stream;

typedef struct {
    size_t consumed;
    size_t produced;
    int status;
} czlib_progress;

static inline voidpf czlib_allocate(voidpf allocated, uInt items, uInt size) {
    size_t octets = (size_t)items * size;
    *(size_t *)allocated += octets;
    return malloc(octets);
}

static inline void czlib_free(voidpf allocated, voidpf memory) {
    (void)allocated;
    free(memory);
}

static inline void czlib_prepare(czlib_stream *stream) {
    memset(stream, 0, sizeof *stream);
    stream->stream.zalloc = czlib_allocate;
    stream->stream.zfree = czlib_free;
    stream->stream.opaque = &stream->allocated;
}

// deflateInit2(3).
static inline int czlib_start_deflating(czlib_stream *stream, int level, int window_bits, int memory_level) {
    czlib_prepare(stream);
    return deflateInit2(&stream->stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}

// inflateInit2(3).
static inline int czlib_start_inflating(czlib_stream *stream, int window_bits) {
    czlib_prepare(stream);
    return inflateInit2(&stream->stream, window_bits);
}

static inline czlib_progress czlib_step(
    czlib_stream *stream, int (*step)(z_streamp, int), int flush, const uint8_t *input, uInt input_count,
    uint8_t *output, uInt output_count
) {
    // An empty Swift buffer has no address, which zlib takes for a mistake.
    static const uint8_t nothing = 0;
    stream->stream.next_in = (z_const Bytef *)(input != NULL ? input : &nothing);
    stream->stream.avail_in = input_count;
    stream->stream.next_out = output;
    stream->stream.avail_out = output_count;
    czlib_progress progress;
    progress.status = step(&stream->stream, flush);
    progress.consumed = input_count - stream->stream.avail_in;
    progress.produced = output_count - stream->stream.avail_out;
    return progress;
}

// deflate(3) and inflate(3).
static inline czlib_progress czlib_deflate(
    czlib_stream *stream, int flush, const uint8_t *input, uInt input_count, uint8_t *output, uInt output_count
) {
    return czlib_step(stream, deflate, flush, input, input_count, output, output_count);
}

static inline czlib_progress czlib_inflate(
    czlib_stream *stream, const uint8_t *input, uInt input_count, uint8_t *output, uInt output_count
) {
    return czlib_step(stream, inflate, Z_NO_FLUSH, input, input_count, output, output_count);
}

static inline void czlib_end_deflating(czlib_stream *stream) { deflateEnd(&stream->stream); }
static inline void czlib_end_inflating(czlib_stream *stream) { inflateEnd(&stream->stream); }

#endif
