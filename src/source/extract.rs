//! The part of a text that is kept in memory, with the line numbers of the whole.

/// A text without some of its lines.
#[derive(Debug, Default)]
pub struct Extract {
    /// The remaining lines.
    pub(super) text: String,
    pub(super) cuts: Vec<Cut>,
    /// What is known about the rest.
    pub passed_over: PassedOver,
}

/// A place in a kept text where lines are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// The byte of the kept text before which they were.
    pub(super) at: u32,
    /// The number of lines missing up to here, including earlier cuts; negative if a program added
    /// or reordered lines.
    pub(super) missing: i64,
}

/// What is known about documents that are not kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Their number.
    pub documents: usize,
    /// Whether one of them would be relevant if another file called for it.
    pub is_deferred: bool,
    /// Names of objects that are kept only if another document names them.
    pub names: Vec<Box<str>>,
    /// Their distinct namespaces.
    pub namespaces: Vec<Box<str>>,
}

impl Extract {
    /// Keeps a whole text.
    pub fn whole(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Releases excess memory.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        self.text.shrink_to_fit();
        self
    }

    /// The places in a text where the line numbers of its lines are not consecutive.
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

    /// Appends lines to keep.
    pub fn keep(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// Leaves out the next lines.
    pub fn cut(&mut self, lines: &str) {
        let missing = self.cuts.last().map_or(0, |cut| cut.missing);
        let lines = memchr::memchr_iter(b'\n', lines.as_bytes()).count() as i64;
        self.cuts.push(Cut { at: self.text.len() as u32, missing: missing + lines });
    }
}
