//! The worlds that an input falls into: environments side by side, and several Ambassadors.
//!
//! Each is judged by itself, with what all of them share.

mod ambassadors;
mod environments;
mod merge;
mod said;

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::ObjectName;
use crate::resource::Documents;
use crate::source::Sources;
use crate::world::{Settings, World};

use super::config::ConfigFile;

pub(super) use merge::merge;

/// One world of several.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How it is called: a folder, a name of the configuration, an Ambassador.
    pub name: String,
    /// What else it may be called: an Ambassador's id and namespace.
    pub aliases: Vec<String>,
    /// Its texts.
    pub texts: Arc<Sources>,
    /// How it is to be built.
    pub settings: Settings,
}

/// How it came that an input is several worlds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Division {
    /// The configuration says so.
    Said,
    /// Folders side by side define the same objects, this one among them.
    Folders(ObjectName),
    /// Several kustomizations build on the same files.
    Builds,
    /// Several Ambassadors run in it.
    Ambassadors,
}

/// The end of a sentence that begins with how many worlds there are.
impl fmt::Display for Division {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said => out.write_str("as the configuration says"),
            Self::Folders(object) => write!(
                out,
                "since each of these folders defines {object}; `worlds` in .mtlsctl.yaml settles it"
            ),
            Self::Builds => out.write_str(
                "since these kustomizations build on the same files; `worlds` in .mtlsctl.yaml \
                 settles it",
            ),
            Self::Ambassadors => out.write_str(
                "one for each Ambassador; --ambassador-id and --ambassador-namespace choose one",
            ),
        }
    }
}

/// The worlds of an input, and why they are several; `None` where it is one.
pub(super) fn divide(
    documents: &Documents,
    whole: &World,
    config: Option<&ConfigFile>,
) -> Option<(Vec<Plan>, Division)> {
    let divided = said::divide(whole, config)
        .map(|plans| (plans, Division::Said))
        .or_else(|| Some((environments::builds(documents, whole)?, Division::Builds)))
        .or_else(|| environments::folders(whole));
    let Some((plans, division)) = divided else {
        let plans = ambassadors::divide(whole, "")?;
        return Some((plans, Division::Ambassadors));
    };
    let each = plans.into_iter().flat_map(|mut plan| {
        plan.settings.horizon = plan.settings.horizon.of_part(&whole.resources);
        let world = World::of(documents, Arc::clone(&plan.texts), plan.settings.clone());
        ambassadors::divide(&world, &plan.name).unwrap_or_else(|| vec![plan])
    });
    Some((each.collect(), division))
}
