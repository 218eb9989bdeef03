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
    /// The root of its files; the same file on the other side has the same path below its root.
    pub root: &'w str,
}

/// An upstream in its world.
#[derive(Clone, Copy)]
pub(super) struct Side<'w> {
    pub(super) world: &'w World,
    pub(super) upstream: &'w Upstream,
    pub(super) known: &'w Known,
}

/// Facts about a context's certificates, computed once and used for each of its upstreams.
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
    /// Whether an Envoy that trusts the same CAs accepts the client certificate.
    pub(super) fn verdict(self) -> Option<EnvoyVerdict> {
        let id = self.world.context_used(self.upstream)?;
        let found = once(&self.known.verdicts, id, || verdict::of(self.world, id));
        Option::clone(&found)
    }

    /// The validity of its certificates at the given time.
    pub(super) fn phases(self) -> Rc<Phases> {
        match self.world.context_used(self.upstream) {
            Some(id) => once(&self.known.phases, id, || validity::of(self.world, id)),
            None => Rc::default(),
        }
    }

    /// Its revocation lists.
    pub(super) fn revocation(self) -> Rc<Revocation> {
        match self.world.context_used(self.upstream) {
            Some(id) => once(&self.known.revocations, id, || revocation::of(self.world, id)),
            None => Rc::default(),
        }
    }
}
