//! Certificates and keys that a context names: in a Secret of the input, in a folder that stands for
//! the pod's, or in the Secret that is proved to be mounted there.

use std::path::{Path, PathBuf};

use crate::resource::{VolumeContent, Workload};
use crate::source::read_bytes;
use crate::world::{Material, World};

/// Where the files of the Ambassador pod are looked for.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// `--map /etc/istiocerts=./certs`: the longest prefix wins.
    pub maps: Vec<(String, PathBuf)>,
    /// `--rootfs DIR`: the folder that stands for the pod's `/`.
    pub rootfs: Option<PathBuf>,
}

/// Something read, under the name that messages give it.
#[derive(Clone)]
pub(super) struct Read {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Files {
    /// Reads `/in/the/pod=here`.
    ///
    /// # Errors
    /// Says what the notation is.
    pub fn read_map(text: &str) -> Result<(String, PathBuf), String> {
        match text.split_once('=') {
            Some((pod, here)) if pod.starts_with('/') && !here.is_empty() => {
                Ok((pod.trim_end_matches('/').to_owned(), PathBuf::from(here)))
            }
            _ => Err("write /PATH/IN/POD=PATH/HERE".to_owned()),
        }
    }

    /// Reads what a context names, if it names anything.
    ///
    /// # Errors
    /// Says what is missing, as part of a sentence.
    pub(super) fn material(
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

    fn file(&self, world: &World, path: &str) -> Result<Read, String> {
        if let Some(here) = self.here(path) {
            let bytes = read_bytes(&here)
                .map_err(|error| format!("{} cannot be read: {error}", here.display()))?;
            return Ok(Read { name: path.to_owned(), bytes });
        }
        mounted(world, path).ok_or_else(|| {
            format!(
                "{path} is a file of the Ambassador pod, and no Secret of the input is mounted \
                 there; give it with --map or --rootfs"
            )
        })
    }

    /// Where a file of the pod is on this machine, if anything was said about it.
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

/// The key of the Secret that the Ambassador workload mounts at this path.
fn mounted(world: &World, path: &str) -> Option<Read> {
    let workload = &world.resources.workloads[world.installation.workload?];
    let (secret, key) = mounted_key(workload, path)?;
    let namespace = workload.object.namespace();
    let bytes = world.secret(namespace, &secret)?.entry(&key)?.bytes()?;
    Some(Read { name: format!("{path} (Secret {secret}.{namespace}, {key})"), bytes })
}

/// The Secret and key behind a path: the deepest mount decides, as in the kernel.
fn mounted_key(workload: &Workload, path: &str) -> Option<(String, String)> {
    let mounts = workload.containers.iter().flat_map(|container| &container.mounts);
    let (mount, rest) = mounts
        .filter_map(|mount| {
            let rest = path.strip_prefix(mount.path.trim_end_matches('/'))?;
            (rest.is_empty() || rest.starts_with('/')).then_some((mount, rest))
        })
        .min_by_key(|(_, rest)| rest.len())?;
    let volume = workload.volumes.iter().find(|volume| volume.name.value == mount.volume.value)?;
    let VolumeContent::Secret { name, items, .. } = &volume.content else {
        return None;
    };
    let within = match &mount.sub_path {
        Some(sub_path) => format!("{}{rest}", sub_path.value),
        None => rest.trim_start_matches('/').to_owned(),
    };
    let key = match items.iter().find(|(_, path)| path.value == within) {
        Some((key, _)) => key.value.clone(),
        // With `items`, keys that are not listed are not there.
        None if items.is_empty() => within,
        None => return None,
    };
    Some((name.value.clone(), key))
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
