//! Name constraints: whether the CAs above a certificate allow its names.

use super::constrained_name::{dns, dns_below, email, loose_email, loose_uri, uri};
use super::reason;
use crate::cert::der::{IA5_STRING, identifier};
use crate::cert::x509::GeneralName;
use crate::cert::x509::X509;
use crate::cert::x509::oid;
use crate::cert::x509::{Constraints, Subtree};
use crate::envoy::EnvoyVersion;

/// BoringSSL gives up if the number of names times constraints exceeds this
/// (`NAME_CONSTRAINTS_check`).
const MOST_COMPARISONS: usize = 1 << 20;

/// Checks every name of `certificate`; the error is BoringSSL's reason.
pub(crate) fn check(
    certificate: &X509<'_>,
    constraints: &Constraints<'_>,
    version: EnvoyVersion,
) -> Result<(), &'static str> {
    let names = certificate.facts.as_ref().ok().and_then(|facts| facts.alternative_names.as_ref());
    let entries = &certificate.subject.entries;
    let name_count = entries.len() + names.map_or(0, Vec::len);
    let constraint_count = constraints.permitted.len() + constraints.excluded.len();
    if name_count.saturating_mul(constraint_count) > MOST_COMPARISONS {
        return Err(reason::UNSPECIFIED);
    }
    if !entries.is_empty() {
        let subject = GeneralName::Directory(certificate.subject.clone());
        check_name(&subject, constraints, false, version)?;
        for entry in entries.iter().filter(|entry| entry.oid == oid::EMAIL_ADDRESS) {
            if entry.value.tag != identifier(IA5_STRING) {
                return Err(reason::UNSUPPORTED_NAME_SYNTAX);
            }
            // Excluded addresses match regardless of case, so that none slips through.
            check_name(&GeneralName::Email(entry.value.contents), constraints, true, version)?;
        }
    }
    for name in names.into_iter().flatten() {
        check_name(name, constraints, false, version)?;
    }
    Ok(())
}

/// Whether a leaf without alternative names has a common name that looks like a DNS name
/// (`reject_dns_name_in_common_name`).
pub(crate) fn has_dns_common_name(leaf: &X509<'_>) -> Result<bool, &'static str> {
    for entry in leaf.subject.entries.iter().filter(|entry| entry.oid == oid::COMMON_NAME) {
        let text = match entry.text() {
            Some(text) => text.into_bytes(),
            None if entry.value.tag == identifier(NUMERIC_STRING) => entry.value.contents.to_vec(),
            // BoringSSL cannot convert other types to text, and reports that as out of memory.
            None => return Err(reason::OUT_OF_MEMORY),
        };
        if looks_like_dns(&text) {
            return Ok(true);
        }
    }
    Ok(false)
}

const NUMERIC_STRING: u8 = 0x12;

fn looks_like_dns(name: &[u8]) -> bool {
    let name = name.strip_suffix(b".").unwrap_or(name);
    let name = name.strip_prefix(b"*.").unwrap_or(name);
    !name.is_empty()
        && name.split(|byte| *byte == b'.').all(|label| {
            !label.is_empty()
                && label[0] != b'-'
                && label
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        })
}

fn check_name(
    name: &GeneralName<'_>,
    constraints: &Constraints<'_>,
    any_case: bool,
    version: EnvoyVersion,
) -> Result<(), &'static str> {
    let of_kind = |subtrees: &'_ [Subtree<'_>]| -> Vec<usize> {
        (0..subtrees.len()).filter(|index| subtrees[*index].base.same_kind(name)).collect()
    };
    let permitted = of_kind(&constraints.permitted);
    let mut inside = permitted.is_empty();
    let mut matched = false;
    for index in permitted {
        let subtree = &constraints.permitted[index];
        if subtree.has_bounds {
            return Err(reason::SUBTREE_MINMAX);
        }
        // Later subtrees are still checked for bounds but no longer compared.
        if !matched
            && matches(name, &subtree.base, Mode { excluding: false, any_case: false, version })?
        {
            matched = true;
            inside = true;
        }
    }
    if !inside {
        return Err(reason::PERMITTED_VIOLATION);
    }
    for index in of_kind(&constraints.excluded) {
        let subtree = &constraints.excluded[index];
        if subtree.has_bounds {
            return Err(reason::SUBTREE_MINMAX);
        }
        if matches(name, &subtree.base, Mode { excluding: true, any_case, version })? {
            return Err(reason::EXCLUDED_VIOLATION);
        }
    }
    Ok(())
}

/// The mode of a comparison.
#[derive(Clone, Copy)]
struct Mode {
    excluding: bool,
    any_case: bool,
    version: EnvoyVersion,
}

fn matches(
    name: &GeneralName<'_>,
    base: &GeneralName<'_>,
    mode: Mode,
) -> Result<bool, &'static str> {
    let careful = mode.version.compares_names_carefully();
    match (name, base) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => Ok(name.is_under(base)),
        (GeneralName::Dns(name), GeneralName::Dns(base)) if careful => {
            Ok(dns(name, base, mode.excluding))
        }
        (GeneralName::Dns(name), GeneralName::Dns(base)) => {
            Ok(base.is_empty() || dns_below(name, base))
        }
        (GeneralName::Email(name), GeneralName::Email(base)) if careful => {
            email(name, base, mode.any_case)
        }
        (GeneralName::Email(name), GeneralName::Email(base)) => loose_email(name, base),
        (GeneralName::Uri(name), GeneralName::Uri(base)) if mode.version.parses_uri_hosts() => {
            uri(name, base)
        }
        (GeneralName::Uri(name), GeneralName::Uri(base)) => loose_uri(name, base),
        _ => Err(reason::UNSUPPORTED_CONSTRAINT_TYPE),
    }
}
