//! Messages of servers behind or in front of Ambassador: nginx, haproxy, Apache, stunnel, Traefik
//! and others.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const NGINX: DictionaryEntry = DictionaryEntry::of("nginx", Side::Server, "nginx 1.22, run");
const HAPROXY: DictionaryEntry = DictionaryEntry::of("haproxy", Side::Server, "haproxy 2.6, run");
const APACHE: DictionaryEntry =
    DictionaryEntry::of("Apache httpd (mod_ssl)", Side::Server, "Apache 2.4, run");
const OTHER: DictionaryEntry =
    DictionaryEntry::of("a server", Side::Server, "from its source's texts and reports");

const WHO: &[&str] =
    &["mapping-context-undefined", "secret-missing", "context-without-certificate"];

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    NGINX
        .says(
            "nginx/no-certificate",
            &["client sent no required SSL certificate while {text}", "client sent no required SSL certificate", "No required SSL certificate was sent"],
            "nginx requires a client certificate (`ssl_verify_client on`) and the client sent none. It completes the \
             handshake and then answers HTTP 400 (496 inside). If the client is Ambassador's Envoy, the Mapping has no \
             context, or Emissary discarded it, or the context has no certificate. If nginx's default host does not ask \
             but the named one does, a client without SNI is never asked and also gets this page",
            "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream; \
             with a certificate in the context, also set `sni`",
        )
        .weight(weight::CAUSE)
        .other("the client presented no certificate, or was not asked for one because it sent no SNI")
        .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate", "upstream-without-sni"]),
    NGINX
        .says(
            "nginx/certificate-refused",
            &["client SSL certificate verify error: ({number}:{reason}) while {text}", "client SSL certificate verify error: ({number}:{reason})", "client SSL certificate verify error: {reason}",
              "The SSL certificate error", "SSL certificate error"],
            "nginx does not accept the client's certificate: {reason}. It completes the handshake \
             and then answers HTTP 400 (495 inside), so Envoy's log has a 400 and no TLS code. An \
             outdated revocation list in nginx, or one from another CA, causes every certificate \
             to be rejected",
            "compare the issuer, dates and extended key usage of Ambassador's certificate (`mtlsctl inspect`) with \
             `ssl_client_certificate`, `ssl_trusted_certificate`, `ssl_verify_depth` and `ssl_crl`",
        )
        .weight(weight::CAUSE - 5)
        .other("the client presented a certificate that nginx's CA file does not cover, that has \
                expired, or that is for servers only")
        .rules(&["certificate-expired", "certificate-usage-wrong", "secret-chain-order"]),
    NGINX
        .says(
            "nginx/plain-http",
            &["client sent plain HTTP request to HTTPS port while {text}", "client sent plain HTTP request to HTTPS port", "The plain HTTP request was sent to HTTPS port"],
            "a client sent plaintext HTTP to nginx's TLS port, and nginx answers 400. If the \
             client is Ambassador, the Mapping's service has no `https://` and no usable `tls:` \
             context, even if it names port 443",
            "write the service with `https://`, or give the Mapping a `tls:` context that exists",
        )
        .weight(weight::CAUSE + 1)
        .other("the client sends plaintext")
        .rules(&["service-port-443-plaintext", "mapping-context-undefined", "mapping-tls-false-ignored"]),
    NGINX
        .says(
            "nginx/upstream-handshake",
            &["SSL_do_handshake() failed ({reason}) while SSL handshaking to upstream", "SSL_do_handshake() failed ({reason}) while SSL handshaking to upstream, client: {client}"],
            "nginx as a client could not complete the handshake with *its* upstream: {reason}",
            "see the text in brackets; nginx sends SNI only with `proxy_ssl_server_name on`, and a certificate only \
             with `proxy_ssl_certificate`",
        )
        .side(Side::Client)
        .weight(weight::GENERAL),
    NGINX
        .says(
            "nginx/handshake",
            &["SSL_do_handshake() failed ({reason}) while SSL handshaking, client: {client}", "SSL_do_handshake() failed ({reason})", "SSL_do_handshake() failed"],
            "nginx could not complete the handshake with client {client}: {reason}",
            "see the text in brackets; an alert in it is the *client's*, about nginx's certificate",
        )
        .weight(weight::FRAME + 5),
    NGINX
        .says(
            "nginx/closed-in-handshake",
            &["peer closed connection in SSL handshake ({reason}) while SSL handshaking to upstream", "peer closed connection in SSL handshake while SSL handshaking to upstream"],
            "nginx's upstream closed the connection during the handshake without an alert",
            "read that upstream's log; it may require SNI (`proxy_ssl_server_name on`) or a \
             certificate",
        )
        .side(Side::Client)
        .weight(weight::SPECIFIC),
    NGINX
        .says(
            "nginx/upstream-verify",
            &["upstream SSL certificate verify error: ({number}:{reason}) while SSL handshaking to upstream", "upstream SSL certificate verify error: ({number}:{reason})"],
            "nginx as a client does not trust *its* upstream's certificate: {reason}",
            "check `proxy_ssl_trusted_certificate` and `proxy_ssl_name`",
        )
        .side(Side::Client),
    NGINX
        .says(
            "nginx/upstream-name",
            &["upstream SSL certificate does not match {name}"],
            "nginx as a client requires the name {name} in *its* upstream's certificate \
             (`proxy_ssl_verify on`), which does not have it",
            "set `proxy_ssl_name`, or issue the certificate with that name",
        )
        .side(Side::Client)
        .weight(weight::CAUSE),
    NGINX
        .says(
            "nginx/upstream-closed",
            &["upstream prematurely closed connection while reading response header from upstream", "upstream prematurely closed connection while {text}", "upstream sent no valid HTTP/1.0 header while reading response header from upstream",
              "recv() failed ({reason}) while reading response header from upstream"],
            "nginx reached *its* upstream, which closed the connection (or did not answer in \
             HTTP): nginx sends plaintext (`http://` in `proxy_pass`) to a TLS port, or the \
             upstream rejects nginx's certificate or the lack of one",
            "write `https://` in `proxy_pass` for a TLS port, with `proxy_ssl_certificate` if one is required; read \
             the upstream's log",
        )
        .side(Side::Client)
        .weight(weight::SPECIFIC),
    NGINX
        .says(
            "nginx/no-ssl-certificate",
            &["no \"ssl_certificate\" is defined in server listening on SSL port while SSL handshaking", "no \"ssl_certificate\" is defined", "rejecting client hello, no SNI", "no \"ssl_client_certificate\" for ssl_verify_client"],
            "nginx has no certificate for this name, or is configured to reject names that it does not know \
             (`ssl_reject_handshake`): the client sent no SNI, or another name. Envoy sends none unless the context has `sni`",
            "set `sni` in the TLSContext, or give nginx a default certificate",
        )
        .weight(weight::CAUSE)
        .rules(&["upstream-without-sni"]),
    NGINX
        .says(
            "nginx/cannot-load",
            &["cannot load certificate {file}: {reason}", "cannot load certificate key {file}: {reason}", "SSL_CTX_use_PrivateKey({file}) failed ({reason})", "SSL_CTX_use_PrivateKey_file({file}) failed ({reason})", "SSL_CTX_load_verify_locations({file}) failed ({reason})", "SSL_CTX_load_verify_locations({file}) failed", "X509_LOOKUP_load_file({file}) failed ({reason})", "X509_load_crl_file({file}) failed ({reason})"],
            "nginx does not start with {file}: {reason}",
            "check it with `mtlsctl inspect {file}`",
        )
        .side(Side::Configuration)
        .weight(weight::SPECIFIC),
    HAPROXY
        .says(
            "haproxy/handshake",
            &["{frontend}: SSL handshake failure ({reason})", "{frontend}: SSL handshake failure"],
            "haproxy could not complete the handshake with a client: {reason}. Before 2.6 and \
             without `log-format` with `%[ssl_fc_err_str]` its log has no details",
            "log `%[ssl_fc_err_str] %[ssl_c_err] %[ssl_c_ca_err]`: `ssl_c_err` is OpenSSL's verify code of the \
             client's certificate (10 expired, 20 unknown issuer, 26 purpose), `peer did not return a certificate` \
             means that none was sent",
        )
        .alone(&["SSL handshake failure"])
        .weight(weight::GENERAL)
        .other("the client sent no certificate or a wrong one, has no suite or version in common, \
                does not trust haproxy's certificate, or sent plaintext")
        .rules(WHO),
    HAPROXY
        .says(
            "haproxy/client-refused",
            &["SSL client certificate not trusted", "SSL client CA chain cannot be verified"],
            "haproxy does not accept the client's certificate: its CA is not in `ca-file`, it has \
             expired, it is for servers only, or a `crl-file` is out of date; haproxy's log has \
             no details",
            "log `%[ssl_c_err] %[ssl_c_ca_err]`, OpenSSL's verify codes (10 expired, 12 list expired, 20 unknown issuer, 26 purpose); \
             compare issuer, dates and usage of Ambassador's certificate (`mtlsctl inspect`) with `ca-file`",
        )
        .weight(weight::CAUSE)
        .other("the client presented a certificate; it gets alert 48, 45 or 43, which is more specific")
        .rules(&["certificate-expired", "certificate-usage-wrong", "secret-chain-order"]),
    HAPROXY
        .says(
            "haproxy/closed",
            &["{frontend}: Connection closed during SSL handshake", "Connection closed during SSL handshake", "Timeout during SSL handshake", "Connection error during SSL handshake (Success)", "Connection error during SSL handshake"],
            "the client closed the connection (or stopped sending) before the handshake was \
             complete: a TCP check, or a client that does not trust haproxy's certificate and \
             closes the connection",
            "find out who the client is; Ambassador's Envoy sends an alert if it does not trust a \
             certificate",
        )
        .weight(weight::GENERAL)
        .grade(Grade::Warning),
    HAPROXY
        .says(
            "haproxy/server-check",
            &["Layer6 invalid response: SSL handshake failure", "Layer6 invalid response, info: \"SSL handshake failure", "Layer6 timeout", "L6RSP", "L6TOUT"],
            "haproxy's TLS health check of *its* backend failed",
            "check `verify`, `ca-file` and `sni` on the server line",
        )
        .side(Side::Client)
        .weight(weight::SPECIFIC),
    HAPROXY
        .says(
            "haproxy/termination",
            &["<NOSRV>", "- - SC-- {text}", "- - sC-- {text}"],
            "haproxy reached none of its own backends; TLS with Ambassador had already worked",
            "check haproxy's backends",
        )
        .weight(weight::FRAME),
    HAPROXY
        .says(
            "haproxy/cannot-load",
            &["unable to load SSL private key from PEM file {file}", "unable to load SSL certificate from PEM file {file}", "unable to load certificate from file {file}", "unable to stat SSL certificate from file {file}", "inconsistencies between private key and certificate loaded from PEM file {file}", "unable to load CA file {file}"],
            "haproxy does not start with {file}: it needs a certificate and its key in one PEM \
             file (or the key next to it as `.key`)",
            "join `cert.pem`, `chain.pem` and `key.pem` into one file; check it with `mtlsctl \
             inspect FILE`",
        )
        .side(Side::Configuration)
        .weight(weight::CAUSE),
    APACHE
        .says(
            "apache/ca-list",
            &["AH01896: Unable to determine list of acceptable CA certificates for client authentication", "Unable to determine list of acceptable CA certificates", "AH01895: Unable to configure verify locations for client authentication"],
            "Apache cannot read its list of CAs for client certificates (`SSLCACertificateFile`, `SSLCADNRequestFile`)",
            "check that the file exists and has PEM certificates",
        )
        .side(Side::Configuration)
        .weight(weight::CAUSE),
    APACHE
        .says(
            "apache/verify",
            &["AH02039: Certificate Verification: Error ({number}): {reason}", "Certificate Verification: Error ({number}): {reason}", "AH02276: Certificate Verification: Error ({number}): {reason}"],
            "Apache does not accept the client's certificate: {reason}",
            "compare Ambassador's certificate with `SSLCACertificateFile`, `SSLVerifyDepth` (1 by default: too little for a chain \
             with an intermediate) and `SSLCARevocationFile`",
        )
        .weight(weight::CAUSE - 5)
        .other("the client presented a certificate; it gets an alert (48, 45, 43, or 80 for too \
                long a chain)")
        .rules(&["certificate-expired", "certificate-usage-wrong", "secret-chain-order"]),
    APACHE
        .says(
            "apache/verify-depth",
            &["AH02040: Certificate Verification: Certificate Chain too long", "Certificate Chain too long", "certificate chain too long"],
            "the client's chain is longer than the server allows: Apache's `SSLVerifyDepth` is 1 \
             by default, which rejects any certificate with an intermediate",
            "set `SSLVerifyDepth 2` or more (nginx: `ssl_verify_depth`, Envoy: `max_verify_depth`)",
        )
        .weight(weight::CAUSE)
        .other("the client presented a leaf and an intermediate; it gets alert 80 \
                (internal_error) from Apache"),
    APACHE
        .says(
            "apache/handshake",
            &["AH02008: SSL library error {number} in handshake", "SSL library error {number} in handshake", "AH01998: Connection closed to child", "SSL Library Error: error:{number}:{reason}", "SSL Library Error: {reason}"],
            "Apache could not complete the handshake with a client",
            "see the line `SSL Library Error` after it; an alert in it is the client's, about \
             Apache's certificate",
        )
        .weight(weight::FRAME + 5),
    APACHE
        .says(
            "apache/no-certificate",
            &["AH10158: cannot perform post-handshake authentication", "AH02263: Re-negotiation handshake failed: Client certificate missing", "AH02261: Re-negotiation handshake failed", "Re-negotiation handshake failed",
              "verify client post handshake", "AH02029: Cannot find peer certificate chain"],
            "Apache asks for the client's certificate only after the request (`SSLVerifyClient` in a `<Location>` or \
             `<Directory>`). Envoy neither renegotiates (TLS 1.2: 503 UC) nor authenticates after the handshake (TLS 1.3: 403)",
            "move `SSLVerifyClient` to the virtual host",
        )
        .weight(weight::CAUSE)
        .other("the client is never asked in the handshake"),
    APACHE
        .says(
            "apache/sni",
            &["AH02032: Hostname {host} provided via SNI and hostname {name} provided via HTTP", "AH02033: No hostname was provided via SNI for a name based virtual host", "No hostname was provided via SNI for a name based virtual host",
              "provided via SNI and hostname {name} provided via HTTP", "Hostname was not provided via SNI"],
            "Apache compares the SNI with the request's Host: Envoy sent none, or another name (403 or 421)",
            "set `sni` in the TLSContext to the request's Host",
        )
        .weight(weight::CAUSE)
        .rules(&["upstream-without-sni"]),
    APACHE
        .says(
            "apache/plain",
            &["AH01996: SSL handshake failed: HTTP spoken on HTTPS port", "HTTP spoken on HTTPS port", "Reason: You're speaking plain HTTP to an SSL-enabled server port", "You're speaking plain HTTP to an SSL-enabled server port"],
            "a client sent plaintext HTTP to Apache's TLS port. If the client is Ambassador, the Mapping's service has \
             no `https://` and no usable `tls:` context",
            "write the service with `https://`, or give the Mapping a `tls:` context that exists",
        )
        .weight(weight::CAUSE + 1)
        .rules(&["service-port-443-plaintext", "mapping-context-undefined"]),
    APACHE
        .says(
            "apache/cannot-load",
            &["AH02561: Failed to configure certificate {text}, check {file}", "AH02562: Failed to configure certificate {text} (with chain), check {file}", "AH02564: Failed to configure encrypted (?) private key {text}, check {file}", "AH02565: Certificate and private key {text} from {file} and {other} do not match",
              "AH02572: Failed to configure at least one certificate and key for {name}"],
            "Apache does not start with the certificate or key of `{file}`",
            "check them with `mtlsctl inspect CERTIFICATE --key KEY`",
        )
        .side(Side::Configuration)
        .weight(weight::CAUSE)
        .seen("Apache 2.4's source"),
    APACHE
        .says(
            "apache/own-backend",
            &["AH01084: pass request body failed to {address}", "AH01961: SSL Proxy requested for {name} but not enabled", "SSL Proxy requested for {name} but not enabled", "AH00898: Error during SSL Handshake with remote server", "Error during SSL Handshake with remote server",
              "AH01114: HTTP: failed to make connection to backend: {address}", "AH02411: SSL Proxy: Peer certificate does not match for hostname {name}"],
            "Apache as a proxy did not reach *its* backend, or not over TLS: `SSLProxyEngine` is \
             off, the backend's certificate is not trusted or is for another name, or nothing \
             listens",
            "see the lines next to it; check `SSLProxyEngine`, `SSLProxyCACertificateFile` and \
             `SSLProxyCheckPeerName`",
        )
        .side(Side::Client)
        .weight(weight::SPECIFIC)
        .seen("Apache 2.4's source"),
    OTHER
        .by("Traefik")
        .says(
            "traefik/default-certificate",
            &["Serving default certificate for request: {name}", "Serving default certificate for request"],
            "a client sent no SNI, or a name for which Traefik has no certificate, and gets Traefik's default one. Envoy sends no \
             SNI unless the context has `sni`",
            "set `sni` in the TLSContext to the host of Traefik's router",
        )
        .weight(weight::CAUSE)
        .grade(Grade::Warning)
        .other("the client's ClientHello has no server name, or another one; it may not trust the default certificate")
        .rules(&["upstream-without-sni"])
        .seen("Traefik 2.x and 3.x at level debug, from reports"),
    OTHER
        .by("Caddy")
        .says(
            "caddy/no-certificate",
            &["no matching certificates and no custom selection logic", "no certificate available for {name}", "no certificate matching TLS ClientHello"],
            "Caddy has no certificate for the name of this ClientHello and answers with \
             internal_error (80). If the name is an address, the client sent no SNI: Envoy sends \
             none unless the context has `sni`",
            "set `sni` in the TLSContext to the name of Caddy's site",
        )
        .weight(weight::CAUSE)
        .other("it gets alert 80 (internal_error) in answer to its ClientHello")
        .rules(&["upstream-without-sni"])
        .seen("Caddy 2, from reports"),
    OTHER
        .by("stunnel")
        .says(
            "stunnel/verify",
            &["CERT: Pre-verification error: {reason}", "CERT: Verification error: {reason}", "Rejected by CERT at depth={depth}: {text}", "CERT: Certificate not found in local repository"],
            "stunnel does not accept the other side's certificate: {reason}. With `verifyPeer` it \
             needs the leaf itself in `CAfile`, not its CA",
            "add the CA to `CAfile` and use `verifyChain`, or the leaf and `verifyPeer`",
        )
        .weight(weight::SPECIFIC + 10)
        .other("the client presented a certificate; it gets alert 48 or 42"),
    OTHER
        .by("Traefik or Caddy")
        .says(
            "traefik/backend",
            &["500 Internal Server Error caused by: {reason}", "502 Bad Gateway caused by: {reason}", "strict host matching: TLS ServerName () and HTTP Host ({host}) values differ", "strict host matching: TLS ServerName ({name}) and HTTP Host ({host}) values differ",
              "TLS options difference: SNI:{text}"],
            "the proxy rejects the request: its own backend failed ({reason}), or SNI and Host \
             differ (421); Envoy sends no SNI unless the context has `sni`",
            "set `sni` in the TLSContext to the request's Host",
        )
        .weight(weight::SPECIFIC)
        .rules(&["upstream-without-sni"]),
    OTHER
        .by("mbed TLS")
        .side(Side::Either)
        .says(
            "mbedtls/verify",
            &["X509 - Certificate verification failed", "SSL - No client certification received from the client, but required by the authentication mode", "SSL - A fatal alert message was received from our peer", "SSL - An invalid SSL record was received",
              "SSL - The client has no ciphersuites in common", "SSL - The connection indicated an EOF", "-0x2700", "-0x7480", "-0x7780", "-0x7200", "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED"],
            "mbed TLS ended the handshake: a certificate was not trusted (-0x2700), a required \
             one was not sent (-0x7480), the other side sent an alert (-0x7780), or the data is \
             not TLS (-0x7200)",
            "see the number; for -0x7780, read the other side's log",
        ),
    OTHER
        .by("wolfSSL")
        .side(Side::Either)
        .says(
            "wolfssl/errors",
            &["ASN no signer error to confirm failure", "peer didn't provide a certificate when required", "peer sent no cert", "received alert fatal error", "wolfSSL_accept error {number}", "ASN_NO_SIGNER_E", "NO_PEER_CERT", "FATAL_ERROR: received alert"],
            "wolfSSL ended the handshake: no CA that it trusts signed the certificate (-188), a \
             required one was not sent, or the other side sent an alert (-313)",
            "see the text; for an alert read the other side's log",
        ),
    OTHER
        .by("lighttpd with OpenSSL")
        .side(Side::Server)
        .says(
            "lighttpd/own-chain",
            &["SSL: building cert chain for TLS server name {name}: {reason}"],
            "lighttpd cannot build the chain of its own certificate: it looks for the issuer only \
             in `ssl.verifyclient.ca-file`, and answers every ClientHello with internal_error \
             (80)",
            "put the intermediate after the certificate in `ssl.pemfile`; the clients' CAs and \
             their certificates are not the cause",
        )
        .weight(weight::CAUSE),
    OTHER
        .by("a program in Ruby (OpenSSL, puma)")
        .side(Side::Either)
        .says(
            "ruby/connect",
            &["SSL_connect returned=1 errno=0 {text} state=error: {reason}", "SSL_connect returned=1 errno=0 state=error: {reason}", "SSL_accept returned=1 errno=0 {text} state=error: {reason}", "OpenSSL::SSL::SSLError: {reason}", "SSL_connect SYSCALL returned=5 errno={errno} {text}", "SSL_accept SYSCALL returned=5 errno={errno} {text}", "SSL_read: {reason}",
              "SSL error, peer: {client}, peer cert: {text}"],
            "TLS failed in a Ruby program: {reason}. `SSL_connect` is the client's side, \
             `SSL_accept` the server's; puma closes the connection without an alert if it does \
             not accept a client certificate",
            "see the text at the end",
        )
        .weight(weight::FRAME + 5),
    OTHER
        .by("a program in PHP")
        .side(Side::Client)
        .says(
            "php/stream",
            &["SSL operation failed with code 1. OpenSSL Error messages: {reason}", "SSL operation failed with code {number}", "Failed to enable crypto", "cURL error 60: {reason}", "cURL error 35: {reason}", "Peer certificate CN={name} did not match expected CN={wanted}"],
            "TLS failed in a PHP program: {reason}",
            "see the OpenSSL error in it",
        )
        .weight(weight::FRAME + 5),
];
