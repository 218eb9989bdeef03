//! A ClientHello that offers more than Envoy's, to find out what the server would choose. The
//! ServerHello is enough for that, so no cryptography follows.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use crate::probe::target::{Conduct, Target};

/// The time limit for the server's response.
const ANSWER: Duration = Duration::from_secs(2);
/// Maximum number of handshake bytes to read; a ServerKeyExchange follows the certificates.
const MOST: usize = 64 * 1024;

/// The server's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Whether it is TLS 1.3 rather than 1.2.
    pub tls13: bool,
    /// The suite's OpenSSL name, as in `cipher_suites`, or its number.
    pub suite: String,
    /// The key exchange group, as in `ecdh_curves`.
    pub group: Option<&'static str>,
}

/// Suites of TLS 1.2 by their OpenSSL names, including ones that Envoy does not support.
const SUITES: &[(u16, &str)] = &[
    (0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256"),
    (0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305"),
    (0xc02f, "ECDHE-RSA-AES128-GCM-SHA256"),
    (0xcca8, "ECDHE-RSA-CHACHA20-POLY1305"),
    (0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384"),
    (0xc030, "ECDHE-RSA-AES256-GCM-SHA384"),
    (0xc009, "ECDHE-ECDSA-AES128-SHA"),
    (0xc013, "ECDHE-RSA-AES128-SHA"),
    (0xc00a, "ECDHE-ECDSA-AES256-SHA"),
    (0xc014, "ECDHE-RSA-AES256-SHA"),
    (0x009c, "AES128-GCM-SHA256"),
    (0x009d, "AES256-GCM-SHA384"),
    (0x002f, "AES128-SHA"),
    (0x0035, "AES256-SHA"),
    (0xc027, "ECDHE-RSA-AES128-SHA256"),
    (0xc023, "ECDHE-ECDSA-AES128-SHA256"),
    (0xc024, "ECDHE-ECDSA-AES256-SHA384"),
    (0xc028, "ECDHE-RSA-AES256-SHA384"),
    (0x003c, "AES128-SHA256"),
    (0x003d, "AES256-SHA256"),
    (0x009e, "DHE-RSA-AES128-GCM-SHA256"),
    (0x009f, "DHE-RSA-AES256-GCM-SHA384"),
    (0xccaa, "DHE-RSA-CHACHA20-POLY1305"),
    (0x0033, "DHE-RSA-AES128-SHA"),
    (0x0039, "DHE-RSA-AES256-SHA"),
    (0x0067, "DHE-RSA-AES128-SHA256"),
    (0x006b, "DHE-RSA-AES256-SHA256"),
    (0xc09c, "AES128-CCM"),
    (0xc0ac, "ECDHE-ECDSA-AES128-CCM"),
    (0x000a, "DES-CBC3-SHA"),
];

const SUITES_13: &[(u16, &str)] = &[
    (0x1301, "TLS_AES_128_GCM_SHA256"),
    (0x1302, "TLS_AES_256_GCM_SHA384"),
    (0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
    (0x1304, "TLS_AES_128_CCM_SHA256"),
];

const GROUPS: &[(u16, &str)] =
    &[(29, "X25519"), (23, "P-256"), (24, "P-384"), (25, "P-521"), (30, "X448")];

/// Groups that need TLS 1.3: post-quantum ones, both standard and draft.
const GROUPS_13: &[(u16, &str)] = &[
    (0x11ec, "X25519MLKEM768"),
    (0x11eb, "SecP256r1MLKEM768"),
    (0x11ed, "SecP384r1MLKEM1024"),
    (0x0202, "MLKEM1024"),
    (0x0201, "MLKEM768"),
    (0x6399, "X25519Kyber768Draft00"),
];

/// Signature algorithms of every kind, so that any certificate is possible.
const SCHEMES: &[u16] = &[
    0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808, 0x0809,
    0x080a, 0x080b, 0x0203, 0x0201,
];

/// Offers every suite and group, or only these TLS 1.2 suites, and returns the server's choice;
/// `None` if it made none. With `tls13`, also offers those of TLS 1.3, without key shares: a server
/// that supports a group requests a share in a HelloRetryRequest (RFC 8446, 4.2.8), where the
/// connection ends.
pub(crate) async fn chosen(
    target: &Target,
    conduct: &Conduct,
    server_name: Option<&str>,
    only: &[String],
    tls13: bool,
) -> Option<Chosen> {
    let offered = SUITES
        .iter()
        .filter(|(_, name)| only.is_empty() || only.iter().any(|wanted| wanted == name));
    let newer = SUITES_13.iter().filter(|_| tls13);
    let offered: Vec<u16> = newer.chain(offered).map(|(number, _)| *number).collect();
    if offered.is_empty() {
        return None;
    }
    let reached = conduct.reach.open(target.endpoint(), conduct.patience(target)).await;
    let mut stream = reached.stream.ok()?;
    let talk = async {
        stream.write_all(&hello(&offered, server_name, tls13)).await.ok()?;
        let mut messages = Vec::new();
        let mut best = None;
        while messages.len() < MOST {
            let mut header = [0; 5];
            if stream.read_exact(&mut header).await.is_err() || header[0] != 22 {
                break;
            }
            let mut record = vec![0; usize::from(header[3]) << 8 | usize::from(header[4])];
            if stream.read_exact(&mut record).await.is_err() {
                break;
            }
            messages.extend(record);
            best = read(&messages);
            if best.as_ref().is_some_and(|(_, complete)| *complete) {
                break;
            }
        }
        best.map(|(chosen, _)| chosen)
    };
    timeout(ANSWER.min(conduct.patience(target)), talk).await.ok().flatten()
}

fn hello(suites: &[u16], server_name: Option<&str>, tls13: bool) -> Vec<u8> {
    let mut extensions = Vec::new();
    if let Some(name) = server_name {
        let name = name.as_bytes();
        let entry = [&[0][..], &two(name.len()), name].concat();
        extension(&mut extensions, 0, &[&two(entry.len())[..], &entry].concat());
    }
    let list = |numbers: Vec<u16>| {
        let bytes: Vec<u8> = numbers.into_iter().flat_map(u16::to_be_bytes).collect();
        [&two(bytes.len())[..], &bytes].concat()
    };
    let newer = GROUPS_13.iter().filter(|_| tls13);
    let groups = GROUPS.iter().chain(newer).map(|(number, _)| *number).collect();
    extension(&mut extensions, 10, &list(groups));
    extension(&mut extensions, 11, &[1, 0]);
    extension(&mut extensions, 13, &list(SCHEMES.to_vec()));
    extension(&mut extensions, 23, &[]);
    extension(&mut extensions, 0xff01, &[0]);
    if tls13 {
        extension(&mut extensions, VERSIONS, &[4, 3, 4, 3, 3]);
        extension(&mut extensions, KEY_SHARE, &[0, 0]);
    }
    let mut body = vec![3, 3];
    // No secret is derived from this, so any 32 bytes will do.
    body.extend((0_u8..32).map(|at| at.wrapping_mul(37) ^ 0xa5));
    body.push(0);
    body.extend(list(suites.to_vec()));
    body.extend([1, 0]);
    body.extend(two(extensions.len()));
    body.extend(extensions);
    let mut message = vec![1, 0];
    message.extend(two(body.len()));
    message.extend(body);
    [&[22, 3, 1][..], &two(message.len()), &message].concat()
}

const VERSIONS: u16 = 43;
const KEY_SHARE: u16 = 51;

fn two(length: usize) -> [u8; 2] {
    (length as u16).to_be_bytes()
}

fn extension(extensions: &mut Vec<u8>, kind: u16, body: &[u8]) {
    extensions.extend(kind.to_be_bytes());
    extensions.extend(two(body.len()));
    extensions.extend_from_slice(body);
}

/// The suite in the ServerHello, the group in the ServerKeyExchange, and whether that is complete.
fn read(mut messages: &[u8]) -> Option<(Chosen, bool)> {
    let mut chosen: Option<Chosen> = None;
    while let [kind, a, b, c, rest @ ..] = messages {
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let Some(body) = rest.get(..length) else { break };
        match (kind, &mut chosen) {
            (2, _) => {
                // Version, random, session.
                let session = usize::from(*body.get(34)?);
                let [high, low] = *body.get(35 + session..37 + session)? else { return None };
                let number = u16::from_be_bytes([high, low]);
                let known = SUITES_13.iter().chain(SUITES).find(|(own, _)| *own == number);
                let suite =
                    known.map_or_else(|| format!("{number:#06x}"), |(_, name)| (*name).to_owned());
                let extensions = body.get(40 + session..).unwrap_or_default();
                let tls13 = extension_of(extensions, VERSIONS) == Some(&[3, 4]);
                let group = match extension_of(extensions, KEY_SHARE).filter(|_| tls13) {
                    Some([high, low, ..]) => group(u16::from_be_bytes([*high, *low])),
                    _ => None,
                };
                chosen = Some(Chosen { tls13, suite, group });
                if let Some(chosen) = chosen.as_ref().filter(|_| tls13) {
                    return Some((chosen.clone(), true));
                }
            }
            (12, Some(chosen)) => {
                // A named curve.
                if let [3, high, low, ..] = *body {
                    chosen.group = group(u16::from_be_bytes([high, low]));
                }
                return Some((chosen.clone(), true));
            }
            (14, Some(chosen)) => return Some((chosen.clone(), true)),
            _ => {}
        }
        messages = &rest[length..];
    }
    chosen.map(|chosen| (chosen, false))
}

fn group(number: u16) -> Option<&'static str> {
    let mut known = GROUPS.iter().chain(GROUPS_13);
    known.find(|(own, _)| *own == number).map(|(_, name)| *name)
}

/// The body of an extension.
fn extension_of(mut extensions: &[u8], wanted: u16) -> Option<&[u8]> {
    while let [a, b, high, low, rest @ ..] = extensions {
        let length = usize::from(*high) << 8 | usize::from(*low);
        let (body, behind) = rest.split_at_checked(length)?;
        if u16::from_be_bytes([*a, *b]) == wanted {
            return Some(body);
        }
        extensions = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_hello_and_its_group_are_parsed() {
        let mut hello = vec![2, 0, 0, 38, 3, 3];
        hello.extend([7; 32]);
        hello.extend([0, 0xc0, 0x2f, 0]);
        let (chosen, complete) = read(&hello).expect("a choice");
        assert_eq!((chosen.suite.as_str(), complete), ("ECDHE-RSA-AES128-GCM-SHA256", false));
        hello.extend([12, 0, 0, 4, 3, 0, 24, 65]);
        let (chosen, complete) = read(&hello).expect("a choice");
        assert_eq!((chosen.group, complete), (Some("P-384"), true));
        for cut in 0..hello.len() {
            let _ = read(&hello[..cut]);
        }
    }

    #[test]
    fn a_hello_retry_request_names_the_group() {
        let mut hello = vec![2, 0, 0, 52, 3, 3];
        hello.extend([7; 32]);
        hello.extend([0, 0x13, 0x01, 0]);
        hello.extend([0, 12, 0, 43, 0, 2, 3, 4, 0, 51, 0, 2, 0x63, 0x99]);
        let (chosen, complete) = read(&hello).expect("a choice");
        assert!(complete && chosen.tls13);
        assert_eq!(chosen.suite, "TLS_AES_128_GCM_SHA256");
        assert_eq!(chosen.group, Some("X25519Kyber768Draft00"));
        for cut in 0..hello.len() {
            let _ = read(&hello[..cut]);
        }
    }
}
