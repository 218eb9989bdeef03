//! Pairs the worlds of the two sides of a comparison.

use std::collections::HashSet;

use crate::console::Console;
use crate::failure::Failure;
use crate::lint::{Division, Session, SingleWorld};
use crate::source::{SourceId, Sources};
use crate::world::{Settings, World};

use super::WorldArgs;
use super::worlds::{no_such_world, tell_division};

/// A world before and after a change; its name is empty if there is only one.
#[derive(Debug)]
pub(crate) struct Pair {
    /// Its name.
    pub(crate) name: String,
    /// Before the change; without files if it is new.
    pub(crate) before: World,
    /// After the change; without files if it is gone.
    pub(crate) after: World,
}

/// The worlds of both sides by name, or only the requested one; prints why there are several.
///
/// # Errors
/// An unknown world, or a closed standard error.
pub(crate) fn pairs(
    args: &WorldArgs,
    before: &Session,
    after: &Session,
    console: &mut Console<'_>,
) -> Result<Vec<Pair>, Failure> {
    let ((old, old_division), (new, new_division)) = (before.apart(), after.apart());
    let (mut old, mut new) = match (old_division.is_some(), new_division.is_some()) {
        (true, false) => {
            let new = like(after, &old);
            (old, new)
        }
        (false, true) => (like(before, &new), new),
        _ => (old, new),
    };
    let division: Option<Division> = new_division.or(old_division);
    if let Some(word) = &args.world {
        let chosen = (SingleWorld::called(old, word), SingleWorld::called(new, word));
        (old, new) = match chosen {
            (Err(names), Err(others)) => {
                let names = if others.is_empty() { names } else { others };
                let names: Vec<String> =
                    names.into_iter().filter(|name| !name.is_empty()).collect();
                return Err(no_such_world(word, &names));
            }
            (one, other) => (one.into_iter().collect(), other.into_iter().collect()),
        };
    }
    let mut pairs = Vec::new();
    for part in new {
        let was = old.iter().position(|one| one.name == part.name);
        let was = was.or_else(|| alike(&old, &part.name));
        let before = match was {
            Some(at) => old.remove(at).world,
            None => nothing(before),
        };
        pairs.push(Pair { name: part.name, before, after: part.world });
    }
    for gone in old {
        pairs.push(Pair { name: gone.name, before: gone.world, after: nothing(after) });
    }
    if args.world.is_none() {
        let names = pairs.iter().map(|pair| pair.name.as_str());
        tell_division(names, division.as_ref(), console)?;
    }
    Ok(pairs)
}

/// The only world with the same last folder: the two sides may be in different folders.
fn alike(parts: &[SingleWorld], name: &str) -> Option<usize> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let mut found = (0..parts.len()).filter(|&at| last(&parts[at].name) == last(name));
    let at = found.next()?;
    found.next().is_none().then_some(at)
}

/// An empty world.
fn nothing(side: &Session) -> World {
    side.over(side.documents().sources().only(Vec::new())).world()
}

/// Splits a side that is one world as the other side is split: a file goes to the world that has it
/// on the other side, and to all worlds if none does.
fn like(side: &Session, others: &[SingleWorld]) -> Vec<SingleWorld> {
    let paths = |sources: &Sources| -> HashSet<String> {
        sources.iter().map(|source| source.path_in_tree().into_owned()).collect()
    };
    let own: Vec<HashSet<String>> =
        others.iter().map(|part| paths(part.session.documents().sources())).collect();
    let sources = side.documents().sources();
    let parts = others.iter().zip(&own).map(|(part, paths)| {
        let belongs =
            |path: &str| paths.contains(path) || !own.iter().any(|paths| paths.contains(path));
        let texts = sources.iter().filter(|source| belongs(&source.path_in_tree()));
        let texts: Vec<SourceId> = texts.map(|source| source.id).collect();
        let of_other = part.session.settings();
        let settings = Settings {
            ambassador_id: of_other.ambassador_id.clone(),
            ambassador_namespace: of_other.ambassador_namespace.clone(),
            horizon: of_other.horizon.clone(),
            ..side.settings().clone()
        };
        let mut session = side.over(sources.only(texts));
        session.set_settings(settings);
        let world = session.world();
        SingleWorld { name: part.name.clone(), aliases: part.aliases.clone(), session, world }
    });
    parts.collect()
}
