//! One world of several, and how it came that there are several.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::ObjectName;
use crate::source::Sources;
use crate::world::Settings;

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
                "since each of these folders defines {object}; set `worlds` in .mtlsctl.yaml to \
                 choose"
            ),
            Self::Builds => out.write_str(
                "since these kustomizations build on the same files; set `worlds` in \
                 .mtlsctl.yaml to choose",
            ),
            Self::Ambassadors => out.write_str(
                "one for each Ambassador; choose one with --ambassador-id and \
                 --ambassador-namespace",
            ),
        }
    }
}
