//! Messages of .NET (`SslStream`, Kestrel) and of Windows' Schannel.

use crate::explain::matching::entry::{DictionaryEntry, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "a program in .NET, or Windows (Schannel)",
    Side::Either,
    ".NET's and Windows' texts by its resources; from reports",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "dotnet/untrusted-root",
        &["RemoteCertificateChainErrors: {reason}", "RemoteCertificateChainErrors", "UntrustedRoot", "PartialChain", "The remote certificate is invalid because of errors in the certificate chain: {reason}",
          "A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider", "0x800B0109", "The certificate chain was issued by an authority that is not trusted", "SEC_E_UNTRUSTED_ROOT", "0x80090325"],
        "the other side's chain does not lead to a root that this machine trusts (`UntrustedRoot`), or an intermediate is \
         missing (`PartialChain`)",
        "add the root to the machine's store (`update-ca-certificates` in a container), or make \
         the other side send its whole chain",
    )
    .weight(weight::CAUSE)
    .other("it presents a certificate from another CA, or without its intermediate")
    .rules(&["ca-does-not-cover-own-issuer", "secret-chain-order"]),
    E.says(
        "dotnet/name",
        &["RemoteCertificateNameMismatch", "SEC_E_WRONG_PRINCIPAL", "0x80090322", "The target principal name is incorrect"],
        "the server's certificate does not have the name that this program asked for; Envoy under Ambassador does not compare \
         names",
        "issue the certificate with that name",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "dotnet/no-certificate",
        &["RemoteCertificateNotAvailable", "The client certificate is not provided", "Client certificate required, but not provided", "The remote certificate was rejected by the provided RemoteCertificateValidationCallback", "The remote certificate was rejected by RemoteCertificateValidationCallback", "Client cert not found. Client cert mode: RequireCertificate"],
        "the other side presented no certificate, or the program's own check rejected it. On a \
         server (Kestrel, `RequireCertificate`) the client sent none, or one that is not accepted",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "dotnet/time",
        &["NotTimeValid", "A required certificate is not within its validity period", "0x800B0101", "SEC_E_CERT_EXPIRED", "0x80090328", "The received certificate has expired"],
        "the other side's certificate, or one in its chain, has expired or is not valid yet",
        "renew it; compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    E.says(
        "dotnet/revocation",
        &["RevocationStatusUnknown", "OfflineRevocation", "The revocation function was unable to check revocation", "0x80092012"],
        "this program checks whether the certificate was revoked, but reaches neither the CRL nor \
         the OCSP responder",
        "make them reachable, or disable the check for a private CA",
    )
    .weight(weight::CAUSE),
    E.says(
        "dotnet/usage",
        &["NotValidForUsage", "The certificate is not valid for the requested usage", "0x800B0110", "InvalidBasicConstraints", "SEC_E_CERT_WRONG_USAGE", "0x80090349"],
        "the extended key usage of the certificate does not allow this use: a client certificate needs `clientAuth`",
        "issue it with the required usage",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "dotnet/frame",
        &["Cannot determine the frame size or a corrupted frame was received", "The handshake failed due to an unexpected packet format", "SEC_E_INVALID_TOKEN", "0x80090308", "The token supplied to the function is invalid"],
        "the data is not TLS, or not a handshake that Windows understands: the other side uses \
         plaintext",
        "use the port that serves TLS; in a server's log write the Mapping's service with `https://`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["service-port-443-plaintext", "service-tls-to-port-80"]),
    E.says(
        "dotnet/illegal-message",
        &["SEC_E_ILLEGAL_MESSAGE", "0x80090326"],
        "Windows could not continue the handshake. Usually the other side answered with an alert, \
         which Windows does not show (no common version or suite, no SNI, no client certificate), \
         or with something that is not TLS",
        "read the other side's log, or repeat it with `openssl s_client`, which shows the alert",
    )
    .weight(weight::SPECIFIC)
    .rules(&["upstream-without-sni"]),
    E.says(
        "dotnet/pfx",
        &["The specified network password is not correct", "CryptographicException: ASN1 corrupted data", "Could not find the appropriate PEM"],
        "a .NET program cannot read its certificate file: a wrong PFX password, a file of another \
         kind, or an algorithm that this system does not support",
        "check the password with `openssl pkcs12 -info -in FILE`; recreate the PFX",
    )
    .side(Side::Configuration)
    .weight(weight::CAUSE),
    E.says(
        "dotnet/kestrel",
        &["Failed to authenticate HTTPS connection"],
        "Kestrel could not complete the handshake with a client; this line does not give the reason",
        "see the exception after it; at level debug Kestrel logs it for each failed client, \
         including port scans",
    )
    .by("Kestrel (ASP.NET Core)")
    .side(Side::Server)
    .weight(weight::GENERAL),
    E.says(
        "dotnet/eof",
        &["Received an unexpected EOF or 0 bytes from the transport stream", "Received incomplete authentication message. Remote party has probably closed the connection", "Authentication failed because the remote party has closed the transport stream"],
        "the other side closed the connection during the handshake, without an alert: a TCP \
         check, a peer that rejects silently, or one that does not trust the certificate it got",
        "read the other side's log; Ambassador's Envoy sends an alert if it does not trust a \
         certificate",
    )
    .weight(weight::GENERAL)
    .rules(&["upstream-without-sni"]),
    E.says(
        "dotnet/refused",
        &["The remote certificate is invalid according to the validation procedure: {reason}", "The remote certificate is invalid according to the validation procedure", "0x80090327", "SEC_E_CERT_UNKNOWN", "An unknown error occurred while processing the certificate"],
        "this program does not accept the other side's certificate, or got none although it \
         requires one: {reason}. The message is the same for an untrusted root, an expired one, a \
         wrong name, and a program's own check",
        "see the text after the colon (.NET 5 and later); else compare issuer, dates, names and usage",
    )
    .weight(weight::SPECIFIC)
    .in_server(
        "this server does not accept the client's certificate, or got none although it requires one \
         (`RequireCertificate`): {reason}. The message is the same for an untrusted root, an expired one, \
         and a program's own check",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents; its CA must be among \
         the roots of the server's machine, or be accepted by the server's \
         `ClientCertificateValidation`",
    )
    .rules(&["mapping-context-undefined", "ca-does-not-cover-own-issuer", "certificate-expired"]),
    E.says(
        "dotnet/schannel-cipher",
        &["none of the cipher suites supported by the client application are supported by the server", "connection request was received from a remote client application, but none of"],
        "Windows (event 36874) supports none of the client's cipher suites: Envoy as a client offers ECDHE with \
         AES-GCM or ChaCha20 on TLS 1.2",
        "run `Get-TlsCipherSuite` on the server, and allow TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256; \
         or name one of its suites in the TLSContext's `cipher_suites`",
    )
    .weight(weight::CAUSE)
    .side(Side::Server)
    .other("the client offered suites that this server does not have; it gets alert 40 in answer \
            to its ClientHello")
    .rules(&["context-cipher-suite-unknown"]),
    E.says(
        "dotnet/secure-channel",
        &["The request was aborted: Could not create SSL/TLS secure channel", "Could not create SSL/TLS secure channel"],
        "a .NET Framework client could not establish TLS: it offers only old versions, has no \
         suite in common with the server, or cannot use or find its client certificate's key",
        "set `ServicePointManager.SecurityProtocol` to Tls12; check Windows' Schannel events \
         (36871, 36874, 36887 with the alert)",
    )
    .side(Side::Client)
    .weight(weight::SPECIFIC),
    E.says(
        "dotnet/iis",
        &["403.7 - Forbidden", "HTTP Error 403.7", "403.13 - Forbidden", "403.16 - Forbidden", "HTTP Error 403.13", "HTTP Error 403.16", "403.17 - Forbidden", "403.7 Client certificate required", "403.13 Client certificate revoked", "403.16 Client certificate is not trusted or is invalid", "403.17 Client certificate has expired or is not yet valid"],
        "IIS answers 403 about the client's certificate: 403.7 none was sent, 403.13 it is revoked or its status \
         unknown, 403.16 its CA is not trusted, 403.17 it has expired. If only a path requires it, IIS asks after the \
         request, which Envoy does not support",
        "403.7: `mtlsctl resolve NAME -f manifests`, and let IIS ask in the handshake (`netsh http … \
         clientcertnegotiation=enable`); 403.16: put the CA into the machine's Trusted Roots",
    )
    .by("IIS")
    .side(Side::Server)
    .weight(weight::CAUSE)
    .rules(&["mapping-context-undefined", "certificate-expired"]),
    E.says(
        "dotnet/openssl",
        &["SSL Handshake failed with OpenSSL error - {reason}", "Interop+OpenSsl+SslException", "Interop+Crypto+OpenSslCryptographicException"],
        "TLS failed in a .NET program on Linux, with OpenSSL: {reason}",
        "see the OpenSSL error in the inner exception",
    )
    .weight(weight::GENERAL),
    E.says(
        "dotnet/no-common",
        &["The client and server cannot communicate, because they do not possess a common algorithm", "SEC_E_ALGORITHM_MISMATCH", "SEC_E_UNSUPPORTED_FUNCTION",
          "The TLS protocol defined fatal error code is 40", "The Windows SChannel error state is 1205", "TLS fatal alert code 70"],
        "client and server have no TLS version or cipher suite in common; Envoy as a client offers TLS 1.2 with ECDHE and \
         AES-GCM or ChaCha20 only",
        "allow these on Windows (`Get-TlsCipherSuite`), or set `max_tls_version: v1.3` and `cipher_suites` in the TLSContext",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["context-tls-versions-exclude", "context-cipher-suite-unknown"]),
    E.says(
        "dotnet/fatal-alert",
        &["A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is {alert}",
          "A fatal alert was generated and sent to the remote endpoint. This may result in termination of the connection. The TLS protocol defined fatal error code is {alert}"],
        "Schannel received or sent the alert {alert}",
        "see `mtlsctl explain {alert}`",
    )
    .weight(weight::GENERAL),
    E.says(
        "dotnet/authentication",
        &["System.Security.Authentication.AuthenticationException: Authentication failed, see inner exception", "The SSL connection could not be established, see inner exception", "A call to SSPI failed, see inner exception",
          "Authentication failed because the remote party sent a TLS alert: {alert}"],
        "TLS failed in a .NET program",
        "see the inner exception; `remote party sent a TLS alert` means that the other side \
         rejected the handshake: read its log",
    )
    .weight(weight::FRAME + 5),
    E.says(
        "dotnet/credentials",
        &["The server mode SSL must use a certificate with the associated private key", "The credentials supplied to the package were not recognized", "Keyset does not exist",
          "No credentials are available in the security package"],
        "this program cannot use the private key of its own certificate, or does not have it",
        "load the certificate and key together (PKCS#12), readable by its user",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-without-key"]),
];
