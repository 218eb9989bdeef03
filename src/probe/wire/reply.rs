//! What came back: an HTTP status and the words of the page, in either codec.

use crate::probe::hello::Codec;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const PADDED: u8 = 8;
const PRIORITY: u8 = 0x20;

/// The answer as far as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status, where the bytes were HTTP in the codec we speak.
    pub status: Option<u16>,
    /// The page, or whatever else came.
    pub text: String,
    /// Whether nothing more is to come.
    pub whole: bool,
    /// The server speaks the other HTTP than the pool does.
    pub wrong_codec: bool,
    /// The server says that it wants TLS.
    pub wants_tls: bool,
}

impl Reply {
    /// Reads as much of an answer as is there.
    pub(crate) fn read(codec: Codec, bytes: &[u8]) -> Self {
        match codec {
            Codec::Http1 if looks_like_http2(bytes) => {
                Self { wrong_codec: true, whole: true, ..Self::default() }
            }
            Codec::Http1 | Codec::Raw => http1(bytes),
            Codec::Http2 if bytes.starts_with(b"HTTP/1") => {
                Self { wrong_codec: true, whole: true, ..http1(bytes) }
            }
            Codec::Http2 => http2(bytes),
        }
    }

    /// The page nginx (and a few others) send instead of an alert: the server took the connection
    /// and refuses the certificate, or its absence, in HTTP.
    pub fn is_certificate_page(&self) -> bool {
        matches!(self.status, Some(400 | 401 | 403 | 495 | 496)) && {
            let text = self.text.to_ascii_lowercase();
            text.contains("ssl certificate")
                || text.contains("client certificate")
                || text.contains("tls certificate")
        }
    }

    /// The page of Envoy's RBAC filter, as Istio and Consul configure it.
    pub fn is_rbac_page(&self) -> bool {
        self.status == Some(403) && self.text.contains("RBAC: access denied")
    }

    /// The page's title, else its first line of words.
    pub fn title(&self) -> Option<String> {
        let lower = self.text.to_ascii_lowercase();
        let title = lower.find("<title>").and_then(|start| {
            let start = start + "<title>".len();
            let end = start + lower[start..].find("</title>")?;
            self.text.get(start..end)
        });
        title
            .or_else(|| self.text.lines().find(|line| !line.trim().is_empty()))
            .map(|words| words.trim().chars().take(80).collect())
    }
}

fn looks_like_http2(bytes: &[u8]) -> bool {
    // A SETTINGS frame on stream 0 opens every HTTP/2 server's half.
    matches!(bytes, [0, _, _, 4, 0 | 1, 0, 0, 0, 0, ..])
}

fn http1(bytes: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")) else {
        return Reply {
            status: status_line(&text),
            text: if text.starts_with("HTTP/") { String::new() } else { text.into_owned() },
            ..Reply::default()
        };
    };
    let status = status_line(head);
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse::<usize>().ok())?
    });
    let wants_tls = asks_for_tls(body);
    Reply {
        status,
        whole: length.is_some_and(|length| body.len() >= length),
        text: if status.is_some() { body.to_owned() } else { text.to_string() },
        wrong_codec: false,
        wants_tls,
    }
}

/// The pages of nginx, Go and Apache for a plain request on a TLS port.
fn asks_for_tls(page: &str) -> bool {
    let page = page.to_ascii_lowercase();
    page.contains("plain http request was sent to https port")
        || page.contains("http request to an https server")
        || page.contains("speaking plain http to an ssl")
}

fn status_line(head: &str) -> Option<u16> {
    let rest = head.strip_prefix("HTTP/1.")?;
    rest.split(' ').nth(1)?.get(..3)?.parse().ok()
}

fn http2(mut bytes: &[u8]) -> Reply {
    let mut reply = Reply::default();
    while let [a, b, c, kind, flags, _, _, _, _, rest @ ..] = bytes {
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let payload = &rest[..length.min(rest.len())];
        match *kind {
            HEADERS => {
                let priority = if flags & PRIORITY != 0 { 5 } else { 0 };
                let block = unpadded(*flags, payload).get(priority..).unwrap_or_default();
                reply.status = reply.status.or_else(|| hpack_status(block));
            }
            DATA => reply.text.push_str(&String::from_utf8_lossy(unpadded(*flags, payload))),
            GOAWAY | RESET => reply.whole = true,
            _ => {}
        }
        if matches!(*kind, HEADERS | DATA) && flags & END_STREAM != 0 {
            reply.whole = true;
        }
        bytes = rest.get(length..).unwrap_or_default();
    }
    reply
}

fn unpadded(flags: u8, payload: &[u8]) -> &[u8] {
    match payload {
        [padding, rest @ ..] if flags & PADDED != 0 => {
            &rest[..rest.len().saturating_sub(usize::from(*padding))]
        }
        _ => payload,
    }
}

/// The status is the first field of a response by rule, so one field is all that is decoded.
fn hpack_status(block: &[u8]) -> Option<u16> {
    // Dynamic table size updates may stand before it.
    let start = block.iter().position(|byte| byte & 0xe0 != 0x20)?;
    let block = &block[start..];
    let indexed = [200, 204, 206, 304, 400, 404, 500];
    match block {
        [field @ 0x88..=0x8e, ..] => indexed.get(usize::from(field - 0x88)).copied(),
        // Literals named by one of the static `:status` entries.
        [0x48..=0x4e | 0x08..=0x0e | 0x18..=0x1e, length, value @ ..] => {
            let value = value.get(..usize::from(length & 0x7f))?;
            let digits = if length & 0x80 == 0 { value.to_vec() } else { huffman_digits(value) };
            std::str::from_utf8(&digits).ok()?.get(..3)?.parse().ok()
        }
        _ => None,
    }
}

/// HPACK's Huffman code, as far as digits go: `0` to `2` in five bits, the others in six.
fn huffman_digits(bytes: &[u8]) -> Vec<u8> {
    let bits: Vec<u8> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |shift| byte >> shift & 1)).collect();
    let value = |range: &[u8]| range.iter().fold(0_u8, |value, bit| value << 1 | bit);
    let mut digits = Vec::new();
    let mut at = 0;
    while at + 5 <= bits.len() && digits.len() < 3 {
        let short = value(&bits[at..at + 5]);
        if short <= 2 {
            digits.push(b'0' + short);
            at += 5;
        } else if let Some(long) = bits.get(at..at + 6).map(value) {
            match long {
                0x19..=0x1f => digits.push(b'3' + (long - 0x19)),
                _ => break,
            }
            at += 6;
        } else {
            break;
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nginx_pages_are_told_from_other_400s() {
        let page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 10\r\n\r\n<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>";
        let reply = Reply::read(Codec::Http1, page);
        assert!(reply.is_certificate_page() && reply.whole);
        assert_eq!(reply.title().as_deref(), Some("400 No required SSL certificate was sent"));
        let other = b"HTTP/1.0 400 Bad request\r\n\r\n<html><body>Your browser sent an invalid request.</body></html>";
        assert!(!Reply::read(Codec::Http1, other).is_certificate_page());
    }

    #[test]
    fn http2_statuses_are_read_plain_indexed_and_huffman() {
        let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        let with = |block: &[u8]| {
            let mut bytes = settings.to_vec();
            bytes.extend([0, 0, block.len() as u8, 1, 5, 0, 0, 0, 1]);
            bytes.extend_from_slice(block);
            Reply::read(Codec::Http2, &bytes).status
        };
        assert_eq!(with(&[0x88]), Some(200));
        assert_eq!(with(&[0x20, 0x8c]), Some(400));
        assert_eq!(with(&[0x48, 3, b'4', b'0', b'3']), Some(403));
        // 403: 011010 00000 011001, then ones.
        assert_eq!(with(&[0x48, 0x83, 0b0110_1000, 0b0000_1100, 0b1111_1111]), Some(403));
        assert_eq!(Reply::read(Codec::Http2, &settings).status, None);
    }

    #[test]
    fn nothing_in_a_reply_can_panic() {
        for seed in 0_u32..20_000 {
            let bytes: Vec<u8> = (0..seed % 40)
                .map(|at| (seed.wrapping_mul(2_654_435_761).rotate_left(at) >> 7) as u8)
                .collect();
            for codec in [Codec::Http1, Codec::Http2, Codec::Raw] {
                let reply = Reply::read(codec, &bytes);
                let _ = (reply.title(), reply.is_certificate_page());
            }
        }
    }
}
