//! Label and field selectors with the API server's semantics (`k8s.io/apimachinery/pkg/labels`).

/// A selector; all requirements must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selector(Vec<Requirement>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Requirement {
    key: String,
    /// The values compared with; `None` for any value.
    values: Option<Vec<String>>,
    /// Whether the values are required or excluded.
    wanted: bool,
}

impl Selector {
    /// Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k`; `None` for anything else, such as `a>1`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        split(text).into_iter().map(Requirement::read).collect::<Option<_>>().map(Self)
    }

    /// Whether it matches; `None` if `value` does not know a key that decides.
    ///
    /// The outer option of a value says whether it is known, the inner one whether it is set.
    pub(crate) fn fits<'v>(&self, value: impl Fn(&str) -> Option<Option<&'v str>>) -> Option<bool> {
        let mut decided = Some(true);
        for requirement in &self.0 {
            match value(&requirement.key).map(|value| requirement.holds(value)) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => decided = None,
            }
        }
        decided
    }
}

impl Requirement {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(key) = text.strip_prefix('!') {
            return Self::of(key, None, false);
        }
        if let Some((key, value)) = text.split_once("!=") {
            return Self::of(key, Some(vec![plain(value)?]), false);
        }
        if let Some((key, value)) = text.split_once('=') {
            let value = value.strip_prefix('=').unwrap_or(value);
            return Self::of(key, Some(vec![plain(value)?]), true);
        }
        let Some(list) = text.strip_suffix(')') else { return Self::of(text, None, true) };
        let (head, list) = list.split_once('(')?;
        let (key, word) = head.trim().split_once(char::is_whitespace)?;
        let values = list.split(',').map(plain).collect::<Option<_>>()?;
        match word.trim() {
            "in" => Self::of(key, Some(values), true),
            "notin" => Self::of(key, Some(values), false),
            _ => None,
        }
    }

    fn of(key: &str, values: Option<Vec<String>>, wanted: bool) -> Option<Self> {
        let key = plain(key).filter(|key| !key.is_empty())?;
        Some(Self { key, values, wanted })
    }

    fn holds(&self, value: Option<&str>) -> bool {
        let is_there = match &self.values {
            None => value.is_some(),
            Some(values) => value.is_some_and(|value| values.iter().any(|one| one == value)),
        };
        is_there == self.wanted
    }
}

/// A key or value with surrounding spaces trimmed; `None` if it has other characters.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    text.chars().all(allowed).then(|| text.to_owned())
}

/// Splits the requirements at commas that are not within a list.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    text.split(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(selector: &str, labels: &[(&str, &str)]) -> Option<bool> {
        let value =
            |key: &str| Some(labels.iter().find(|(own, _)| *own == key).map(|(_, value)| *value));
        Selector::read(selector)?.fits(value)
    }

    #[test]
    fn operators_have_the_api_servers_meaning() {
        let labels = [("app", "web"), ("example.com/tier", "front")];
        let fitting = [
            "app=web",
            "app==web",
            "app = web , example.com/tier=front",
            "app!=api",
            "other!=x",
            "app in (api, web)",
            "app notin (api)",
            "other notin (x)",
            "app",
            "!other",
        ];
        for selector in fitting {
            assert_eq!(fits(selector, &labels), Some(true), "{selector}");
        }
        let others = ["app=api", "app!=web", "app in (api,x)", "app notin (web)", "other", "!app"];
        for selector in others {
            assert_eq!(fits(selector, &labels), Some(false), "{selector}");
        }
    }

    #[test]
    fn unknown_syntax_is_rejected() {
        for selector in ["app>1", "app in web", "app of (web)", "=web", "app in (web", ""] {
            assert_eq!(fits(selector, &[("app", "web")]), None, "{selector}");
        }
    }

    #[test]
    fn an_unknown_value_leaves_the_result_open_unless_another_requirement_fails() {
        let value = |key: &str| (key == "known").then_some(Some("yes"));
        let fits = |text| Selector::read(text).and_then(|selector| selector.fits(value));
        assert_eq!(fits("other=x"), None);
        assert_eq!(fits("other=x,known=no"), Some(false));
        assert_eq!(fits("other=x,known=yes"), None);
    }
}
