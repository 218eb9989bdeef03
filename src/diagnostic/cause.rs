//! What several findings of a rule share: people are told of it once, programs each time.

/// A cause, told as `20 TLSContexts name Secrets that are not in the input: a, b and 18 more`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// What one object does, and what several do: `names`, `name`.
    pub verb: (&'static str, &'static str),
    /// The thing that is at fault, with what is wrong with it: `Secret \`shop/ca\`, which is not in the
    /// input`.
    pub one: String,
    /// Several such things: `Secrets that are not in the input`. Findings with the same words are told
    /// together.
    pub many: String,
    /// The thing by itself: `shop/ca`.
    pub thing: String,
    /// What to do about all of them.
    pub help: String,
}
