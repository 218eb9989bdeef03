//! Upstream names on the command line, and the errors for words that match none or too many.

use std::collections::HashSet;
use std::path::Path;

use crate::diagnostic::{ObjectName, nearest};
use crate::failure::Failure;
use crate::world::{Named, World};

/// The Mappings that words match, per world; each word must match in at least one world.
///
/// # Errors
/// A word that matches nothing anywhere, unless `otherwise` knows it in that world, or part of
/// several names.
pub(crate) fn named(
    worlds: &[(String, World)],
    words: &[String],
    otherwise: impl Fn(&World, &str) -> bool,
) -> Result<Vec<HashSet<usize>>, Failure> {
    let mut named = vec![HashSet::new(); worlds.len()];
    for word in words {
        let mut means = false;
        for ((_, world), mappings) in worlds.iter().zip(&mut named) {
            match world.named(word) {
                Named::Upstreams(found) => {
                    means = true;
                    mappings.extend(found.into_iter().map(|upstream| upstream.mapping));
                }
                _ if otherwise(world, word) => means = true,
                Named::Several(names) => return Err(ambiguous(word, &names)),
                Named::Nothing => {}
            }
        }
        if let (false, Some((_, world))) = (means, worlds.first()) {
            return Err(unknown(world, word, ""));
        }
    }
    Ok(named)
}

/// The failure for an ambiguous word.
pub(crate) fn ambiguous(word: &str, names: &[ObjectName]) -> Failure {
    let listed =
        names.iter().take(12).map(|object| format!("{}/{}", object.namespace, object.name));
    let mut listed = listed.collect::<Vec<_>>().join(", ");
    if names.len() > 12 {
        listed += ", …";
    }
    Failure::Usage {
        message: format!("`{word}` matches {} upstreams", names.len()),
        hint: format!("use one of: {listed}"),
    }
}

/// The failure for a word that matches nothing; `place` is a sentence about other ways to give a
/// target.
pub(crate) fn unknown(world: &World, word: &str, place: &str) -> Failure {
    let names = world.upstreams.iter().map(|upstream| world.mapping(upstream).object.name.as_str());
    let known: Vec<&str> = names.clone().take(12).collect();
    let hint = match nearest(word, names) {
        _ if is_path(word) => format!("that is a path; pass manifests with -f: `-f {word}`"),
        Some(near) => format!("did you mean `{near}`?{place}"),
        None if known.is_empty() => format!("the input has no Mappings{place}"),
        None => format!("the input has: {}", known.join(", ")),
    };
    Failure::Usage { message: format!("no upstream matches `{word}`"), hint }
}

/// Whether a word is a path rather than a name.
fn is_path(word: &str) -> bool {
    Path::new(word).exists()
}
