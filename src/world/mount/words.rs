//! How a trail ends, as part of a sentence.

use std::fmt;

use crate::resource::Mount;

use super::path::PathFault;
use super::trail::{MountFault, MountTrail, PartFault, TrailEnd, Unjudged};

impl fmt::Display for MountTrail<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.end {
            TrailEnd::Entry { object, entry } => write!(
                out,
                "key {} of {} {}/{}",
                *entry.key,
                object.kind,
                object.namespace(),
                *object.name
            ),
            TrailEnd::Promised { key } => {
                let (kind, name) = self.object();
                write!(out, "key {key} of {kind} {name}, which is not in the input")
            }
            TrailEnd::Sidecar(_) => out.write_str("written by the Istio sidecar of the pod"),
            TrailEnd::Broken(fault) => self.broken(fault, out),
            TrailEnd::Unknown(why) => self.unknown(why, out),
        }
    }
}

impl MountTrail<'_> {
    /// Kind and name of the object that the volume reads, for messages.
    fn object(&self) -> (&'static str, String) {
        let kind = self.source.map_or("Secret", |source| source.kind.name());
        let name = self.source.map_or("", |source| source.name.as_str());
        let namespace = self.workload.map_or("", |workload| workload.object.namespace());
        (kind, format!("{namespace}/{name}"))
    }

    fn folder(&self) -> &str {
        self.mount.map_or("", Mount::folder)
    }

    fn broken(&self, fault: &MountFault<'_>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, name) = self.object();
        let volume = self.mount.map_or("", |mount| mount.volume.as_str());
        match fault {
            MountFault::NotMounted(_) => {
                out.write_str("Ambassador's container mounts nothing there")
            }
            MountFault::OtherContainer(other, _) => {
                write!(out, "only container {} mounts something there", other.called())
            }
            MountFault::SidecarOnly(_) => out.write_str("only the Istio sidecar mounts it"),
            MountFault::VolumeUndefined => write!(out, "the pod has no volume {volume}"),
            MountFault::SourceMissing { .. } => write!(out, "there is no {kind} {name}"),
            MountFault::KeyMissing { key, .. } => write!(out, "{kind} {name} has no key {key}"),
            MountFault::KeyNeverMade { promise, key } => {
                write!(out, "{} {} makes no key {key}", promise.by.kind, *promise.by.name)
            }
            MountFault::LeftOut { within, .. } => {
                write!(out, "volume {volume} has `items`, and none of them is {within}")
            }
            MountFault::Part(PartFault::File) => {
                write!(out, "`subPath` makes {} the file itself", self.folder())
            }
            MountFault::Part(PartFault::Nothing) => {
                write!(out, "`subPath` names nothing in volume {volume}")
            }
            MountFault::Path(PathFault::Tilde) => out.write_str("only a shell expands `~`"),
            MountFault::Path(PathFault::Blank) => out.write_str("the path has spaces around it"),
            MountFault::Path(PathFault::Slash) => out.write_str("the path ends in a slash"),
            MountFault::Folder => out.write_str("it is a folder"),
            MountFault::Shadowed(outer) => {
                write!(out, "volume {volume} hides volume {}", *outer.volume)
            }
            MountFault::NothingFills => write!(out, "nothing writes to the emptyDir {volume}"),
            MountFault::Unreadable { mode, user } => {
                write!(out, "its mode is {mode:04o}, so user {user} cannot read it")
            }
            MountFault::PodField => out.write_str("it is a field of the pod, not a certificate"),
        }
    }

    fn unknown(&self, why: &Unjudged<'_>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, name) = self.object();
        match why {
            Unjudged::NoWorkload => out
                .write_str("unknown, because no workload of the input is known to run Ambassador"),
            Unjudged::NoContainer => {
                out.write_str("unknown, because several containers may be Ambassador's")
            }
            Unjudged::Fragment => out.write_str("unknown, because the workload is only a patch"),
            Unjudged::Path => out.write_str("unknown, because the path is not absolute"),
            Unjudged::Image => out.write_str("unknown, because the image may hold it"),
            Unjudged::Injected(annotation) => {
                write!(out, "unknown, because {} adds mounts", *annotation.key)
            }
            Unjudged::Expression => {
                out.write_str("unknown, because `subPathExpr` has a variable without a value")
            }
            Unjudged::MayWrite(who) => write!(out, "unknown, because {who} may write it"),
            Unjudged::WrittenBy(who) => write!(out, "unknown, because {who} writes it"),
            Unjudged::Volume(what) => write!(out, "unknown, because it comes from {what}"),
            Unjudged::NotInInput => {
                write!(out, "unknown, because {kind} {name} is not in the input")
            }
        }
    }
}
