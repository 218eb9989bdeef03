//! A TLS code of a line, and how it is written.

use crate::envoy::Decoded;

/// A code and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) decoded: Decoded,
    /// The name next to the number, if it is that of another code.
    pub(super) misnamed: Option<(String, Option<Decoded>)>,
    /// How it is written.
    pub(super) form: Form,
    /// Bytes of [`Cleaned::plain`].
    pub(super) span: (usize, usize),
}

/// The notation of a code, which shows what wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `268435581:SSL routines:OPENSSL_internal:…`, as Envoy and others with BoringSSL write it.
    BoringSsl,
    /// `error:0A000418:SSL routines::…`, or `SSL alert number 48`, as OpenSSL does.
    OpenSsl,
    /// A name among other words.
    Name,
    /// The code is the whole text.
    Alone,
}
