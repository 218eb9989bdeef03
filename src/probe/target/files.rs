//! The certificates and keys of a context: in a Secret of the input, in a local folder that
//! replaces the pod's, or in the Secret that is proved to be mounted there.

use std::path::{Path, PathBuf};

use crate::source::read_bytes;
use crate::world::{Material, World};

/// Where to find the files of the Ambassador pod.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// `--map /etc/istiocerts=./certs`: the longest prefix wins.
    pub maps: Vec<(String, PathBuf)>,
    /// `--rootfs DIR`: the folder that replaces the pod's `/`.
    pub rootfs: Option<PathBuf>,
}

/// Bytes with their name for messages.
#[derive(Clone)]
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Files {
    /// Parses `/in/the/pod=here`.
    ///
    /// # Errors
    /// A description of the syntax.
    pub fn read_map(text: &str) -> Result<(String, PathBuf), String> {
        match text.split_once('=') {
            Some((pod, here)) if pod.starts_with('/') && !here.is_empty() => {
                Ok((pod.trim_end_matches('/').to_owned(), PathBuf::from(here)))
            }
            _ => Err("write /PATH/IN/POD=PATH/HERE".to_owned()),
        }
    }

    /// Reads a context's file or Secret; `None` if it names none.
    ///
    /// # Errors
    /// What is missing, as part of a sentence.
    pub(crate) fn material(
        &self,
        world: &World,
        material: Option<&Material>,
    ) -> Result<Option<Read>, String> {
        match material {
            None | Some(Material::Nothing { .. }) => Ok(None),
            Some(Material::Secret { namespace, name, key, index }) => {
                let entry = index.and_then(|index| world.resources.secrets[index].entry(key));
                let bytes = entry.and_then(|entry| entry.bytes());
                let bytes = bytes.ok_or_else(|| {
                    format!("{key} of Secret {name}.{namespace} is not in the input")
                })?;
                let name = format!("Secret {name}.{namespace}, {key}");
                Ok(Some(Read { name, bytes }))
            }
            Some(Material::File(path)) => self.file(world, path).map(Some),
        }
    }

    /// The bytes of a context's file or Secret.
    ///
    /// # Errors
    /// What is missing, as part of a sentence.
    pub fn content(&self, world: &World, material: &Material) -> Result<Vec<u8>, String> {
        Ok(self.material(world, Some(material))?.map(|read| read.bytes).unwrap_or_default())
    }

    fn file(&self, world: &World, path: &str) -> Result<Read, String> {
        if let Some(here) = self.here(path) {
            let bytes = read_bytes(&here)
                .map_err(|error| format!("{} cannot be read: {error}", here.display()))?;
            return Ok(Read { name: path.to_owned(), bytes });
        }
        mounted(world, path).map_err(|why| {
            format!("{path} is a file of the Ambassador pod: {why}; give it with --map or --rootfs")
        })
    }

    /// The local path of a file in the pod, if the flags give one.
    fn here(&self, path: &str) -> Option<PathBuf> {
        let fitting = self.maps.iter().filter_map(|(pod, here)| {
            let rest = path.strip_prefix(pod.as_str())?;
            let whole = rest.is_empty() || rest.starts_with('/');
            whole.then(|| (pod.len(), joined(here, rest)))
        });
        let longest = fitting.max_by_key(|(length, _)| *length).map(|(_, here)| here);
        longest.or_else(|| self.rootfs.as_ref().map(|root| joined(root, path)))
    }
}

fn joined(folder: &Path, rest: &str) -> PathBuf {
    match rest.trim_start_matches('/') {
        "" => folder.to_owned(),
        rest => folder.join(rest),
    }
}

/// The file that the Ambassador workload is proved to mount at this path.
///
/// # Errors
/// Where the proof fails, as a sentence.
fn mounted(world: &World, path: &str) -> Result<Read, String> {
    let trail = world.trail(path);
    let entry = trail.entry().and_then(|(object, entry)| Some((object, entry, entry.bytes()?)));
    let Some((object, entry, bytes)) = entry else {
        return Err(trail.to_string());
    };
    let (kind, name, key) = (&object.kind, &object.name.value, &entry.key.value);
    let name = format!("{path} ({kind} {name}.{}, {key})", object.namespace());
    Ok(Read { name, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_map_wins_and_rootfs_takes_the_rest() {
        let files = Files {
            maps: vec![("/etc".into(), "/a".into()), ("/etc/istiocerts".into(), "/b".into())],
            rootfs: Some("/root".into()),
        };
        let here = |path| files.here(path).map(|path| path.display().to_string());
        assert_eq!(here("/etc/istiocerts/key.pem").as_deref(), Some("/b/key.pem"));
        assert_eq!(here("/etc/istiocertsx/key.pem").as_deref(), Some("/a/istiocertsx/key.pem"));
        assert_eq!(here("/var/key.pem").as_deref(), Some("/root/var/key.pem"));
        assert_eq!(Files::default().here("/var/key.pem"), None);
        assert!(Files::read_map("etc=.").is_err());
    }
}
