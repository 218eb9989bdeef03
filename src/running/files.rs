//! Files of the Ambassador pod that can be read locally.

use crate::world::{Material, World};

/// Returns the content of a file that a context names, or why it is not available.
pub type FileReader<'f> = dyn Fn(&World, &Material) -> Result<Vec<u8>, String> + 'f;
