//! Messages of the protocol on a stream of bytes.

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;

use lsp_server::Message;
use serde_json::{Value, json};

/// The longest message that is taken, in bytes.
const MAX_MESSAGE: u64 = 256 << 20;

/// The longest line of a message's head, in bytes.
const MAX_HEAD_LINE: u64 = 8 << 10;

/// What a stream gives.
#[derive(Debug)]
pub(super) enum Frame {
    /// A message.
    Message(Message),
    /// A body of the length that its head says, and nothing that the protocol knows.
    Garbled,
    /// Its end; or a head after which nobody knows where the next message begins.
    End,
}

/// Something that happened.
#[derive(Debug)]
pub(super) enum Heard {
    /// The editor says something.
    Message(Message),
    /// The editor says something that nobody understands.
    Garbled,
    /// Files changed on the disk.
    Changed(Vec<PathBuf>),
    /// The editor went away.
    End,
}

/// Reads the next message. `lsp_server` has such a function; this one repeats no text of a manifest
/// in errors, and sets aside no memory for lengths that cannot be meant.
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
/// Those of the stream.
pub(super) fn write(output: &mut dyn Write, message: &Message) -> io::Result<()> {
    message.write(&mut &mut *output)
}

/// Answers what was garbled: whoever sent it finds no number of its own in it.
///
/// # Errors
/// Those of the stream.
pub(super) fn refuse(output: &mut dyn Write) -> io::Result<()> {
    let error = json!({ "code": -32700, "message": "this is no message of the protocol" });
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
