//! Words of .NET (`SslStream`, Kestrel) and of Windows' Schannel.

use crate::explain::matching::entry::{Entry, Side, weight};

const E: Entry = Entry::of(
    "a program in .NET, or Windows (Schannel)",
    Side::Either,
    ".NET 6 to 9, from its resources and reports",
);

pub(super) const ENTRIES: &[Entry] = &[
    E.says(
        "dotnet/untrusted-root",
        &["RemoteCertificateChainErrors: {reason}", "RemoteCertificateChainErrors", "UntrustedRoot", "PartialChain", "The remote certificate is invalid because of errors in the certificate chain: {reason}",
          "A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider", "0x800B0109"],
        "the other side's chain does not lead to a root that this machine trusts (`UntrustedRoot`), or an intermediate is \
         missing (`PartialChain`)",
        "add the root to the machine's store (`update-ca-certificates` in a container), or make \
         the other side send its whole chain",
    )
    .weight(weight::CAUSE)
    .other("it presents a certificate of another CA, or without its intermediate")
    .rules(&["ca-does-not-cover-own-issuer", "secret-chain-order"]),
    E.says(
        "dotnet/name",
        &["RemoteCertificateNameMismatch"],
        "the server's certificate does not have the name that this program asked for; Envoy under Ambassador does not compare \
         names",
        "issue the certificate with that name",
    )
    .weight(weight::CAUSE)
    .side(Side::Client),
    E.says(
        "dotnet/no-certificate",
        &["RemoteCertificateNotAvailable", "The client certificate is not provided", "Client certificate required, but not provided", "The remote certificate was rejected by the provided RemoteCertificateValidationCallback"],
        "the other side presented no certificate, or the program's own check rejected it. On a server (Kestrel, \
         `RequireCertificate`) the client sent none or an unwanted one",
        "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
    )
    .weight(weight::SPECIFIC + 10)
    .rules(&["mapping-context-undefined", "secret-missing", "context-without-certificate"]),
    E.says(
        "dotnet/time",
        &["NotTimeValid", "A required certificate is not within its validity period", "0x800B0101"],
        "the other side's certificate, or one of its chain, has expired or is not valid yet",
        "renew it; compare the clocks",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-expired"]),
    E.says(
        "dotnet/revocation",
        &["RevocationStatusUnknown", "OfflineRevocation", "The revocation function was unable to check revocation", "0x80092012"],
        "this program checks whether the certificate was revoked, and reaches neither the CRL nor \
         the OCSP responder",
        "make them reachable, or switch the check off for a private CA",
    )
    .weight(weight::CAUSE),
    E.says(
        "dotnet/usage",
        &["NotValidForUsage", "The certificate is not valid for the requested usage", "0x800B0110", "InvalidBasicConstraints"],
        "the extended key usage of the certificate does not allow this use: a client certificate needs `clientAuth`",
        "issue it with the usage that is needed",
    )
    .weight(weight::CAUSE)
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "dotnet/frame",
        &["Cannot determine the frame size or a corrupted frame was received", "The handshake failed due to an unexpected packet format", "Received an unexpected EOF or 0 bytes from the transport stream",
          "SEC_E_INVALID_TOKEN"],
        "the data is not TLS (`frame size`, `packet format`), or the other side closed the \
         connection during the handshake (`unexpected EOF`)",
        "use the port that serves TLS; in a server's log write the Mapping's service with `https://`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["service-port-443-plaintext", "service-tls-to-port-80"]),
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
        "`mtlsctl explain {alert}` tells what it means",
    )
    .weight(weight::GENERAL),
    E.says(
        "dotnet/authentication",
        &["System.Security.Authentication.AuthenticationException: Authentication failed, see inner exception", "The SSL connection could not be established, see inner exception",
          "Authentication failed because the remote party sent a TLS alert: {alert}", "Authentication failed because the remote party has closed the transport stream",
          "The remote certificate is invalid according to the validation procedure: {reason}"],
        "TLS of a program in .NET failed",
        "the inner exception decides; `remote party sent a TLS alert` is the other side's refusal: read its log",
    )
    .weight(weight::FRAME + 5),
    E.says(
        "dotnet/credentials",
        &["The server mode SSL must use a certificate with the associated private key", "The credentials supplied to the package were not recognized", "Keyset does not exist",
          "No credentials are available in the security package"],
        "this program may not use the private key of its own certificate, or does not have it",
        "load certificate and key together (PKCS#12), readable for its user",
    )
    .weight(weight::CAUSE)
    .side(Side::Configuration)
    .rules(&["secret-without-key"]),
];
