//! Files of the Ambassador pod, as far as they can be read from here.

use crate::world::{Material, World};

/// Gives the content of a file that a context names, or why it is not to be had.
pub type FileReader<'f> = dyn Fn(&World, &Material) -> Result<Vec<u8>, String> + 'f;
