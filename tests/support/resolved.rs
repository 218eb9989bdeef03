//! The JSON of `resolve` for a world, as a value.

use mtlsctl::report::resolve_json;
use mtlsctl::world::World;
use serde_json::Value;

/// All upstreams.
pub fn json(world: &World) -> Value {
    let mut text = Vec::new();
    resolve_json(world, |_| true, &mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}
