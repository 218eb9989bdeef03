//! Why a certificate is not trusted: the errors of `X509_verify_cert`, as BoringSSL and OpenSSL
//! spell them.

/// An error of `X509_verify_cert`, with advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifyReason {
    /// OpenSSL's and BoringSSL's number (`Verify return code`); 0 if they differ.
    pub number: u8,
    /// A stable name.
    pub name: &'static str,
    /// The lower-case messages of BoringSSL, OpenSSL 1.1, OpenSSL 3 and Node.
    words: &'static [&'static str],
    cause: &'static str,
    next: &'static str,
    /// Rules that find the cause in manifests, if Ambassador is the verifying side.
    pub rules: &'static [&'static str],
}

const fn reason(
    number: u8,
    name: &'static str,
    words: &'static [&'static str],
    cause: &'static str,
    next: &'static str,
    rules: &'static [&'static str],
) -> VerifyReason {
    VerifyReason { number, name, words, cause, next, rules }
}

const AUTHORITY: &[&str] =
    &["ca-does-not-cover-own-issuer", "ca-secret-is-own-certificate", "ca-file-is-own-chain"];
const NONE: &[&str] = &[];

const REASONS: &[VerifyReason] = &[
    reason(
        20,
        "no-local-issuer",
        &["unable to get local issuer certificate", "unable to get issuer cert locally"],
        "an issuer is missing: {peer} does not send an intermediate certificate, or the trusted CA is another one than \
         the one that issued its certificate (also one of the same name with another key, after a renewal)",
        "compare the issuer of {peer}'s certificate with the CA that is trusted; make {peer} send \
         leaf and intermediates, or add the missing CA to what is trusted",
        AUTHORITY,
    ),
    reason(
        2,
        "no-issuer",
        &["unable to get issuer certificate"],
        "a trusted certificate is not self-signed, and its issuer is missing: an intermediate is \
         trusted without its root",
        "add the root to what is trusted",
        AUTHORITY,
    ),
    reason(
        21,
        "first-unverified",
        &["unable to verify the first certificate", "unable to verify leaf signature"],
        "{peer} sent only its leaf, and no trusted CA issued it: an intermediate is missing, or \
         the trusted CA is another one",
        "make {peer} send leaf and intermediates, or trust the CA that issued the leaf",
        AUTHORITY,
    ),
    reason(
        19,
        "self-signed-in-chain",
        &[
            "self signed certificate in certificate chain",
            "self-signed certificate in certificate chain",
            "self signed cert in chain",
        ],
        "the root that {peer} sends is not among the trusted certificates",
        "add that root to what is trusted, or have {peer}'s certificate issued by an already \
         trusted CA",
        AUTHORITY,
    ),
    reason(
        18,
        "self-signed",
        &[
            "self signed certificate",
            "self-signed certificate",
            "depth zero self signed cert",
            "depth zero self-signed cert",
        ],
        "{peer} presents a self-signed certificate, and exactly that certificate is not among the trusted ones",
        "add it to what is trusted (byte for byte), or issue one by a CA",
        AUTHORITY,
    ),
    reason(
        10,
        "expired",
        &["certificate has expired", "cert has expired"],
        "the certificate at that depth has expired: depth 0 is {peer}'s own, 1 and above its issuers, the trusted CA \
         included",
        "renew it; if it was renewed, the program that presents it (or trusts it) still has the \
         old one. Also compare the clocks",
        &["certificate-expired", "certificate-expires-soon", "context-files-not-reloaded"],
    ),
    reason(
        9,
        "not-yet-valid",
        &["certificate is not yet valid", "certificate not yet valid", "cert not yet valid"],
        "the certificate at that depth is not valid yet by the clock of the side that verifies",
        "compare the clocks, or wait",
        &["certificate-expired"],
    ),
    reason(
        3,
        "no-crl",
        &["unable to get certificate crl", "unable to get crl"],
        "if there is a revocation list, every issuer in the chain needs one: the list of the \
         issuer of the certificate at that depth is missing",
        "put the lists of all CAs of the chain, root included, into `crl_secret` (or the server's CRL file), or none",
        &["crl-incomplete", "crl-expired"],
    ),
    reason(
        12,
        "crl-expired",
        &["crl has expired"],
        "the revocation list has ended (`nextUpdate`), and an expired list causes every \
         certificate of its issuer to be rejected",
        "fetch the new list; Envoy reads it once, so the file's or Secret's content must change for it to be read again",
        &["crl-expired"],
    ),
    reason(
        11,
        "crl-not-yet-valid",
        &["crl is not yet valid"],
        "the revocation list is not valid yet by the clock of the side that verifies",
        "compare the clocks",
        &["crl-expired"],
    ),
    reason(
        8,
        "crl-signature",
        &[
            "crl signature failure",
            "unable to decrypt crl's signature",
            "unable to get crl issuer certificate",
            "key usage does not include crl signing",
        ],
        "the revocation list was not signed by the CA that issued the certificate: a list of another CA, or of a renewed \
         one with the same name",
        "use the list signed by exactly this CA; its certificate needs `cRLSign`",
        &["crl-expired"],
    ),
    reason(
        44,
        "crl-scope",
        &["different crl scope"],
        "the revocation list is for a part of its CA's certificates (issuingDistributionPoint), and the certificate at that \
         depth is not of that part; a root, which Envoy, nginx and haproxy look up as well, hardly ever is",
        "use a list of all certificates of that CA, without issuingDistributionPoint",
        &["crl-incomplete"],
    ),
    reason(
        23,
        "revoked",
        &["certificate revoked"],
        "{peer}'s certificate, or one in its chain, is on the revocation list",
        "issue a new certificate",
        NONE,
    ),
    reason(
        26,
        "purpose",
        &["unsupported certificate purpose", "unsuitable certificate purpose"],
        "the extended key usage of a certificate in the chain does not allow this use: a server's \
         needs `serverAuth`, a client's `clientAuth`; this also applies to an intermediate that \
         has its own extended key usage",
        "issue it with the usage that is needed, or with no extended key usage",
        &["certificate-usage-wrong"],
    ),
    reason(
        24,
        "invalid-ca",
        &["invalid ca certificate", "invalid or inconsistent ca certificate"],
        "the certificate at that depth issued another one and is no CA (`CA:TRUE` is missing)",
        "issue with a certificate that is a CA",
        NONE,
    ),
    reason(
        32,
        "no-key-cert-sign",
        &[
            "key usage does not include certificate signing",
            "ca cert does not include key usage extension",
        ],
        "the certificate at that depth issued another one, and its key usage does not allow that (`keyCertSign`)",
        "issue the CA with `keyCertSign`",
        NONE,
    ),
    reason(
        25,
        "path-length",
        &["path length constraint exceeded"],
        "a CA of the chain allows fewer intermediates below it (`pathlen`)",
        "issue the leaf higher up, or the CA with a larger path length",
        NONE,
    ),
    reason(
        22,
        "chain-too-long",
        &["certificate chain too long"],
        "the chain is longer than the side that verifies allows (`max_verify_depth`, `ssl_verify_depth`, `SSLVerifyDepth`)",
        "raise that limit",
        NONE,
    ),
    reason(
        7,
        "signature",
        &[
            "certificate signature failure",
            "unable to decrypt certificate's signature",
            "unable to decode issuer public key",
        ],
        "a signature in the chain does not match: the CA was renewed with the same name and \
         another key (of two in one file Envoy tries one, where the certificate has no \
         authorityKeyIdentifier), the certificate was changed, or its algorithm is not supported \
         (MD5, RSA-PSS keys)",
        "trust the CA whose key signed it; issue it anew with SHA-256",
        AUTHORITY,
    ),
    reason(
        30,
        "key-identifier",
        &[
            "authority and subject key identifier mismatch",
            "authority and issuer serial number mismatch",
            "subject issuer mismatch",
            "issuer name doesn't match subject",
        ],
        "a CA of the right name is trusted, but with a different key than the certificate names: \
         the CA was renewed",
        "trust the CA that issued it (both during the change)",
        AUTHORITY,
    ),
    reason(
        41,
        "extension",
        &[
            "invalid or inconsistent certificate extension",
            "unhandled critical extension",
            "invalid or inconsistent certificate policy extension",
            "no explicit policy",
            "unsupported extension feature",
        ],
        "a certificate of the chain has an extension that is malformed, or critical and unknown",
        "issue it anew without it",
        NONE,
    ),
    reason(
        47,
        "name-constraints",
        &[
            "permitted subtree violation",
            "excluded subtree violation",
            "unsupported name constraint type",
            "unsupported or invalid name constraint syntax",
            "unsupported or invalid name syntax",
            "issuer has name constraints but leaf has no sans",
            "name constraints minimum and maximum not supported",
        ],
        "a CA of the chain is limited to certain names, and this certificate is for others (or has none that can be \
         compared)",
        "issue it from another CA, or for names that the CA may issue",
        NONE,
    ),
    reason(
        62,
        "name",
        &["hostname mismatch", "ip address mismatch", "email address mismatch"],
        "the certificate is trusted, but for another name. Envoy under Ambassador does not check \
         names, so this comes from another client",
        "issue it with the name that is asked for, or ask for one that it has",
        NONE,
    ),
    reason(
        66,
        "weak",
        &[
            "ee certificate key too weak",
            "ca certificate key too weak",
            "ca signature digest algorithm too weak",
            "ee key too small",
        ],
        "OpenSSL's security level rejects the certificate: the key is too short, or it is signed \
         with SHA-1. Envoy has no such levels",
        "issue it anew with RSA 2048 or P-256 and SHA-256",
        NONE,
    ),
    reason(
        28,
        "rejected",
        &["certificate rejected", "certificate not trusted"],
        "the trusted certificate has its own trust settings (`TRUSTED CERTIFICATE`) that reject \
         this use",
        "write it as a plain `CERTIFICATE`",
        NONE,
    ),
    reason(
        37,
        "not-a-leaf",
        &[
            "invalid non-ca certificate (has ca markings)",
            "proxy certificates not allowed",
            "proxy path length constraint exceeded",
        ],
        "the leaf is marked as a CA",
        "issue a leaf that is not a CA",
        NONE,
    ),
];

impl VerifyReason {
    /// Finds the reason and its depth (0 for the leaf, 1 for its issuer) in a text, regardless of
    /// case, with blanks or `_`.
    pub fn read(text: &str) -> Option<(&'static Self, Option<u32>)> {
        let folded = text.replace('_', " ").to_ascii_lowercase();
        let at = |words: &&str| folded.find(words).map(|at| (at, words.len()));
        let found = REASONS.iter().filter_map(|reason| {
            let (at, length) =
                reason.words.iter().filter_map(&at).max_by_key(|(_, length)| *length)?;
            Some((length, at, reason))
        });
        let (_, at, reason) = found.max_by_key(|(length, ..)| *length)?;
        Some((reason, depth(&folded, at)))
    }

    /// BoringSSL's message.
    pub fn words(&self) -> &'static str {
        self.words.first().copied().unwrap_or_default()
    }

    /// The cause, with `peer` as `the server`, `the client` or `the other side`.
    pub fn cause(&self, peer: &str) -> String {
        self.cause.replace("{peer}", peer)
    }

    /// The next step.
    pub fn next(&self, peer: &str) -> String {
        self.next.replace("{peer}", peer)
    }
}

/// The number after the last `depth` before the reason.
fn depth(folded: &str, before: usize) -> Option<u32> {
    let text = &folded[..before];
    let after =
        text.rfind("depth").or_else(|| folded.rfind("depth")).map(|at| at + "depth".len())?;
    let digits = folded[after..].trim_start_matches([' ', ':', '=']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_is_found_with_its_depth() {
        for (text, name, depth) in [
            (
                "verify_cert_failed:_X509_verify_cert:_certificate_verification_error_at_depth_2:_self_signed_certificate_in_certificate_chain:TLS",
                "self-signed-in-chain",
                Some(2),
            ),
            (
                "certificate verification error at depth 0: certificate has expired",
                "expired",
                Some(0),
            ),
            ("depth=1: Unable to get certificate CRL", "no-crl", Some(1)),
            ("Verify return code: 18 (self-signed certificate)", "self-signed", None),
            ("unable to get local issuer certificate", "no-local-issuer", None),
            ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "first-unverified", None),
        ] {
            let (reason, found) = VerifyReason::read(text).expect(text);
            assert_eq!((reason.name, found), (name, depth), "{text}");
        }
        assert!(VerifyReason::read("all is well").is_none());
    }
}
