//! What is held: the last leaf and roots that were heard of, and the last pair that was sound.

use time::OffsetDateTime;

use crate::consul::agent::Leaf;
use crate::consul::agent::Roots;
use crate::consul::agent::Seen;
use crate::consul::pair::Pair;
use crate::consul::pair::Unsound;

/// The state between the two watchers and the sinks.
#[derive(Debug, Default)]
pub(crate) struct Holding {
    leaf: Option<Leaf>,
    roots: Option<Roots>,
    pair: Option<Pair>,
}

/// What joining came to.
#[derive(Debug)]
pub(crate) enum Joined {
    /// One of both is not there yet.
    Incomplete,
    /// A pair, perhaps the same as before.
    Sound,
    /// The two do not fit; what was held before still is.
    Unsound(Unsound),
    /// They fit, but what is held is vouched for by a newer root.
    Worse,
}

impl Holding {
    /// Takes note of what was seen.
    pub(crate) fn note(&mut self, seen: Seen) {
        match seen {
            Seen::Leaf(leaf) => self.leaf = Some(*leaf),
            Seen::Roots(roots) => self.roots = Some(roots),
        }
    }

    /// Joins the two as of `now`.
    pub(crate) fn join(&mut self, now: OffsetDateTime) -> Joined {
        let (Some(leaf), Some(roots)) = (&self.leaf, &self.roots) else {
            return Joined::Incomplete;
        };
        let joined = match Pair::join(leaf, roots, now) {
            Ok(joined) => joined,
            Err(why) => return Joined::Unsound(why),
        };
        let held = self.pair.as_ref().and_then(|held| {
            let facts = held.facts_under(roots, now).ok()?;
            Some(facts.by_active_root && facts.uri == joined.facts.uri)
        });
        if held == Some(true) && !joined.facts.by_active_root {
            return Joined::Worse;
        }
        self.pair = Some(joined);
        Joined::Sound
    }

    /// The last sound pair.
    pub(crate) fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref()
    }
}
