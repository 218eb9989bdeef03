//! A context that a Mapping names but does not get.

use crate::world::{BadContext, ContextState, Reference, Upstream, World};

/// The context, and why Ambassador does not use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The name in `tls:`.
    pub name: String,
    /// Why it is not used, as a lower-case sentence without a full stop.
    pub why: String,
    /// The next step, in the same form.
    pub next: String,
}

impl Missed {
    /// The context missed by the first of these upstreams with a bad reference.
    pub(crate) fn of(world: &World, upstreams: &[&Upstream]) -> Option<Self> {
        upstreams.iter().find_map(|upstream| {
            let Reference::Bad { name, why } = &upstream.reference else { return None };
            let (why, next) = match why {
                BadContext::Undefined => {
                    let next = format!("define TLSContext `{name}`, or name another one in `tls:`");
                    (format!("context `{name}` is not defined"), next)
                }
                BadContext::Broken(id) => {
                    let context = world.context(*id);
                    let what = match context.state {
                        ContextState::Gone => "drops context",
                        ContextState::Good | ContextState::Errored => "does not use context",
                    };
                    let words = context.messages().join("; ");
                    let colon = if words.is_empty() { "" } else { ": " };
                    let next = format!("fix context `{name}`, or name another one in `tls:`");
                    (format!("Ambassador {what} `{name}`{colon}{words}"), next)
                }
            };
            Some(Self { name: name.clone(), why, next })
        })
    }
}
