//! What is wrong with a PEM text, with the line.

/// A fault of a PEM text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1.
    pub line: usize,
    /// The kind of fault.
    pub kind: FaultKind,
}

impl Fault {
    /// Whether BoringSSL stops here and rejects the text. Otherwise it overlooks something.
    pub fn is_fatal(&self) -> bool {
        matches!(
            self.kind,
            FaultKind::EndMissing
                | FaultKind::EndDiffers
                | FaultKind::EndAndBeginGlued
                | FaultKind::BadBase64
                | FaultKind::Empty
        )
    }
}

/// The kinds of faults, with the messages for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("a byte order mark before `-----BEGIN` makes BoringSSL miss the block")]
    ByteOrderMark,
    #[error("`-----BEGIN` is indented, so BoringSSL misses the block")]
    Indented,
    #[error("`-----BEGIN` is not at the start of a line, so BoringSSL misses the block")]
    BeginInsideLine,
    #[error("`-----END` and the next `-----BEGIN` are on one line")]
    EndAndBeginGlued,
    #[error("the block has no `-----END` line")]
    EndMissing,
    #[error("`-----END` does not match `-----BEGIN`")]
    EndDiffers,
    #[error("the base64 is not valid")]
    BadBase64,
    #[error("the block is empty")]
    Empty,
    #[error(
        "there is a blank line inside the base64; Envoy treats the lines before it as a header"
    )]
    BlankLine,
    #[error("there are blank lines inside the block; Envoy up to 1.38 rejects that")]
    BlankLines,
    #[error("newlines are written as the two characters `\\n`")]
    LiteralNewlines,
    #[error("newlines were replaced by spaces")]
    NewlinesLost,
    #[error("lines end in a bare carriage return")]
    CarriageReturns,
    #[error("this is base64 of a PEM text: it was encoded twice")]
    EncodedTwice,
    #[error("this is DER, not PEM")]
    Der,
    #[error("this is base64 without `-----BEGIN` and `-----END` lines")]
    BareBase64,
}
