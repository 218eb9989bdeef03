//! The last leaf certificate and roots received, and the last valid pair.

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

/// The result of joining.
#[derive(Debug)]
pub(crate) enum Joined {
    /// The leaf certificate or the roots are still missing.
    Incomplete,
    /// There is a valid pair, perhaps the same as before.
    Sound,
    /// They do not match; the previous pair is kept.
    Unsound(Unsound),
    /// They match, but the previous pair was issued by a newer root.
    Worse,
}

impl Holding {
    /// Stores a watcher's result.
    pub(crate) fn note(&mut self, seen: Seen) {
        match seen {
            Seen::Leaf(leaf) => self.leaf = Some(*leaf),
            Seen::Roots(roots) => self.roots = Some(roots),
        }
    }

    /// Joins the two, verified at `now`.
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

    /// The last valid pair.
    pub(crate) fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref()
    }
}
