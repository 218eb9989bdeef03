//! The SPIFFE identity that the server should have.

/// The value of `--expect-spiffe`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// `spiffe://trust-domain/path`: exactly this one.
    Exact(String),
    /// `spiffe://trust-domain/path/*` or `spiffe://trust-domain/`: any below it.
    Below(String),
    /// `trust-domain`: any identity of this domain.
    Domain(String),
}

impl Expected {
    /// Parses the three forms.
    ///
    /// # Errors
    /// A description of them.
    pub fn read(text: &str) -> Result<Self, String> {
        let usage = "write spiffe://domain/path, spiffe://domain/path/*, or a trust domain";
        match text.strip_prefix("spiffe://") {
            Some("") => Err(usage.to_owned()),
            Some(_) => Ok(match text.strip_suffix('*') {
                Some(prefix) => Self::Below(prefix.to_owned()),
                None if text.ends_with('/') => Self::Below(text.to_owned()),
                None => Self::Exact(text.to_owned()),
            }),
            None if text.is_empty() || text.contains(['/', ':']) => Err(usage.to_owned()),
            None => Ok(Self::Domain(text.to_owned())),
        }
    }

    /// Whether a URI in the server's leaf certificate matches.
    pub fn accepts(&self, uri: &str) -> bool {
        match self {
            Self::Exact(wanted) => uri == wanted,
            Self::Below(prefix) => uri.starts_with(prefix.as_str()),
            // Trust domains are lower-case by their standard, and compared like that.
            Self::Domain(domain) => uri
                .strip_prefix("spiffe://")
                .and_then(|rest| rest.split('/').next())
                .is_some_and(|found| found.eq_ignore_ascii_case(domain)),
        }
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(text) => f.write_str(text),
            Self::Below(text) => write!(f, "{text}*"),
            Self::Domain(text) => write!(f, "spiffe://{text}/*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Expected;

    #[test]
    fn the_three_forms_are_parsed_and_matched() {
        let read = |text: &str| Expected::read(text).expect(text);
        let id = "spiffe://cluster.local/ns/default/sa/bookinfo";
        assert!(read(id).accepts(id));
        assert!(!read("spiffe://cluster.local/ns/default/sa/book").accepts(id));
        assert!(read("spiffe://cluster.local/ns/default/*").accepts(id));
        assert!(read("Cluster.local").accepts(id));
        assert!(!read("cluster.loca").accepts(id));
        assert!(Expected::read("https://x").is_err());
    }
}
