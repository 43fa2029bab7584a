// What octets mean in other character sets, asked of the C library once for all: iconv(3).
#include "CLinux.h"
#include <iconv.h>
#include <string.h>

// The code point of a sequence; 0 for none or one beyond 16 bits, -1 when more octets are needed.
static int code_point(iconv_t converter, const unsigned char *octets, size_t count) {
    char input[2], output[16];
    memcpy(input, octets, count);
    char *from = input, *to = output;
    size_t left = count, room = sizeof output;
    iconv(converter, NULL, NULL, NULL, NULL);
    size_t result = iconv(converter, &from, &left, &to, &room);
    if (result == (size_t)-1) return errno == EINVAL ? -1 : 0;
    // Some converters keep a character back until they are told that nothing follows.
    iconv(converter, NULL, NULL, &to, &room);
    if (sizeof output - room != 2) return 0;
    return (unsigned char)output[0] | (unsigned char)output[1] << 8;
}

int clinux_read_character_set(const char *name, uint16_t singles[256], uint16_t pairs[65536]) {
    iconv_t converter = iconv_open("UTF-16LE", name);
    if (converter == (iconv_t)-1) return -1;
    memset(singles, 0, 256 * sizeof *singles);
    memset(pairs, 0, 65536 * sizeof *pairs);
    for (int first = 0; first < 256; first++) {
        unsigned char octets[2] = {(unsigned char)first, 0};
        int point = code_point(converter, octets, 1);
        if (point >= 0) {
            singles[first] = (uint16_t)point;
            continue;
        }
        singles[first] = 0xFFFF;
        // No second octet is a control character: what ends a line always does.
        for (int second = 0x30; second < 256; second++) {
            octets[1] = (unsigned char)second;
            point = second == 0x7F ? 0 : code_point(converter, octets, 2);
            if (point > 0) pairs[first << 8 | second] = (uint16_t)point;
        }
    }
    iconv_close(converter);
    return 0;
}
