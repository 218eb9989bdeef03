//! The line reader.

use memchr::memchr;
use memchr::memmem;

use super::base64;
use super::block::{Block, PemLabel};
use super::explain::{bad_base64_line, blockless, is_prose};
use super::fault::{Fault, FaultKind};

/// BoringSSL reads at most this many bytes of a line at a time, and longer lines in pieces.
const LONGEST_PIECE: usize = 253;
/// Further blocks are ignored; such a file is not a bundle.
const MOST_BLOCKS: usize = 1_000_000;

/// An item of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PemItem {
    Block(Block),
    Fault(Fault),
}

/// A scanned text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PemFile {
    /// Blocks and faults in order.
    pub items: Vec<PemItem>,
}

impl PemFile {
    /// The blocks, including those after a fault at which BoringSSL stops.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.items.iter().filter_map(|item| match item {
            PemItem::Block(block) => Some(block),
            PemItem::Fault(_) => None,
        })
    }

    /// The faults.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.items.iter().filter_map(|item| match item {
            PemItem::Block(_) => None,
            PemItem::Fault(fault) => Some(fault),
        })
    }
}

/// Scans a text. Never fails: what cannot be read becomes a [`Fault`]. Time and memory are linear
/// in the size of the text.
pub fn scan(text: &[u8]) -> PemFile {
    let mut scanner = Scanner { text, at: 0, line: 1, file: PemFile::default() };
    scanner.run();
    if scanner.file.items.is_empty()
        && let Some((line, kind)) = blockless(text)
    {
        scanner.fault(line, kind);
    }
    scanner.file
}

/// A block before its `END`.
struct Open {
    label: String,
    start: usize,
    line: usize,
    /// The first blank line and the lines before it.
    head: Option<(usize, Vec<u8>)>,
    body: Vec<u8>,
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    /// The line of `at`.
    line: usize,
    file: PemFile,
}

/// A piece of a line: the contents of BoringSSL's buffer after it trims blanks.
struct Piece<'a> {
    start: usize,
    line: usize,
    trimmed: &'a [u8],
    /// Whether the piece starts a line.
    starts_line: bool,
    /// Whether the piece ends its line.
    ends_line: bool,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        let line = self.line;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let window = &rest[..rest.len().min(LONGEST_PIECE)];
        let length = memchr(b'\n', window).map_or(window.len(), |newline| {
            self.line += 1;
            newline + 1
        });
        self.at = start + length;
        let piece = &rest[..length];
        // Bytes above 127 are negative as C `char` and so are trimmed like blanks.
        let kept =
            piece.iter().rposition(|byte| (0x21..0x80).contains(byte)).map_or(0, |last| last + 1);
        let starts_line = start == 0 || self.text[start - 1] == b'\n';
        let ends_line = piece.ends_with(b"\n");
        Some(Piece { start, line, trimmed: &piece[..kept], starts_line, ends_line })
    }

    fn run(&mut self) {
        while let Some(piece) = self.next() {
            let label = piece
                .trimmed
                .strip_prefix(b"-----BEGIN ")
                .and_then(|rest| rest.strip_suffix(b"-----"));
            match label {
                Some(label) if self.file.items.len() < MOST_BLOCKS => {
                    let label = String::from_utf8_lossy(label).into_owned();
                    self.block(&label, piece.start, piece.line);
                }
                Some(_) => return,
                None => self.outside(&piece),
            }
        }
    }

    /// Checks a line outside blocks for a `BEGIN` that BoringSSL misses.
    fn outside(&mut self, piece: &Piece<'_>) {
        let Some(position) = memmem::find(piece.trimmed, b"-----BEGIN ") else {
            return;
        };
        let before = &piece.trimmed[..position];
        let kind = if memmem::find(piece.trimmed, b"\\n").is_some() {
            FaultKind::LiteralNewlines
        } else if memchr(b'\r', piece.trimmed).is_some() {
            FaultKind::CarriageReturns
        } else if before.is_empty() {
            if piece.trimmed.len() > b"-----BEGIN CERTIFICATE-----".len() + 40 {
                FaultKind::NewlinesLost
            } else {
                return;
            }
        } else if before == b"\xef\xbb\xbf" {
            FaultKind::ByteOrderMark
        } else if before.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
            FaultKind::Indented
        } else if before.contains(&b'-') && memmem::find(before, b"-----END ").is_some() {
            FaultKind::EndAndBeginGlued
        } else if piece.starts_line && is_prose(before) {
            // The text mentions PEM; that is not a fault.
            return;
        } else {
            FaultKind::BeginInsideLine
        };
        self.fault(piece.line, kind);
    }

    fn block(&mut self, label: &str, start: usize, line: usize) {
        let mut open = Open { label: label.to_owned(), start, line, head: None, body: Vec::new() };
        while let Some(piece) = self.next() {
            let trimmed = piece.trimmed;
            if let Some(end) = trimmed.strip_prefix(b"-----END ") {
                let after = end.strip_prefix(open.label.as_bytes()).unwrap_or(end);
                if after == b"-----" && end.len() > after.len() {
                    self.close(open, piece.line);
                    return;
                }
                let glued = after
                    .strip_prefix(b"----------BEGIN ")
                    .and_then(|rest| rest.strip_suffix(b"-----"));
                let Some(next) = glued else {
                    self.fault(piece.line, FaultKind::EndDiffers);
                    return;
                };
                // BoringSSL stops here; both blocks can still be described.
                self.fault(piece.line, FaultKind::EndAndBeginGlued);
                let label = String::from_utf8_lossy(next).into_owned();
                let next = Open {
                    label,
                    start: piece.start,
                    line: piece.line,
                    head: None,
                    body: Vec::new(),
                };
                self.close(std::mem::replace(&mut open, next), piece.line);
            } else if trimmed.starts_with(b"-----BEGIN ") && trimmed.ends_with(b"-----") {
                // BoringSSL would continue to the next `END` and fail there; the block that starts
                // here can still be described.
                self.fault(open.line, FaultKind::EndMissing);
                self.at = piece.start;
                self.line = piece.line;
                return;
            } else if trimmed.is_empty() && open.head.is_none() {
                open.head = Some((piece.line, std::mem::take(&mut open.body)));
            } else {
                open.body.extend_from_slice(trimmed);
                if piece.ends_line {
                    open.body.push(b'\n');
                }
            }
        }
        self.fault(open.line, FaultKind::EndMissing);
    }

    fn close(&mut self, open: Open, end_line: usize) {
        let decoded = |text: &[u8]| base64::decode(text).filter(|der| !der.is_empty());
        let has_head = open.head.is_some();
        let is_bad_after_blank = has_head && decoded(&open.body).is_none();
        let is_ragged_after_blank = has_head && is_ragged(&open.body);
        let above = open.head.as_ref().map_or(open.line, |(blank, _)| *blank);
        let (blank, head) = open.head.unwrap_or_default();
        let mut header = String::from_utf8_lossy(&head).into_owned();
        let mut has_blank_line = false;
        let der = if head.is_empty() || head.starts_with(b"Proc-Type:") {
            decoded(&open.body)
        } else if let Some(der) = decoded(&[head, open.body.clone()].concat()) {
            header.clear();
            has_blank_line = true;
            Some(der)
        } else {
            decoded(&open.body)
        };
        let Some(der) = der else {
            let empty = base64::decode(&open.body).is_some_and(|der| der.is_empty());
            let (line, kind) = if empty && header.is_empty() {
                (open.line, FaultKind::Empty)
            } else {
                (bad_base64_line(&open.body, above), FaultKind::BadBase64)
            };
            self.fault(line, kind);
            return;
        };
        if has_blank_line {
            self.fault(blank, FaultKind::BlankLine);
        } else if is_ragged_after_blank {
            self.fault(blank, FaultKind::BlankLines);
        }
        self.file.items.push(PemItem::Block(Block {
            label: PemLabel::read(&open.label),
            line: open.line,
            end_line,
            range: open.start..self.at,
            header,
            has_blank_line,
            is_bad_after_blank,
            is_ragged_after_blank,
            der,
        }));
    }

    fn fault(&mut self, line: usize, kind: FaultKind) {
        if self.file.items.len() < MOST_BLOCKS {
            self.file.items.push(PemItem::Fault(Fault { line, kind }));
        }
    }
}

/// Whether any line but the last differs from 64 characters, or the last one is longer.
fn is_ragged(body: &[u8]) -> bool {
    let body = body.strip_suffix(b"\n").unwrap_or(body);
    let mut lines = body.split(|byte| *byte == b'\n').rev();
    lines.next().is_some_and(|last| last.len() > 64) || lines.any(|line| line.len() != 64)
}
