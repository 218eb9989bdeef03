//! Other client certificates in the input that a server might accept.

use crate::cert::Chain;
use crate::world::World;

/// Keys under which meshes and Kubernetes store a chain and its private key.
const PAIRS: [(&str, &str); 2] = [("tls.crt", "tls.key"), ("cert-chain.pem", "key.pem")];

/// A Secret in the input with a certificate and a key.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// `NAME.NAMESPACE`.
    pub secret: String,
    /// The encoded issuers in its chain.
    issuers: Vec<Vec<u8>>,
}

impl Alternative {
    /// All of them, in input order.
    pub(crate) fn of(world: &World) -> Vec<Self> {
        let secrets = world.resources.secrets.iter();
        secrets
            .filter_map(|secret| {
                let held = PAIRS.iter().find(|(_, key)| secret.entry(key).is_some());
                let chain = Chain::from_pem(&secret.entry(held?.0)?.bytes()?);
                let issuers =
                    chain.certificates().iter().map(|one| one.raw_issuer().to_vec()).collect();
                let object = &secret.object;
                Some(Self {
                    secret: format!("{}.{}", object.name.value, object.namespace()),
                    issuers,
                })
            })
            .collect()
    }

    /// Whether one of these CAs issued it.
    pub(crate) fn fits(&self, authorities: &[Vec<u8>]) -> bool {
        self.issuers.iter().any(|issuer| authorities.contains(issuer))
    }
}
