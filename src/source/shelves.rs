//! A long list whose clones share unchanged parts and can be compared quickly.

use std::ops::Index;
use std::sync::Arc;

/// How many values are copied when one changes.
const SHELF: usize = 128;

/// Shared values by index; cloning and finding changes since a clone are cheap.
#[derive(Debug)]
pub(crate) struct Shelves<T>(Vec<Arc<Vec<Arc<T>>>>);

impl<T> Clone for Shelves<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Shelves<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Shelves<T> {
    pub(crate) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * SHELF + last.len())
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Arc<T>> {
        self.0.get(at / SHELF)?.get(at % SHELF)
    }

    pub(crate) fn push(&mut self, value: Arc<T>) {
        match self.0.last_mut().filter(|last| last.len() < SHELF) {
            Some(last) => Arc::make_mut(last).push(value),
            None => self.0.push(Arc::new(vec![value])),
        }
    }

    /// Replaces a value.
    ///
    /// # Panics
    /// If the index is out of bounds.
    pub(crate) fn set(&mut self, at: usize, value: Arc<T>) {
        Arc::make_mut(&mut self.0[at / SHELF])[at % SHELF] = value;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.0.iter().flat_map(|shelf| shelf.iter())
    }

    /// The indices of values that differ from an earlier clone or were added.
    pub(crate) fn changed_since(&self, earlier: &Self) -> impl Iterator<Item = usize> {
        let shelves = self.0.iter().enumerate();
        let others = shelves.filter(move |(at, shelf)| {
            earlier.0.get(*at).is_none_or(|known| !Arc::ptr_eq(known, shelf))
        });
        let numbers = others.flat_map(|(at, shelf)| at * SHELF..at * SHELF + shelf.len());
        numbers.filter(move |&at| match (self.get(at), earlier.get(at)) {
            (Some(own), Some(known)) => !Arc::ptr_eq(own, known),
            _ => true,
        })
    }
}

impl<T> Index<usize> for Shelves<T> {
    type Output = Arc<T>;

    fn index(&self, at: usize) -> &Arc<T> {
        &self.0[at / SHELF][at % SHELF]
    }
}

impl<T> FromIterator<Arc<T>> for Shelves<T> {
    fn from_iter<I: IntoIterator<Item = Arc<T>>>(values: I) -> Self {
        let mut shelves = Self::default();
        values.into_iter().for_each(|value| shelves.push(value));
        shelves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_shows_what_changed_since() {
        let mut shelves: Shelves<usize> = (0..1_000).map(Arc::new).collect();
        let earlier = shelves.clone();
        shelves.set(0, Arc::new(7));
        shelves.set(999, Arc::new(8));
        shelves.push(Arc::new(9));
        let changed: Vec<usize> = shelves.changed_since(&earlier).collect();
        assert_eq!(changed, [0, 999, 1_000]);
        assert_eq!((shelves.len(), earlier.len()), (1_001, 1_000));
        assert_eq!(earlier.iter().map(|value| **value).sum::<usize>(), 499_500);
        assert_eq!(*shelves[999], 8);
    }
}
