// OpenSSL 3, and as functions what its headers offer as macros only, which Swift cannot call.
#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// SSL_CTX_set_min_proto_version(3) and SSL_CTX_set_max_proto_version(3).
static inline int copenssl_set_versions(SSL_CTX *context, int lowest, int highest) {
    return SSL_CTX_set_min_proto_version(context, lowest) && SSL_CTX_set_max_proto_version(context, highest);
}

// SSL_set_min_proto_version(3) and SSL_set_max_proto_version(3).
static inline int copenssl_set_connection_versions(SSL *ssl, int lowest, int highest) {
    return SSL_set_min_proto_version(ssl, lowest) && SSL_set_max_proto_version(ssl, highest);
}

// SSL_CTX_set_options(3): neither compression nor renegotiation.
static inline void copenssl_set_safe_options(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
}

// No session tickets, and no session ids to take their place.
static inline void copenssl_forbid_tickets(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
}

// SSL_set_SSL_CTX(3), with what that leaves behind: whom to ask for a certificate, and tickets.
static inline int copenssl_switch_context(SSL *ssl, SSL_CTX *context) {
    if (SSL_set_SSL_CTX(ssl, context) == NULL) return 0;
    SSL_set_verify(ssl, SSL_CTX_get_verify_mode(context), SSL_CTX_get_verify_callback(context));
    SSL_clear_options(ssl, SSL_OP_NO_TICKET);
    SSL_set_options(ssl, SSL_CTX_get_options(context) & SSL_OP_NO_TICKET);
    return SSL_set_num_tickets(ssl, SSL_CTX_get_num_tickets(context));
}

// SSL_CTX_set_mode(3).
static inline void copenssl_set_mode(SSL_CTX *context, long mode) { SSL_CTX_set_mode(context, mode); }

// SSL_CTX_set1_groups_list(3).
static inline int copenssl_set_groups(SSL_CTX *context, const char *names) {
    return SSL_CTX_set1_groups_list(context, names);
}

// SSL_CTX_add1_chain_cert(3).
static inline int copenssl_add_chain_certificate(SSL_CTX *context, X509 *certificate) {
    return SSL_CTX_add1_chain_cert(context, certificate);
}

// SSL_CTX_set_session_cache_mode(3).
static inline void copenssl_set_session_cache_mode(SSL_CTX *context, long mode) {
    SSL_CTX_set_session_cache_mode(context, mode);
}

// SSL_CTX_set_tlsext_ticket_keys(3) with the keys of another context; 80 octets in OpenSSL 3.
static inline int copenssl_share_ticket_keys(SSL_CTX *from, SSL_CTX *to) {
    unsigned char keys[80];
    int copied = SSL_CTX_get_tlsext_ticket_keys(from, keys, sizeof keys) == 1
                 && SSL_CTX_set_tlsext_ticket_keys(to, keys, sizeof keys) == 1;
    OPENSSL_cleanse(keys, sizeof keys);
    return copied;
}

// SSL_set_tlsext_host_name(3).
static inline int copenssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

// BIO_set_retry_read(3).
static inline void copenssl_retry_read(BIO *bio) { BIO_set_retry_read(bio); }

// BIO_clear_retry_flags(3).
static inline void copenssl_clear_retry(BIO *bio) { BIO_clear_retry_flags(bio); }

// BIO_get_mem_data(3).
static inline long copenssl_memory(BIO *bio, const char **start) { return BIO_get_mem_data(bio, (char **)start); }

// X509_NAME_print_ex(3) as RFC 2253 has it, but with other scripts left readable.
static inline int copenssl_print_name(BIO *bio, const X509_NAME *name) {
    return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0;
}

// The number of DNS names in a certificate's subject alternative names, and the one at an index.
static inline GENERAL_NAMES *copenssl_alternative_names(const X509 *certificate) {
    return (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}

static inline int copenssl_name_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

// Length and start of the DNS name at an index; -1 for a name of another kind.
static inline int copenssl_dns_name(const GENERAL_NAMES *names, int index, const unsigned char **start) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    if (name == NULL || name->type != GEN_DNS) return -1;
    *start = ASN1_STRING_get0_data(name->d.dNSName);
    return ASN1_STRING_length(name->d.dNSName);
}

static inline void copenssl_free_names(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }

// Seconds since 1970 of a certificate's time, or INT64_MIN when it is none.
static inline int64_t copenssl_seconds(const ASN1_TIME *time) {
    int days = 0, seconds = 0;
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int known = epoch != NULL && ASN1_TIME_diff(&days, &seconds, epoch, time);
    ASN1_TIME_free(epoch);
    return known ? (int64_t)days * 86400 + seconds : INT64_MIN;
}

#endif
