//! Messages of Java's TLS (JSSE): Tomcat, Spring, Kafka, Elasticsearch, Jenkins, Netty.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a program in Java (JSSE, Netty, Tomcat, Spring)",
    Side::Either,
    "OpenJDK 17, run; 8 to 21 from reports",
);

const UNTRUSTED: &[&str] = &["ca-does-not-cover-own-issuer", "secret-chain-order"];

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "java/path-building",
        &["PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target",
          "unable to find valid certification path to requested target", "PKIX path building failed", "Path does not chain with any of the trust anchors", "Trust anchor for certification path not found"],
        "Java finds no path from the other side's certificate to a CA in its truststore: the CA \
         is not in it, or the other side does not send an intermediate. In a server's log, it is \
         the client's certificate (Ambassador's)",
        "import the CA: `keytool -importcert -keystore TRUSTSTORE -alias ca -file ca.pem`, and \
         configure that truststore (`javax.net.ssl.trustStore`, `server.ssl.trust-store`); or \
         make the other side send its whole chain",
    )
    .weight(weight::CAUSE)
    .other("it presents a certificate from a CA that is not in the truststore; it gets alert 46 \
            (certificate_unknown) from Java")
    .rules(UNTRUSTED),
    E.says(
        "java/path-validation",
        &["PKIX path validation failed: {reason}", "PKIX path validation failed"],
        "a chain to a trusted CA was found, but it is not valid: {reason}",
        "see the text after it: validity, revocation, usage, constraints",
    )
    .weight(weight::GENERAL)
    .rules(&["certificate-expired"]),
    E.says(
        "java/expired",
        &["CertificateExpiredException: NotAfter: {text}", "CertificateExpiredException", "validity check failed"],
        "the other side's certificate, or one in its chain (or the trusted CA itself), has \
         expired: {text}",
        "renew it; if it was renewed, the other side still uses the old one",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired", "context-files-not-reloaded"]),
    E.says(
        "java/not-yet-valid",
        &["CertificateNotYetValidException: NotBefore: {text}", "CertificateNotYetValidException"],
        "the other side's certificate is not valid yet by this machine's clock: {text}",
        "compare the clocks",
    )
    .weight(weight::CAUSE),
    E.says(
        "java/empty-truststore",
        &["the trustAnchors parameter must be non-empty", "trustAnchors parameter must be non-empty", "No trusted certificate found"],
        "Java's truststore is empty, unreadable, or has keys instead of trusted certificates; \
         every certificate is then rejected",
        "use a truststore with the CA as a trusted certificate: `keytool -importcert -trustcacerts …`",
    )
    .weight(weight::CAUSE)
    .other("a client gets alert 80 (internal_error) as soon as it sends a certificate"),
    E.says(
        "java/empty-client-chain",
        &["Empty client certificate chain", "Empty server certificate chain", "null cert chain"],
        "this server requires a client certificate (`clientAuth=need`, `certificateVerification=required`) and the \
         client sent none. If the client is Ambassador's Envoy, the Mapping has no context, or Emissary discarded it",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client presented no certificate; it gets alert 40 (TLS 1.2) or 116 (TLS 1.3, \
            after the handshake)")
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "java/peer-not-authenticated",
        &["SSLPeerUnverifiedException: peer not authenticated", "peer not authenticated"],
        "the other side presented no certificate, or the handshake had already failed",
        "look at the exception before it; a server that needs client certificates must ask for them",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "java/fatal-bad-certificate",
        &["Received fatal alert: bad_certificate"],
        "the other side rejects this program's certificate, or got none (alert 42): servers in Go \
         and old Java send this for every rejection",
        "read the other side's log; compare issuer, dates and usage of this side's certificate",
    )
    .in_client(
        "the server rejects this program's client certificate, or required one and got none (alert 42)",
        "read the server's log; compare issuer, dates and usage of the client certificate with what the server trusts",
    )
    .in_server(
        "the client does not accept the certificate that this server presents (alert 42)",
        "read the client's log; check the server certificate's CA, dates and names",
    )
    .rules(&["mapping-context-undefined", "certificate-expired"]),
    E.says(
        "java/closed-alert",
        &["Received close_notify during handshake", "closing inbound before receiving peer's close_notify"],
        "the other side closed the connection, during the handshake or without close_notify",
        "read the other side's log",
    )
    .weight(weight::GENERAL),
    E.says(
        "java/fatal-handshake-failure",
        &["Received fatal alert: handshake_failure"],
        "the other side ended the handshake with alert 40, without giving a reason: no suite, \
         version or curve in common, no SNI although one is needed, or no client certificate \
         although one is required",
        "start Java with `-Djavax.net.debug=ssl:handshake` to see how far it got; read the other \
         side's log",
    )
    .weight(weight::GENERAL)
    .rules(&["upstream-without-sni", "context-cipher-suite-unknown"]),
    E.says(
        "java/fatal-certificate-unknown",
        &["Received fatal alert: certificate_unknown"],
        "the other side rejects this program's certificate without giving a reason (alert 46). In \
         a server's log, the client does not trust the server's certificate; Java servers send it \
         for every rejection",
        "read the other side's log; Ambassador's Envoy as a client sends `unknown_ca` instead",
    )
    .in_client(
        "the server rejects this program's client certificate without giving a reason (alert 46): \
         Java servers send it for every rejection",
        "read the server's log; compare issuer, dates and usage of the client certificate with its truststore",
    )
    .in_server(
        "the client does not trust this server's certificate and gives no reason (alert 46), as \
         browsers, curl and Java do",
        "serve the whole chain, and add its CA on the client; Ambassador's Envoy as a client \
         sends `unknown_ca` instead",
    )
    .rules(UNTRUSTED),
    E.says(
        "java/fatal-unknown-ca",
        &["Received fatal alert: unknown_ca"],
        "the other side does not trust the CA of the certificate that this program presented. In a server's log that \
         is the client: for Ambassador's Envoy, the context's `ca_secret` is another CA, or the server does not send \
         an intermediate",
        "put the server's CA into `ca_secret`, or the whole chain into the keystore",
    )
    .in_client(
        "the server does not trust the CA of the client certificate that this program presented",
        "get it from a CA that the server trusts, and keep its whole chain in the keystore",
    )
    .in_server(
        "the client does not trust the CA of this server's certificate. For Ambassador's Envoy \
         the context's `ca_secret` is another CA, or the server does not send an intermediate",
        "put the server's CA into `ca_secret`, or the whole chain into the keystore",
    )
    .weight(weight::SPECIFIC + 10)
    .other("it does not have the CA that issued this side's certificate")
    .rules(UNTRUSTED),
    E.says(
        "java/fatal-certificate-expired",
        &["Received fatal alert: certificate_expired"],
        "the other side reports that this program's certificate has expired",
        "renew it; if it was renewed, reload the program that still uses the old one",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["certificate-expired", "context-files-not-reloaded"]),
    E.says(
        "java/fatal-certificate-required",
        &["Received fatal alert: certificate_required"],
        "the server requires a client certificate and got none (alert 116, TLS 1.3)",
        "give the client a keystore with its certificate",
    )
    .weight(weight::CAUSE)
    .side(Side::Client)
    .rules(&["mapping-context-undefined"]),
    E.says(
        "java/fatal-protocol-version",
        &["Received fatal alert: protocol_version", "The server selected protocol version {version} is not accepted by client preferences",
          "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)", "No appropriate protocol",
          "The client supported protocol versions [{versions}] are not accepted by server preferences",
          "The client supported protocol versions", "Client requested protocol {version} not enabled or not supported",
          "Unsupported or unrecognized protocol version"],
        "client and server have no TLS version in common. Envoy as a client offers 1.2 only, \
         unless the context sets it; Java has disabled 1.0 and 1.1",
        "set `max_tls_version: v1.3` in the TLSContext, or allow TLS 1.2 in Java (`jdk.tls.server.protocols`)",
    )
    .weight(weight::CAUSE)
    .rules(&["context-tls-versions-exclude", "context-tls-too-old"]),
    E.says(
        "java/fatal-unrecognized-name",
        &["Received fatal alert: unrecognized_name", "Unrecognized server name indication"],
        "the server does not know the name in the client's SNI, or requires SNI and got none; \
         Envoy sends none unless the context has `sni`",
        "set `sni` in the TLSContext to a name that the server has",
    )
    .weight(weight::CAUSE)
    .rules(&["upstream-without-sni"]),
    E.says(
        "java/fatal-internal-error",
        &["Received fatal alert: internal_error"],
        "an internal error occurred on the other side (alert 80)",
        "read the other side's log; in Java, an empty truststore is a common cause",
    ),
    E.says(
        "java/fatal-decrypt-error",
        &["Received fatal alert: decrypt_error", "Invalid CertificateVerify signature"],
        "a signature could not be verified: the sender's key and certificate do not belong together",
        "check that the certificate and key belong together",
    )
    .weight(weight::CAUSE)
    .rules(&["secret-key-mismatch"]),
    E.says(
        "java/fatal-other",
        &["Received fatal alert: {reason}"],
        "the other side ended the connection with the alert `{reason}`",
        "read the other side's log",
    )
    .weight(weight::FRAME + 5),
    E.says(
        "java/no-suites",
        &["no cipher suites in common", "No available authentication scheme", "No supported CertificateVerify signature algorithm",
          "No available certificate or key corresponds to the SSL cipher suites which are enabled"],
        "this server finds nothing in the client's ClientHello that matches its settings and its \
         certificate's key. A server without a keystore also gives this error, and so does one whose key is of a kind \
         that Envoy does not offer (P-384, Ed25519)",
        "check that the keystore has a private key (RSA or P-256), and that ECDHE suites are enabled",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client offered other suites or algorithms; it gets alert 40 in answer to its \
            ClientHello")
    .rules(&["context-cipher-suite-unknown", "context-curve-unknown"]),
    E.says(
        "java/plaintext",
        &["Unrecognized SSL message, plaintext connection?", "Unsupported or unrecognized SSL message", "NotSslRecordException: not an SSL/TLS record",
          "not an SSL/TLS record"],
        "this side uses TLS but got plaintext. In a server's log, a client sent plaintext to the \
         TLS port: a Mapping without `https://` and without a usable `tls:` context; in a \
         client's log, the port serves plaintext",
        "in a server's log, write the Mapping's service with `https://`, or give it a `tls:` \
         context that exists; in a client's log, use the port that serves TLS",
    )
    .in_client("the port that this client reached serves plaintext", "use the port that serves TLS, or no TLS")
    .in_server(
        "a client sent plaintext to this TLS port: a Mapping without `https://` and without a usable `tls:` context, or a check",
        "write the Mapping's service with `https://`, or give it a `tls:` context that exists",
    )
    .weight(weight::CAUSE)
    .other("it uses plaintext on this connection")
    .rules(&["service-port-443-plaintext", "mapping-context-undefined", "service-tls-to-port-80"]),
    E.says(
        "java/hello-on-plaintext",
        &["Invalid character found in method name [0x16{text}", "Invalid character found in method name", "HTTP method names must be tokens",
          "Illegal character CNTL=0x16", "Illegal character 0x16"],
        "this port serves plaintext HTTP, but a client sent something else: a TLS ClientHello if \
         it begins with `0x16 0x03`",
        "write the Mapping's service without `https://`, or use the port that serves TLS",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client uses TLS; Envoy's access log has WRONG_VERSION_NUMBER")
    .rules(&["service-tls-to-port-80"]),
    E.says(
        "java/requires-tls",
        &["Bad Request This combination of host and port requires TLS", "This combination of host and port requires TLS"],
        "a client sent plaintext HTTP to this TLS port (Tomcat's 400)",
        "write the Mapping's service with `https://`, or give it a `tls:` context that exists",
    )
    .weight(weight::CAUSE + 1)
    .side(Side::Server)
    .other("the client sends plaintext")
    .rules(&["service-port-443-plaintext", "mapping-context-undefined"]),
    E.says(
        "java/bouncy-castle-own",
        &["TlsFatalAlert: {reason}", "org.bouncycastle.tls.TlsFatalAlert: {reason}"],
        "this program (Bouncy Castle) itself ended the handshake with the alert {reason}: it does not accept what the other side \
         sent, or has nothing in common with it",
        "see the exception below that caused it",
    )
    .weight(weight::GENERAL),
    E.says(
        "java/sent-alert",
        &["SEND {version} ALERT: fatal, description = {alert}", "Fatal ({alert}): {reason}"],
        "this program itself ended the handshake with the alert `{alert}`: it does not accept what the other side sent",
        "see the exception next to it",
    )
    .weight(weight::GENERAL - 5),
    E.says(
        "java/no-own-certificate",
        &["no suitable certificate found - continuing without client authentication", "No X.509 certificate for client authentication, use empty Certificate message instead"],
        "the server asked for a client certificate, but Java's keystore has none from a CA that \
         the server names (or none with its issuers, or no keystore is set), so it sends none",
        "`keytool -list -v` shows the keystore's chain: it needs the issuers up to a CA that the server names in its \
         CertificateRequest; set `javax.net.ssl.keyStore`",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "java/not-trusted-by-client",
        &["client did not trust this server's certificate, closing connection"],
        "Elasticsearch's client does not trust the certificate that this server presents (it sent an alert). If the client is \
         Ambassador's Envoy, the context's `ca_secret` is another CA",
        "put the CA of Elasticsearch's certificate (`elasticsearch-certutil`'s `ca.crt`) into the context's `ca_secret`",
    )
    .by("Elasticsearch")
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("it does not have the CA that issued this server's certificate")
    .rules(UNTRUSTED),
    E.says(
        "java/ssl-engine",
        &["General OpenSslEngine problem", "General SSLEngine problem"],
        "Netty's or JSSE's engine does not accept the other side's certificate, or failed with \
         another error",
        "see the line `Caused by:`: `PKIX path building failed`, `No subject alternative …`, …",
    )
    .weight(weight::GENERAL),
    E.says(
        "java/kafka",
        &["Failed authentication with {client} ({text}) (SSL handshake failed)", "Failed authentication with {client} (SSL handshake failed)", "failed authentication due to: SSL handshake failed", "SslAuthenticationException: SSL handshake failed", "SSL handshake failed (org.apache.kafka"],
        "a TLS handshake of Kafka (or another program in Java) failed; this line does not give \
         the reason",
        "look for the `SSLHandshakeException` next to it: `Empty client certificate chain` (none \
         sent, `ssl.client.auth=required`), `PKIX path building failed` (untrusted), `Received \
         fatal alert` (the other side rejected it)",
    )
    .by("Kafka, or another program in Java")
    .weight(weight::GENERAL - 5),
    E.says(
        "java/remote-closed",
        &["Remote host terminated the handshake", "Remote host closed connection during handshake", "SSL peer shut down incorrectly", "javax.net.ssl.SSLException: Connection reset", "javax.net.ssl.SSLHandshakeException: Connection reset"],
        "the other side closed the connection during the handshake, without an alert: a TCP \
         check, a server that rejects silently, or a proxy in between",
        "find out who the other side is, and read its log",
    )
    .weight(weight::GENERAL),
    E.says(
        "java/name",
        &["No subject alternative DNS name matching {name} found", "No subject alternative names matching IP address {name} found",
          "No subject alternative names present", "No name matching {name} found", "Illegal given domain name: {name}", "Certificate for <{name}> doesn't match any of the subject alternative names", "Hostname {name} not verified"],
        "the server's certificate does not have the name that this program asked for. Envoy under Ambassador does \
         not compare names, so the message is from another client",
        "issue the certificate with that name as a subject alternative name",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "java/usage",
        &["Extended key usage does not permit use for TLS client authentication", "Extended key usage does not permit use for TLS server authentication",
          "KeyUsage does not allow digital signatures", "Key usage does not permit {text}", "CA key usage check failed: keyCertSign bit is not set",
          "basic constraints check failed: this is not a CA certificate", "TrustAnchor with subject {text} is not a CA certificate"],
        "a certificate of the other side is used for something that its key usage does not allow: a client \
         certificate needs `clientAuth` (or no extended key usage), and a CA needs `CA:TRUE` and `keyCertSign`",
        "issue it with the required usage",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "java/algorithm-constraints",
        &["Algorithm constraints check failed on {text}", "Certificates do not conform to algorithm constraints"],
        "Java's security settings reject the certificate: signed with SHA-1 or MD5, or its key is \
         too short",
        "reissue it with SHA-256 and RSA 2048 or P-256",
    )
    .weight(weight::CAUSE),
    E.says(
        "java/revoked",
        &["CertificateRevokedException", "Certificate has been revoked", "Could not determine revocation status"],
        "the certificate is on a revocation list, or its status could not be determined",
        "issue a new certificate, or make the revocation list reachable and current",
    )
    .weight(weight::CAUSE),
    E.says(
        "java/keystore",
        &["keystore password was incorrect", "Keystore was tampered with, or password was incorrect", "Invalid keystore format",
          "toDerInputStream rejects tag type", "DerInputStream.getLength(): lengthTag={text}, too big", "DerInputStream.getLength(): {text}", "Alias name [{name}] does not identify a key entry", "Cannot recover key", "UnrecoverableKeyException: Password must not be null", "Failed to load keystore", "No X509TrustManager implementation available"],
        "Java cannot read its keystore or truststore: a wrong password, a different format than \
         `keystoreType` (PEM does not count), or an alias that is not a key. The server then has \
         no certificate or trusts no one",
        "`keytool -list -v -keystore FILE` shows its contents",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration),
    E.says(
        "java/key-file",
        &["File does not contain valid private key: {file}", "File does not contain valid certificates: {file}", "IOException : algid parse error, not a sequence", "algid parse error, not a sequence",
          "Input stream not contain valid private key", "Input stream does not contain valid private key"],
        "Java (mostly Netty) cannot read the private key: it requires an unencrypted PKCS#8 key \
         (`BEGIN PRIVATE KEY`), not `BEGIN RSA PRIVATE KEY` or `BEGIN EC PRIVATE KEY`",
        "`openssl pkcs8 -topk8 -nocrypt -in KEY -out PKCS8-KEY`",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .seen("Netty 4.1 and gRPC-Java, from reports"),
    E.says(
        "java/handshake-exception",
        &["javax.net.ssl.SSLHandshakeException: {reason}", "SSLHandshakeException: {reason}", "javax.net.ssl.SSLException: {reason}", "SSLHandshakeException",
          "javax.net.ssl.SSLProtocolException: {reason}"],
        "the TLS handshake of a program in Java failed: {reason}",
        "see the text after it, or the line `Caused by:`",
    )
    .weight(weight::FRAME),
    E.says(
        "java/decoder-exception",
        &["io.netty.handler.codec.DecoderException", "io.netty.handler.ssl.SslHandler"],
        "Netty had a TLS error; the following text shows which",
        "look at the line `Caused by:`",
    )
    .weight(weight::FRAME - 5)
    .grade(Grade::Warning),
    E.says(
        "java/bad-record",
        &["Tag mismatch", "Insufficient buffer remaining for AEAD cipher fragment", "Handshake message sequence violation, {number}"],
        "a TLS record or message is damaged or out of order: two programs write to the same \
         socket, a proxy in between changes bytes, or the other side asks for something that this \
         Java version does not expect (a certificate after the handshake)",
        "check what is in between, and update Java; certificates are not the cause",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "java/reset",
        &["java.net.SocketException: Connection reset", "java.io.IOException: Connection reset by peer", "java.net.SocketException: Broken pipe"],
        "the other side reset this program's connection: it rejects silently, gave up, or \
         something in between closed it; if plaintext was sent, the port may expect TLS",
        "read the other side's log; check that both use TLS, or neither",
    )
    .weight(weight::GENERAL)
    .rules(&["service-port-443-plaintext"]),
    E.says(
        "java/refused",
        &["java.net.ConnectException: Connection refused", "io.netty.channel.AbstractChannel$AnnotatedConnectException: Connection refused: {address}", "java.net.NoRouteToHostException: {reason}"],
        "nothing accepted the connection; TLS was not involved",
        "check the name, port and network policies",
    )
    .side(Side::Client)
    .weight(weight::GENERAL),
];
