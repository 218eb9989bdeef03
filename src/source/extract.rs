//! The part of a text that is kept in memory, with the lines of the whole counted.

/// A text without some of its lines.
#[derive(Debug, Default)]
pub struct Extract {
    /// What is left, whole lines one after the other.
    pub(super) text: String,
    pub(super) cuts: Vec<Cut>,
    /// What is known of the rest.
    pub passed_over: PassedOver,
}

/// A place in a kept text where lines are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// The byte of the kept text before which they stood.
    pub(super) at: u32,
    /// How many lines are missing up to here, with those of the cuts before.
    pub(super) missing: u32,
}

/// What is known of documents that are not kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// How many there are.
    pub documents: usize,
    /// Whether one of them would matter if another file called for it.
    pub is_deferred: bool,
    /// Names of objects that are kept only where somebody asks for them.
    pub names: Vec<Box<str>>,
    /// Namespaces they name, each only once.
    pub namespaces: Vec<Box<str>>,
}

impl Extract {
    /// All of a text.
    pub fn whole(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// The same, in no more memory than it takes.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        self.text.shrink_to_fit();
        self
    }

    /// Appends lines that are kept.
    pub fn keep(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// Leaves lines out that stand here.
    pub fn cut(&mut self, lines: &str) {
        let missing = self.cuts.last().map_or(0, |cut| cut.missing);
        let lines = memchr::memchr_iter(b'\n', lines.as_bytes()).count() as u32;
        self.cuts.push(Cut { at: self.text.len() as u32, missing: missing + lines });
    }
}
