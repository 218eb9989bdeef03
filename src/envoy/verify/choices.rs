//! Choices that depend on the unknown order of a large trust store, and a walk through all of them.

use std::cell::{Cell, RefCell};

/// Walks through a tree of choices, one path from the root to a leaf at a time.
///
/// The code under examination runs once for each path and calls [`Choices::take`] wherever it has
/// several options.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    /// The choice taken at each fork, and the number of options.
    taken: RefCell<Vec<(usize, usize)>>,
    /// The next fork of the current run.
    next: Cell<usize>,
}

impl Choices {
    /// The choice of this run among `count` (at least one) options at the next fork.
    pub(crate) fn take(&self, count: usize) -> usize {
        if count < 2 {
            return 0;
        }
        let next = self.next.replace(self.next.get() + 1);
        let mut taken = self.taken.borrow_mut();
        if let Some((choice, _)) = taken.get(next) {
            return *choice;
        }
        taken.push((0, count));
        0
    }

    /// Prepares the next run; false if all paths were taken.
    pub(crate) fn advance(&self) -> bool {
        self.next.set(0);
        let mut taken = self.taken.borrow_mut();
        while let Some((choice, count)) = taken.pop() {
            if choice + 1 < count {
                taken.push((choice + 1, count));
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn every_path_is_taken_once() {
        let choices = Choices::default();
        let mut ways = Vec::new();
        loop {
            let first = choices.take(3);
            // One of the branches has another fork.
            let second = if first == 1 { choices.take(2) } else { 0 };
            ways.push((first, second));
            if !choices.advance() {
                break;
            }
        }
        assert_eq!(ways, [(0, 0), (1, 0), (1, 1), (2, 0)]);
    }
}
