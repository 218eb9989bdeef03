//! OpenSSL's own messages, 1.1 and 3.x, as passed on by servers, `s_client` and libraries.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "OpenSSL, or a program above it (nginx, haproxy, Apache, Python, Ruby, PHP, …)",
    Side::Either,
    "OpenSSL 3.0, run; 1.1.1 from its source's texts",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "openssl/no-client-certificate",
        &["peer did not return a certificate", "PEER_DID_NOT_RETURN_A_CERTIFICATE", "certificate required but peer did not send one",
          "no certificate returned"],
        "the server requires a client certificate and the client sent none. If the client is Ambassador's Envoy, the \
         Mapping has no context, or Emissary discarded it (Secret not found, no certificate), or the context has none",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream; \
         then correct the Mapping's `tls:` or the context's `secret`",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets alert 40 (TLS 1.2) or 116 (TLS 1.3, after the handshake: \
            in Envoy's access log only UC)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate", "mapping-tls-boolean"]),
    E.says(
        "openssl/verify-failed-server",
        &["tls_process_server_certificate:certificate verify failed", "ssl3_get_server_certificate:certificate verify failed"],
        "the client does not trust the server's certificate: unknown CA, missing intermediate, expired, wrong use, or \
         another name",
        "add the CA that issued it to the client's trusted CAs, or make the server send its \
         intermediates",
    )
    .side(Side::Client)
    .other("the server presents a chain that does not end at a CA that the client has"),
    E.says(
        "openssl/verify-failed-client",
        &["tls_process_client_certificate:certificate verify failed", "ssl3_get_client_certificate:certificate verify failed"],
        "the server does not trust the client's certificate: unknown CA, missing intermediate, \
         expired, wrong use, or an outdated revocation list on the server",
        "compare the issuer of Ambassador's certificate (`mtlsctl inspect`) with the server's \
         `ssl_client_certificate`, `ca-file` or `SSLCACertificateFile`; the lines next to it give \
         the reason",
    )
    .side(Side::Server)
    .other("the client presented a certificate that this server's CA file does not cover; it gets \
            an alert (48, 45, 43, …)")
    .rules(&["certificate-expired", "certificate-usage-wrong", "secret-chain-order"]),
    E.says(
        "openssl/verify-failed",
        &["certificate verify failed", "CERTIFICATE_VERIFY_FAILED]", "certificate verification failed", "OPENSSL_internal:CERTIFICATE_VERIFY_FAILED"],
        "the other side's certificate was not trusted: unknown CA, missing intermediate, expired, wrong use, \
         or another name",
        "see the reason in brackets or in the next line; repeat it with `openssl verify -CAfile \
         CA -untrusted CHAIN LEAF`",
    )
    .in_client(
        "this client does not trust the server's certificate: unknown CA, missing intermediate, expired, wrong use, or another \
         name",
        "see the reason in brackets or in the next line; repeat it with `openssl verify -CAfile \
         CA -untrusted CHAIN LEAF`",
    )
    .in_server(
        "this server does not trust the client's certificate: unknown CA, missing intermediate, expired, for servers only, or \
         an outdated revocation list on the server",
        "compare the issuer of Ambassador's certificate (`mtlsctl inspect`) with the server's CA file; the lines next to it \
         give the reason",
    )
    .weight(weight::GENERAL)
    .rules(&["ca-does-not-cover-own-issuer"]),
    E.says(
        "openssl/no-shared-cipher",
        &["no shared cipher", "NO_SHARED_CIPHER", "no suitable signature algorithm", "NO_SUITABLE_SIGNATURE_ALGORITHM",
          "no ciphers in common", "no cipher match"],
        "the server finds no cipher suite (or signature algorithm) in the client's ClientHello \
         that matches its own settings and its certificate's key. Envoy as a client offers \
         {envoys-offer}, on TLS 1.2 only",
        "allow ECDHE-RSA-AES128-GCM-SHA256 (or -ECDSA-) on the server, or name the server's suite \
         in the TLSContext's `cipher_suites`; a server without any certificate also gives this \
         error",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client offered suites that this server does not have; it gets alert 40 in answer \
            to its ClientHello")
    .rules(&["context-cipher-suite-unknown", "context-tls-too-old"]),
    E.says(
        "openssl/unsupported-protocol",
        &["UNSUPPORTED_PROTOCOL", "VERSION_TOO_LOW", "wrong ssl version", "UNKNOWN_PROTOCOL", "tls: protocol version not supported"],
        "client and server have no TLS version in common. Envoy as a client offers TLS 1.2 only, \
         unless the context sets it; `unknown protocol` is also what older OpenSSL reports for a \
         port without TLS",
        "set `max_tls_version: v1.3` in the TLSContext for a server with only TLS 1.3, or allow \
         TLS 1.2 on the server",
    )
    .about_tls(&["unsupported protocol", "version too low", "version too high", "unknown protocol", "protocol version not supported"])
    .in_server(
        "the client offers no TLS version that this server accepts: an old client (1.0 or 1.1), \
         or a server with only TLS 1.3. Envoy as a client offers TLS 1.2 only, unless the context \
         sets it",
        "find out which client it is; for Ambassador, set `max_tls_version: v1.3` in the \
         TLSContext, or allow TLS 1.2 on this server",
    )
    .weight(weight::SPECIFIC + 10)
    .other("the other side allows different versions than this one")
    .rules(&["context-tls-versions-exclude", "context-tls-too-old"]),
    E.says(
        "openssl/no-protocols",
        &["NO_PROTOCOLS_AVAILABLE", "no protocols available"],
        "this program's own settings leave no TLS version: its minimum is above its maximum, or \
         the system's crypto policy or security level disables what it allows",
        "correct that program's versions (`MinProtocol`, `ssl_protocols`, `--tls-max`); the other \
         side is not the cause",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .seen("OpenSSL 1.1.1 and 3.0"),
    E.says(
        "openssl/inappropriate-fallback",
        &["inappropriate fallback", "INAPPROPRIATE_FALLBACK"],
        "a client signalled that it retries with an older TLS version because a newer one failed \
         (TLS_FALLBACK_SCSV), but this server supports the newer one: usually a scanner",
        "harmless, unless the client is yours; then find out why its first attempt failed",
    )
    .side(Side::Server)
    .grade(Grade::Note)
    .weight(weight::CAUSE),
    E.says(
        "openssl/missing-extension",
        &["tlsv13 alert missing extension", "TLSV13_ALERT_MISSING_EXTENSION", "missing sigalgs extension"],
        "an extension that the other side requires is missing from the ClientHello (alert 109): \
         in TLS 1.3 a group, a signature algorithm or SNI",
        "read the other side's log; set `sni` in the TLSContext if the client is Ambassador",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["upstream-without-sni"]),
    E.says(
        "openssl/wrong-signature-type",
        &["wrong signature type", "WRONG_SIGNATURE_TYPE", "UNSUPPORTED_SIGNATURE_ALGORITHM", "legacy sigalg disallowed or unsupported", "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED"],
        "the two sides have no signature algorithm in common that matches a certificate's key: \
         SHA-1 only, or a security level that forbids what the other side offers",
        "issue the certificate with RSA 2048 or P-256 and SHA-256; update the side that offers SHA-1 only",
    )
    .weight(weight::CAUSE),
    E.says(
        "openssl/wrong-version-number",
        &["WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"],
        "the data is not TLS: the other side uses plaintext. For a client, the port serves \
         plaintext; for a server, a client sent plaintext to its TLS port (a health check, or a \
         Mapping without TLS)",
        "in a client's log, write the service without `https://`, or use the port that serves \
         TLS; in a server's log, write the Mapping's service with `https://` or give it a `tls:` \
         context",
    )
    .in_client(
        "the data is not TLS: the port that this client reached serves plaintext",
        "use the port that serves TLS; for a Mapping, write the service without `https://`",
    )
    .in_server(
        "a client sent plaintext to this TLS port: a check, or a Mapping without `https://` and without a usable `tls:` context",
        "write the Mapping's service with `https://`, or give it a `tls:` context that exists",
    )
    .about_tls(&["wrong version number", "packet length too long", "record layer failure"])
    .weight(weight::SPECIFIC + 10)
    .other("it does not use TLS on this connection")
    .rules(&["service-tls-to-port-80", "service-port-443-plaintext", "mapping-context-undefined"]),
    E.says(
        "openssl/http-request",
        &["SSL routines::http request", "SSL routines:ssl3_get_record:http request", "ssl3_get_record:http request", ":http request",
          "HTTP_REQUEST", "https proxy request", "HTTPS_PROXY_REQUEST", "speaking plain HTTP to an SSL-enabled server port",
          "The plain HTTP request was sent to HTTPS port",
          "This combination of host and port requires TLS"],
        "a client sent plaintext HTTP to this TLS port. If the client is Ambassador, the Mapping's service has \
         no `https://` and no usable `tls:` context, even if it names port 443",
        "write the service with `https://`, or give the Mapping a `tls:` context that exists",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client sends plaintext; Envoy's access log has UC, or the server's 400")
    .rules(&["service-port-443-plaintext", "mapping-context-undefined", "mapping-tls-false-ignored"]),
    E.says(
        "openssl/unexpected-eof",
        &["unexpected eof while reading", "UNEXPECTED_EOF_WHILE_READING", "EOF occurred in violation of protocol",
          "SSL_ERROR_SYSCALL", "SSL handshake interrupted", "peer closed connection in SSL handshake"],
        "the other side closed the connection without close_notify, often in the middle of the \
         handshake: a health check that only opens TCP, a client that gave up, a server that \
         rejects silently, or a proxy in between",
        "find out who the other side is; a load balancer's check is harmless, Ambassador as the \
         client is not",
    )
    .weight(weight::GENERAL)
    .grade(Grade::Warning),
    E.says(
        "openssl/renegotiation",
        &["no renegotiation", "SSL renegotiation handshake failed", "renegotiation is not allowed", "Cannot perform Post-Handshake Authentication",
          "post-handshake authentication"],
        "the server asks for the client's certificate only after the request (a separate path \
         with client authentication), by renegotiation in TLS 1.2 or post-handshake \
         authentication in TLS 1.3. Envoy supports neither: 503 UC on 1.2, HTTP 403 on 1.3",
        "make the server ask in the first handshake: client authentication for the whole virtual \
         host, not for a path",
    )
    .weight(weight::CAUSE)
    .other("the server asks after the handshake; Envoy rejects this, and Ambassador cannot set \
            `allow_renegotiation`"),
    E.says(
        "openssl/unsafe-renegotiation",
        &["unsafe legacy renegotiation disabled", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED"],
        "the server is old: it does not support secure renegotiation (RFC 5746), and OpenSSL 3 \
         rejects such servers. Certificates are not the cause, and Envoy (BoringSSL) connects to \
         them",
        "update the server; for that client, `Options = UnsafeLegacyServerConnect` in its openssl.cnf",
    )
    .weight(weight::CAUSE)
    .side(Side::Client)
    .other("it does not offer secure renegotiation")
    .seen("OpenSSL 3.0"),
    E.says(
        "openssl/key-mismatch",
        &["key values mismatch", "x509_check_private_key:key values mismatch", "Private key does not match the certificate public key",
          "private key does not match", "certificate and private key do not match", "key type mismatch",
          "inconsistencies between private key and certificate", "PrivateKeyMismatch", "KeyMismatch",
          "The key does not match the certificate"],
        "the private key belongs to another certificate, or the leaf is not the first certificate of its file",
        "put the leaf first, and use the key that belongs to it; `mtlsctl inspect FILE --key KEY` \
         compares them",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-key-mismatch", "secret-chain-order"]),
    E.says(
        "openssl/no-start-line",
        &["no start line", "PEM lib", "PEM_read_bio:no start line", "expecting: CERTIFICATE", "expecting: ANY PRIVATE KEY",
          "unable to load certificate", "unable to load private key", "DECODER routines::unsupported", "ERR_OSSL_UNSUPPORTED", "Could not read certificate", "Could not read private key",
          "Could not find certificate"],
        "a file or variable has no PEM block of the expected kind: it is empty, DER, another kind \
         of block, has text before `-----BEGIN`, or lost its line breaks (`\\n` as two \
         characters)",
        "check it with `mtlsctl inspect FILE`",
    )
    .side(Side::Configuration)
    .rules(&["secret-pem-invalid", "secret-entries-wrong"]),
    E.says(
        "openssl/key-password",
        &["bad decrypt", "bad password read", "maybe wrong password", "problems getting password", "empty password"],
        "the private key is encrypted, and no password or a wrong one was given",
        "decrypt it: `openssl pkey -in KEY -out PLAIN-KEY`",
    )
    .side(Side::Configuration)
    .rules(&["secret-key-encrypted"]),
    E.says(
        "openssl/key-too-small",
        &["ee key too small", "EE_KEY_TOO_SMALL", "ca key too small", "ca md too weak",
          "CA_MD_TOO_WEAK", "md too weak"],
        "OpenSSL's security level rejects the certificate: its key is too short, or it is signed \
         with SHA-1",
        "reissue it with RSA 2048 or P-256 and SHA-256; Envoy itself accepts SHA-1, but rejects \
         RSA keys below 2048 bits for its own certificate",
    )
    .weight(weight::CAUSE),
    E.says(
        "openssl/dh-key-too-small",
        &["dh key too small", "DH_KEY_TOO_SMALL"],
        "the server's Diffie-Hellman parameters are below 2048 bits, which this client's security \
         level rejects; certificates are not the cause. Envoy uses ECDHE, so it is not affected",
        "enable ECDHE suites on the server, or give it new parameters (`ssl_dhparam`)",
    )
    .weight(weight::CAUSE)
    .side(Side::Client)
    .seen("OpenSSL 1.1.1 and 3.0"),
    E.says(
        "openssl/bad-key-share",
        &["bad key share", "BAD_KEY_SHARE", "no suitable key share", "NO_SUITABLE_KEY_SHARE", "no suitable groups", "NO_SUITABLE_GROUPS"],
        "the two sides have no group (curve) in common for the key exchange, or one of them sent \
         an invalid key share",
        "enable X25519 or P-256 on both; `ecdh_curves` in the TLSContext sets what Envoy offers",
    )
    .weight(weight::CAUSE)
    .seen("OpenSSL 1.1.1 and 3.0"),
    E.says(
        "openssl/handshake-failed",
        &["ssl3_write_bytes:ssl handshake failure", "ssl3_read_bytes:ssl handshake failure", "SSL routines::ssl handshake failure", "SSL23_WRITE:ssl handshake failure", "SSL23_READ:ssl handshake failure"],
        "the handshake had already failed, but the program continued to write or read; this line \
         does not show the cause",
        "look at the line before it, and at the other side's log; `mtlsctl probe` performs Envoy's handshake",
    )
    .weight(weight::GENERAL),
    E.says(
        "openssl/bad-record",
        &["bad record mac", "decryption failed or bad record mac", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "bad record type",
          "digest check failed", "block cipher pad is wrong"],
        "a record was damaged between the two sides: a proxy that changes bytes, two programs \
         that read the same socket, or a forked process that shares a connection",
        "check what is in between; certificates are not the cause",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "openssl/unexpected-message",
        &["UNEXPECTED_MESSAGE", "app data in handshake", "APP_DATA_IN_HANDSHAKE"],
        "a message came out of order: the other side does not implement TLS correctly, or it asks \
         for renegotiation",
        "check which program and version it is",
    )
    .about_tls(&["unexpected message", "unexpected record"])
    .weight(weight::GENERAL),
    E.says(
        "openssl/shutdown-in-init",
        &["shutdown while in init", "SHUTDOWN_WHILE_IN_INIT", "PROTOCOL_IS_SHUTDOWN", "protocol is shutdown"],
        "something was sent or read on a connection whose handshake had already failed; the cause \
         is logged before it",
        "look at the line before",
    )
    .about_tls(&["uninitialized"])
    .weight(weight::FRAME),
    E.says(
        "openssl/sni",
        &["tlsv1 unrecognized name", "TLSV1_UNRECOGNIZED_NAME", "CALLBACK_FAILED", "clienthello tlsext", "CLIENTHELLO_TLSEXT"],
        "the server does not know the name in the client's SNI, or requires SNI and got none. \
         Envoy sends none unless the context has `sni`",
        "set `sni` in the TLSContext to a name that the server has",
    )
    .about_tls(&["callback failed", "unrecognized name"])
    .weight(weight::SPECIFIC + 10)
    .rules(&["upstream-without-sni", "context-sni-not-host-name"]),
    E.says(
        "openssl/alpn",
        &["no application protocol", "NO_APPLICATION_PROTOCOL", "tlsv1 alert no application protocol"],
        "client and server have no ALPN protocol in common. Envoy offers `http/1.1`, or `h2` for \
         `grpc: true`, unless `alpn_protocols` is set",
        "set `alpn_protocols` to what the server supports, or `grpc: true` on the Mapping of a \
         gRPC service",
    )
    .weight(weight::CAUSE)
    .rules(&["context-alpn-malformed", "mapping-grpc-without-alpn", "istio-alpn-missing"]),
    E.says(
        "openssl/handshake-failure-received",
        &["sslv3 alert handshake failure", "ssl/tls alert handshake failure"],
        "the other side ended the handshake with alert 40, without giving a reason: after the \
         ClientHello, no suite, version or name in common; after the certificates, it requires a \
         client certificate and got none that it accepts",
        "`mtlsctl probe` distinguishes the two; in a client's log, check the server's log",
    )
    .weight(weight::GENERAL),
    E.says(
        "openssl/write-errno",
        &["write:errno={errno}"],
        "`openssl s_client` was disconnected during the handshake (errno {errno}; 104 is a reset, \
         0 a normal close): the port does not serve TLS, requires SNI or the PROXY protocol, or a \
         load balancer in front has no backend",
        "repeat it with `-servername NAME`, and check what listens on that port",
    )
    .by("openssl s_client")
    .side(Side::Client)
    .weight(weight::SPECIFIC + 5)
    .rules(&["upstream-without-sni", "service-tls-to-port-80"]),
    E.says(
        "openssl/client-ca-names",
        &["No client certificate CA names sent", "Acceptable client certificate CA names"],
        "the server's request for client certificates: `Acceptable …` means that it asks for one \
         and names these CAs; `No …` means that it does not ask, names no CAs, or the handshake \
         ended before it could ask",
        "`mtlsctl probe` shows whether the server asks, and what it does without a certificate",
    )
    .by("openssl s_client")
    .side(Side::Client)
    .grade(Grade::Note)
    .weight(weight::FRAME + 5),
    E.says(
        "openssl/connect",
        &["connect:errno={errno}", "BIO_connect: connect error", "BIO_lookup_ex: system lib", "getaddrinfo: {text}"],
        "the address was not reached; TLS was not involved",
        "check the name, port and network policies",
    )
    .side(Side::Client),
    E.says(
        "openssl/digital-envelope",
        &["digital envelope routines::unsupported", "digital envelope routines:unsupported", "ERR_OSSL_EVP_UNSUPPORTED",
          "inner_evp_generic_fetch:unsupported"],
        "OpenSSL 3 was asked for an old algorithm: a PKCS#12 file encrypted with RC2, or MD4 in a \
         build tool. It concerns that program's files, not a connection",
        "recreate the PKCS#12 with `openssl pkcs12 -legacy` and without RC2",
    )
    .side(Side::Configuration),
    E.says(
        "openssl/self-signed-connect",
        &["verify error:num={number}:{reason}", "Verify return code: {number} ({reason})", "Verification error: {reason}"],
        "`openssl s_client` does not trust the server's certificate: {reason}. It trusts the \
         system's CAs unless `-CAfile` is given, so this does not show what Ambassador trusts",
        "repeat it with `-CAfile` and the context's CA; `mtlsctl probe` verifies as Envoy does",
    )
    .by("openssl s_client")
    .weight(weight::FRAME)
    .side(Side::Client),
    E.says(
        "openssl/verify-ok",
        &["Verify return code: 0 (ok)", "Verification: OK"],
        "`openssl s_client` trusts the server's chain; this does not show whether the server \
         accepts the client's certificate, which it may still reject afterwards in TLS 1.3",
        "send a request through it and read the response; `mtlsctl probe` does both",
    )
    .by("openssl s_client")
    .grade(Grade::Note)
    .weight(weight::FRAME + 1)
    .side(Side::Client),
    E.says(
        "openssl/no-peer-certificate",
        &["no peer certificate available", "New, (NONE), Cipher is (NONE)", "SSL handshake has read 0 bytes"],
        "the handshake ended before the server had sent its certificate: the port does not serve \
         TLS, requires SNI, or has no suite or version in common",
        "see the error above it; repeat it with `-servername NAME`",
    )
    .by("openssl s_client")
    .side(Side::Client)
    .rules(&["upstream-without-sni"]),
    E.says(
        "openssl/verify-return",
        &["verify return:1"],
        "`openssl s_client` accepts the certificate at this depth, or continues despite the error \
         above it",
        "see `Verify return code` at the end",
    )
    .by("openssl s_client")
    .grade(Grade::Note)
    .weight(weight::FRAME)
    .side(Side::Client),
];
