//! The labels of an object in a single allocation, since most are never read.

use std::fmt;

/// Labels in the order of the manifest.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// Keys and values in turn, each preceded by its length in bytes and a colon; `None` without
    /// labels.
    text: Option<Box<str>>,
}

impl Labels {
    /// Whether there are no labels.
    pub fn is_empty(&self) -> bool {
        self.text.is_none()
    }

    /// Keys and values.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        let mut rest = self.text.as_deref().unwrap_or_default();
        let mut next = || {
            let (length, text) = rest.split_once(':')?;
            let (piece, after) = text.split_at_checked(length.parse().ok()?)?;
            rest = after;
            Some(piece)
        };
        let all: Vec<_> = std::iter::from_fn(|| Some((next()?, next()?))).collect();
        all.into_iter()
    }

    /// Whether a key has this value.
    pub fn contains(&self, (key, value): &(String, String)) -> bool {
        self.iter().any(|(own, is)| own == key && is == value)
    }
}

impl<'t> FromIterator<(&'t str, &'t str)> for Labels {
    fn from_iter<T: IntoIterator<Item = (&'t str, &'t str)>>(labels: T) -> Self {
        let mut text = String::new();
        for piece in labels.into_iter().flat_map(|(key, value)| [key, value]) {
            text.push_str(&piece.len().to_string());
            text.push(':');
            text.push_str(piece);
        }
        Self { text: (!text.is_empty()).then(|| text.into_boxed_str()) }
    }
}

impl fmt::Debug for Labels {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn labels_with_any_content_are_returned_unchanged() {
        let all = [("a", "1"), ("", ""), ("b:1:", "7:x\0"), ("ä", "ß")];
        let labels = Labels::from_iter(all);
        assert_eq!(labels.iter().collect::<Vec<_>>(), all);
        assert_eq!(labels.iter().next_back(), Some(("ä", "ß")));
        assert!(labels.contains(&("a".to_owned(), "1".to_owned())));
        assert!(!labels.contains(&("a".to_owned(), "2".to_owned())));
        assert!(Labels::from_iter([]).is_empty() && !labels.is_empty());
        assert_eq!(format!("{:?}", Labels::from_iter([("a", "1")])), r#"{"a": "1"}"#);
    }
}
