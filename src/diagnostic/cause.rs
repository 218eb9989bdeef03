//! The common cause of several findings of a rule: reported once to people, and with each finding
//! to programs.

/// A cause, displayed as `20 TLSContexts name Secrets that are not in the input: a, b and 18 more`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The verb for one object and for several: `names`, `name`.
    pub verb: (&'static str, &'static str),
    /// The faulty object and its fault: `Secret \`shop/ca\`, which is not in the input`.
    pub one: String,
    /// Several such objects: `Secrets that are not in the input`. Findings with the same text are
    /// grouped.
    pub many: String,
    /// The name of the faulty object: `shop/ca`.
    pub thing: String,
    /// What to do about all of them.
    pub help: String,
}
