// The system's password hashes: crypt(5) and shadow(5).
#ifndef CCRYPT_SHIM_H
#define CCRYPT_SHIM_H
#include <crypt.h>
#include <shadow.h>
#endif
