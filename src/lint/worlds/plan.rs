//! A plan for one of several worlds, and why there are several.

use std::sync::Arc;

use crate::diagnostic::ObjectName;
use crate::resource::Documents;
use crate::source::Sources;
use crate::world::{Settings, World};

/// One of several worlds.
#[derive(Debug, Clone)]
pub struct WorldPlan {
    /// Its name: a folder, a name from the configuration, an Ambassador.
    pub name: String,
    /// Its aliases: an Ambassador's id and namespace.
    pub aliases: Vec<String>,
    /// Its texts.
    pub texts: Arc<Sources>,
    /// Its settings.
    pub settings: Settings,
}

/// One of several worlds, built.
#[derive(Debug)]
pub struct Planned {
    /// Its documents.
    pub plan: WorldPlan,
    /// The world.
    pub world: World,
}

impl WorldPlan {
    /// Builds it from what was already read.
    pub(super) fn build(self, documents: &Documents) -> Planned {
        let world = World::of(documents, Arc::clone(&self.texts), self.settings.clone());
        Planned { plan: self, world }
    }
}

/// Why an input has several worlds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Division {
    /// The configuration defines them.
    Said,
    /// Sibling folders define the same objects, including this one.
    Folders(ObjectName),
    /// Several kustomizations build on the same files.
    Builds,
    /// It has several Ambassadors.
    Ambassadors,
}

impl Division {
    /// Describes the worlds of an input, and what to do about it.
    pub fn told(&self, names: &[&str]) -> String {
        if let [only] = names {
            return self.told_of_one(only);
        }
        let why = match self {
            Self::Said => "as set in the configuration".to_owned(),
            Self::Folders(object) => {
                format!("each of these folders defines {object}; {CHOOSE}")
            }
            Self::Builds => {
                format!("these kustomizations build on the same files; {CHOOSE}")
            }
            Self::Ambassadors => "one for each Ambassador; choose one with --ambassador-id and \
                                  --ambassador-namespace"
                .to_owned(),
        };
        format!("{} worlds, checked separately: {}; {why}", names.len(), names.join(", "))
    }

    /// The same if the others have no Ambassador objects.
    fn told_of_one(&self, name: &str) -> String {
        match self {
            Self::Said => format!("1 world is checked: {name}; as set in the configuration"),
            Self::Folders(object) => format!(
                "checked: {name}, without the sibling folders that also define {object} but have \
                 no Ambassador objects; {CHOOSE}"
            ),
            Self::Builds => format!(
                "checked: {name}, without the other kustomizations on the same files, which have \
                 no Ambassador objects; {CHOOSE}"
            ),
            Self::Ambassadors => {
                format!("checked: {name}, since the other Ambassadors in the input have no objects")
            }
        }
    }
}

/// How to override the guess.
const CHOOSE: &str = "set `worlds` in .mtlsctl.yaml to choose";
