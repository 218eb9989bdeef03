//! Why Envoy rejects a configuration, by its log messages.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

/// The consequence is the same for all of them; the report states it once.
const E: DictionaryEntry = DictionaryEntry::of(
    "Envoy, loading a configuration",
    Side::Configuration,
    "Envoy 1.36 to 1.40, run with `--mode validate`; older ones from reports",
)
.grade(Grade::Freeze)
.weight(weight::CAUSE);

const BOTH: &str = "set both `cert_chain_file` and `private_key_file`, or use a Secret with \
                    `tls.crt` and `tls.key`";

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "envoy/config/cert-required-upstream",
        &["no such field: require_client_certificate", "require_client_certificate: Cannot find field",
          "no field require_client_certificate", "unknown field require_client_certificate"],
        "a context that a Mapping names has `cert_required`, which is for Envoy as a server; as a \
         client it has no such field",
        "remove `cert_required` from the TLSContext, or use another one for `tls:`",
    )
    .rules(&["context-cert-required-upstream", "context-used-both-ways"]),
    E.says(
        "envoy/config/sni-on-termination",
        &["no such field: sni", "sni: Cannot find field", "no field sni in", "unknown field sni"],
        "a context that terminates TLS has `sni`, which is for Envoy as a client; as a server it \
         has no such field",
        "use one TLSContext for the Host and another one for the Mapping",
    )
    .rules(&["context-sni-on-termination", "context-used-both-ways"]),
    E.says(
        "envoy/config/key-values-mismatch",
        &["KEY_VALUES_MISMATCH", "Failed to load private key from {file}, Cause: {text}:KEY_VALUES_MISMATCH",
          "CERTIFICATE_AND_PRIVATE_KEY_MISMATCH"],
        "the private key belongs to another certificate, or the leaf is not the first certificate of its file (a \
         chain in the wrong order, a CA in front)",
        "put the leaf first, and use the key that belongs to it; `mtlsctl inspect FILE --key KEY` \
         compares them",
    )
    .rules(&["secret-key-mismatch", "secret-chain-order"]),
    E.says(
        "envoy/config/key-type-mismatch",
        &["KEY_TYPE_MISMATCH", "DIFFERENT_KEY_TYPES"],
        "the certificate and private key are of different kinds, for example RSA and EC",
        "use the certificate's own key",
    )
    .rules(&["secret-key-mismatch"]),
    E.says(
        "envoy/config/key-encrypted",
        &["BAD_PASSWORD_READ", "PEM routines:OPENSSL_internal:BAD_DECRYPT", "empty password"],
        "the private key is encrypted, and Ambassador cannot provide a password",
        "decrypt it: `openssl pkey -in KEY -out PLAIN-KEY`",
    )
    .rules(&["secret-key-encrypted"]),
    E.says(
        "envoy/config/no-start-line",
        &["OPENSSL_internal:NO_START_LINE"],
        "BoringSSL finds no `-----BEGIN …-----` line of the expected kind in the file: a byte \
         order mark, indentation, DER, OpenSSH's own format, or a certificate where the key \
         should be",
        "check it with `mtlsctl inspect FILE`",
    )
    .rules(&["secret-pem-invalid", "secret-key-unusable"]),
    E.says(
        "envoy/config/pem-damaged",
        &["BAD_BASE64_DECODE", "BAD_END_LINE", "PEM routines:OPENSSL_internal:SHORT_HEADER"],
        "a PEM block is damaged: truncated or joined lines, a missing END line, or spaces in \
         place of line breaks",
        "write the file again; `mtlsctl inspect FILE` shows the line",
    )
    .rules(&["secret-pem-invalid"]),
    E.says(
        "envoy/config/key-version",
        &["WRONG_TAG", "SEQUENCE_LENGTH_MISMATCH", "public key routines:OPENSSL_internal:DECODE_ERROR", "BAD_VERSION"],
        "BoringSSL cannot read the private key: PKCS#8 version 2 with a public key (RFC 5958), as \
         newer tools write Ed25519 keys, a three-prime RSA key, or damaged data",
        "rewrite it: `openssl pkey -in KEY -out OLD-FORM-KEY`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["secret-key-unusable"]),
    E.says(
        "envoy/config/curve",
        &["UNKNOWN_GROUP", "only P-256, P-384 or P-521 ECDSA certificates are supported",
          "only P-256 ECDSA certificates are supported", "UNSUPPORTED_ALGORITHM"],
        "the certificate's key is on a curve or of an algorithm that Envoy does not use (secp256k1, brainpool, \
         explicit parameters, Ed448, DSA)",
        "issue a certificate for a P-256 or RSA key",
    )
    .rules(&["secret-key-unusable"]),
    E.says(
        "envoy/config/rsa-short",
        &["only RSA certificates with 2048-bit or larger keys are supported", "only RSA certificates with 2048-bit"],
        "the RSA key of the context's own certificate is shorter than 2048 bits",
        "issue a certificate for a new key of 2048 bits or more",
    )
    .rules(&["secret-key-unusable"]),
    E.says(
        "envoy/config/incomplete-certificate",
        &["Failed to load incomplete certificate from {file}", "Failed to load incomplete certificate", "certificate chain not set"],
        "there is a private key but no certificate, or the certificate's file is empty",
        BOTH,
    )
    .rules(&["context-key-without-cert", "secret-entries-wrong"]),
    E.says(
        "envoy/config/incomplete-key",
        &["Failed to load incomplete private key from path: {file}", "Failed to load incomplete private key", "private key is not set"],
        "there is a certificate but no private key, or the key's file is empty",
        BOTH,
    )
    .rules(&["context-cert-without-key", "secret-without-key"]),
    E.says(
        "envoy/config/private-key",
        &["Failed to load private key from {file}", "Failed to load private key"],
        "Envoy cannot use the private key of {file}. Without a cause after it, possible causes \
         are: the key belongs to another certificate, the leaf is not first in its chain (the key \
         is compared with the first certificate), the key is encrypted, or it is not PEM",
        "`mtlsctl inspect CERTIFICATE --key KEY` shows which; the log also has it after `Cause:`. \
         `<inline>` is a key from SDS or from the configuration itself, which Ambassador does not \
         use",
    )
    .weight(weight::SPECIFIC)
    .rules(&["secret-key-mismatch", "secret-chain-order", "secret-key-encrypted", "secret-key-unusable"]),
    E.says(
        "envoy/config/certificate-chain",
        &["Failed to load certificate chain from {file}", "Failed to load certificate chain"],
        "the certificates in {file} are not PEM that BoringSSL can read, or one of them, even an \
         intermediate, is damaged or of an unsupported kind",
        "`mtlsctl inspect FILE` shows the line",
    )
    .weight(weight::SPECIFIC)
    .rules(&["secret-pem-invalid", "secret-key-unusable"]),
    E.says(
        "envoy/config/trusted-ca",
        &["Failed to load trusted CA certificates from {file}", "Failed to load trusted CA certificates", "Failed to load trusted CA certificate"],
        "there is no certificate in the CA file {file}, or one of them cannot be read",
        "`mtlsctl inspect FILE` shows the line",
    )
    .weight(weight::SPECIFIC)
    .rules(&["secret-pem-invalid", "context-secret-lacks-entry"]),
    E.says(
        "envoy/config/crl-without-ca",
        &["Failed to load CRL from {file} without trusted CA", "without trusted CA"],
        "the context has a revocation list and no CA",
        "`crl_secret` also needs `ca_secret`",
    )
    .rules(&["context-crl-without-ca"]),
    E.says(
        "envoy/config/crl",
        &["Failed to load CRL from {file}", "Failed to load CRL"],
        "the revocation lists in {file} are not PEM that BoringSSL can read, or there is no CA \
         with them",
        "`mtlsctl inspect FILE` shows the line; `crl_secret` needs `ca_secret`",
    )
    .weight(weight::SPECIFIC)
    .rules(&["context-crl-without-ca", "secret-pem-invalid"]),
    E.says(
        "envoy/config/cipher-suites",
        &["Failed to initialize cipher suites {text}", "Failed to initialize cipher suites"],
        "`cipher_suites` has a name that BoringSSL does not know, or one of TLS 1.3, which cannot be chosen: {text}",
        "use OpenSSL's names of TLS 1.2 suites, such as `ECDHE-RSA-AES128-GCM-SHA256`",
    )
    .rules(&["context-cipher-suite-unknown"]),
    E.says(
        "envoy/config/curves",
        &["Failed to initialize ECDH curves {text}", "Failed to initialize ECDH curves", "Failed to initialize curves"],
        "`ecdh_curves` has a name that this BoringSSL does not know: {text}",
        "write `X25519`, `P-256` or `P-384`",
    )
    .rules(&["context-curve-unknown"]),
    E.says(
        "envoy/config/alpn",
        &["Failed to parse ALPN", "Invalid ALPN protocol string", "Invalid ALPN"],
        "`alpn_protocols` is not a list of protocol names that TLS can carry",
        "write `h2,http/1.1`, without spaces and brackets",
    )
    .rules(&["context-alpn-malformed"]),
    E.says(
        "envoy/config/sni-long",
        &["SNI names longer than 255", "Proto constraint validation failed (UpstreamTlsContextValidationError.Sni", "UpstreamTlsContextValidationError.Sni"],
        "`sni` is longer than 255 bytes",
        "correct `sni`",
    )
    .rules(&["context-sni-too-long"]),
    E.says(
        "envoy/config/tls-version",
        &["unsupported TLS version", "invalid value TLSv{version} for type", "Failed to set minimum TLS version", "TlsProtocol"],
        "a TLS version is spelled in a way that Envoy does not recognise",
        "write v1.0, v1.1, v1.2 or v1.3 in the TLSContext",
    )
    .weight(weight::SPECIFIC)
    .rules(&["context-tls-version-spelling"]),
    E.says(
        "envoy/config/path",
        &["Invalid path: {file}", "unable to read file: {file}", "file {file} does not exist", "unable to stat {file}"],
        "Envoy does not find `{file}`, or is not allowed to read it: the volume is not mounted in \
         Envoy's container, the key of the Secret has another name, or the file is written after \
         startup",
        "`kubectl exec` into the container and `ls -lL {file}`; `mtlsctl lint` follows the mounts",
    )
    .rules(&["context-file-missing", "context-file-not-mounted", "context-file-path-wrong", "volume-mode-unreadable"]),
    E.says(
        "envoy/config/file-empty",
        &["file {file} is empty", "DataSource cannot be empty"],
        "`{file}` exists but is empty",
        "write the certificate to it; the Secret's entry with that name is empty",
    )
    .rules(&["secret-entries-wrong", "secret-pem-invalid"]),
    E.says(
        "envoy/config/two-certificates",
        &["Multiple TLS certificates are not supported for client contexts"],
        "an upstream's context has two certificates, but Envoy supports only one as a client. \
         Ambassador never generates this",
        "check what else writes Envoy's configuration (an EnvoyFilter, a manual bootstrap)",
    ),
    E.says(
        "envoy/config/no-certificates",
        &["No TLS certificates found for server context", "Server TlsCertificates must have a certificate specified"],
        "a listener should terminate TLS but has no certificate",
        "give the Host a `tlsSecret` with `tls.crt` and `tls.key`",
    )
    .rules(&["host-tls-without-secret", "secret-missing"]),
    E.says(
        "envoy/config/server-key-usage",
        &["certificate for digital signature", "if it uses P-256 curve, should have digital signature key usage"],
        "the context's own certificate has a `keyUsage` that does not allow signatures",
        "issue it with `digitalSignature`",
    ),
    E.says(
        "envoy/config/unknown-field",
        &["Protobuf message (type {type} reason INVALID_ARGUMENT: {reason}) has unknown fields", "has unknown fields",
          "Protobuf message (type {type} with unknown field set {text}) has unknown fields", "no such field: {field}"],
        "the configuration has a field that this Envoy does not have; with Ambassador it is `cert_required` on an \
         upstream's context, `sni` on a terminating one, or an Envoy of another version than Emissary expects",
        "`mtlsctl lint` finds the first two",
    )
    .weight(weight::SPECIFIC)
    .rules(&["context-cert-required-upstream", "context-sni-on-termination"]),
    E.says(
        "envoy/config/filter-chains",
        &["multiple filter chains with the same matching rules are defined", "multiple filter chains with overlapping matching rules"],
        "two Hosts or TLSContexts on one listener claim the same name",
        "use each name in only one Host; remove `hosts` from contexts that only Mappings use",
    )
    .rules(&["host-names-mismatch", "context-hosts-on-upstream"]),
    E.says(
        "envoy/config/rejected",
        &["gRPC config for {type} rejected: {reason}", "Error adding/updating cluster(s) {cluster}: {reason}",
          "Error adding/updating listener(s) {listener}: {reason}", "error initializing configuration {file}: {reason}",
          "ACK ERROR {reason}", "NACK"],
        "Envoy rejects the configuration from its control plane ({reason}) and keeps the last one \
         it accepted",
        "the text after it is the cause; explain it as well",
    )
    .weight(weight::FRAME),
    E.says(
        "envoy/config/dns-name",
        &["malformed IP address: {name}. Consider setting resolver_name or setting cluster type to STRICT_DNS", "malformed IP address: {name}"],
        "a cluster with fixed addresses has the host name `{name}` in it",
        "with Ambassador: use `resolver: kubernetes-service` for a name",
    ),
    E.says(
        "envoy/config/half-certificate",
        &["caused by TlsCertificateValidationError.{text}: [embedded message failed validation]", "TlsCertificateValidationError.CertificateChain", "TlsCertificateValidationError.PrivateKey"],
        "a certificate or its key is empty in the configuration, as in a Secret that cert-manager \
         has not filled yet",
        "check that `tls.crt` and `tls.key` both exist: `kubectl get secret NAME -o yaml`, \
         `mtlsctl lint`",
    )
    .rules(&["secret-entries-wrong", "secret-without-key"])
    .seen("envoy#6768"),
    E.says(
        "envoy/config/old-api",
        &["Invalid type URL, unknown type: {type} for type Any", "could not find @type {type}", "The v2 xDS major version is deprecated and disabled by default"],
        "the configuration is for another Envoy version: this one does not know the type `{type}` \
         (`envoy.api.v2…` was removed in 1.18)",
        "use the Envoy that ships with this Emissary; update any custom `bootstrap` or EnvoyFilter",
    )
    .seen("Envoy 1.17 and later, from reports"),
    E.says(
        "envoy/config/unknown-extension",
        &["Didn't find a registered implementation for name: {name}", "Didn't find a registered implementation for {name} with type URL: {type}", "Didn't find a registered network filter or http filter {name}"],
        "this Envoy has no extension `{name}`: it was built without it, or its version does not \
         match the program that wrote the configuration",
        "use the Envoy that the control plane's release ships",
    )
    .weight(weight::CAUSE),
];
