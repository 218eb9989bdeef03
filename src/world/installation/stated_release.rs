//! Finds the release of Emissary that the input runs.

use crate::document::{Located, Text};
use crate::resource::{Resources, Workload};
use crate::source::Span;
use crate::world::Profile;

use super::ambassador_workload::{ambassadors, container, is_own_image};

/// A release that the input names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedRelease {
    /// The release.
    pub profile: Profile,
    /// Where the input names it.
    pub place: Span,
    /// Whether the input names a release before 1.0, which is treated as 1.0.
    pub is_before_first: bool,
}

/// The distinct releases that the input names, in the order of the workloads that run them.
///
/// For a workload, the first of these is used: its image tag, or the tag that a kustomization
/// substitutes; `app.kubernetes.io/version`; the chart label. Without such a workload, the tag that
/// a kustomization gives Ambassador's image is used.
pub(crate) fn stated_releases(resources: &Resources, chosen: Option<usize>) -> Vec<StatedRelease> {
    let all = match chosen {
        Some(index) => vec![index],
        None => ambassadors(resources),
    };
    let mut releases: Vec<StatedRelease> = Vec::new();
    let workloads = all.iter().map(|&index| &resources.workloads[index]);
    let of_workloads = workloads.filter_map(|workload| of_workload(resources, workload));
    let tags = resources.image_tags.iter().filter(|_| all.is_empty());
    let of_tags = tags
        .filter(|tag| is_own_image(last_part(&tag.image)))
        .filter_map(|tag| StatedRelease::of(&tag.tag, tag.tag.span, Profile::of_tag));
    for release in of_workloads.chain(of_tags) {
        if !releases.iter().any(|known| known.profile == release.profile) {
            releases.push(release);
        }
    }
    releases
}

/// The tag of Ambassador's image if it is not a release, for example a commit or a variable. Not
/// for `latest`, which means the newest release.
pub(crate) fn unknown_tag(resources: &Resources, chosen: Option<usize>) -> Option<Located<Text>> {
    let all = match chosen {
        Some(index) => vec![index],
        None => ambassadors(resources),
    };
    all.iter().find_map(|&index| {
        let workload = &resources.workloads[index];
        let image = workload.containers[container(workload)?].image.as_ref()?;
        let tag = tag_of(image).filter(|tag| *tag != "latest" && Profile::of_tag(tag).is_none())?;
        Some(image.clone().map(|_| Text::from(tag)))
    })
}

fn of_workload(resources: &Resources, workload: &Workload) -> Option<StatedRelease> {
    let own = container(workload).map(|index| &workload.containers[index]);
    let image = own.and_then(|container| container.image.as_ref());
    let replaced = image.and_then(|image| {
        let name = without_tag(image);
        let mut tags = resources.image_tags.iter().filter(|tag| *tag.image == name);
        // Overlays may differ; then each is a separate build, and no tag belongs to this file.
        let first = tags.next()?;
        tags.all(|other| other.tag.value == first.tag.value).then_some(&first.tag)
    });
    let of_tag = replaced
        .and_then(|tag: &Located<Text>| StatedRelease::of(tag, tag.span, Profile::of_tag))
        .or_else(|| {
            image.and_then(|image| StatedRelease::of(tag_of(image)?, image.span, Profile::of_tag))
        });
    let label = |name: &str| {
        let labels = workload.object.labels.iter();
        labels.rev().find(|(own, _)| *own == name).map(|(_, value)| value)
    };
    let place = workload.object.place();
    let of_label =
        || StatedRelease::of(label("app.kubernetes.io/version")?, place, Profile::of_tag);
    let of_chart = || StatedRelease::of(label("helm.sh/chart")?, place, Profile::of_chart);
    of_tag.or_else(of_label).or_else(of_chart)
}

impl StatedRelease {
    fn of(said: &str, place: Span, read: impl Fn(&str) -> Option<Profile>) -> Option<Self> {
        let is_before_first = said.trim_start_matches('v').starts_with("0.");
        Some(Self { profile: read(said)?, place, is_before_first })
    }
}

/// Strips tag and digest: `registry/name` of `registry/name:tag@digest`.
fn without_tag(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    let slash = image.rfind('/').map_or(0, |at| at + 1);
    image[slash..].find(':').map_or(image, |at| &image[..slash + at])
}

/// The tag of an image.
fn tag_of(image: &str) -> Option<&str> {
    let image = image.split('@').next().unwrap_or(image);
    image[without_tag(image).len()..].strip_prefix(':')
}

fn last_part(image: &str) -> &str {
    image.rsplit('/').next().unwrap_or(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_distinguished_from_ports_and_digests() {
        assert_eq!(tag_of("docker.io/datawire/aes:1.14.4"), Some("1.14.4"));
        assert_eq!(tag_of("localhost:5000/emissary"), None);
        assert_eq!(tag_of("emissary:3.9.1@sha256:00"), Some("3.9.1"));
        assert_eq!(without_tag("localhost:5000/emissary:3"), "localhost:5000/emissary");
    }
}
