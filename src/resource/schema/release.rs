//! The range of Emissary releases that have a field of a CRD.

/// A release of Emissary, as in `fields.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// The major version.
    pub major: u32,
    /// The minor version.
    pub minor: u32,
    /// The patch version.
    pub patch: u32,
}

/// The releases that have a field: from the first border on, no longer from the second on, and so
/// on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifetime {
    borders: Vec<Release>,
}

impl Release {
    /// Parses `4.1.0`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Self { major: next()?, minor: next()?, patch: next()? })
    }
}

impl std::fmt::Display for Release {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { major, minor, patch } = self;
        write!(f, "{major}.{minor}")?;
        if *patch > 0 { write!(f, ".{patch}") } else { Ok(()) }
    }
}

impl Lifetime {
    /// Parses the rest of a line: `since 2.4.0 until 3.0.0 since 3.2.0`.
    pub(super) fn parse<'t>(words: impl Iterator<Item = &'t str>) -> Option<Self> {
        let borders: Vec<Release> = words.filter_map(Release::parse).collect();
        (!borders.is_empty()).then_some(Self { borders })
    }

    /// Whether a release has the field; `is_at_least` compares the release with a border.
    pub fn covers(&self, is_at_least: impl Fn(Release) -> bool) -> bool {
        self.borders.iter().take_while(|border| is_at_least(**border)).count() % 2 == 1
    }

    /// The release since which it has the field, if the newest release has it.
    pub fn since(&self) -> Option<Release> {
        self.borders.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_with_a_gap_covers_both_sides_of_it() {
        let lifetime = Lifetime::parse("since 2.4.0 until 3.0.0 since 3.2.0".split(' ')).unwrap();
        let covers = |release: &str| {
            let release = Release::parse(release).unwrap();
            lifetime.covers(|border| release >= border)
        };
        assert_eq!(
            ["2.3.2", "2.4.0", "2.5.1", "3.0.0", "3.1.0", "3.2.0", "4.1.0"].map(covers),
            [false, true, true, false, false, true, true]
        );
        assert_eq!(lifetime.since().unwrap().to_string(), "3.2");
    }
}
