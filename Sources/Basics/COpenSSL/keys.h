// Keys made of their parts, and taken apart again: OpenSSL 3 has lists of named fields for this, which are long to write.
// Numbers are octets, highest first. What gives a key gives NULL when the parts make none.
#ifndef COPENSSL_KEYS_H
#define COPENSSL_KEYS_H
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <string.h>

// EVP_PKEY_fromdata(3), which takes the list that was begun; frees it.
static inline EVP_PKEY *copenssl_key_of(const char *type, OSSL_PARAM_BLD *fields, int whole, int complete) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    OSSL_PARAM *list = complete && context != NULL ? OSSL_PARAM_BLD_to_param(fields) : NULL;
    if (list != NULL && EVP_PKEY_fromdata_init(context) == 1)
        EVP_PKEY_fromdata(context, &key, whole ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, list);
    OSSL_PARAM_free(list);
    OSSL_PARAM_BLD_free(fields);
    EVP_PKEY_CTX_free(context);
    return key;
}

// A key on a curve: the point, and the private number unless its length is 0.
static inline EVP_PKEY *copenssl_curve_key(const char *curve, const unsigned char *point, size_t point_length,
                                           const unsigned char *secret, size_t secret_length) {
    OSSL_PARAM_BLD *fields = OSSL_PARAM_BLD_new();
    if (fields == NULL) return NULL;
    BIGNUM *number = secret_length == 0 ? NULL : BN_bin2bn(secret, (int)secret_length, NULL);
    int complete = OSSL_PARAM_BLD_push_utf8_string(fields, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0)
                   && OSSL_PARAM_BLD_push_octet_string(fields, OSSL_PKEY_PARAM_PUB_KEY, point, point_length)
                   && (secret_length == 0
                       || (number != NULL && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_PRIV_KEY, number)));
    EVP_PKEY *key = copenssl_key_of("EC", fields, secret_length != 0, complete);
    BN_clear_free(number);
    return key;
}

// A public key of RSA.
static inline EVP_PKEY *copenssl_rsa_public_key(const unsigned char *modulus, size_t modulus_length,
                                                const unsigned char *exponent, size_t exponent_length) {
    OSSL_PARAM_BLD *fields = OSSL_PARAM_BLD_new();
    if (fields == NULL) return NULL;
    BIGNUM *n = BN_bin2bn(modulus, (int)modulus_length, NULL), *e = BN_bin2bn(exponent, (int)exponent_length, NULL);
    int complete = n != NULL && e != NULL && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_N, n)
                   && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_E, e);
    EVP_PKEY *key = copenssl_key_of("RSA", fields, 0, complete);
    BN_free(n);
    BN_free(e);
    return key;
}

// A private key of RSA: modulus, public exponent, private exponent, both primes and the second's inverse by the first,
// one behind the other.
static inline EVP_PKEY *copenssl_rsa_private_key(const unsigned char *octets, const size_t *lengths) {
    OSSL_PARAM_BLD *fields = OSSL_PARAM_BLD_new();
    BN_CTX *scratch = BN_CTX_new();
    BIGNUM *numbers[6] = {NULL}, *first = BN_new(), *second = BN_new(), *less = BN_new();
    int complete = fields != NULL && scratch != NULL && first != NULL && second != NULL && less != NULL;
    for (int index = 0; index < 6; index++) {
        numbers[index] = BN_bin2bn(octets, (int)lengths[index], NULL);
        octets += lengths[index];
        if (numbers[index] == NULL) complete = 0;
        else if (index > 1) BN_set_flags(numbers[index], BN_FLG_CONSTTIME);
    }
    // The private exponent by each prime less one; BN_mod(3) is BN_div(3) without its first result.
    complete = complete && BN_sub(less, numbers[3], BN_value_one()) && !BN_is_zero(less)
               && BN_div(NULL, first, numbers[2], less, scratch) && BN_sub(less, numbers[4], BN_value_one())
               && !BN_is_zero(less) && BN_div(NULL, second, numbers[2], less, scratch)
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_N, numbers[0])
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_E, numbers[1])
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_D, numbers[2])
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_FACTOR1, numbers[3])
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_FACTOR2, numbers[4])
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_EXPONENT1, first)
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_EXPONENT2, second)
               && OSSL_PARAM_BLD_push_BN(fields, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, numbers[5]);
    EVP_PKEY *key = fields == NULL ? NULL : copenssl_key_of("RSA", fields, 1, complete);
    for (int index = 0; index < 6; index++) BN_clear_free(numbers[index]);
    BN_clear_free(first);
    BN_clear_free(second);
    BN_clear_free(less);
    BN_CTX_free(scratch);
    return key;
}

// EVP_PKEY_Q_keygen(3): a new key on a curve, of RSA with so many bits, or of Ed25519.
static inline EVP_PKEY *copenssl_new_curve_key(const char *curve) { return EVP_PKEY_Q_keygen(NULL, NULL, "EC", curve); }

static inline EVP_PKEY *copenssl_new_rsa_key(size_t bits) { return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits); }

static inline EVP_PKEY *copenssl_new_ed25519_key(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

// A number of a key by the field's name: its length, or -1 when it has none or it does not fit.
static inline int copenssl_key_number(const EVP_PKEY *key, const char *field, unsigned char *octets, int capacity) {
    BIGNUM *number = NULL;
    int length = -1;
    if (EVP_PKEY_get_bn_param(key, field, &number) == 1 && BN_num_bytes(number) <= capacity)
        length = BN_bn2bin(number, octets);
    BN_clear_free(number);
    return length;
}

struct copenssl_passphrase {
    const unsigned char *octets;
    int length;
    int asked;
};

static inline int copenssl_give_passphrase(char *buffer, int size, int writing, void *data) {
    struct copenssl_passphrase *passphrase = (struct copenssl_passphrase *)data;
    (void)writing;
    passphrase->asked = 1;
    if (passphrase->octets == NULL || passphrase->length > size) return -1;
    memcpy(buffer, passphrase->octets, (size_t)passphrase->length);
    return passphrase->length;
}

// PEM_read_bio_PrivateKey(3) without a terminal; tells whether a passphrase was wanted. None is a NULL pointer.
static inline EVP_PKEY *copenssl_read_private_key(const void *text, int length, const unsigned char *passphrase,
                                                  int passphrase_length, int *asked) {
    struct copenssl_passphrase given = {passphrase, passphrase_length, 0};
    BIO *source = BIO_new_mem_buf(text, length);
    EVP_PKEY *key = source == NULL ? NULL : PEM_read_bio_PrivateKey(source, NULL, copenssl_give_passphrase, &given);
    BIO_free(source);
    *asked = given.asked;
    return key;
}

#endif
