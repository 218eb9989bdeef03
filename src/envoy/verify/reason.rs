//! The reasons BoringSSL gives, in its words (`X509_verify_cert_error_string`), because people
//! search for them.
//!
//! Before four of them Envoy prints "certificate revocation check against provided CRLs failed",
//! which is `CRL` for short here.

pub(super) const UNSPECIFIED: &str = "unknown certificate verification error";
pub(super) const NO_LOCAL_ISSUER: &str = "unable to get local issuer certificate";
pub(super) const SELF_SIGNED: &str = "self signed certificate";
pub(super) const SELF_SIGNED_IN_CHAIN: &str = "self signed certificate in certificate chain";
pub(super) const REJECTED: &str = "certificate rejected";
pub(super) const INVALID_EXTENSION: &str = "invalid or inconsistent certificate extension";
pub(super) const UNHANDLED_CRITICAL: &str = "unhandled critical extension";
pub(super) const INVALID_CA: &str = "invalid CA certificate";
pub(super) const INVALID_PURPOSE: &str = "unsupported certificate purpose";
pub(super) const PATH_LENGTH: &str = "path length constraint exceeded";
pub(super) const NO_ISSUER_KEY: &str = "unable to decode issuer public key";
pub(super) const SIGNATURE: &str = "certificate signature failure";
pub(super) const NOT_YET_VALID: &str = "certificate is not yet valid";
pub(super) const EXPIRED: &str = "certificate has expired";
pub(super) const NOT_BEFORE_FORMAT: &str = "format error in certificate's notBefore field";
pub(super) const NOT_AFTER_FORMAT: &str = "format error in certificate's notAfter field";
pub(super) const PERMITTED_VIOLATION: &str = "permitted subtree violation";
pub(super) const EXCLUDED_VIOLATION: &str = "excluded subtree violation";
pub(super) const SUBTREE_MINMAX: &str = "name constraints minimum and maximum not supported";
pub(super) const UNSUPPORTED_CONSTRAINT_TYPE: &str = "unsupported name constraint type";
pub(super) const UNSUPPORTED_CONSTRAINT_SYNTAX: &str =
    "unsupported or invalid name constraint syntax";
pub(super) const UNSUPPORTED_NAME_SYNTAX: &str = "unsupported or invalid name syntax";
pub(super) const CONSTRAINTS_WITHOUT_NAMES: &str =
    "Issuer has name constraints but leaf has no SANs";
pub(super) const INVALID_POLICY: &str = "invalid or inconsistent certificate policy extension";
pub(super) const NO_EXPLICIT_POLICY: &str = "no explicit policy";
pub(super) const NO_CRL: &str = "CRL: unable to get certificate CRL";
pub(super) const NO_CRL_SIGN: &str = "key usage does not include CRL signing";
pub(super) const CRL_SCOPE: &str = "Different CRL scope";
pub(super) const CRL_SIGNATURE: &str = "CRL signature failure";
pub(super) const CRL_NOT_YET_VALID: &str = "CRL: CRL is not yet valid";
pub(super) const CRL_EXPIRED: &str = "CRL: CRL has expired";
pub(super) const CRL_LAST_UPDATE_FORMAT: &str = "format error in CRL's lastUpdate field";
pub(super) const CRL_NEXT_UPDATE_FORMAT: &str = "format error in CRL's nextUpdate field";
pub(super) const UNHANDLED_CRITICAL_CRL: &str = "unhandled critical CRL extension";
pub(super) const REVOKED: &str = "CRL: certificate revoked";
pub(super) const OUT_OF_MEMORY: &str = "out of memory";
