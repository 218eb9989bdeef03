//! Words of Go about a connection: what is spoken on it, and how it ends.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

use super::certificates::E;

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "go/plaintext",
        &["tls: first record does not look like a TLS handshake", "tls: oversized record received with length {number}", "tls: unsupported SSLv2 handshake received", "tls: received record with version {version} when expecting version {wanted}"],
        "the data is not TLS. In a client's log the port serves plaintext; in a server's log a \
         client sent plaintext to its TLS port: a Mapping without `https://`, or a health check",
        "in a client's log, write the Mapping's service without `https://`; in a server's log, \
         write it with `https://` or give it a `tls:` context",
    )
    .in_client(
        "the data is not TLS: the port that this client reached serves plaintext",
        "connect with `http://`, or use the port that serves TLS",
    )
    .in_server(
        "a client sent plaintext to this TLS port: a Mapping without `https://` and without a usable `tls:` context, or a \
         health check",
        "write the Mapping's service with `https://`, or give it a `tls:` context that exists; let checks use TLS or TCP",
    )
    .weight(weight::CAUSE)
    .other("it does not use TLS on this connection")
    .rules(&["service-tls-to-port-80", "service-port-443-plaintext", "mapping-context-undefined"]),
    E.says(
        "go/plain-http",
        &["Client sent an HTTP request to an HTTPS server"],
        "a client sent plaintext HTTP to this TLS port of a server in Go. If the client is \
         Ambassador, the Mapping's service has no `https://` and no usable `tls:` context; if it \
         is a kubelet check, its `scheme` is not HTTPS",
        "write the service with `https://`, or give the Mapping a `tls:` context that exists; for \
         a check, set `scheme: HTTPS`. A ConsulResolver cannot use Consul's HTTPS port (8501): \
         give it the HTTP port",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client sends plaintext; Envoy's access log has the server's 400")
    .rules(&["service-port-443-plaintext", "mapping-context-undefined", "mapping-tls-false-ignored"]),
    E.says(
        "go/http-to-https",
        &["http: server gave HTTP response to HTTPS client"],
        "this client uses TLS, but the port answers in plaintext HTTP",
        "use `http://`, or the port that serves TLS",
    )
    .weight(weight::CAUSE)
    .side(Side::Client)
    .rules(&["service-tls-to-port-80"]),
    E.says(
        "go/http-request-to-tls",
        &["malformed HTTP response \"\\x15\\x03\\x01\\x00\\x02\\x02", "malformed HTTP response", "malformed HTTP status code"],
        "this client uses plaintext, but the response is TLS (`\\x15\\x03…` is an alert) or not HTTP",
        "use `https://`",
    )
    .side(Side::Client)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "go/no-suite",
        &["tls: no cipher suite supported by both client and server", "tls: no supported elliptic curves offered",
          "tls: no ECDHE curve supported by both client and server", "tls: peer doesn't support any of the certificate's signature algorithms",
          "tls: peer doesn't support the certificate custom signature algorithms"],
        "this server finds nothing in the client's ClientHello that matches its settings and its \
         certificate's key: suites, curves or signature algorithms. Envoy as a client offers {envoys-offer}",
        "give the server an RSA or P-256 certificate and ECDHE suites, or set `cipher_suites` and `ecdh_curves` in the \
         TLSContext",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client offered other suites, curves or algorithms; it gets alert 40 in answer to \
            its ClientHello")
    .rules(&["context-cipher-suite-unknown", "context-curve-unknown"]),
    E.says(
        "go/versions",
        &["tls: client offered only unsupported versions: {text}", "tls: client offered only unsupported versions"],
        "this server supports none of the TLS versions that the client offered (`303` is TLS 1.2, \
         `304` TLS 1.3). Envoy as a client offers 1.2 only, unless the context sets it",
        "set `max_tls_version: v1.3` in the TLSContext, or allow TLS 1.2 on the server",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client offers other versions; it gets alert 70")
    .rules(&["context-tls-versions-exclude"]),
    E.says(
        "go/server-version",
        &["tls: server selected unsupported protocol version {version}", "tls: protocol version not supported",
          "tls: no supported versions satisfy MinVersion and MaxVersion"],
        "the server chose a TLS version that this program does not allow",
        "allow TLS 1.2 or 1.3 on both sides",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "go/no-certificate-for-name",
        &["tls: no certificates configured", "tls: neither Certificates, GetCertificate, nor GetConfigForClient set in Config",
          "no certificate available for {name}", "no certificate available for '{name}'", "No certificate available", "no certificate matching TLS ClientHello", "acme/autocert: missing server name", "acme/autocert: host {name} not configured in HostWhitelist",
          "Serving default certificate for request: {name}", "unable to find certificate for domains"],
        "this server has no certificate, or none for the name of the client's SNI. Envoy sends no SNI unless the context \
         has `sni`",
        "set `sni` in the TLSContext, or give the server a default certificate",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .rules(&["upstream-without-sni"]),
    E.says(
        "go/pair",
        &["tls: private key does not match public key", "tls: private key type does not match public key type"],
        "the private key belongs to another certificate, or the leaf is not the first certificate of its file",
        "put the leaf first, and use the key that belongs to it",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-key-mismatch", "secret-chain-order"]),
    E.says(
        "go/pem",
        &["tls: failed to find any PEM data in certificate input", "tls: failed to find any PEM data in key input",
          "tls: failed to find \"CERTIFICATE\" PEM block in certificate input", "tls: failed to parse private key",
          "tls: found a certificate rather than a key in the PEM for the private key", "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
          "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input"],
        "a file or Secret has no PEM block of the expected kind: it is empty, DER, encrypted, \
         base64-encoded twice, or the certificate and key are swapped",
        "check it with `mtlsctl inspect FILE`",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-pem-invalid", "secret-entries-wrong", "secret-key-encrypted"]),
    E.says(
        "go/handshake-error",
        &["http: TLS handshake error from {client}: {reason}"],
        "a server in Go could not complete the handshake with client {client}: {reason}",
        "see the text after the address, and check whether that client is Ambassador's pod, a \
         health check or something else",
    )
    .weight(weight::FRAME)
    .side(Side::Server),
    E.says(
        "go/handshake-eof",
        &["TLS handshake error from {client}: EOF", "TLS handshake error from {client}: read tcp {text}: connection reset by peer",
          "TLS handshake error from {client}: read tcp {text}: i/o timeout", "TLS handshake error from {client}: write tcp {text}: broken pipe", "TLS handshake error from {client}: write tcp {text}: connection reset by peer"],
        "client {client} opened a connection and closed it (or stopped sending) before the \
         handshake: a load balancer's or kubelet's TCP check, or a client that gave up",
        "harmless if it is a check; if it is Ambassador's pod, check its access log",
    )
    .grade(Grade::Warning)
    .side(Side::Server),
    E.says(
        "go/handshake-timeout",
        &["net/http: TLS handshake timeout", "tls: handshake timeout", "TLS handshake timeout"],
        "the server accepted the TCP connection but did not answer the ClientHello in time: it \
         uses another protocol, is overloaded, or packets are lost (MTU)",
        "check what listens on that port; with a small MTU, only large ClientHellos are lost",
    )
    .side(Side::Client),
    E.says(
        "go/unexpected-message",
        &["tls: received unexpected handshake message of type {type} when waiting for {wanted}", "tls: unexpected message"],
        "a TLS message came out of order: the other side asks for a client certificate or \
         renegotiation when this program does not expect it, or does not implement TLS correctly",
        "check which program and version the other side runs",
    )
    .weight(weight::GENERAL),
    E.says(
        "go/get-eof",
        &["Get {url}: EOF", "Post {url}: EOF"],
        "the server closed this client's connection without a response: plaintext was sent to a \
         TLS port, or, with TLS 1.3, the server rejects the client's certificate (or the lack of \
         one) without an alert",
        "read the server's log",
    )
    .side(Side::Client)
    .weight(weight::GENERAL),
    E.says(
        "go/reset",
        &["read tcp {text}: read: connection reset by peer", "write tcp {text}: write: broken pipe", "read: connection reset by peer"],
        "the other side reset this program's connection: it rejects silently, gave up, or \
         something in between closed it; if plaintext was sent, the port may expect TLS",
        "read the other side's log",
    )
    .weight(weight::GENERAL - 5),
    E.says(
        "go/deadline",
        &["context deadline exceeded (Client.Timeout exceeded while awaiting headers)", "context deadline exceeded"],
        "there was no response in time. TCP, TLS or the application may be slow; the message does \
         not show which",
        "check whether the address responds, and how far the connection gets: `mtlsctl probe` \
         shows each step",
    )
    .side(Side::Client)
    .weight(weight::FRAME + 8)
    .grade(Grade::Warning),
    E.says(
        "go/no-file",
        &["open {file}: no such file or directory", "open {file}: permission denied", "stat {file}: no such file or directory"],
        "`{file}` does not exist or cannot be read: the volume is not mounted, the Secret's key \
         has another name, or the file belongs to another user",
        "`kubectl exec` into the container and `ls -lL {file}`",
    )
    .side(Side::Configuration)
    .weight(weight::GENERAL)
    .rules(&["volume-key-missing", "volume-secret-missing", "volume-mode-unreadable"]),
    E.says(
        "go/dial",
        &["dial tcp {address}: connect: connection refused", "dial tcp {address}: i/o timeout", "dial tcp {address}: connect: no route to host"],
        "nothing accepted the connection at {address}; TLS was not involved",
        "check the port, the Service and network policies",
    )
    .side(Side::Client)
    .rules(&["service-port-undefined"]),
    E.says(
        "go/lookup",
        &["dial tcp: lookup {host}: no such host", "lookup {host} on {server}: no such host", "lookup {host} on {server}: server misbehaving", "lookup {host} on {server}: read udp {text}: i/o timeout", "lookup {host}: no such host"],
        "the name `{host}` does not resolve; TLS was not involved",
        "write `NAME.NAMESPACE` for a Service of another namespace",
    )
    .side(Side::Client)
    .rules(&["service-name-not-qualified"]),
    E.says(
        "go/closed-connection",
        &["tls: use of closed connection", "use of closed network connection"],
        "this program continued to use a connection that it, or one of its timeouts, had already \
         closed; the cause is logged before it",
        "look at the line before",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note),
];
