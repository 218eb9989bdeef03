//! Worlds from the configuration.

use std::path::Path;
use std::sync::Arc;

use crate::document::Located;
use crate::lint::config::ConfigFile;
use crate::source::PathGlobs;
use crate::world::{Settings, World};

use super::plan::WorldPlan;

/// The worlds of a configuration that have a text in this input; texts that match none of them
/// belong to all.
pub(super) fn divide(whole: &World, config: Option<&ConfigFile>) -> Option<Vec<WorldPlan>> {
    let file = config?;
    let worlds = &file.config.worlds;
    let globs = worlds.iter().map(|world| {
        let globs: Vec<String> =
            world.value.paths.value.iter().map(|glob| glob.0.0.clone()).collect();
        PathGlobs::new(&file.folder, &globs).ok()
    });
    let globs: Vec<Option<PathGlobs>> = globs.collect();
    let covers = |globs: &Option<PathGlobs>, path: &str| {
        globs.as_ref().is_some_and(|globs| globs.cover(Path::new(path), false))
    };
    let mut texts = vec![Vec::new(); worlds.len()];
    let mut own = vec![false; worlds.len()];
    for source in whole.sources.iter() {
        let path = source.path_in_tree();
        let named: Vec<bool> = globs.iter().map(|globs| covers(globs, &path)).collect();
        let shared = !named.contains(&true);
        for (at, named) in named.into_iter().enumerate() {
            own[at] |= named;
            if named || shared {
                texts[at].push(source.id);
            }
        }
    }
    let plans = worlds.iter().zip(texts).zip(own).filter(|(_, own)| *own);
    let plans: Vec<WorldPlan> = plans
        .map(|((said, texts), _)| {
            let settings = Settings {
                ambassador_id: own_or(
                    said.value.ambassador_id.as_ref(),
                    &whole.settings.ambassador_id,
                ),
                ambassador_namespace: own_or(
                    said.value.ambassador_namespace.as_ref(),
                    &whole.settings.ambassador_namespace,
                ),
                ..whole.settings.clone()
            };
            let texts = Arc::new(whole.sources.only(texts));
            WorldPlan { name: said.value.name.value.clone(), aliases: Vec::new(), texts, settings }
        })
        .collect();
    (!plans.is_empty()).then_some(plans)
}

/// A world's settings, unless the command line sets them.
fn own_or(own: Option<&Located<String>>, call: &Option<String>) -> Option<String> {
    call.clone().or_else(|| own.map(|own| own.value.clone()))
}
