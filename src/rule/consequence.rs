//! Sentences and questions that several rules share.

use crate::resource::Object;
use crate::world::{Effective, Filing, Upstream, World};

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

/// The object of an index of one kind.
type ObjectAt<'w> = Box<dyn Fn(usize) -> &'w Object + 'w>;

/// How the objects of each kind were filed, with a way from their indices to the objects.
pub(super) fn filings(world: &World) -> [(Filing<'_>, ObjectAt<'_>); 4] {
    let all = &world.resources;
    [
        (world.filed_contexts(), Box::new(|index| &all.contexts[index].object)),
        (world.filed_mappings(), Box::new(|index| &all.mappings[index].object)),
        (world.filed_hosts(), Box::new(|index| &all.hosts[index].object)),
        (world.filed_modules(), Box::new(|index| &all.modules[index].object)),
    ]
}
