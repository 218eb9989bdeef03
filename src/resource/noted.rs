//! Values that note that somebody looked at them, so that what was made without them can be kept
//! when they change.

use std::cell::Cell;
use std::ops::{BitOr, Deref, DerefMut};

thread_local! {
    static SEEN: Cell<Looks> = const { Cell::new(Looks(0)) };
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks(u8);

/// Mappings and their kin, and everything that is made of them: upstreams, clusters, what keeps a
/// configuration from taking effect.
const TRAFFIC: u8 = 1;

/// The texts themselves.
const TEXTS: u8 = 2;

impl Looks {
    /// At Mappings, or what is made of them.
    pub const TRAFFIC: Self = Self(TRAFFIC);
    /// At texts.
    pub const TEXTS: Self = Self(TEXTS);
    /// At all contexts, of which traffic may add one.
    pub const ALL_CONTEXTS: Self = Self(4);

    /// Whether these are among them.
    pub fn hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// What was looked at besides these.
    #[must_use]
    pub fn besides(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Notes them for whoever is watching.
    pub fn note(self) {
        SEEN.set(SEEN.get() | self);
    }

    /// What was looked at since [`Self::of`] began, on this thread.
    pub fn seen() -> Self {
        SEEN.get()
    }

    /// Does something that stays on this thread, and says what it looked at.
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

/// A value that notes each look at it as one at a part of the world.
#[derive(Debug, Clone, Default)]
pub struct Noted<T, const PART: u8>(T);

/// A value that is part of the traffic.
pub type OfTraffic<T> = Noted<T, TRAFFIC>;

/// A value that leads to the texts.
pub type OfTexts<T> = Noted<T, TEXTS>;

impl<T, const PART: u8> Noted<T, PART> {
    /// The value, for what is made once for all and noted where it is used.
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

/// Whoever may change a value does not go by it.
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
    fn looks_are_noted_for_those_that_watch_and_for_those_around_them() {
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
