//! Sentences about what happens to traffic, which several rules say in the same words.

use crate::world::{Effective, Upstream, World};

/// What an upstream gets in place of the context it asked for.
pub(super) fn fallback(world: &World, upstream: &Upstream) -> String {
    let Some(effective) = world.effective(upstream) else {
        return "the Mapping is dropped, so nothing is sent".to_owned();
    };
    let cluster = upstream.cluster.map(|id| world.cluster(id));
    let place = match cluster.and_then(|cluster| cluster.host.as_deref().zip(cluster.port)) {
        Some((host, port)) => format!("`{host}:{port}`"),
        None => "the upstream".to_owned(),
    };
    match effective {
        Effective::Plaintext => format!("Ambassador goes on in plaintext to {place}"),
        Effective::Tls(_) => {
            format!(
                "Ambassador goes on with TLS to {place}, without a client certificate, and accepts any server"
            )
        }
        Effective::Mutual(id) => {
            let name = &world.context(id).name;
            format!("Ambassador goes on with the client certificate of `{name}` to {place}")
        }
    }
}

/// `1 Mapping`, `3 Mappings`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
