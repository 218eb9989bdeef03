//! Certificates and CRLs, read as strictly as in BoringSSL: structure, names, keys, signatures.

pub(crate) mod any;
mod crl;
mod curve;
mod extensions;
mod general_name;
mod hash;
mod issuer;
mod key;
mod name;
pub(crate) mod oid;
mod rsa;
mod signature;
mod strings;
mod time;
mod x509;

pub(crate) use crl::Crl;
pub(crate) use curve::{Curve, ExplicitCurve};
pub(crate) use extensions::{
    CRL_SIGN, Constraints, DIGITAL_SIGNATURE, Facts, KEY_AGREEMENT, KEY_CERT_SIGN,
    KEY_ENCIPHERMENT, Subtree, find,
};
pub(crate) use general_name::GeneralName;
pub(crate) use issuer::{canonical_names, is_signed_by, names_issuer};
pub(crate) use key::Key;
pub(crate) use name::Name;
pub(crate) use signature::{Signed, check};
pub(crate) use x509::X509;
