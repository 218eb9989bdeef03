//! Messages of cert-manager: conditions of Certificates, Orders and Challenges, and its log.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "cert-manager",
    Side::Configuration,
    "cert-manager 1.20's source; 0.12 to 1.19 from reports",
);

const EMPTY: &str = "until then its Secret does not exist, or has only a key and an empty \
                     `tls.crt`, so Emissary finds no certificate";

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "cert-manager/not-issued",
        &["Issuing certificate as Secret does not exist", "Issuing certificate as Secret does not contain a certificate", "Issuing certificate as Secret does not contain a private key",
          "Issuing certificate as {reason}", "Certificate request has been approved", "Waiting for order-controller to add certificate data to Order {order}", "Not signing CertificateRequest until it is Approved", "Waiting on certificate issuance from order {order}: {state}", "Waiting on certificate issuance from order",
           "Waiting for CertificateRequest", "Certificate is being issued"],
        "the certificate is being issued",
        "`kubectl describe certificate`, then its CertificateRequest, Order and Challenge: the \
         last one shows what it is waiting for (`cmctl status certificate NAME` shows everything)",
    )
    .alone(&["Secret does not exist"])
    .weight(weight::SPECIFIC)
    .other(EMPTY)
    .grade(Grade::Warning)
    .rules(&["secret-missing", "secret-entries-wrong"]),
    E.says(
        "cert-manager/issued-anew",
        &["Issuing certificate as Secret was previously issued by {issuer}", "Issuing certificate as Existing issued Secret is not up to date for spec: {text}", "Existing issued Secret is not up to date for spec: {text}", "Issuing certificate as Existing private key is not up to date for spec: {text}",
          "Existing private key is not up to date for spec: {text}", "Existing private key is not up to date for spec", "Renewing certificate as renewal was scheduled at {text}",
          "Fields on existing CertificateRequest resource not up to date: {text}"],
        "the Certificate was changed or is due for renewal, so it is reissued; until then the \
         Secret keeps the old certificate, which Emissary continues to use",
        "`kubectl describe certificate`; if this persists, its CertificateRequest shows what it \
         waits for. Two Certificates with the same `secretName` replace each other forever",
    )
    .weight(weight::SPECIFIC)
    .grade(Grade::Note)
    .rules(&["certificate-expired"])
    .seen("cert-manager 1.20's source; cert-manager#6714"),
    E.says(
        "cert-manager/failed",
        &["The CertificateRequest was denied by an approval controller", "no configured challenge solvers can be used for this challenge", "The certificate request has failed to complete and will be retried: {reason}", "The certificate request has failed to complete", "Failed to wait for order resource {order} to become ready: order is in {state} state: {reason}", "order is in {state} state", "Failed to create Order: {reason}", "CertificateRequest has failed", "Certificate issuance failed", "Backing off from issuance due to previously failed issuance(s). Issuance will next be attempted at {text}", "Vault failed to sign certificate: {reason}", "Vault failed to sign: {reason}", "Failed to finalize Order: {reason}", "Error signing certificate: {reason}",
          "Failed to create CertificateRequest: {reason}", "Failed to generate CSR: {reason}"],
        "the issuer rejected the request or gave up: {reason}. It is retried after an hour, then \
         at increasing intervals",
        "`kubectl describe` the CertificateRequest, Order and Challenge; after correcting it, `cmctl renew NAME`",
    )
    .weight(weight::SPECIFIC + 10)
    .other(EMPTY)
    .rules(&["secret-missing", "certificate-expired"]),
    E.says(
        "cert-manager/issuer-missing",
        &["Referenced {kind} not found: {reason}", "Referenced issuer does not have a Ready status condition", "Referenced {text} not found", "issuer.cert-manager.io {issuer} not found", "clusterissuer.cert-manager.io {issuer} not found", "Issuer not found", "issuer could not be found", "Could not determine issuer for ingress due to bad annotations"],
        "the issuer that the Certificate names does not exist or is not ready",
        "create it; an Issuer works only in its own namespace, and a ClusterIssuer's Secrets are \
         in cert-manager's namespace. Check `issuerRef.kind`",
    )
    .weight(weight::CAUSE)
    .other(EMPTY)
    .rules(&["secret-missing"]),
    E.says(
        "cert-manager/do-not-exist",
        &["Certificate does not exist", "Certificate expired on {text}", "Issuer returned an already expired certificate ({text})", "The certificate has expired", "Certificate is expired"],
        "the certificate expired and was not renewed, or was never issued",
        "find out why renewal failed with `kubectl describe certificate`; then run `cmctl renew NAME`",
    )
    .rules(&["certificate-expired", "secret-missing"]),
    E.says(
        "cert-manager/up-to-date",
        &["Certificate is up to date and has not expired", "The certificate has been successfully issued"],
        "cert-manager is done: the Secret has a valid certificate. Whether \
         Ambassador uses it is a separate question: it reads `tls.crt` and `tls.key`, and never \
         `ca.crt`",
        "`mtlsctl lint` on the TLSContext",
    )
    .grade(Grade::Note)
    .rules(&["context-secret-lacks-entry", "certificate-usage-wrong"]),
    E.says(
        "cert-manager/challenge",
        &["Waiting for HTTP-01 challenge propagation: {reason}", "Waiting for HTTP-01 challenge propagation", "Waiting for DNS-01 challenge propagation: {reason}", "Waiting for DNS-01 challenge propagation", "propagation check failed: {reason}", "propagation check failed", "wrong status code {status}, expected {wanted}",
          "Error accepting authorization: acme: authorization error for {host}: {reason}", "acme: authorization error for {host}", "failed to perform self check GET request {url}: {reason}", "failed to perform self check GET request"],
        "the ACME challenge fails ({reason}). With HTTP-01, Ambassador itself may be the cause: \
         it has no Mapping for `/.well-known/acme-challenge/`, or redirects it to HTTPS",
        "add a Mapping with that prefix for cert-manager's solver, or make the Host's \
         `requestPolicy.insecure` route it; otherwise use DNS-01",
    )
    .weight(weight::SPECIFIC + 10)
    .other(EMPTY),
    E.says(
        "cert-manager/acme",
        &["429 urn:ietf:params:acme:error:rateLimited: {reason}", "acme:error:rateLimited", "urn:ietf:params:acme:error:{error}: {reason}", "urn:ietf:params:acme:error:{error}", "too many certificates already issued"],
        "the ACME server rejected the request: {error} ({reason})",
        "for `rateLimited`, wait, and use the staging server for tests; otherwise correct what \
         the text names",
    )
    .weight(weight::SPECIFIC + 10)
    .other(EMPTY),
    E.says(
        "cert-manager/ca-secret",
        &["provided PrivateKey doesn't match parent's PublicKey", "Failed to decode returned certificate: with CA issuers, ensure the Certificate's secretName is different", "Referenced secret {secret} not found", "Failed to get certificate key pair from secret {secret}", "error getting keypair for CA issuer: {reason}", "Error getting keypair for CA issuer: {reason}", "signing certificate is not a CA", "error decoding certificate PEM block", "error decoding private key PEM block",
          "failed to parse signing CA keypair from secret {secret}: {reason}"],
        "the Secret of a CA issuer is missing or unusable ({reason}): it has no CA (`isCA: \
         true`), or its certificate and key do not belong together. A ClusterIssuer's Secret is \
         in cert-manager's own namespace",
        "issue the CA with `isCA: true`, in the namespace where the issuer looks for it",
    )
    .weight(weight::CAUSE)
    .other(EMPTY)
    .rules(&["secret-missing", "secret-key-mismatch"]),
    E.says(
        "cert-manager/webhook",
        &["failed calling webhook \"webhook.cert-manager.io\": {reason}", "failed calling webhook webhook.cert-manager.io", "failed calling webhook \"webhook.certmanager.k8s.io\": {reason}", "x509: certificate signed by unknown authority (possibly because of {text} while trying to verify candidate authority certificate \"cert-manager-webhook-ca\""],
        "Kubernetes does not reach or trust cert-manager's own webhook: it is starting, or its CA \
         was not injected. No upstream is affected",
        "wait a minute after the installation; run `cmctl check api`",
    )
    .by("Kubernetes' API server")
    .weight(weight::CAUSE + 5),
    E.says(
        "cert-manager/secret-conflict",
        &["Secret was issued for {name}. If this message is not transient, you might have two conflicting Certificates pointing to the same secret", "two conflicting Certificates pointing to the same secret", "User intervention required: existing private key in Secret {secret} does not match requirements", "Secret contains an invalid key-pair: {reason}", "IncorrectIssuer", "DuplicateSecretName", "SecretManagedMetadataMismatch", "SecretMismatch", "InvalidKeyPair", "InvalidCertificate"],
        "the Secret does not match the Certificate that writes it: two Certificates share it, \
         another issuer wrote it, or it was changed manually",
        "give each Certificate its own `secretName`",
    )
    .weight(weight::GENERAL)
    .rules(&["private-key-shared"]),
    E.says(
        "cert-manager/usages",
        &["spec.usages: Invalid value: {text}", "spec.privateKey.size: Invalid value: {text}", "commonName must be less than 64", "at least one of commonName, dnsNames, uris ipAddresses, emailAddresses or otherNames must be set"],
        "the Certificate's own fields are rejected: {text}",
        "correct the field; a client certificate needs `client auth` among its `usages`, if it has any",
    )
    .rules(&["certificate-usage-wrong"]),
    E.says(
        "cert-manager/trust",
        &["trust.cert-manager.io", "failed to sync bundle"],
        "trust-manager writes CAs to ConfigMaps, but Ambassador reads only Secrets (`ca_secret`, \
         entry `tls.crt`)",
        "make the Bundle write a Secret, or copy the CA into one under `tls.crt`",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note)
    .rules(&["secret-missing", "volume-reads-config-map"]),
    E.says(
        "cert-manager/writes-secret",
        &["applying Secret data", "Stored new private key in temporary Secret resource {secret}", "Reusing private key stored in existing Secret resource {secret}", "Created new CertificateRequest resource {name}",
          "re-queuing item due to optimistic locking on resource", "Order completed successfully", "Challenge scheduled for processing"],
        "cert-manager is working normally",
        "nothing to do; Emissary picks up the Secret as soon as it changes",
    )
    .weight(weight::FRAME)
    .grade(Grade::Note),
    E.says(
        "cert-manager/secret-missing",
        &["failed to retrieve secret error secret {secret} not found", "msg=failed to retrieve secret error=secret {secret} not found"],
        "the Secret `{secret}` does not exist yet (a new Certificate logs this once), or was deleted",
        "`kubectl describe certificate` shows whether it is being issued",
    )
    .grade(Grade::Warning)
    .other(EMPTY)
    .rules(&["secret-missing"]),
];
