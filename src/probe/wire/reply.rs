//! The response: an HTTP status and the page, in either HTTP version.

use crate::probe::hello::Codec;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const PADDED: u8 = 8;
const PRIORITY: u8 = 0x20;
/// Maximum number of response headers to parse.
const MOST_HEADERS: usize = 96;

/// The response, as far as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status, if the bytes were HTTP in our version.
    pub status: Option<u16>,
    /// The page, or other data.
    pub text: String,
    /// Whether the response is complete.
    pub whole: bool,
    /// Whether the server uses another HTTP version than the pool.
    pub wrong_codec: bool,
    /// Whether the server says that it expects TLS.
    pub wants_tls: bool,
    /// Whether the server sent HTTP/2's first frame; there may still be no response to the request.
    pub http2: bool,
    /// Whether it is a PostgreSQL message, whose text is in `text`.
    pub postgres: bool,
}

impl Reply {
    /// Parses as much of a response as there is.
    pub(crate) fn read(codec: Codec, bytes: &[u8]) -> Self {
        match codec {
            Codec::Http1 if looks_like_http2(bytes) => {
                Self { wrong_codec: true, whole: true, ..Self::default() }
            }
            Codec::Raw => postgres(bytes).unwrap_or_else(|| http1(bytes)),
            Codec::Http1 => http1(bytes),
            Codec::Http2 if bytes.starts_with(b"HTTP/1") => {
                Self { wrong_codec: true, whole: true, ..http1(bytes) }
            }
            Codec::Http2 => http2(bytes),
        }
    }

    /// Whether it is the page that nginx (and a few others) send instead of an alert: the server
    /// completed the handshake and rejects the certificate, or its absence, in HTTP.
    pub fn is_certificate_page(&self) -> bool {
        matches!(self.status, Some(400 | 401 | 403 | 495 | 496)) && {
            let text = self.text.to_ascii_lowercase();
            text.contains("ssl certificate")
                || text.contains("client certificate")
                || text.contains("tls certificate")
        }
    }

    /// Whether what was read decides the result of the request.
    pub(crate) fn settles(&self) -> bool {
        self.status.is_some() || self.wrong_codec || ((self.http2 || self.postgres) && self.whole)
    }

    /// Whether the server completed the handshake and then rejected the certificate, or its
    /// absence, in its own protocol.
    pub fn refuses_certificate(&self) -> bool {
        self.is_certificate_page()
            || (self.postgres && self.text.contains("requires a valid client certificate"))
    }

    /// Whether PostgreSQL has no rule for our user, so that it says nothing about certificates.
    pub(crate) fn has_no_rule_for_us(&self) -> bool {
        self.postgres && self.text.contains("pg_hba.conf")
    }

    /// Whether the page is from a server that could not request a certificate after reading the
    /// request: Apache (`SSLVerifyClient` in a `<Location>`, 403) or Tomcat (CLIENT-CERT, 401) over
    /// TLS 1.3, where Envoy does not offer post_handshake_auth.
    pub fn wanted_to_ask_later(&self) -> bool {
        matches!(self.status, Some(401 | 403))
            && (self.text.contains("Post-Handshake Authentication")
                || self.text.contains("No client certificate chain in this request"))
    }

    /// Whether the status is one that servers also send for a missing or unacceptable certificate.
    pub fn denies(&self) -> bool {
        matches!(self.status, Some(400 | 401 | 403 | 495 | 496))
    }

    /// Whether the request succeeded: a status 200 to 299.
    pub fn succeeds(&self) -> bool {
        matches!(self.status, Some(200..=299))
    }

    /// Whether it is the page of Envoy's RBAC filter, as Istio and Consul configure it.
    pub fn is_rbac_page(&self) -> bool {
        self.status == Some(403) && self.text.contains("RBAC: access denied")
    }

    /// The page's title, else its first line of text.
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

/// The first message of PostgreSQL's response to a StartupMessage: an error, or a request for
/// authentication. Each field of an error has a letter; `M` is the message.
fn postgres(bytes: &[u8]) -> Option<Reply> {
    let [kind @ (b'E' | b'R'), 0, 0, high, low, body @ ..] = bytes else { return None };
    let length = (usize::from(*high) << 8 | usize::from(*low)).checked_sub(4)?;
    let whole = body.len() >= length;
    let body = &body[..length.min(body.len())];
    let text = match kind {
        b'E' => body
            .split(|byte| *byte == 0)
            .find_map(|field| field.strip_prefix(b"M"))
            .map(|words| String::from_utf8_lossy(words).into_owned())
            .unwrap_or_default(),
        _ => "authentication goes on".to_owned(),
    };
    Some(Reply { text, whole, postgres: true, ..Reply::default() })
}

fn looks_like_http2(bytes: &[u8]) -> bool {
    // Every HTTP/2 server starts with a SETTINGS frame on stream 0.
    matches!(bytes, [0, _, _, 4, 0 | 1, 0, 0, 0, 0, ..])
}

fn http1(bytes: &[u8]) -> Reply {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let parsed = head.parse(bytes);
    let status = head.code;
    let length = match parsed {
        Ok(httparse::Status::Complete(length)) => length,
        // The status line is complete, and the other headers are not yet, or are too long.
        Ok(httparse::Status::Partial) => return Reply { status, ..Reply::default() },
        Err(httparse::Error::TooManyHeaders) if status.is_some() => {
            return Reply { status, ..Reply::default() };
        }
        Err(_) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            return Reply { wants_tls: asks_for_tls(&text), text, ..Reply::default() };
        }
    };
    let header = |wanted: &str| {
        let found = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case(wanted));
        found.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
    };
    let body = &bytes[length..];
    let chunked = header("transfer-encoding").is_some_and(|codings| codings.ends_with("chunked"));
    let announced = header("content-length").and_then(|length| length.parse::<usize>().ok());
    let (body, whole) = match chunked {
        true => joined(body),
        false => (body.to_vec(), announced.is_some_and(|length| body.len() >= length)),
    };
    let text = String::from_utf8_lossy(&body).into_owned();
    Reply { status, whole, wants_tls: asks_for_tls(&text), text, ..Reply::default() }
}

/// The chunks of a body so far, and whether the last one arrived.
fn joined(mut body: &[u8]) -> (Vec<u8>, bool) {
    let mut joined = Vec::new();
    while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(body) {
        if size == 0 {
            return (joined, true);
        }
        let rest = &body[start..];
        let end = usize::try_from(size).unwrap_or(usize::MAX).min(rest.len());
        joined.extend_from_slice(&rest[..end]);
        body = rest.get(end + "\r\n".len()..).unwrap_or_default();
    }
    (joined, false)
}

/// Whether it is the page of nginx, Go or Apache for a plaintext request on a TLS port.
fn asks_for_tls(page: &str) -> bool {
    let page = page.to_ascii_lowercase();
    page.contains("plain http request was sent to https port")
        || page.contains("http request to an https server")
        || page.contains("speaking plain http to an ssl")
}

fn http2(mut bytes: &[u8]) -> Reply {
    let mut reply = Reply { http2: looks_like_http2(bytes), ..Reply::default() };
    // A header block may continue in CONTINUATION frames, and is decoded once it is complete.
    let mut block = Vec::new();
    let mut is_open = false;
    while let [a, b, c, kind, flags, _, _, _, _, rest @ ..] = bytes {
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let payload = &rest[..length.min(rest.len())];
        match *kind {
            HEADERS => {
                let priority = if flags & PRIORITY != 0 { 5 } else { 0 };
                block = unpadded(*flags, payload).get(priority..).unwrap_or_default().to_vec();
            }
            CONTINUATION => block.extend_from_slice(payload),
            DATA => reply.text.push_str(&String::from_utf8_lossy(unpadded(*flags, payload))),
            GOAWAY | RESET => reply.whole = true,
            _ => {}
        }
        if matches!(*kind, HEADERS | CONTINUATION) {
            is_open = flags & END_HEADERS == 0;
            if !is_open {
                reply.status = reply.status.or_else(|| hpack_status(&block));
            }
        }
        if matches!(*kind, HEADERS | DATA) && flags & END_STREAM != 0 {
            reply.whole = true;
        }
        bytes = rest.get(length..).unwrap_or_default();
    }
    // The stream may have ended within a header block.
    reply.whole &= !is_open;
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

/// The status must be the first field of a response, so only one field is decoded.
fn hpack_status(block: &[u8]) -> Option<u16> {
    // Dynamic table size updates may precede it.
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

/// HPACK's Huffman code for digits: `0` to `2` have five bits, the others six.
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
    fn nginx_pages_are_distinguished_from_other_400s() {
        let page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 10\r\n\r\n<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>";
        let reply = Reply::read(Codec::Http1, page);
        assert!(reply.is_certificate_page() && reply.whole);
        assert_eq!(reply.title().as_deref(), Some("400 No required SSL certificate was sent"));
        let other = b"HTTP/1.0 400 Bad request\r\n\r\n<html><body>Your browser sent an invalid request.</body></html>";
        assert!(!Reply::read(Codec::Http1, other).is_certificate_page());
    }

    #[test]
    fn http2_statuses_are_read_in_every_encoding() {
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
    fn a_status_is_read_from_a_block_in_two_frames() {
        let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        let headers = [0, 0, 1, 1, 1, 0, 0, 0, 1, 0x48];
        let continued = [0, 0, 4, 9, 4, 0, 0, 0, 1, 3, b'4', b'0', b'3'];
        let half = Reply::read(Codec::Http2, &[&settings[..], &headers].concat());
        assert_eq!((half.status, half.settles()), (None, false));
        let bytes = [&settings[..], &headers, &continued].concat();
        assert_eq!(Reply::read(Codec::Http2, &bytes).status, Some(403));
    }

    #[test]
    fn settings_and_a_reset_stream_are_http2() {
        let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        let reset = [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 2];
        let reply = Reply::read(Codec::Http2, &[&settings[..], &reset].concat());
        assert!(reply.http2 && reply.settles() && !reply.wrong_codec && reply.status.is_none());
    }

    #[test]
    fn chunked_bodies_are_joined() {
        let head = "HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n";
        let page =
            "1b\r\nclient certificate required\r\n13;x=y\r\n: CERT_HAS_EXPIRED\n\r\n0\r\n\r\n";
        let reply = Reply::read(Codec::Http1, format!("{head}{page}").as_bytes());
        assert!(reply.whole && reply.is_certificate_page());
        assert_eq!(reply.title().as_deref(), Some("client certificate required: CERT_HAS_EXPIRED"));
        let cut = Reply::read(Codec::Http1, format!("{head}{}", &page[..12]).as_bytes());
        assert_eq!((cut.text.as_str(), cut.whole), ("client c", false));
        let endless = Reply::read(Codec::Http1, format!("{head}ffffffffffffffff\r\nab").as_bytes());
        assert_eq!(endless.text, "ab");
    }

    #[test]
    fn incomplete_headers_are_parsed_as_far_as_possible() {
        let read = |text: &str| Reply::read(Codec::Http1, text.as_bytes());
        assert_eq!(read("HTTP/1.1 503 Service Unavailable\r\nx").status, Some(503));
        assert_eq!(read("HTTP/1.1 20").status, None);
        assert_eq!(read("+OK ready\r\n").text, "+OK ready\r\n");
        let many: String = (0..200).map(|at| format!("x-{at}: y\r\n")).collect();
        assert_eq!(read(&format!("HTTP/1.1 200 OK\r\n{many}\r\n")).status, Some(200));
        let late = read(
            "HTTP/1.1 403 Forbidden\r\n\r\nReason: Cannot perform Post-Handshake Authentication.",
        );
        assert!(late.wanted_to_ask_later() && !late.is_certificate_page());
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
