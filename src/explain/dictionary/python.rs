//! Messages of Python's `ssl`, and of servers and clients that use it (uvicorn, gunicorn, requests,
//! aiohttp).

use crate::explain::matching::entry::{DictionaryEntry, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a program in Python (ssl, requests, uvicorn, gunicorn)",
    Side::Either,
    "Python 3.11, run",
);

const UNTRUSTED: &[&str] = &["ca-does-not-cover-own-issuer", "secret-chain-order"];

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "python/no-client-certificate",
        &["[SSL: PEER_DID_NOT_RETURN_A_CERTIFICATE] peer did not return a certificate"],
        "this server requires a client certificate (`CERT_REQUIRED`) and the client sent none. If the client is \
         Ambassador's Envoy, the Mapping has no context, or Emissary discarded it",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets alert 40 (TLS 1.2) or 116 (TLS 1.3)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "python/verify",
        &["[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason} (_ssl.c:{line})",
          "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason}",
          "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"],
        "the other side's certificate is not trusted: {reason}",
        "see the reason; set the CA with `cafile`, `verify=` or `SSL_CERT_FILE`, or make the \
         other side send its whole chain",
    )
    .weight(weight::GENERAL + 5)
    .rules(UNTRUSTED),
    E.says(
        "python/hostname",
        &["Hostname mismatch, certificate is not valid for {name}", "IP address mismatch, certificate is not valid for {name}", "doesn't match either of {text}",
          "hostname {name} doesn't match {text}"],
        "the server's certificate does not have the name that this program asked for. Envoy under Ambassador does \
         not compare names, so the message is from another client",
        "issue the certificate with that name",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "python/alert-unknown-ca",
        &["[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca"],
        "the other side does not trust the CA of the certificate that this program presented. In \
         a server's log, that is the client: for Ambassador's Envoy, the context's `ca_secret` is \
         another CA, or the server does not send an intermediate",
        "put the server's CA into `ca_secret`, or the whole chain into the server's `certfile`",
    )
    .weight(weight::SPECIFIC + 10)
    .other("it does not have the CA that issued this side's certificate")
    .rules(UNTRUSTED),
    E.says(
        "python/alert-certificate",
        &["[SSL: SSLV3_ALERT_BAD_CERTIFICATE]", "[SSL: SSL/TLS_ALERT_BAD_CERTIFICATE]", "[SSL: SSLV3_ALERT_CERTIFICATE_UNKNOWN]", "[SSL: SSLV3_ALERT_CERTIFICATE_EXPIRED]",
          "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]", "[SSL: SSLV3_ALERT_UNSUPPORTED_CERTIFICATE]", "[SSL: SSLV3_ALERT_CERTIFICATE_REVOKED]"],
        "the other side rejects this program's certificate, or required one and got none: the \
         alert's name shows which",
        "read the other side's log; compare issuer, dates and usage of this side's certificate",
    )
    .rules(&["certificate-expired", "certificate-usage-wrong"]),
    E.says(
        "python/http-request",
        &["[SSL: HTTP_REQUEST] http request"],
        "a client sent plaintext HTTP to this TLS port. If the client is Ambassador, the Mapping's service has no \
         `https://` and no usable `tls:` context",
        "write the service with `https://`, or give the Mapping a `tls:` context that exists",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client sends plaintext")
    .rules(&["service-port-443-plaintext", "mapping-context-undefined"]),
    E.says(
        "python/wrong-version",
        &["[SSL: WRONG_VERSION_NUMBER] wrong version number"],
        "the data is not TLS: in a client's log the port serves plaintext, in a server's log a \
         client sent plaintext to its TLS port",
        "use `http:` or the port that serves TLS; in a server's log write the Mapping's service with `https://`",
    )
    .weight(weight::CAUSE)
    .rules(&["service-tls-to-port-80", "service-port-443-plaintext"]),
    E.says(
        "python/no-shared-cipher",
        &["[SSL: NO_SHARED_CIPHER] no shared cipher", "[SSL: NO_SUITABLE_SIGNATURE_ALGORITHM]"],
        "this server finds no cipher suite in the client's ClientHello that matches its settings \
         and its certificate's key; a context without `load_cert_chain` also gives this error",
        "load an RSA or P-256 certificate, and allow ECDHE with AES-GCM",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client offered other suites; it gets alert 40 in answer to its ClientHello")
    .rules(&["context-cipher-suite-unknown"]),
    E.says(
        "python/unsupported-protocol",
        &["[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol", "[SSL: TLSV1_ALERT_PROTOCOL_VERSION]", "[SSL: VERSION_TOO_LOW]", "[SSL: NO_PROTOCOLS_AVAILABLE]"],
        "client and server have no TLS version in common; Envoy as a client offers 1.2 only, \
         unless the context sets it",
        "set `max_tls_version: v1.3` in the TLSContext, or lower `minimum_version` in Python",
    )
    .weight(weight::CAUSE)
    .rules(&["context-tls-versions-exclude"]),
    E.says(
        "python/key-mismatch",
        &["[X509: KEY_VALUES_MISMATCH] key values mismatch", "[SSL: KEY_VALUES_MISMATCH] key values mismatch", "[X509] PEM lib", "[SSL] PEM lib", "[X509: NO_CERTIFICATE_OR_CRL_FOUND]"],
        "this program cannot use its own certificate or key: they do not belong together, or one of \
         the files is not PEM",
        "look at the files with `mtlsctl inspect CERTIFICATE --key KEY`",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-key-mismatch", "secret-pem-invalid"]),
    E.says(
        "python/eof",
        &["[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol", "SSLEOFError", "SSLZeroReturnError", "OSError: [Errno 0] Error", "EOF occurred in violation of protocol"],
        "the other side closed the connection without close_notify, often during the handshake: \
         it rejects silently ({silent-servers} do), does not serve TLS, or gave up",
        "read the other side's log",
    )
    .weight(weight::GENERAL),
    E.says(
        "python/reset",
        &["ConnectionResetError(104, 'Connection reset by peer'", "ConnectionResetError: [Errno 104] Connection reset by peer"],
        "the other side reset this program's connection: it rejects silently, gave up, or \
         something in between closed it; if plaintext was sent, the port may expect TLS",
        "read the other side's log; check that both use TLS, or neither",
    )
    .weight(weight::GENERAL)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "python/no-start-line",
        &["[SSL: NO_START_LINE] no start line", "[PEM: NO_START_LINE] no start line", "[SSL: BAD_BASE64_DECODE] bad base64 decode"],
        "a file of this program has no PEM block of the expected kind: it is empty, DER, or the \
         certificate and key are swapped",
        "check it with `mtlsctl inspect FILE`",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-pem-invalid"]),
    E.says(
        "python/ssl-error",
        &["ssl.SSLCertVerificationError: {text}", "ssl.SSLError: {text}", "requests.exceptions.SSLError: {text}", "urllib3.exceptions.SSLError: {text}", "MaxRetryError: {text}",
          "aiohttp.client_exceptions.ClientConnectorCertificateError: {text}", "SSL handshake failed on verifying the certificate"],
        "TLS failed in a Python program",
        "see the name in brackets and the text after it",
    )
    .weight(weight::FRAME),
    E.says(
        "python/remote-disconnected",
        &["RemoteDisconnected(Remote end closed connection without response)", "Remote end closed connection without response", "ServerDisconnectedError"],
        "the server closed the connection without a response: plaintext was sent to a TLS port, \
         or it rejects the client's certificate (or the lack of one) without an alert",
        "use `https://`, give the client certificate (`cert=`), and read the server's log",
    )
    .side(Side::Client)
    .weight(weight::GENERAL)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "python/ca-file",
        &["Could not find a suitable TLS CA certificate bundle, invalid path: {file}", "Could not find the TLS certificate file, invalid path: {file}", "Could not find the TLS key file, invalid path: {file}"],
        "requests does not find `{file}`",
        "correct `verify=`, `cert=` or `REQUESTS_CA_BUNDLE`",
    )
    .side(Side::Configuration)
    .weight(weight::CAUSE + 5),
    E.says(
        "python/strict-verification",
        &["certificate verify failed: Missing Authority Key Identifier", "certificate verify failed: Missing Subject Key Identifier", "certificate verify failed: Basic Constraints of CA cert not marked critical", "certificate verify failed: CA cert does not include key usage extension",
          "Missing Authority Key Identifier", "Basic Constraints of CA cert not marked critical"],
        "Python 3.13 verifies strictly according to RFC 5280 (`VERIFY_X509_STRICT`): a \
         certificate of the other side lacks an extension that neither OpenSSL by default nor \
         Envoy requires",
        "reissue it with the extension, or clear the flag in the context's `verify_flags`",
    )
    .weight(weight::CAUSE),
    E.says(
        "python/asyncio",
        &["SSL error in data received protocol", "SSL handshake failed protocol", "SSL handshake failed on verifying the certificate",
          "Error on transport creation for incoming connection", "SSL handshake is taking longer than {seconds} seconds"],
        "asyncio's TLS failed on a connection; the exception below shows why. asyncio closes the \
         connection without an alert if it does not accept a certificate",
        "read the last line of the traceback",
    )
    .weight(weight::GENERAL - 5),
    E.says(
        "python/uvicorn-not-http",
        &["Invalid HTTP request received"],
        "a client sent something other than HTTP/1.1 to uvicorn: a TLS ClientHello to a plaintext \
         port, or HTTP/2",
        "write the Mapping's service without `https://` if this port serves plaintext; do not use \
         `grpc: true` or `h2` in `alpn_protocols` for uvicorn",
    )
    .by("uvicorn")
    .side(Side::Server)
    .weight(weight::SPECIFIC)
    .rules(&["service-tls-to-port-80", "mapping-h2-without-grpc"]),
    E.says(
        "python/not-http",
        &["Invalid request from ip={client}: Invalid HTTP request line: {text}", "Invalid request from ip={client}: Invalid HTTP Version: {text}",
          "UNKNOWN / HTTP/1.0 400"],
        "a client sent something other than HTTP/1.1 to this server: a TLS ClientHello to a \
         plaintext port, or HTTP/2",
        "write the Mapping's service without `https://` if this port serves plaintext, and without `grpc: true`",
    )
    .by("gunicorn or aiohttp")
    .side(Side::Server)
    .weight(weight::SPECIFIC)
    .rules(&["service-tls-to-port-80", "mapping-h2-without-grpc"])
    .seen("gunicorn 27.0.1 and aiohttp 3, run with a ClientHello on a port of plaintext"),
];
