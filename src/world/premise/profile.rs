//! The release of Emissary, and its Envoy, that manifests are checked for.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::envoy::EnvoyVersion;
use crate::resource::ReleaseFacts;

use super::behaviour::Behaviour;

/// A release of Emissary. For Edge Stack, the release of the Emissary that it is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    major: u32,
    minor: u32,
    /// `None` if only `major.minor` was given, which means the last patch release.
    patch: Option<u32>,
}

/// The last known minor version of each major version, as of Emissary's releases up to August 2026.
/// After Emissary's own 3.10, those of 3.x are Edge Stack's.
const KNOWN: [(u32, u32); 4] = [(1, 14), (2, 5), (3, 12), (4, 1)];

impl Default for Profile {
    /// 4.1, the newest when this was written.
    fn default() -> Self {
        Self { major: 4, minor: 1, patch: None }
    }
}

impl Profile {
    /// The known releases, one range for each major version: `1.0 to 1.14`.
    pub fn known() -> Vec<String> {
        KNOWN.map(|(major, last)| format!("{major}.0 to {major}.{last}")).to_vec()
    }

    /// Whether the release is at least this one.
    pub fn is_at_least(self, major: u32, minor: u32, patch: u32) -> bool {
        self.number() >= (major, minor, patch)
    }

    /// Major, minor and patch, for comparisons; without a patch, the highest possible one.
    pub fn number(self) -> (u32, u32, u32) {
        (self.major, self.minor, self.patch.unwrap_or(u32::MAX))
    }

    /// Whether the release has a behaviour; [`Behaviour`] has the ranges.
    pub fn has(self, behaviour: Behaviour) -> bool {
        behaviour.entry().releases.iter().any(|&(since, until)| {
            let from = |(major, minor, patch)| self.is_at_least(major, minor, patch);
            from(since) && !until.is_some_and(from)
        })
    }

    /// How it reads documents.
    pub fn release(self) -> ReleaseFacts {
        ReleaseFacts {
            serves_v1: self.has(Behaviour::ServesV1),
            serves_v2: self.has(Behaviour::ServesV2),
            serves_v3alpha1: self.has(Behaviour::ServesV3alpha1),
            converts: self.has(Behaviour::ConvertsToV3alpha1),
            one_label_in_group: self.has(Behaviour::OneLabelInGroup),
            go_reads_annotations: self.has(Behaviour::GoReadsAnnotations),
            files_take_ambassador_group: self.has(Behaviour::FilesTakeAmbassadorGroup),
            revocation_lists: self.has(Behaviour::RevocationLists),
            host_secret_namespace: self.has(Behaviour::HostSecretNamespace),
            open_telemetry: self.has(Behaviour::OpenTelemetry),
            ambassador_module_tls: self.has(Behaviour::AmbassadorModuleTls),
        }
    }

    /// The Envoy whose measured verdicts are used for it: 1.37 for 4.1, 1.36 for 4.0. For older
    /// releases it is 1.36, which is not the Envoy they ship; see [`Self::envoy_is_measured`].
    pub fn envoy(self) -> EnvoyVersion {
        if self.is_at_least(4, 1, 0) { EnvoyVersion::V1_37 } else { EnvoyVersion::V1_36 }
    }

    /// Whether the verdicts of the Envoy that it ships were measured.
    pub fn envoy_is_measured(self) -> bool {
        self.is_at_least(4, 0, 0)
    }

    /// The `major.minor` of the Envoy that it ships (Emissary's CHANGELOG.md), for releases whose
    /// Envoy was not measured.
    pub fn shipped_envoy(self) -> &'static str {
        const SHIPPED: [((u32, u32), &str); 11] = [
            ((4, 1), "1.37"),
            ((4, 0), "1.36"),
            ((3, 10), "1.30"),
            ((3, 9), "1.27"),
            ((3, 7), "1.26"),
            ((3, 6), "1.25"),
            ((3, 4), "1.24"),
            ((3, 2), "1.23"),
            ((3, 0), "1.22"),
            ((1, 14), "1.17"),
            ((1, 7), "1.15"),
        ];
        let own = SHIPPED.iter().find(|((major, minor), _)| self.is_at_least(*major, *minor, 0));
        own.map_or("1.14 or older", |(_, envoy)| envoy)
    }

    /// Parses an image tag, `app.kubernetes.io/version` or similar: a version with an optional `v`
    /// prefix and an optional pre-release or build suffix (`3.9.1-rc.1`, `1.14.4-hf.1`). Versions
    /// before 1.0 become 1.0.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.strip_prefix('v').unwrap_or(tag);
        let number = tag.split(['-', '+', '_']).next()?;
        let mut parts = number.split('.').map(|part| part.parse::<u32>().ok());
        let (major, minor) = (parts.next()??, parts.next()??);
        let patch = match parts.next() {
            None => None,
            Some(patch) => Some(patch?),
        };
        if major == 0 {
            return Some(Self { major: 1, minor: 0, patch: Some(0) });
        }
        // A newer release is treated as the newest known one of its line.
        let (_, last) = KNOWN.iter().find(|(known, _)| *known == major)?;
        match minor <= *last {
            true => Some(Self { major, minor, patch }),
            false => Some(Self { major, minor: *last, patch: None }),
        }
    }

    /// Parses `helm.sh/chart` (`emissary-ingress-8.9.1`, `edge-stack-8.9.1`, `ambassador-6.9.5`),
    /// using the release that the chart's change log names.
    pub fn of_chart(chart: &str) -> Option<Self> {
        let names = ["emissary-ingress-", "edge-stack-", "ambassador-"];
        let version = names.iter().find_map(|name| chart.strip_prefix(name))?;
        let mut parts = version.split(['.', '-', '+']).map(|part| part.parse::<u32>().ok());
        let (major, minor) = (parts.next()??, parts.next()??);
        let of = |major, minor| Some(Self { major, minor, patch: None });
        match (major, minor) {
            (8, 0..=12) => of(3, minor),
            (7, 0..=1) => of(2, 0),
            (7, 2..=6) => of(2, minor - 1),
            (6, 8..) => of(1, 14),
            (6, 6..=7) => of(1, minor + 6),
            _ => None,
        }
    }
}

impl PartialOrd for Profile {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Profile {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.major, one.minor, one.patch.unwrap_or(u32::MAX));
        key(self).cmp(&key(other))
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.trim_start_matches('v').split('.').map(str::parse::<u32>);
        let mut next = |default: Option<u32>| match parts.next() {
            Some(Ok(number)) => Ok(Some(number)),
            None if default.is_some() => Ok(default.filter(|default| *default != u32::MAX)),
            _ => Err(format!("`{text}` is not a version like 4.1 or 3.9.1")),
        };
        let major = next(None)?.unwrap_or_default();
        let minor = next(Some(0))?.unwrap_or_default();
        let patch = next(Some(u32::MAX))?;
        if parts.next().is_some() {
            return Err(format!("`{text}` is not a version like 4.1 or 3.9.1"));
        }
        // A newer patch release does not change verdicts; a newer minor release may.
        match KNOWN.iter().find(|(known, _)| *known == major) {
            Some((_, last)) if minor <= *last => Ok(Self { major, minor, patch }),
            _ => Err(format!(
                "Emissary {major}.{minor} is not known; known are {}",
                Self::known().join(", ")
            )),
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.major, self.minor)?;
        self.patch.map_or(Ok(()), |patch| write!(out, ".{patch}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Profile {
        text.parse().unwrap()
    }

    #[test]
    fn a_version_without_a_patch_is_the_last_of_its_line() {
        assert!(of("2.5").is_at_least(2, 5, 1) && !of("2.5").is_at_least(3, 0, 0));
        assert!(!of("2.5.0").is_at_least(2, 5, 1));
        assert_eq!(
            (of("2.5").to_string(), of("v3.9.1").to_string()),
            ("2.5".into(), "3.9.1".into())
        );
        assert!("5.0".parse::<Profile>().is_err() && "1.14.4.1".parse::<Profile>().is_err());
    }

    #[test]
    fn image_tags_are_parsed_as_releases() {
        assert_eq!(Profile::of_tag("1.14.4"), Some(of("1.14.4")));
        assert_eq!(Profile::of_tag("v3.9.1-rc.2"), Some(of("3.9.1")));
        assert_eq!(Profile::of_tag("0.86.1"), Some(of("1.0.0")));
        assert_eq!(Profile::of_tag("4.7.0"), Some(of("4.1")));
        assert_eq!((Profile::of_tag("latest"), Profile::of_tag("${TAG}")), (None, None));
    }

    #[test]
    fn charts_are_parsed_as_the_release_that_they_install() {
        assert_eq!(Profile::of_chart("emissary-ingress-8.9.1"), Some(of("3.9")));
        assert_eq!(Profile::of_chart("ambassador-6.9.5"), Some(of("1.14")));
        assert_eq!(Profile::of_chart("emissary-ingress-7.4.2"), Some(of("2.3")));
        assert_eq!(Profile::of_chart("nginx-8.9.1"), None);
    }
}
