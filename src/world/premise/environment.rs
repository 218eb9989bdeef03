//! `$NAME` in manifests, which Emissary expands before it parses them.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The environment of the Ambassador pod, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Python's `os.path.expandvars`: expands `$NAME` and `${NAME}`; unknown variables stay as
    /// written.
    pub(crate) fn expand<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains('$') {
            return Cow::Borrowed(text);
        }
        let mut expanded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            expanded.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let (name, width) = match after.strip_prefix('{') {
                Some(inner) => match inner.find('}') {
                    Some(end) => (&inner[..end], end + 3),
                    None => ("", 1),
                },
                None => {
                    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                    let end = end.unwrap_or(after.len());
                    (&after[..end], end + 1)
                }
            };
            match self.0.get(name) {
                Some(value) => expanded.push_str(value),
                None => expanded.push_str(&rest[at..at + width]),
            }
            rest = &rest[at + width..];
        }
        expanded.push_str(rest);
        Cow::Owned(expanded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_variables_are_expanded_and_unknown_ones_stay() {
        let mut environment = Environment::default();
        environment.set("NS", "prod");
        let expand = |text| environment.expand(text).into_owned();
        assert_eq!(expand("/etc/${NS}/c.pem"), "/etc/prod/c.pem");
        assert_eq!(expand("$NS-$OTHER-$"), "prod-$OTHER-$");
        assert_eq!(expand("${NS"), "${NS");
        assert_eq!(expand("${X}y"), "${X}y");
    }
}
