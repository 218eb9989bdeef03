//! Rewrites rustls's ClientHello byte for byte as Envoy's BoringSSL would write it.
//!
//! rustls fixes neither the order of its extensions nor which ones it sends: it always adds
//! `supported_versions` and `status_request`, and signals secure renegotiation with a cipher suite.
//! The choices stay the same (random, session id, suites, groups, key shares, names); only the
//! encoding changes.

const CLIENT_HELLO: u8 = 1;
/// TLS_EMPTY_RENEGOTIATION_INFO_SCSV, in place of which BoringSSL sends an empty extension.
const RENEGOTIATION_SIGNAL: [u8; 2] = [0x00, 0xff];
const TLS13: [u8; 2] = [3, 4];

const SERVER_NAME: u16 = 0;
const GROUPS: u16 = 10;
const POINT_FORMATS: u16 = 11;
const SIGNATURE_SCHEMES: u16 = 13;
const ALPN: u16 = 16;
const PADDING: u16 = 21;
const EXTENDED_MASTER_SECRET: u16 = 23;
const SESSION_TICKET: u16 = 35;
const VERSIONS: u16 = 43;
const COOKIE: u16 = 44;
const PSK_MODES: u16 = 45;
const KEY_SHARE: u16 = 51;
const RENEGOTIATION_INFO: u16 = 0xff01;

/// BoringSSL's order of the extensions that Envoy sends (`kExtensions` in `ssl/extensions.cc`);
/// measured with Envoy 1.36 to 1.40.
const ORDER: [u16; 12] = [
    SERVER_NAME,
    EXTENDED_MASTER_SECRET,
    RENEGOTIATION_INFO,
    GROUPS,
    POINT_FORMATS,
    SESSION_TICKET,
    ALPN,
    SIGNATURE_SCHEMES,
    KEY_SHARE,
    PSK_MODES,
    VERSIONS,
    COOKIE,
];

/// Rewrites every ClientHello among these handshake messages as Envoy would; `None` if there is
/// none, or if the messages are incomplete.
///
/// `padded`: whether this Envoy pads ClientHellos of 256 to 511 bytes.
pub(crate) fn messages(bytes: &[u8], padded: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 512);
    let mut rest = bytes;
    let mut found = false;
    while let [kind, a, b, c, ..] = rest {
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let (message, behind) = rest.split_at_checked(4 + length)?;
        if *kind == CLIENT_HELLO {
            found = true;
            out.extend(client_hello(&message[4..], padded)?);
        } else {
            out.extend_from_slice(message);
        }
        rest = behind;
    }
    (found && rest.is_empty()).then_some(out)
}

/// Rewrites a record that contains exactly one ClientHello.
pub(crate) fn record(bytes: &[u8], padded: bool) -> Option<Vec<u8>> {
    let [22, major, minor, _, _, body @ ..] = bytes else { return None };
    let message = messages(body, padded)?;
    let length = u16::try_from(message.len()).ok()?.to_be_bytes();
    Some([&[22, *major, *minor], &length[..], &message].concat())
}

/// Rewrites the body of a ClientHello as a complete message.
fn client_hello(body: &[u8], padded: bool) -> Option<Vec<u8>> {
    let mut reader = body;
    // legacy_version and random.
    let start = take(&mut reader, 34)?;
    let session = vector(&mut reader, 1)?;
    let suites = vector(&mut reader, 2)?;
    let compression = vector(&mut reader, 1)?;
    let mut list = vector(&mut reader, 2)?;
    if !reader.is_empty() {
        return None;
    }
    let mut sent: Vec<(u16, &[u8])> = Vec::new();
    while !list.is_empty() {
        let kind = u16::from_be_bytes(take(&mut list, 2)?.try_into().ok()?);
        sent.push((kind, vector(&mut list, 2)?));
    }
    let found = |kind: u16| sent.iter().find(|(own, _)| *own == kind).map(|(_, body)| *body);
    let versions = found(VERSIONS).and_then(|body| body.split_first()).map_or(&[][..], |(_, v)| v);
    let offers13 = versions.chunks(2).any(|version| version == TLS13);
    let only13 = offers13 && versions.len() == 2;

    let mut extensions = Vec::new();
    for kind in ORDER {
        let body = match kind {
            // Extensions that TLS 1.3 no longer has are omitted if no older version is offered.
            EXTENDED_MASTER_SECRET | SESSION_TICKET | POINT_FORMATS if only13 => None,
            RENEGOTIATION_INFO if only13 => None,
            RENEGOTIATION_INFO => Some(&[0][..]),
            VERSIONS if !offers13 => None,
            other => found(other),
        };
        if let Some(body) = body {
            extensions.extend(kind.to_be_bytes());
            extensions.extend(prefixed(body, 2)?);
        }
    }
    let suites: Vec<u8> = suites
        .chunks(2)
        .filter(|suite| *suite != RENEGOTIATION_SIGNAL)
        .flatten()
        .copied()
        .collect();
    let mut out = start.to_vec();
    out.extend(prefixed(session, 1)?);
    out.extend(prefixed(&suites, 2)?);
    out.extend(prefixed(compression, 1)?);
    if padded {
        // `ssl_add_clienthello_tlsext`: some servers hang on ClientHellos of these lengths.
        let length = 4 + out.len() + 2 + extensions.len();
        if (0x100..0x200).contains(&length) {
            let zeros = (0x200 - length).checked_sub(4).filter(|zeros| *zeros > 0).unwrap_or(1);
            extensions.extend(PADDING.to_be_bytes());
            extensions.extend(prefixed(&vec![0; zeros], 2)?);
        }
    }
    out.extend(prefixed(&extensions, 2)?);
    let mut message = vec![CLIENT_HELLO];
    message.extend(prefixed(&out, 3)?);
    Some(message)
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// Reads a vector with a length prefix of `width` bytes.
fn vector<'b>(bytes: &mut &'b [u8], width: usize) -> Option<&'b [u8]> {
    let length = take(bytes, width)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    take(bytes, length)
}

/// Bytes with a length prefix.
fn prefixed(bytes: &[u8], width: usize) -> Option<Vec<u8>> {
    let length =
        u32::try_from(bytes.len()).ok().filter(|length| u64::from(*length) < 1 << (8 * width))?;
    let mut out = length.to_be_bytes()[4 - width..].to_vec();
    out.extend_from_slice(bytes);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_without_a_client_hello_are_not_changed() {
        assert_eq!(messages(&[], true), None);
        assert_eq!(messages(&[2, 0, 0, 1, 9], true), None);
        assert_eq!(messages(&[1, 0, 0, 1, 9], true), None);
        assert_eq!(record(&[23, 3, 3, 0, 1, 1], true), None);
    }
}
