//! One world of several, and how it came that there are several.

use std::sync::Arc;

use crate::diagnostic::ObjectName;
use crate::resource::Documents;
use crate::source::Sources;
use crate::world::{Settings, World};

/// One world of several.
#[derive(Debug, Clone)]
pub struct WorldPlan {
    /// How it is called: a folder, a name of the configuration, an Ambassador.
    pub name: String,
    /// What else it may be called: an Ambassador's id and namespace.
    pub aliases: Vec<String>,
    /// Its texts.
    pub texts: Arc<Sources>,
    /// How it is to be built.
    pub settings: Settings,
}

/// One world of several, built.
#[derive(Debug)]
pub struct Planned {
    /// What it is made of.
    pub plan: WorldPlan,
    /// What it is.
    pub world: World,
}

impl WorldPlan {
    /// Builds it, from what was read already.
    pub(super) fn build(self, documents: &Documents) -> Planned {
        let world = World::of(documents, Arc::clone(&self.texts), self.settings.clone());
        Planned { plan: self, world }
    }
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

impl Division {
    /// Says into which worlds an input falls, and what to do about it.
    pub fn told(&self, names: &[&str]) -> String {
        if let [only] = names {
            return self.told_of_one(only);
        }
        let why = match self {
            Self::Said => "as the configuration says".to_owned(),
            Self::Folders(object) => {
                format!("since each of these folders defines {object}; {CHOOSE}")
            }
            Self::Builds => {
                format!("since these kustomizations build on the same files; {CHOOSE}")
            }
            Self::Ambassadors => "one for each Ambassador; choose one with --ambassador-id and \
                                  --ambassador-namespace"
                .to_owned(),
        };
        format!("{} worlds, each separately: {}; {why}", names.len(), names.join(", "))
    }

    /// The same where the others hold nothing of Ambassador's.
    fn told_of_one(&self, name: &str) -> String {
        match self {
            Self::Said => format!("1 world is checked: {name}; as the configuration says"),
            Self::Folders(object) => format!(
                "checked: {name}, without the folders beside it that define {object} as well, \
                 where nothing is Ambassador's; {CHOOSE}"
            ),
            Self::Builds => format!(
                "checked: {name}, without other kustomizations that build on the same files, \
                 where nothing is Ambassador's; {CHOOSE}"
            ),
            Self::Ambassadors => format!(
                "checked: {name}, since the other Ambassadors of the input read nothing of it"
            ),
        }
    }
}

/// How to settle what was guessed.
const CHOOSE: &str = "set `worlds` in .mtlsctl.yaml to choose";
