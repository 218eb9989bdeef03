//! Names of upstreams on the command line: which of them a word means.

use std::path::Path;

use crate::failure::Failure;
use crate::world::{Upstream, World};

/// Whether an upstream is meant by a name: its own, with or without the namespace, a part of it, or
/// the host of its service.
pub(crate) fn fits(world: &World, upstream: &Upstream, wanted: &str) -> bool {
    let object = &world.mapping(upstream).object;
    let name = object.name.as_str();
    let host = upstream.address.as_ref().map_or("", |address| address.host.as_str());
    name == wanted
        || format!("{}/{name}", object.namespace()) == wanted
        || host == wanted
        || name.contains(wanted)
}

/// The failure for a name that means none.
pub(crate) fn unknown(world: &World, wanted: &str) -> Failure {
    let names = world.upstreams.iter().map(|upstream| world.mapping(upstream).object.name.as_str());
    let known: Vec<&str> = names.clone().take(12).collect();
    let hint = match crate::diagnostic::nearest(wanted, names) {
        _ if is_path(wanted) => {
            format!("that is a path; manifests are named with -f: `-f {wanted}`")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "the input has no Mapping at all".to_owned(),
        None => format!("the input has: {}", known.join(", ")),
    };
    Failure::Usage { message: format!("no upstream is called `{wanted}`"), hint }
}

/// Whether a word is a path rather than a name.
pub(crate) fn is_path(word: &str) -> bool {
    Path::new(word).exists()
}
