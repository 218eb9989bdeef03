//! The input of Envoy's loading code: CA files, CRL files and key pairs.

use crate::cert::pem::{Block, FaultKind, PemFile, PemItem, PemLabel, scan};
use crate::envoy::EnvoyVersion;

/// A file or Secret entry as Envoy receives it.
#[derive(Debug, Clone, Copy)]
pub struct PemSource<'a> {
    /// Its name in messages: a path.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> PemSource<'a> {
    /// Bytes with a name.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes }
    }
}

/// Reads blocks in order, as BoringSSL's loops do, until the text ends or a fault occurs.
pub(crate) struct Blocks {
    items: std::vec::IntoIter<PemItem>,
    version: EnvoyVersion,
}

/// BoringSSL cannot read the text as PEM, with its reason.
#[derive(Debug)]
pub(crate) struct Broken(pub(crate) &'static str);

impl Broken {
    const END_LINE: Self = Self("BAD_END_LINE");

    fn of(fault: FaultKind) -> Self {
        match fault {
            FaultKind::BadBase64 => Self("BAD_BASE64_DECODE"),
            FaultKind::Empty => Self("NO_DATA"),
            _ => Self::END_LINE,
        }
    }
}

impl Blocks {
    pub(crate) fn of(bytes: &[u8], version: EnvoyVersion) -> Self {
        let PemFile { items } = scan(bytes);
        Self { items: items.into_iter(), version }
    }

    /// The next block with the label `wanted`; other blocks are skipped but must be well-formed.
    pub(crate) fn next(
        &mut self,
        wanted: impl Fn(&PemLabel) -> bool,
    ) -> Result<Option<Block>, Broken> {
        for item in self.items.by_ref() {
            match item {
                PemItem::Fault(fault) if fault.is_fatal() => return Err(Broken::of(fault.kind)),
                PemItem::Fault(_) => {}
                PemItem::Block(block)
                    if block.is_bad_after_blank
                        || block.is_ragged_after_blank && !self.version.allows_blank_lines() =>
                {
                    return Err(Broken::END_LINE);
                }
                PemItem::Block(block) if !wanted(&block.label) => {}
                PemItem::Block(block) => {
                    if block.has_blank_line {
                        return Err(Broken("NOT_PROC_TYPE"));
                    }
                    if let Some(reason) = block.header_fault() {
                        return Err(Broken(reason));
                    }
                    return Ok(Some(block));
                }
            }
        }
        Ok(None)
    }
}
