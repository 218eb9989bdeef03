//! Reports of `running`.

mod json;
mod prom;
mod sarif;
mod table;
mod text;

pub use json::{json, schema};
pub use prom::prom;
pub use sarif::sarif;
pub use table::table;
pub use text::text;

use crate::running::Compared;
use crate::world::World;

/// The Mappings behind a cluster, as one word.
fn upstreams(world: &World, compared: &Compared) -> String {
    let users = &world.cluster(compared.cluster).upstreams;
    let first = users.first().map(|&user| {
        let object = world.mapping(&world.upstreams[user]).object.identity();
        format!("{}/{}", object.namespace, object.name)
    });
    match (first, users.len()) {
        (None, _) => "-".to_owned(),
        (Some(first), 0 | 1) => first,
        (Some(first), count) => format!("{first} (+{})", count - 1),
    }
}
