//! `alpn_protocols` as Envoy parses it: split at commas, without trimming.

/// RFC 7301 encodes the length of a name in one byte.
const LONGEST: usize = 255;

/// Why a text is not a list of protocol names by RFC 7301.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AlpnFault {
    /// Envoy does not reject this but terminates, both when it loads the configuration and when it
    /// validates it (1.36 to 1.40).
    #[error("a name in it is empty")]
    NoName,
    /// Envoy rejects the configuration.
    #[error("a name in it is longer than 255 bytes")]
    TooLong,
}

/// The names in an `alpn_protocols` value, in order; `None` for an empty text.
///
/// # Errors
/// Why RFC 7301 does not allow the list.
pub fn read_alpn(text: &str) -> Result<Vec<&str>, AlpnFault> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = text.split(',').collect();
    check(names.iter().map(|name| name.len()))?;
    Ok(names)
}

/// Checks a list by the lengths of its names.
fn check(lengths: impl Iterator<Item = usize>) -> Result<(), AlpnFault> {
    let mut fault = None;
    for length in lengths {
        if length > LONGEST {
            // Envoy reports this first, whatever else is in the list.
            return Err(AlpnFault::TooLong);
        }
        if length == 0 {
            fault = Some(AlpnFault::NoName);
        }
    }
    fault.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By length only: no text that terminates an Envoy is written here.
    #[test]
    fn names_have_one_to_255_bytes() {
        let judged = |lengths: &[usize]| check(lengths.iter().copied());
        assert_eq!(judged(&[2, 8]), Ok(()));
        assert_eq!(judged(&[1, 255]), Ok(()));
        assert_eq!(judged(&[2, 0, 8]), Err(AlpnFault::NoName));
        assert_eq!(judged(&[0, 256]), Err(AlpnFault::TooLong));
        assert_eq!(read_alpn("h2,http/1.1"), Ok(vec!["h2", "http/1.1"]));
        assert_eq!(read_alpn(""), Ok(Vec::new()));
    }
}
