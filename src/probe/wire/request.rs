//! The request that Envoy would send.

use crate::probe::hello::Codec;
use crate::probe::target::{StartTls, Target};

/// HTTP/2's connection preface.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: u8 = 4;
const HEADERS: u8 = 1;
/// END_STREAM and END_HEADERS.
const WHOLE: u8 = 0x5;
const USER_AGENT: &str = concat!("mtlsctl/", env!("CARGO_PKG_VERSION"));

/// The request's bytes in the pool's HTTP version, whatever ALPN chose; `None` for a TCPMapping,
/// except PostgreSQL, since its protocol is unknown.
pub(crate) fn bytes(codec: Codec, target: &Target) -> Option<Vec<u8>> {
    let Target { authority, path, method, .. } = target;
    match codec {
        Codec::Http1 => Some(
            format!(
                "{method} {path} HTTP/1.1\r\nhost: {authority}\r\nuser-agent: {USER_AGENT}\r\n\
                 accept: */*\r\nconnection: close\r\n\r\n"
            )
            .into_bytes(),
        ),
        Codec::Http2 => Some(grpc(authority, path)),
        Codec::Raw => (target.starttls == Some(StartTls::Postgres)).then(postgres_startup),
    }
}

/// PostgreSQL's StartupMessage (protocol 3.0) for a user that does not exist. The server checks the
/// certificate rules in `pg_hba.conf` before it asks for a password.
fn postgres_startup() -> Vec<u8> {
    let parameters = b"user\0mtlsctl\0database\0mtlsctl\0\0";
    let length = 8 + parameters.len() as u32;
    let version: u32 = 3 << 16;
    [&length.to_be_bytes()[..], &version.to_be_bytes(), parameters].concat()
}

/// A gRPC call without a message. Ambassador only uses HTTP/2 for upstreams with `grpc: true`, and
/// gRPC servers reset the stream of any other request.
fn grpc(authority: &str, path: &str) -> Vec<u8> {
    // HPACK: `:method POST` and `:scheme https` from the static table, the rest as literals.
    let mut block = vec![0x83, 0x87];
    for (index, value) in [(4_u8, path), (1, authority), (31, "application/grpc"), (58, USER_AGENT)]
    {
        literal_name(&mut block, index);
        literal(&mut block, value);
    }
    block.push(0);
    literal(&mut block, "te");
    literal(&mut block, "trailers");
    let mut bytes = PREFACE.to_vec();
    frame(&mut bytes, SETTINGS, 0, 0, &[]);
    frame(&mut bytes, HEADERS, WHOLE, 1, &block);
    bytes
}

/// A literal without indexing has a 4-bit index, continued if it is 15.
fn literal_name(block: &mut Vec<u8>, index: u8) {
    match index {
        0..15 => block.push(index),
        _ => block.extend([0x0f, index - 15]),
    }
}

/// A literal string; lengths from 127 on continue in seven bits per byte (RFC 7541, 5.1).
fn literal(block: &mut Vec<u8>, value: &str) {
    // A frame has at most 16 KB; a longer path is truncated to keep the framing valid.
    let value = &value.as_bytes()[..value.len().min(4096)];
    match value.len() {
        length @ 0..127 => block.push(length as u8),
        length => {
            block.push(127);
            let mut rest = length - 127;
            while rest >= 128 {
                block.push((rest % 128) as u8 | 0x80);
                rest /= 128;
            }
            block.push(rest as u8);
        }
    }
    block.extend_from_slice(value);
}

fn frame(bytes: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    bytes.extend_from_slice(&(payload.len() as u32).to_be_bytes()[1..]);
    bytes.extend([kind, flags]);
    bytes.extend_from_slice(&stream.to_be_bytes());
    bytes.extend_from_slice(payload);
}
