//! The index of a blocking query, by the rules of Consul's documentation ("Blocking Queries").

use std::time::Duration;

use super::agent::Wait;

/// The position of a watcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cursor(u64);

impl Cursor {
    /// The next query: immediate if there is no index, else until something is newer.
    pub(crate) fn wait(self, at_most: Duration) -> Wait {
        match self.0 {
            0 => Wait::No,
            than => Wait::Newer { than, at_most },
        }
    }

    /// The cursor after a response. If the index goes back, the agent's state was replaced, so the
    /// query starts over; an index that is missing or 0 must not cause a tight loop.
    pub(crate) fn after(self, answered: Option<u64>) -> Self {
        match answered {
            None | Some(0) => Self(1),
            Some(index) if index < self.0 => Self(0),
            Some(index) => Self(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_follows_the_rules_of_blocking_queries() {
        let start = Cursor::default();
        assert_eq!(start.wait(Duration::from_secs(1)), Wait::No);
        assert_eq!(start.after(Some(7)), Cursor(7));
        assert_eq!(Cursor(7).after(Some(7)), Cursor(7));
        assert_eq!(Cursor(7).after(Some(9)), Cursor(9));
        assert_eq!(Cursor(7).after(Some(3)), Cursor(0));
        assert_eq!(Cursor(7).after(Some(0)), Cursor(1));
        assert_eq!(Cursor(7).after(None), Cursor(1));
    }
}
