//! Why Envoy does not take up a configuration at all, by the words in its log.

/// Words of Envoy's log about a file, and what they mean for someone who runs Ambassador.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejection {
    /// BoringSSL's cause, or how Envoy's sentence begins.
    pub words: &'static str,
    /// Why it happens.
    pub cause: &'static str,
    /// What to do about it.
    pub next: &'static str,
}

const fn of(words: &'static str, cause: &'static str, next: &'static str) -> Rejection {
    Rejection { words, cause, next }
}

/// Causes go before the sentences that they stand in.
const ALL: [Rejection; 15] = [
    of(
        "no such field: 'require_client_certificate'",
        "a context that a Mapping names has `cert_required`, which is for Envoy as a server; as a client \
         it knows no such field",
        "take `cert_required` out of the TLSContext, or use another one for `tls:`; `mtlsctl lint` names \
         it",
    ),
    of(
        "no such field: 'sni'",
        "a context that terminates TLS has `sni`, which is for Envoy as a client; as a server it knows \
         no such field",
        "use one TLSContext for the Host and another one for the Mapping; `mtlsctl lint` names it",
    ),
    of(
        "KEY_VALUES_MISMATCH",
        "the private key belongs to another certificate, or the leaf is not the first certificate of \
         its file",
        "put the leaf first, and beside it the key it was made with; `mtlsctl inspect FILE --key KEY` \
         compares them",
    ),
    of(
        "KEY_TYPE_MISMATCH",
        "certificate and private key are of different kinds, RSA and EC say",
        "put the key beside the certificate that it was made with",
    ),
    of(
        "BAD_PASSWORD_READ",
        "the private key is encrypted, and Ambassador has no place for a password",
        "decrypt it: `openssl pkey -in KEY -out PLAIN-KEY`",
    ),
    of(
        "NO_START_LINE",
        "the file of the private key has no `-----BEGIN … PRIVATE KEY-----` line that BoringSSL sees",
        "look for a byte order mark, indentation or DER with `mtlsctl inspect KEY`",
    ),
    of(
        "WRONG_TAG",
        "the private key is PKCS#8 of version 2, with its public half (RFC 5958), as newer tools write \
         Ed25519 keys",
        "write it anew: `openssl pkey -in KEY -out OLD-FORM-KEY`",
    ),
    of(
        "only RSA certificates with 2048-bit",
        "the RSA key of the context's own certificate is shorter than 2048 bits",
        "issue a certificate for a new key",
    ),
    of(
        "Failed to load incomplete certificate",
        "a private key is named and no certificate, or the file is empty",
        "name both, `cert_chain_file` and `private_key_file`, or use a Secret with `tls.crt` and \
         `tls.key`",
    ),
    of(
        "Failed to load incomplete private key",
        "a certificate is named and no private key, or the file is empty",
        "name both, `cert_chain_file` and `private_key_file`, or use a Secret with `tls.crt` and \
         `tls.key`",
    ),
    of(
        "Failed to load certificate chain",
        "the context's certificates are no PEM that BoringSSL reads, or of a kind that it does not use",
        "`mtlsctl inspect FILE` names the line",
    ),
    of(
        "Failed to load trusted CA certificates",
        "there is no certificate in the CA file, or something in it cannot be read",
        "`mtlsctl inspect FILE` names the line",
    ),
    of(
        "Failed to load CRL",
        "the revocation lists are no PEM that BoringSSL reads, or there is no CA beside them",
        "`mtlsctl inspect FILE` names the line; `crl_secret` needs `ca_secret`",
    ),
    of(
        "Failed to initialize cipher suites",
        "`cipher_suites` has a name that BoringSSL does not know, or one of TLS 1.3, which cannot be \
         chosen",
        "`mtlsctl lint` names the entry",
    ),
    of(
        "Failed to initialize ECDH curves",
        "`ecdh_curves` has a name that BoringSSL does not know",
        "`mtlsctl lint` names the entry",
    ),
];

impl Rejection {
    /// What a cause, or a line of the log that has one in it, is about.
    pub fn read(text: &str) -> Option<&'static Self> {
        // Emissary quotes fields, people copy them without.
        let plain = |text: &str| text.replace('\'', "").to_ascii_lowercase();
        let text = plain(text);
        ALL.iter().find(|known| text.contains(&plain(known.words)))
    }
}
