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
    /// How many lines are missing up to here, with those of the cuts before; less than none where a
    /// program put lines in or in another order.
    pub(super) missing: i64,
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

    /// The places in a text at which the lines that its own stand for do not follow each other.
    pub(super) fn cuts_of(text: &str, lines: &[u32]) -> Vec<Cut> {
        let mut cuts: Vec<Cut> = Vec::new();
        let mut at = 0;
        for ((number, &line), own) in (1_i64..).zip(lines).zip(text.split_inclusive('\n')) {
            let missing = i64::from(line) - number;
            if cuts.last().map_or(0, |cut| cut.missing) != missing {
                cuts.push(Cut { at, missing });
            }
            at += own.len() as u32;
        }
        cuts
    }

    /// Appends lines that are kept.
    pub fn keep(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// Leaves lines out that stand here.
    pub fn cut(&mut self, lines: &str) {
        let missing = self.cuts.last().map_or(0, |cut| cut.missing);
        let lines = memchr::memchr_iter(b'\n', lines.as_bytes()).count() as i64;
        self.cuts.push(Cut { at: self.text.len() as u32, missing: missing + lines });
    }
}
