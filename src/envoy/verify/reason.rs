//! BoringSSL's reasons in its own words (`X509_verify_cert_error_string`), because people search
//! for them.
//!
//! Envoy prints "certificate revocation check against provided CRLs failed" before four of them,
//! which is abbreviated as `CRL` here.

pub(crate) const UNSPECIFIED: &str = "unknown certificate verification error";
pub(crate) const NO_LOCAL_ISSUER: &str = "unable to get local issuer certificate";
pub(crate) const SELF_SIGNED: &str = "self signed certificate";
pub(crate) const SELF_SIGNED_IN_CHAIN: &str = "self signed certificate in certificate chain";
pub(crate) const REJECTED: &str = "certificate rejected";
pub(crate) const INVALID_EXTENSION: &str = "invalid or inconsistent certificate extension";
pub(crate) const UNHANDLED_CRITICAL: &str = "unhandled critical extension";
pub(crate) const INVALID_CA: &str = "invalid CA certificate";
pub(crate) const INVALID_PURPOSE: &str = "unsupported certificate purpose";
pub(crate) const PATH_LENGTH: &str = "path length constraint exceeded";
pub(crate) const NO_ISSUER_KEY: &str = "unable to decode issuer public key";
pub(crate) const SIGNATURE: &str = "certificate signature failure";
pub(crate) const NOT_YET_VALID: &str = "certificate is not yet valid";
pub(crate) const EXPIRED: &str = "certificate has expired";
pub(crate) const NOT_BEFORE_FORMAT: &str = "format error in certificate's notBefore field";
pub(crate) const NOT_AFTER_FORMAT: &str = "format error in certificate's notAfter field";
pub(crate) const PERMITTED_VIOLATION: &str = "permitted subtree violation";
pub(crate) const EXCLUDED_VIOLATION: &str = "excluded subtree violation";
pub(crate) const SUBTREE_MINMAX: &str = "name constraints minimum and maximum not supported";
pub(crate) const UNSUPPORTED_CONSTRAINT_TYPE: &str = "unsupported name constraint type";
pub(crate) const UNSUPPORTED_CONSTRAINT_SYNTAX: &str =
    "unsupported or invalid name constraint syntax";
pub(crate) const UNSUPPORTED_NAME_SYNTAX: &str = "unsupported or invalid name syntax";
pub(crate) const CONSTRAINTS_WITHOUT_NAMES: &str =
    "Issuer has name constraints but leaf has no SANs";
pub(crate) const INVALID_POLICY: &str = "invalid or inconsistent certificate policy extension";
pub(crate) const NO_EXPLICIT_POLICY: &str = "no explicit policy";
pub(crate) const NO_CRL: &str = "CRL: unable to get certificate CRL";
pub(crate) const NO_CRL_SIGN: &str = "key usage does not include CRL signing";
pub(crate) const CRL_SCOPE: &str = "Different CRL scope";
pub(crate) const CRL_SIGNATURE: &str = "CRL signature failure";
pub(crate) const CRL_NOT_YET_VALID: &str = "CRL: CRL is not yet valid";
pub(crate) const CRL_EXPIRED: &str = "CRL: CRL has expired";
pub(crate) const CRL_LAST_UPDATE_FORMAT: &str = "format error in CRL's lastUpdate field";
pub(crate) const CRL_NEXT_UPDATE_FORMAT: &str = "format error in CRL's nextUpdate field";
pub(crate) const UNHANDLED_CRITICAL_CRL: &str = "unhandled critical CRL extension";
pub(crate) const REVOKED: &str = "CRL: certificate revoked";
pub(crate) const OUT_OF_MEMORY: &str = "out of memory";
