//! Two key shares in a ClientHello, as BoringSSL sends them: one classical, one post-quantum.
//!
//! rustls sends the share of its first group, and a second one if that group is a hybrid whose
//! classical half is also offered. BoringSSL takes the first group and the first one of the other
//! kind (`ssl_setup_key_shares`). So a group defined here claims that the other one is its half.

use std::sync::LazyLock;

use rustls::crypto::{ActiveKeyExchange, SharedSecret, SupportedKxGroup};
use rustls::{Error, NamedGroup, ProtocolVersion};

use super::suite::{CLASSICAL, POST_QUANTUM};

/// A group that also sends the share of another one.
#[derive(Debug)]
struct Both {
    first: &'static dyn SupportedKxGroup,
    second: &'static dyn SupportedKxGroup,
}

// There are few pairs, and rustls requires static groups.
static PAIRS: LazyLock<Vec<Both>> = LazyLock::new(|| {
    let pairs = CLASSICAL.into_iter().flat_map(|classical| {
        [(classical, POST_QUANTUM), (POST_QUANTUM, classical)]
            .map(|(first, second)| Both { first, second })
    });
    pairs.collect()
});

/// The same groups; the first one sends two shares if BoringSSL would.
pub(crate) fn with_second_share(
    groups: Vec<&'static dyn SupportedKxGroup>,
) -> Vec<&'static dyn SupportedKxGroup> {
    let is_new = |group: &&'static dyn SupportedKxGroup| group.name() == POST_QUANTUM.name();
    let Some(first) = groups.first() else { return groups };
    let second = groups.iter().find(|group| is_new(group) != is_new(first));
    let pair = second.and_then(|second| {
        let fits =
            |pair: &&Both| pair.first.name() == first.name() && pair.second.name() == second.name();
        PAIRS.iter().find(fits)
    });
    let Some(pair) = pair else { return groups };
    let mut groups = groups;
    groups[0] = pair;
    groups
}

impl SupportedKxGroup for Both {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        Ok(Box::new(Started { first: self.first.start()?, second: self.second.start()? }))
    }

    fn name(&self) -> NamedGroup {
        self.first.name()
    }

    fn usable_for_version(&self, version: ProtocolVersion) -> bool {
        self.first.usable_for_version(version)
    }
}

struct Started {
    first: Box<dyn ActiveKeyExchange>,
    second: Box<dyn ActiveKeyExchange>,
}

impl ActiveKeyExchange for Started {
    fn complete(self: Box<Self>, peer_pub_key: &[u8]) -> Result<SharedSecret, Error> {
        self.first.complete(peer_pub_key)
    }

    fn hybrid_component(&self) -> Option<(NamedGroup, &[u8])> {
        Some((self.second.group(), self.second.pub_key()))
    }

    fn complete_hybrid_component(
        self: Box<Self>,
        peer_pub_key: &[u8],
    ) -> Result<SharedSecret, Error> {
        self.second.complete(peer_pub_key)
    }

    fn pub_key(&self) -> &[u8] {
        self.first.pub_key()
    }

    fn group(&self) -> NamedGroup {
        self.first.group()
    }
}
