//! The request Envoy would send, and nothing else.

use crate::probe::hello::Codec;

/// HTTP/2's fixed opening.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: u8 = 4;
const HEADERS: u8 = 1;
/// END_STREAM and END_HEADERS.
const WHOLE: u8 = 0x5;

/// The bytes of a `GET /` in the pool's codec, whatever ALPN settled on; `None` where a TCPMapping
/// carries bytes we do not know.
pub(crate) fn bytes(codec: Codec, host: &str) -> Option<Vec<u8>> {
    match codec {
        Codec::Http1 => Some(
            format!(
                "GET / HTTP/1.1\r\nhost: {host}\r\nuser-agent: mtlsctl/{}\r\naccept: */*\r\n\
                 connection: close\r\n\r\n",
                env!("CARGO_PKG_VERSION")
            )
            .into_bytes(),
        ),
        Codec::Http2 => Some(http2(host)),
        Codec::Raw => None,
    }
}

fn http2(host: &str) -> Vec<u8> {
    // HPACK: `:method GET`, `:scheme https` and `:path /` from the static table, then `:authority`
    // and `user-agent` as plain literals.
    let mut block = vec![0x82, 0x87, 0x84];
    for (index, value) in [(1_u8, host), (58, concat!("mtlsctl/", env!("CARGO_PKG_VERSION")))] {
        // A literal without indexing names its header in four bits, with 15 as "and then some".
        match index {
            0..15 => block.push(index),
            _ => block.extend([0x0f, index - 15]),
        }
        // A host name is shorter than 127 bytes in all but name; cut rather than misframe.
        let value = &value.as_bytes()[..value.len().min(126)];
        block.push(value.len() as u8);
        block.extend_from_slice(value);
    }
    let mut bytes = PREFACE.to_vec();
    frame(&mut bytes, SETTINGS, 0, 0, &[]);
    frame(&mut bytes, HEADERS, WHOLE, 1, &block);
    bytes
}

fn frame(bytes: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    bytes.extend_from_slice(&(payload.len() as u32).to_be_bytes()[1..]);
    bytes.extend([kind, flags]);
    bytes.extend_from_slice(&stream.to_be_bytes());
    bytes.extend_from_slice(payload);
}
