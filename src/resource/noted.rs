//! Values that record when they are read, so that results computed without them can be kept when
//! they change.

use std::cell::Cell;
use std::ops::{BitOr, Deref, DerefMut};

thread_local! {
    static SEEN: Cell<Looks> = const { Cell::new(Looks(0)) };
}

/// A set of parts of the world that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks(u8);

/// Mappings and related kinds, and everything derived from them: upstreams, clusters, freezes.
const TRAFFIC: u8 = 1;

/// The source texts.
const TEXTS: u8 = 2;

impl Looks {
    /// Mappings, or what is derived from them.
    pub const TRAFFIC: Self = Self(TRAFFIC);
    /// Texts.
    pub const TEXTS: Self = Self(TEXTS);
    /// The list of all contexts, to which traffic may add one.
    pub const ALL_CONTEXTS: Self = Self(4);

    /// Whether it includes all of `others`.
    pub fn hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// The set without `others`.
    #[must_use]
    pub fn besides(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Records these parts as read.
    pub fn note(self) {
        SEEN.set(SEEN.get() | self);
    }

    /// The parts read on this thread since [`Self::of`] began.
    pub fn seen() -> Self {
        SEEN.get()
    }

    /// Runs `work`, which must stay on this thread, and returns the parts that it read.
    pub fn of<R>(work: impl FnOnce() -> R) -> (R, Self) {
        let outer = SEEN.replace(Self::default());
        let result = work();
        let seen = SEEN.get();
        SEEN.set(outer | seen);
        (result, seen)
    }
}

impl BitOr for Looks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A value that records each access as a read of a part of the world.
#[derive(Debug, Clone, Default)]
pub struct Noted<T, const PART: u8>(T);

/// A value derived from traffic.
pub type OfTraffic<T> = Noted<T, TRAFFIC>;

/// A value derived from texts.
pub type OfTexts<T> = Noted<T, TEXTS>;

impl<T, const PART: u8> Noted<T, PART> {
    /// The value without recording the access, for results that are shared or recorded by their
    /// users.
    pub fn unnoted(&self) -> &T {
        &self.0
    }
}

impl<T, const PART: u8> From<T> for Noted<T, PART> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T, const PART: u8> Deref for Noted<T, PART> {
    type Target = T;

    fn deref(&self) -> &T {
        Looks(PART).note();
        &self.0
    }
}

/// Changing a value is not a read.
impl<T, const PART: u8> DerefMut for Noted<T, PART> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'n, T, const PART: u8> IntoIterator for &'n Noted<T, PART>
where
    &'n T: IntoIterator,
{
    type Item = <&'n T as IntoIterator>::Item;
    type IntoIter = <&'n T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_recorded_in_the_inner_and_the_outer_scope() {
        let (traffic, texts) = (OfTraffic::from(vec![1]), OfTexts::from("a"));
        let (inner, outer) = Looks::of(|| {
            let (_, inner) = Looks::of(|| traffic.iter().count());
            let _ = texts.unnoted().len();
            inner
        });
        assert_eq!((inner, outer), (Looks::TRAFFIC, Looks::TRAFFIC));
        assert!(Looks::of(|| texts.len()).1.hold(Looks::TEXTS));
        assert_eq!(Looks::of(|| ()).1, Looks::default());
    }
}
