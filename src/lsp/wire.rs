//! Protocol messages on a byte stream.

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;

use lsp_server::Message;
use serde_json::{Value, json};

/// The maximum message length, in bytes.
const MAX_MESSAGE: u64 = 256 << 20;

/// The maximum length of a header line, in bytes.
const MAX_HEAD_LINE: u64 = 8 << 10;

/// An item from a stream.
#[derive(Debug)]
pub(super) enum Frame {
    /// A message.
    Message(Message),
    /// A body of the announced length that is not a valid message.
    Garbled,
    /// Its end; or an invalid header, after which the next message cannot be found.
    End,
}

/// An event.
#[derive(Debug)]
pub(super) enum Heard {
    /// A message from the editor.
    Message(Message),
    /// An invalid message from the editor.
    Garbled,
    /// Files changed on disk.
    Changed(Vec<PathBuf>),
    /// The editor disconnected.
    End,
}

/// Reads the next message. Unlike the function in `lsp_server`, this one never quotes a manifest in
/// errors, and does not allocate memory for implausible lengths.
pub(super) fn read(input: &mut impl BufRead) -> Frame {
    match body(input) {
        Some(body) => match serde_json::from_slice(&body) {
            Ok(message) => Frame::Message(message),
            Err(_) => Frame::Garbled,
        },
        None => Frame::End,
    }
}

fn body(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        Read::take(&mut *input, MAX_HEAD_LINE).read_until(b'\n', &mut line).ok()?;
        let line = str::from_utf8(&line).ok()?.strip_suffix('\n')?.trim_end_matches('\r');
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("Content-Length") {
            length =
                Some(value.trim().parse::<u64>().ok().filter(|&length| length <= MAX_MESSAGE)?);
        }
    }
    let length = length?;
    let mut body = Vec::new();
    Read::take(&mut *input, length).read_to_end(&mut body).ok()?;
    (body.len() as u64 == length).then_some(body)
}

/// Writes a message.
///
/// # Errors
/// Errors of the stream.
pub(super) fn write(output: &mut dyn Write, message: &Message) -> io::Result<()> {
    message.write(&mut &mut *output)
}

/// Answers an invalid message, without a request id.
///
/// # Errors
/// Errors of the stream.
pub(super) fn refuse(output: &mut dyn Write) -> io::Result<()> {
    let error = json!({ "code": -32700, "message": "not a valid protocol message" });
    let text = json!({ "jsonrpc": "2.0", "id": Value::Null, "error": error }).to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(mut bytes: &[u8]) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        loop {
            kinds.push(match read(&mut bytes) {
                Frame::Message(_) => "message",
                Frame::Garbled => "garbled",
                Frame::End => return kinds,
            });
        }
    }

    #[test]
    fn a_garbled_body_does_not_hide_the_next_message() {
        let good = "Content-Length: 17\r\n\r\n{\"method\":\"exit\"}";
        let typed = "content-length:17\r\nContent-Type: x\r\n\r\n{\"method\":\"exit\"}";
        assert_eq!(
            frames(format!("{good}Content-Length: 3\r\n\r\n{{x}}{typed}").as_bytes()),
            ["message", "garbled", "message"]
        );
    }

    #[test]
    fn a_head_that_says_no_length_ends_the_stream() {
        for head in [
            "x\r\n\r\n{}",
            "Content-Length: 99999999999999999999\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "\r\n",
        ] {
            assert!(frames(head.as_bytes()).is_empty(), "{head}");
        }
        assert!(frames(b"Content-Length: 1000000\r\n\r\n{").is_empty());
        assert!(frames(&vec![b'x'; 100_000]).is_empty());
    }
}
