//! Paths of fields, interned: thousands of documents have the same fields.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use smol_str::SmolStr;

/// How many paths a thread remembers; documents with more fields repeat few of them.
const MOST_KNOWN: usize = 4096;

thread_local! {
    static KNOWN: RefCell<HashSet<FieldPath>> = RefCell::default();
}

/// The path of a field in its document: `spec.tls`, `spec.hosts[1]`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Arc<SmolStr>);

impl From<&str> for FieldPath {
    fn from(path: &str) -> Self {
        KNOWN.with_borrow_mut(|known| {
            if let Some(known) = known.get(path) {
                return known.clone();
            }
            if known.len() == MOST_KNOWN {
                known.clear();
            }
            let new = Self(Arc::new(path.into()));
            known.insert(new.clone());
            new
        })
    }
}

impl Deref for FieldPath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for FieldPath {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for FieldPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, out)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self)
    }
}
