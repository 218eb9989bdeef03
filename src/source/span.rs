//! A byte range in a source.

/// The id of a source, as assigned by [`Sources`](super::Sources): in order of addition, not of
/// reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

impl SourceId {
    /// The number, for tables by id.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open byte range in a source. Ordered by id, which is stable but arbitrary; the order of
/// reports is [`Sources::order`](super::Sources::order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// A byte range in a source.
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end: end.max(start) }
    }

    /// The smallest range that covers both; `other` must be in the same source.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.source, self.start.min(other.start), self.end.max(other.end))
    }
}
