//! Objects that exist outside the input, named by globs.

use std::fmt;
use std::str::FromStr;

/// `KIND/NAMESPACE/NAME`; in each part, `*` matches anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    kind: String,
    namespace: String,
    name: String,
}

impl External {
    /// Whether it matches an object of that name in any namespace.
    pub fn names(&self, kind: &str, name: &str) -> bool {
        glob(&self.kind.to_lowercase(), &kind.to_lowercase()) && glob(&self.name, name)
    }

    /// Whether it matches an object.
    pub fn covers(&self, kind: &str, namespace: &str, name: &str) -> bool {
        let kind_fits = glob(&self.kind.to_lowercase(), &kind.to_lowercase());
        kind_fits && glob(&self.namespace, namespace) && glob(&self.name, name)
    }
}

impl fmt::Display for External {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}", self.kind, self.namespace, self.name)
    }
}

impl FromStr for External {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split('/').collect::<Vec<_>>()[..] {
            [kind, namespace, name] if !kind.is_empty() && !name.is_empty() => Ok(Self {
                kind: kind.to_owned(),
                namespace: namespace.to_owned(),
                name: name.to_owned(),
            }),
            _ => Err(format!("`{text}` is not KIND/NAMESPACE/NAME, for example Secret/certs/*")),
        }
    }
}

/// Whether a pattern with `*` matches a whole text. Takes time proportional to the product of the
/// lengths.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_match_anything() {
        let external: External = "secret/*/istio.*".parse().unwrap();
        assert!(external.covers("Secret", "default", "istio.default"));
        assert!(!external.covers("Secret", "default", "istio"));
        assert!(!external.covers("TLSContext", "default", "istio.default"));
        assert!(glob("a*b*c", "a-x-b-y-c") && !glob("a*b*c", "a-x-c") && glob("*", ""));
        assert!("Secret/x".parse::<External>().is_err());
    }
}
