//! One side of a comparison: a world, and an upstream in it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::envoy::EnvoyVerdict;
use crate::world::{ContextId, Upstream, World};

use super::revocation::{self, Revocation};
use super::validity::{self, Phases};
use super::verdict;

/// One side of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct JudgedSide<'w> {
    /// Its world.
    pub world: &'w World,
    /// What `lint` finds in it.
    pub findings: &'w [Diagnostic],
    /// Where its files are; the same file of the other side is at the same path below its own root.
    pub root: &'w str,
}

/// An upstream in its world.
#[derive(Clone, Copy)]
pub(super) struct Side<'w> {
    pub(super) world: &'w World,
    pub(super) upstream: &'w Upstream,
    pub(super) known: &'w Known,
}

/// What is found out of a context's certificates once, and asked for each of its upstreams.
#[derive(Default)]
pub(super) struct Known {
    verdicts: Memo<Option<EnvoyVerdict>>,
    phases: Memo<Phases>,
    revocations: Memo<Revocation>,
}

type Memo<T> = RefCell<HashMap<ContextId, Rc<T>>>;

fn once<T>(memo: &Memo<T>, id: ContextId, make: impl FnOnce() -> T) -> Rc<T> {
    if let Some(known) = memo.borrow().get(&id) {
        return Rc::clone(known);
    }
    let made = Rc::new(make());
    memo.borrow_mut().insert(id, Rc::clone(&made));
    made
}

impl Side<'_> {
    /// What an Envoy that trusts the same CAs says to the client certificate.
    pub(super) fn verdict(self) -> Option<EnvoyVerdict> {
        let id = self.world.context_used(self.upstream)?;
        let found = once(&self.known.verdicts, id, || verdict::of(self.world, id));
        Option::clone(&found)
    }

    /// How its certificates stand at the moment in question.
    pub(super) fn phases(self) -> Rc<Phases> {
        match self.world.context_used(self.upstream) {
            Some(id) => once(&self.known.phases, id, || validity::of(self.world, id)),
            None => Rc::default(),
        }
    }

    /// What its revocation lists say.
    pub(super) fn revocation(self) -> Rc<Revocation> {
        match self.world.context_used(self.upstream) {
            Some(id) => once(&self.known.revocations, id, || revocation::of(self.world, id)),
            None => Rc::default(),
        }
    }
}
