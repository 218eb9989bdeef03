//! Why a context leads to no handshake, by cause.

use crate::probe::hello::Misfit;

/// The part of a context, or of its surroundings, that is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextPart {
    /// Certificate and key.
    Pair,
    /// The CAs and revocation lists.
    Trust,
    /// `cipher_suites`
    CipherSuites,
    /// `ecdh_curves`
    Curves,
    /// `sni`
    ServerName,
    /// Anything that no flag overrides, such as the Mapping's `connect_timeout_ms`.
    Rest,
}

/// All causes, so that a flag that overrides one part only removes the fault of that part.
#[derive(Debug, Clone, Default)]
pub struct Misfits(Vec<(ContextPart, Misfit)>);

impl Misfits {
    /// Adds a cause.
    pub fn add(&mut self, part: ContextPart, misfit: Misfit) {
        self.0.push((part, misfit));
    }

    /// Removes the fault of an overridden part.
    pub fn remove(&mut self, part: ContextPart) {
        self.0.retain(|(other, _)| *other != part);
    }

    /// The worst cause: what Envoy rejects comes before what this probe cannot do.
    pub fn worst(&self) -> Option<&Misfit> {
        let mut all = self.0.iter().map(|(_, misfit)| misfit);
        let rejected = all.clone().find(|misfit| !matches!(misfit, Misfit::Beyond(_)));
        rejected.or_else(|| all.next())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_the_pair_keeps_a_refused_timeout() {
        let mut misfits = Misfits::default();
        misfits
            .add(ContextPart::Pair, Misfit::Beyond("the key is in a file of the pod".to_owned()));
        misfits.add(ContextPart::Rest, Misfit::ConfigRejected("connect_timeout".to_owned()));
        assert_eq!(misfits.worst(), Some(&Misfit::ConfigRejected("connect_timeout".to_owned())));
        misfits.remove(ContextPart::Pair);
        misfits.remove(ContextPart::Trust);
        assert!(!misfits.is_empty());
        misfits.remove(ContextPart::Rest);
        assert_eq!(misfits.worst(), None);
    }
}
