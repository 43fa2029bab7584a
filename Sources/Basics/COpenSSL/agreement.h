// Secrets that two ends agree on, and the few settings of OpenSSL's codes that come as lists of named fields.
// What fails because of a peer leaves nothing in the thread's queue of errors, where TLS would find it.
#ifndef COPENSSL_AGREEMENT_H
#define COPENSSL_AGREEMENT_H
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

// EVP_PKEY_Q_keygen(3) of a kind that has no parameters: X25519, ML-KEM-768.
static inline EVP_PKEY *copenssl_new_key(const char *type) { return EVP_PKEY_Q_keygen(NULL, NULL, type); }

// EVP_PKEY_derive(3) of our key and the peer's encoded public one, which is checked; the secret's length, or 0.
static inline size_t copenssl_agree(EVP_PKEY *ours, const unsigned char *theirs, size_t length, unsigned char *secret,
                                    size_t capacity) {
    EVP_PKEY *peer = EVP_PKEY_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, ours, NULL);
    size_t count = capacity;
    int agreed = peer != NULL && context != NULL && EVP_PKEY_copy_parameters(peer, ours) == 1
                 && EVP_PKEY_set1_encoded_public_key(peer, theirs, length) == 1 && EVP_PKEY_derive_init(context) == 1
                 && EVP_PKEY_derive_set_peer(context, peer) == 1 && EVP_PKEY_derive(context, secret, &count) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(peer);
    if (!agreed) ERR_clear_error();
    return agreed ? count : 0;
}

// EVP_PKEY_encapsulate(3) for a raw public key of the named kind; 1 when both results have exactly these lengths.
static inline int copenssl_encapsulate(const char *type, const unsigned char *theirs, size_t length,
                                       unsigned char *wrapped, size_t wrapped_length, unsigned char *secret,
                                       size_t secret_length) {
    EVP_PKEY *peer = EVP_PKEY_new_raw_public_key_ex(NULL, type, NULL, theirs, length);
    EVP_PKEY_CTX *context = peer == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(NULL, peer, NULL);
    size_t wrapped_count = wrapped_length, secret_count = secret_length;
    int made = context != NULL && EVP_PKEY_encapsulate_init(context, NULL) == 1
               && EVP_PKEY_encapsulate(context, wrapped, &wrapped_count, secret, &secret_count) == 1
               && wrapped_count == wrapped_length && secret_count == secret_length;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(peer);
    if (!made) ERR_clear_error();
    return made;
}

// EVP_PKEY_decapsulate(3); 1 when the secret has exactly this length.
static inline int copenssl_decapsulate(EVP_PKEY *ours, const unsigned char *wrapped, size_t wrapped_length,
                                       unsigned char *secret, size_t secret_length) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, ours, NULL);
    size_t count = secret_length;
    int made = context != NULL && EVP_PKEY_decapsulate_init(context, NULL) == 1
               && EVP_PKEY_decapsulate(context, secret, &count, wrapped, wrapped_length) == 1 && count == secret_length;
    EVP_PKEY_CTX_free(context);
    if (!made) ERR_clear_error();
    return made;
}

// Whether this libcrypto has a key encapsulation of that name.
static inline int copenssl_has_encapsulation(const char *type) {
    EVP_KEM *kem = EVP_KEM_fetch(NULL, type, NULL);
    EVP_KEM_free(kem);
    if (kem == NULL) ERR_clear_error();
    return kem != NULL;
}

// EVP_MAC_CTX_new(3) of the named code, and for HMAC of a digest; NULL when there is none.
static inline EVP_MAC_CTX *copenssl_new_mac(const char *name, const char *digest) {
    EVP_MAC *mac = EVP_MAC_fetch(NULL, name, NULL);
    EVP_MAC_CTX *context = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    if (context == NULL || digest == NULL) return context;
    OSSL_PARAM fields[2] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
                            OSSL_PARAM_construct_end()};
    if (EVP_MAC_CTX_set_params(context, fields) == 1) return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

#endif
