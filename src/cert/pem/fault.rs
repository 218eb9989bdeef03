//! What is wrong with a PEM text, and on which line.

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line it shows on, from 1.
    pub line: usize,
    /// What it is.
    pub kind: FaultKind,
}

impl Fault {
    /// Whether BoringSSL stops here and refuses the text. The others make it overlook something.
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

/// The kinds of faults; the texts are what people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("there is a byte order mark before `-----BEGIN`, so BoringSSL does not see the block")]
    ByteOrderMark,
    #[error("`-----BEGIN` is indented, so BoringSSL does not see the block")]
    Indented,
    #[error("`-----BEGIN` is not at the start of a line, so BoringSSL does not see the block")]
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
    #[error("there is a blank line inside the base64; Envoy treats what is before it as a header")]
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
