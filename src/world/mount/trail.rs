//! The steps from a path to a key, and how a trail can end.

use crate::resource::{
    Container, KeyItem, KeyedSource, Mount, Object, PodAnnotation, Promise, SecretEntry, Volume,
    Workload,
};

use super::path::PathFault;

/// Where a file of the Ambassador container comes from, as far as the input shows.
#[derive(Debug, Clone)]
pub struct MountTrail<'w> {
    /// The file's path in the container.
    pub path: String,
    /// The workload that runs Ambassador.
    pub workload: Option<&'w Workload>,
    /// Ambassador's own container.
    pub container: Option<&'w Container>,
    /// The innermost mount that covers the path.
    pub mount: Option<&'w Mount>,
    /// The volume that is mounted there.
    pub volume: Option<&'w Volume>,
    /// The Secret or ConfigMap in the volume that the file comes from.
    pub source: Option<&'w KeyedSource>,
    /// The entry of its `items` that makes the file.
    pub item: Option<&'w KeyItem>,
    /// How it ends.
    pub end: TrailEnd<'w>,
}

/// How a trail ends.
#[derive(Debug, Clone)]
pub enum TrailEnd<'w> {
    /// Proved: this entry of a Secret or ConfigMap of the input is the file.
    Entry {
        /// The Secret or ConfigMap.
        object: &'w Object,
        /// Its entry.
        entry: &'w SecretEntry,
    },
    /// Proved up to a Secret that something in the input creates, or that is declared to be
    /// elsewhere.
    Promised {
        /// The key.
        key: String,
    },
    /// The pod's Istio sidecar writes it, as its annotations say.
    Sidecar(&'w PodAnnotation),
    /// It cannot exist or cannot be read.
    Broken(MountFault<'w>),
    /// The input does not decide it.
    Unknown(Unjudged<'w>),
}

/// Why a file cannot be there.
#[derive(Debug, Clone)]
pub enum MountFault<'w> {
    /// The path cannot lead to a file.
    Path(PathFault),
    /// No mount of the container covers the path; with a mount whose path is similar.
    NotMounted(Option<&'w Mount>),
    /// Another container mounts it.
    OtherContainer(&'w Container, &'w Mount),
    /// Only the injected sidecar mounts it.
    SidecarOnly(&'w PodAnnotation),
    /// The pod has no volume of the mount's name.
    VolumeUndefined,
    /// The Secret or ConfigMap does not exist.
    SourceMissing {
        /// An object of that kind and name in another namespace.
        elsewhere: Option<&'w Object>,
        /// A Secret of that name and namespace where a ConfigMap is read, or vice versa.
        other_kind: Option<&'w Object>,
    },
    /// The Secret or ConfigMap of the input has no such key.
    KeyMissing {
        /// The Secret or ConfigMap.
        object: &'w Object,
        /// The key.
        key: String,
        /// Its keys.
        keys: Vec<&'w str>,
    },
    /// The creator of the Secret never adds this key.
    KeyNeverMade {
        /// The creator.
        promise: &'w Promise,
        /// The key.
        key: String,
    },
    /// `items` omits the file; with the item that maps its key to another path.
    LeftOut {
        /// The path below the volume's root.
        within: String,
        /// The item that has this key.
        renamed: Option<&'w KeyItem>,
    },
    /// Only a part of the volume is mounted, without the file.
    Part(PartFault),
    /// The path is a folder.
    Folder,
    /// Another mount hides the one that has it.
    Shadowed(&'w Mount),
    /// The volume is initially empty, and nothing writes to it.
    NothingFills,
    /// Only root can read it, and Ambassador runs as another user.
    Unreadable {
        /// The mode, as the kubelet sets it.
        mode: i64,
        /// `runAsUser`.
        user: i64,
    },
    /// A field of the pod, written by the kubelet.
    PodField,
}

/// Why a `subPath` does not lead to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartFault {
    /// It mounts a file, and the path continues below it.
    File,
    /// The volume has nothing of that name, so the kubelet mounts an empty folder.
    Nothing,
}

/// Why a trail cannot be followed.
#[derive(Debug, Clone)]
pub enum Unjudged<'w> {
    /// No workload of the input runs Ambassador, or several may.
    NoWorkload,
    /// Several of its containers may run Ambassador.
    NoContainer,
    /// The workload is a patch, and what it omits may be elsewhere.
    Fragment,
    /// The path is relative or has a variable that is not known.
    Path,
    /// No mount covers the path, but images ship files in its folder.
    Image,
    /// An injector adds mounts that no manifest shows.
    Injected(&'w PodAnnotation),
    /// `subPathExpr` holds a variable that is not known.
    Expression,
    /// Another container writes to the `emptyDir`.
    WrittenBy(String),
    /// Something may or may not write to the `emptyDir`.
    MayWrite(String),
    /// The volume's content is decided by the node, a driver or the cluster.
    Volume(String),
    /// The Secret or ConfigMap is not in the input.
    NotInInput,
}

impl<'w> MountTrail<'w> {
    /// The entry of the input that the file is proved to be.
    pub fn entry(&self) -> Option<(&'w Object, &'w SecretEntry)> {
        match self.end {
            TrailEnd::Entry { object, entry } => Some((object, entry)),
            _ => None,
        }
    }

    /// Why the file cannot be there.
    pub fn fault(&self) -> Option<&MountFault<'w>> {
        match &self.end {
            TrailEnd::Broken(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether the pod runs and lacks the file, so that Emissary does not find it.
    ///
    /// False if the pod cannot start, and if the path is neither covered by a mount nor similar to
    /// one: the image may have the file.
    pub fn is_absent(&self) -> bool {
        let Some(fault) = self.fault() else { return false };
        let starts = self.source.is_none_or(|source| {
            // A listed key that the object lacks keeps the pod from starting.
            source.items.is_empty() || source.optional.is_some()
        });
        match fault {
            MountFault::KeyMissing { .. } | MountFault::KeyNeverMade { .. } => starts,
            // If a Secret that is not optional is missing, the pod does not start.
            MountFault::SourceMissing { .. } => {
                self.source.is_some_and(|source| source.optional.is_some())
            }
            MountFault::NotMounted(near) => near.is_some(),
            MountFault::Path(_)
            | MountFault::OtherContainer(..)
            | MountFault::SidecarOnly(_)
            | MountFault::LeftOut { .. }
            | MountFault::Part(_)
            | MountFault::Folder
            | MountFault::Shadowed(_)
            | MountFault::NothingFills => true,
            MountFault::VolumeUndefined | MountFault::Unreadable { .. } | MountFault::PodField => {
                false
            }
        }
    }
}
