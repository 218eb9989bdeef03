//! Objects of one kind; clones share the list until it changes.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Objects of one kind, in source order.
#[derive(Debug)]
pub struct List<T>(Arc<Vec<Arc<T>>>);

impl<T> List<T> {
    /// Whether both are the same list or hold the same allocations.
    pub fn is(&self, other: &Self) -> bool {
        let alike = || self.iter().zip(&**other).all(|(own, other)| Arc::ptr_eq(own, other));
        Arc::ptr_eq(&self.0, &other.0) || self.len() == other.len() && alike()
    }

    pub(super) fn push(&mut self, one: Arc<T>) {
        Arc::make_mut(&mut self.0).push(one);
    }

    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Arc<T>> {
        Arc::make_mut(&mut self.0).iter_mut()
    }

    /// Replaces a range of objects, unless that changes nothing.
    pub(super) fn splice(&mut self, range: Range<usize>, others: Self) {
        if !range.is_empty() || !others.is_empty() {
            Arc::make_mut(&mut self.0).splice(range, others.iter().cloned());
        }
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Deref for List<T> {
    type Target = [Arc<T>];

    fn deref(&self) -> &[Arc<T>] {
        &self.0
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l Arc<T>;
    type IntoIter = std::slice::Iter<'l, Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> FromIterator<Arc<T>> for List<T> {
    fn from_iter<I: IntoIterator<Item = Arc<T>>>(all: I) -> Self {
        Self(Arc::new(all.into_iter().collect()))
    }
}
