//! `explain` on pasted text: a word, a line, a log; with manifests, and as JSON.

use std::io::Write as _;
use std::process::{Output, Stdio};

use mtlsctl::explain::dictionary::entries;
use mtlsctl::explain::{read, read_log};
use mtlsctl::report::explain_schema;
use mtlsctl::rule::ALL;
use serde_json::Value;

use crate::support::program::mtlsctl;

pub(crate) fn run(arguments: &[&str]) -> Output {
    mtlsctl().args(arguments).output().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A text, the deciding cause, and words that the answer must contain.
pub(crate) type Case = (&'static str, &'static str, &'static [&'static str]);

/// Lines as operators paste them, rewritten with names of our own.
pub(crate) const CASES: &[Case] = &[
    // Our findings about a running Envoy.
    ("envoy-certificate-stale", "running/certificate-stale", &["restart"]),
    ("envoy-configuration-frozen", "running/configuration-frozen", &["rejected"]),
    // Lines where the side decides, and programs that log each other's failures.
    (
        "2026-11-30 10:11:12 http: TLS handshake error from 10.0.0.9:5000: remote error: tls: bad certificate",
        "go/remote-bad-certificate",
        &["the client does not accept the certificate that this server presents"],
    ),
    (
        "rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed: remote error: tls: bad certificate\"",
        "go/remote-bad-certificate",
        &["the server rejected the client certificate"],
    ),
    (
        "curl: (35) error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure",
        "name/alert/40",
        &["without giving a reason", "answered the ClientHello"],
    ),
    (
        "* TLSv1.3 (IN), TLS alert, unknown CA (560):",
        "name/alert/48",
        &["the server does not trust the CA that signed the client certificate"],
    ),
    ("* TLSv1.3 (OUT), TLS alert, unknown CA (560):", "curl/sent-alert", &["`unknown CA`"]),
    (
        "[2026-11-30T10:11:12Z] \"- - HTTP/1.1\" 400 DPE http1.codec_error - \"-\" 0 11 0 - \"-\" \"-\" \"-\" \"-\" \"-\" - - 10.1.1.9:8080 10.2.2.2:5000 - -",
        "envoy/codec-error",
        &["DPE"],
    ),
    (
        "[2026-11-30T10:11:12Z] \"GET / HTTP/1.1\" 503 UC upstream_reset_before_response_started{connection_termination} - \"-\" 0 95 1 - \"-\" \"curl\" \"a\" \"web:8000\" \"10.1.1.2:80\" inbound|80|| 127.0.0.6:4000 10.1.1.2:80 10.1.1.9:5000 - default",
        "istio/inbound-plaintext",
        &["its own application"],
    ),
    (
        "[2026-11-30T10:11:12Z] \"- - -\" 0 UH - - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"-\" \"-\" BlackHoleCluster - 10.1.1.1:9000 10.1.1.9:5000 - -",
        "istio/black-hole",
        &["REGISTRY_ONLY"],
    ),
    (
        "[2026-11-30 10:11:12][1][warning][config] StreamAggregatedResources gRPC config stream to xds-grpc closed: 14, connection error: desc = \"transport: Error while dialing: dial tcp 10.96.1.1:15012: i/o timeout\"",
        "envoy/sds-fetch",
        &["control plane"],
    ),
    (
        "2026-11-30T10:11:12Z warn access connection complete src.addr=10.1.1.9:5000 direction=\"inbound\" error=\"connection closed due to policy rejection: explicitly denied by: shop/deny-all\"",
        "istio/ambient",
        &["shop/deny-all"],
    ),
    (
        "Internal error occurred: failed calling webhook \"validation.istio.io\": failed to call webhook: Post \"https://istiod.istio-system.svc:443/validate?timeout=10s\": x509: certificate signed by unknown authority",
        "istio/webhook",
        &["API server", "no upstream is affected"],
    ),
    (
        "Internal error occurred: failed calling webhook \"hook.example.com\": failed to call webhook: Post \"https://hook.example.svc:443/v?timeout=10s\": x509: certificate has expired or is not yet valid",
        "kubernetes/webhook",
        &["`hook.example.com`"],
    ),
    (
        "2026-11-30 10:11:12 diagd 2.2.1 [P27TAEW] INFO: up.shop.1: <RichStatus BAD error='K8sSecret secret up.shop tls.key cannot be parsed as PKCS1 or PKCS8: x509: failed to parse private key (use ParseECPrivateKey instead for this key format)'",
        "emissary/secret-key-unparsed",
        &["2.2.0 and 2.2.1"],
    ),
    (
        "diagd 1.14.4 [P27TAEW] ERROR: could not validate the envoy configuration above, failed with error",
        "emissary/validation-failed",
        &["no configuration"],
    ),
    (
        "2026/11/30 10:11:12 notify: status 500: configuration failed",
        "emissary/validation-failed",
        &["explain -"],
    ),
    (
        "E1130 10:11:12 1 ssl_transport_security.cc:1511] Handshake failed with fatal error SSL_ERROR_SSL: error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED.",
        "grpc/core-verify",
        &["this gRPC program", "root_certificates"],
    ),
    (
        "Handshake failed with fatal error SSL_ERROR_SSL: error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE.",
        "grpc/core-no-certificate",
        &["require_client_auth"],
    ),
    (
        "System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'CertificateUnknown'.",
        "name/alert/46",
        &["alert 46"],
    ),
    (
        "fail: Microsoft.AspNetCore.Server.Kestrel System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure.",
        "dotnet/refused",
        &["this server does not accept the client's certificate", "RequireCertificate"],
    ),
    (
        "schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)",
        "dotnet/untrusted-root",
        &["root"],
    ),
    (
        "org.bouncycastle.tls.TlsFatalAlertReceived: bad_certificate(42)",
        "name/alert/42",
        &["alert 42"],
    ),
    (
        "Ignoring: Warning: no suitable certificate found - continuing without client authentication",
        "java/no-own-certificate",
        &["keystore"],
    ),
    (
        "java.lang.IllegalArgumentException: Invalid character found in method name [0x160x030x010x020x00...]. HTTP method names must be tokens",
        "java/hello-on-plaintext",
        &["serves plaintext HTTP", "without `https://`"],
    ),
    ("WARNING:  Invalid HTTP request received.", "python/uvicorn-not-http", &["uvicorn"]),
    (
        "2026/11/30 10:11:12 [info] 31#31: *5 client SSL certificate verify error: (20:unable to get local issuer certificate) while reading client request headers, client: 10.1.1.9, server: _",
        "verify/no-local-issuer",
        &["the client does not send an intermediate"],
    ),
    (
        "2026/11/30 10:11:12 [error] 31#31: *5 upstream SSL certificate does not match \"api.internal\" while SSL handshaking to upstream, client: 10.1.1.9, upstream: \"https://10.2.3.4:8443/\"",
        "nginx/upstream-name",
        &["api.internal"],
    ),
    (
        "2026/11/30 10:11:12 [emerg] 1#1: cannot load certificate \"/etc/nginx/tls.crt\": PEM_read_bio_X509_AUX() failed (SSL: error:0909006C:PEM routines:get_name:no start line:Expecting: TRUSTED CERTIFICATE)",
        "nginx/cannot-load",
        &["/etc/nginx/tls.crt"],
    ),
    (
        "StreamSecrets gRPC config stream to sds-grpc closed: 2, failed to generate secret for default: failed to generate workload certificate: create certificate: rpc error: code = Unauthenticated desc = request authenticate failure",
        "istio/csr",
        &["gets no certificate from istiod"],
    ),
    (
        "Interop+OpenSsl+SslException: SSL Handshake failed with OpenSSL error - SSL_ERROR_SSL.",
        "dotnet/openssl",
        &["inner exception"],
    ),
    (
        "failed to dial: x509: certificate has expired or is not yet valid",
        "go/validity",
        &["clock"],
    ),
    ("upstream request timeout", "envoy/idle-timeout", &["504"]),
    (
        "2026-11-30 10:11:12 INFO [SocketServer brokerId=0] Failed authentication with /10.1.1.9 (SSL handshake failed) (org.apache.kafka.common.network.Selector)",
        "java/kafka",
        &["Empty client certificate chain"],
    ),
    (
        "x509: certificate signed by unknown authority (possibly because of \"x509: cannot verify signature: insecure algorithm SHA1-RSA\" while trying to verify candidate authority certificate \"root\")",
        "go/unknown-authority-algorithm",
        &["SHA-1"],
    ),
    (
        "fatal: unable to access: gnutls_handshake() failed: Handshake failed",
        "gnutls/handshake",
        &["alert 40"],
    ),
    (
        "error: You must be logged in to the server (Unauthorized)",
        "kubectl/unauthorized",
        &["client certificate"],
    ),
    ("fe_tcp/1: SSL handshake failure", "haproxy/handshake", &["with a client. Before"]),
    ("invalid peer certificate: CertNotValidForName", "rustls/name", &["does not compare names"]),
    (
        "CONNECTED(00000003) write:errno=104 --- no peer certificate available",
        "openssl/write-errno",
        &["104 is a reset"],
    ),
    (
        "connect: authz denied: Matched intention: DENY default/ambassador => default/web",
        "consul/intention",
        &["intention check"],
    ),
    (
        "Secret was issued for \"web\". If this message is not transient, you might have two conflicting Certificates pointing to the same secret.",
        "cert-manager/secret-conflict",
        &["secretName"],
    ),
    (
        "http: TLS handshake error from 10.1.1.9:5000: tls: client's certificate's extended key usage doesn't permit it to be used for client authentication",
        "go/client-usage",
        &["clientAuth"],
    ),
    (
        "FATAL: no pg_hba.conf entry for host \"10.1.1.9\", user \"u\", database \"d\", no encryption",
        "postgres/access",
        &["plaintext"],
    ),
    // Emissary.
    (
        "Originate-TLS context mesh-upstream is not defined",
        "emissary/context-undefined",
        &["`mesh-upstream`", "plaintext"],
    ),
    (
        "2026-11-30 10:11:12 diagd 3.9.1 [P15TAEW] INFO: error web.shop.1 Originate-TLS context up is not defined",
        "emissary/context-undefined",
        &["`up`"],
    ),
    (
        "TLSContext up found no certificate in secret up-cert in namespace default, ignoring...",
        "emissary/secret-not-found",
        &["`up-cert`", "`default`"],
    ),
    (
        "TLSContext up found no private key in secret up-cert in namespace default, ignoring...",
        "emissary/secret-without-key",
        &["`up-cert`"],
    ),
    (
        "TLSContext up found no validation certificate in secret ca in namespace shop",
        "emissary/ca-secret-not-found",
        &["ca.crt"],
    ),
    (
        "TLSContext up has no certificate information at all?",
        "emissary/context-without-certificate",
        &["`up`"],
    ),
    (
        "TLSContext up: cannot validate client certs without TLS termination",
        "emissary/ca-without-certificate",
        &["`up`"],
    ),
    (
        "TLSContext up found no cert_chain_file '/etc/certs/cert-chain.pem'",
        "emissary/file-not-found",
        &["/etc/certs/cert-chain.pem"],
    ),
    ("resolver consul-dc1 is unknown!", "emissary/resolver-unknown", &["`consul-dc1`"]),
    (
        "Secret info mismatch between Host gw (secret: s.other) and TLSContext gw-tls: (secret: s)",
        "emissary/host-secret-mismatch",
        &["`gw-tls`"],
    ),
    (
        "no update performed (invalid envoy configuration generated), continuing with current configuration...",
        "emissary/validation-failed",
        &["no configuration change takes effect"],
    ),
    (
        "could not reconfigure: 'NoneType' object has no attribute 'get'",
        "emissary/could-not-reconfigure",
        &["Module"],
    ),
    (
        "K8sSecret default/up tls.key cannot be parsed as PKCS1, PKCS8, or EC: x509: failed to parse",
        "emissary/secret-key-unparsed",
        &["encrypted"],
    ),
    (
        "[WATCHER]: ERROR parsing annotations in configuration change: web.shop: yaml: line 3",
        "emissary/annotations-unparsed",
        &["annotation"],
    ),
    // Envoy.
    ("NO_CIPHERS_AVAILABLE", "envoy/268435631", &["no cipher suite is left"]),
    ("NO_RENEGOTIATION", "envoy/268435638", &["second handshake", "first handshake"]),
    (
        "OPENSSL_internal:NO_RENEGOTIATION OPENSSL_internal:PROTOCOL_IS_SHUTDOWN",
        "envoy/268435638",
        &["second handshake"],
    ),
    (
        "TLS error: 268436496:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE 268435610:SSL routines:OPENSSL_internal:HANDSHAKE_FAILURE_ON_CLIENT_HELLO",
        "envoy/268435610",
        &["ClientHello", "`sni`"],
    ),
    (
        "TLS error: 268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER",
        "envoy/268435703",
        &["does not serve TLS", "listener"],
    ),
    (
        "268435612:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER",
        "envoy/268435640",
        &["HTTP_REQUEST", "disagree"],
    ),
    ("TLS error: Secret is not supplied by SDS", "envoy/sds-missing", &["Istio"]),
    (
        "upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: TLS error: Secret is not supplied by SDS",
        "envoy/sds-missing",
        &["Istio"],
    ),
    (
        "Failed to load private key from <inline>",
        "envoy/config/private-key",
        &["another", "encrypted", "first in its chain"],
    ),
    (
        "Failed to load certificate chain from <inline>, Cause: error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH",
        "envoy/config/key-values-mismatch",
        &["belongs to another"],
    ),
    ("Invalid path: /etc/certs/ca.pem", "envoy/config/path", &["/etc/certs/ca.pem"]),
    (
        "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify cert failed: X509_verify_cert: certificate verification error at depth 0: unable to get local issuer certificate",
        "verify/no-local-issuer",
        &["an issuer is missing"],
    ),
    (
        "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify cert failed: X509_verify_cert: certificate verification error at depth 0: certificate has expired",
        "verify/expired",
        &["depth 0", "renew it"],
    ),
    (
        "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify cert failed: X509_verify_cert: certificate verification error at depth 1: unable to get certificate CRL",
        "verify/no-crl",
        &["every issuer"],
    ),
    (
        "TLS_error:|268435581:SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify_cert_failed:_X509_verify_cert:_certificate_verification_error_at_depth_2:_self_signed_certificate_in_certificate_chain:TLS_error_end",
        "verify/self-signed-in-chain",
        &["the root"],
    ),
    (
        "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:verify cert failed: verify SAN list",
        "envoy/auto-sni-san",
        &["Ambassador does not require one"],
    ),
    ("UF,URX", "envoy/flag/UF", &["failed"]),
    ("UH", "envoy/flag/UH", &["Consul"]),
    ("503", "http/503", &["UF", "UC", "UH"]),
    ("HTTP/1.1 421 Misdirected Request", "envoy/misdirected", &["`sni`"]),
    (
        "ACCESS [2021-03-04T10:11:12.000Z] \"GET /test HTTP/1.1\" 503 UF,URX 0 91 2 - \"10.1.2.3\" \"curl/7.68.0\" \"0d1f\" \"gw.example.com\" \"10.0.0.7:443\"",
        "envoy/flag/UF",
        &[],
    ),
    (
        "{\"response_code\":503,\"response_flags\":\"UF\",\"upstream_transport_failure_reason\":\"TLS_error:|268436504:SSL_routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA:TLS_error_end\"}",
        "envoy/268436504",
        &["does not trust the CA"],
    ),
    (
        "cluster.cluster_https___web_shop_otls_shop.ssl.fail_verify_error: 3",
        "envoy/stat/fail-verify-error",
        &["not trusted"],
    ),
    ("rbac_access_denied_matched_policy[none]", "envoy/rbac", &["policy"]),
    // Which side wrote the line.
    (
        "{\"downstream_transport_failure_reason\":\"TLS_error:|268436502:SSL_routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN:TLS_error_end\",\"response_flags\":\"-\"}",
        "envoy/268436502",
        &["the client sent", "Ambassador's listener"],
    ),
    (
        "2026/11/30 10:11:12 [info] 7#7: *1 SSL_do_handshake() failed (SSL: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 10.0.0.1, server: 0.0.0.0:443",
        "name/alert/48",
        &["the client does not trust the CA", "`ca_secret`"],
    ),
    // Servers and clients.
    (
        "remote error: tls: bad certificate",
        "go/remote-bad-certificate",
        &["client certificate", "Go"],
    ),
    (
        "http: TLS handshake error from 10.1.2.3:4242: tls: client didn't provide a certificate",
        "go/no-client-certificate",
        &["sent none"],
    ),
    ("SSL_read failed (sslv3 alert bad certificate)", "name/alert/42", &["bad_certificate"]),
    ("CRL has expired", "verify/crl-expired", &["expired list"]),
    ("http: TLS handshake error from 10.1.2.3:4242: EOF", "go/handshake-eof", &["10.1.2.3:4242"]),
    (
        "x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"Test Root\")",
        "go/unknown-authority-candidate",
        &["Test Root", "renewed"],
    ),
    (
        "javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target",
        "java/path-building",
        &["truststore"],
    ),
    (
        "javax.net.ssl.SSLHandshakeException: Empty client certificate chain",
        "java/empty-client-chain",
        &["sent none"],
    ),
    ("Error: unable to verify the first certificate", "verify/first-unverified", &["intermediate"]),
    (
        "requests.exceptions.SSLError: HTTPSConnectionPool(host='web', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)')))",
        "verify/self-signed-in-chain",
        &["the root"],
    ),
    ("invalid peer certificate: UnknownIssuer", "rustls/unknown-issuer", &["CA"]),
    (
        "The certificate is NOT trusted. The certificate issuer is unknown.",
        "gnutls/untrusted",
        &["CA"],
    ),
    ("NET::ERR_CERT_AUTHORITY_INVALID", "nss/unknown-issuer", &["browser"]),
    (
        "The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot",
        "dotnet/untrusted-root",
        &["root"],
    ),
    (
        "curl: (35) error:0A000410:SSL routines::sslv3 alert handshake failure",
        "name/alert/40",
        &["client certificate"],
    ),
    (
        "rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed: tls: first record does not look like a TLS handshake\"",
        "go/plaintext",
        &["not TLS"],
    ),
    (
        "client sent no required SSL certificate while reading client request headers, client: 127.0.0.1, server: localhost",
        "nginx/no-certificate",
        &["sent none"],
    ),
    (
        "fe/1: SSL handshake failure (error:0A0000C7:SSL routines::peer did not return a certificate)",
        "openssl/no-client-certificate",
        &["sent none"],
    ),
    (
        "AH02039: Certificate Verification: Error (20): unable to get local issuer certificate",
        "verify/no-local-issuer",
        &["the client"],
    ),
    (
        "Verify return code: 19 (self-signed certificate in certificate chain)",
        "verify/self-signed-in-chain",
        &["the root"],
    ),
    // Meshes and certificate issuers.
    (
        "Envoy proxy is NOT ready: config not received from XDS server (is Istiod running?)",
        "istio/envoy-not-ready",
        &["istiod"],
    ),
    (
        "secrets \"ambassador-consul-connect\" is forbidden: User \"system:serviceaccount:default:ambassador-consul-connect\" cannot update resource \"secrets\" in API group",
        "consul/connector-write",
        &["72 hours"],
    ),
    (
        "Issuing certificate as Secret does not exist",
        "cert-manager/not-issued",
        &["kubectl describe certificate"],
    ),
];

#[test]
fn the_deciding_cause_is_named_for_each_pasted_line() {
    let mut wrong = Vec::new();
    for (text, id, words) in CASES {
        let reading = read(text);
        let Some(first) = reading.said.first() else {
            wrong.push(format!("nothing: {text}"));
            continue;
        };
        let answer =
            [&first.title, &first.cause, &first.other, &first.next].map(String::as_str).join("\n")
                + &first.remarks.join("\n");
        let missing: Vec<_> = words.iter().filter(|word| !answer.contains(**word)).collect();
        if first.id != *id || !missing.is_empty() {
            wrong.push(format!(
                "{} instead of {id}, without {missing:?}: {text}\n{answer}\n",
                first.id
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_cause_is_also_found_in_a_log_of_one_line_among_others() {
    let ordinary = "ACCESS [2026-11-30T10:11:12.123Z] \"GET / HTTP/1.1\" 200 - 0 1 2 3 \"-\" \"-\" \"-\" \"gw\" \"10.0.0.7:80\"\n";
    let mut lost = Vec::new();
    // Words that are only typed alone do not occur in logs.
    for (text, id, _) in
        CASES.iter().filter(|(text, ..)| text.contains(' ') && !text.starts_with("HTTP/"))
    {
        let log = format!("{ordinary}{text}\n{ordinary}");
        let reading = mtlsctl::explain::read_log(&mut log.as_bytes(), &mut |_| {}).unwrap();
        if reading.causes.first().is_none_or(|cause| cause.said.id != *id) {
            lost.push(*text);
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_rules_named_in_the_dictionary_exist() {
    let mut unknown = Vec::new();
    let entries = entries().flat_map(|entry| entry.rules.iter().map(move |rule| (entry.id, *rule)));
    for (entry, rule) in entries {
        if !ALL.iter().any(|known| known.id == rule) {
            unknown.push(format!("{entry}: {rule}"));
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    for (text, ..) in CASES {
        for rule in read(text).said.iter().flat_map(|said| &said.rules) {
            assert!(ALL.iter().any(|known| known.id == *rule), "{text}: {rule}");
        }
    }
}

pub(crate) fn piped(arguments: &[&str], input: &str) -> Output {
    let mut child = mtlsctl()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that exits before it has read everything closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn general_failure_messages_come_after_specific_causes() {
    // Apache 2.4 with `LogLevel ssl:info`.
    let frame = "[ssl:info] [client 127.0.0.1:60992] AH02008: SSL library error 1 in handshake (server a:443)\n";
    let wanted = "[ssl:info] SSL Library Error: error:0A0000C7:SSL routines::peer did not return a certificate\n";
    let untrusted = "[ssl:info] SSL Library Error: error:0A000418:SSL routines::tlsv1 alert unknown ca (SSL alert number 48)\n";
    let text = [frame, wanted, frame, untrusted].concat();
    let reading = read_log(&mut text.as_bytes(), &mut |_| {}).unwrap();
    let ids: Vec<&str> = reading.causes.iter().map(|cause| cause.said.id.as_str()).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert!(ids[2].starts_with("apache/"), "{ids:?}");
}

#[test]
fn a_log_is_counted_by_cause_the_worst_first() {
    let mut log = String::new();
    for second in 12..49 {
        log += &format!(
            "ACCESS [2026-11-30T10:11:{second}.000Z] \"GET /{second} HTTP/1.1\" 503 UF,URX 0 91 {second} - \"10.1.2.3\" \"curl/7\" \"0d{second}\" \"gw\" \"10.0.0.7:443\"\n"
        );
    }
    log += "2026-11-30 10:12:00 diagd 3.9.1 [P1] INFO: no update performed (invalid envoy configuration generated), continuing with current configuration...\n";
    log += "nothing of interest\n";
    let output = piped(&["explain", "-"], &log);
    let told = out(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.starts_with("<stdin>: 39 lines, 38 of them known, 2 causes\n"), "{told}");
    assert!(
        told.contains("37 times, first 2026-11-30 10:11:12, last 10:11:48, upstream 10.0.0.7:443"),
        "{told}"
    );
    assert!(told.find("no update performed").unwrap() < told.find("UF (").unwrap(), "{told}");
}

#[test]
fn one_line_on_standard_input_is_explained_as_that_line() {
    let line = "resolver consul-dc1 is unknown!";
    assert_eq!(out(&piped(&["explain", "-"], &format!("{line}\n"))), out(&run(&["explain", line])));
}

#[test]
fn unknown_text_is_reported_as_unknown_and_not_as_a_usage_error() {
    let output = run(&["explain", "TLSContext up found no certifikate in the sekret"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(out(&output).contains("is recognised"), "{}", out(&output));
    assert!(out(&output).contains("TLSContext {context} found no"), "{}", out(&output));
    // An unknown Envoy response detail; rule names have no `_`.
    assert_eq!(run(&["explain", "some_new_response_detail"]).status.code(), Some(3));
    assert_eq!(run(&["explain", "secret_mising"]).status.code(), Some(2));
    let output = run(&["explain", "lorem", "ipsum", "dolor"]);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(3), ""));
    let output = piped(&["explain", "-"], "lorem\nipsum\ndolor\nsit\n");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn names_in_a_line_are_found_in_manifests_with_their_findings() {
    let output =
        run(&["explain", "cluster_https___web_shop_otls_shop", "UF", "-f", "testdata/explain"]);
    let told = out(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("`cluster_https___web_shop_otls_shop` is Mapping shop/web"), "{told}");
    assert!(told.contains("its context is"), "{told}");
    let output =
        run(&["explain", "Originate-TLS context upstrem is not defined", "-f", "testdata/explain"]);
    let told = out(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Mapping shop/cart"), "{told}");
    assert!(told.contains("error[mapping-context-undefined]"), "{told}");
    assert!(!told.contains("shop/web"), "only what the line names: {told}");
}

#[test]
fn the_json_form_follows_its_schema() {
    let schema = explain_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for arguments in [
        &["explain", "-o", "json", "UF,URX"][..],
        &["explain", "-o", "json", "nothing that is known"],
        &[
            "explain",
            "-o",
            "json",
            "Originate-TLS context upstrem is not defined",
            "-f",
            "testdata/explain",
        ],
    ] {
        let json: Value = serde_json::from_str(&out(&run(arguments))).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{arguments:?}: {faults:?}");
    }
    let printed: Value = serde_json::from_str(&out(&run(&["explain", "-o", "schema"]))).unwrap();
    assert_eq!(printed, schema);
}
