//! How Envoy's BoringSSL parses `ecdh_curves`: the result, or the faulty entry.

use super::cipher_list::{ListFault, RefusedList};
use super::version::EnvoyVersion;

/// The groups in Envoy's documentation, in BoringSSL's spelling.
pub const CURVES: [&str; 4] = ["X25519", "P-256", "P-384", "P-521"];

/// The groups in `ecdh_curves`, by their usual names (`SSL_CTX_set1_groups_list`); empty for
/// Envoy's defaults.
///
/// # Errors
/// Why Envoy rejects the list.
pub fn read_curves(
    entries: &[&str],
    version: EnvoyVersion,
) -> Result<Vec<&'static str>, RefusedList> {
    let mut groups = Vec::new();
    if entries.join(":").is_empty() {
        return Ok(groups);
    }
    let newer = version >= EnvoyVersion::V1_38;
    for (index, entry) in entries.iter().enumerate() {
        for name in entry.split(':') {
            let refused = |fault| Err(RefusedList { entry: Some(index), fault });
            let group = match name {
                "P-256" | "prime256v1" => "P-256",
                "P-384" | "secp384r1" => "P-384",
                "P-521" | "secp521r1" => "P-521",
                "X25519" | "x25519" => "X25519",
                "P-224" | "secp224r1" if !newer => "P-224",
                "X25519MLKEM768" => "X25519MLKEM768",
                "X25519Kyber768Draft00" if version < EnvoyVersion::V1_39 => "X25519Kyber768Draft00",
                "MLKEM1024" if newer => "MLKEM1024",
                _ => return refused(ListFault::Unknown),
            };
            match groups.contains(&group) {
                true if newer => return refused(ListFault::Twice),
                true => {}
                false => groups.push(group),
            }
        }
    }
    Ok(groups)
}
