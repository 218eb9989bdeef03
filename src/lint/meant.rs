//! Suggestions for unknown rule names.

use crate::diagnostic::nearest;
use crate::rule::ALL;

/// The maximum number of rules to suggest; more are listed.
const FEW: usize = 6;

/// A hint for a name or glob that matches no rule: the most similar rule, else those whose names
/// contain it.
pub fn meant_rule(written: &str) -> String {
    let ids = || ALL.iter().map(|rule| rule.id);
    if let Some(near) = nearest(written, ids()) {
        return format!("did you mean `{near}`?");
    }
    let part = written.trim_matches(['*', '-']).to_lowercase().replace('_', "-");
    let like: Vec<&str> = ids().filter(|id| !part.is_empty() && id.contains(&part)).collect();
    let names: Vec<String> = like.iter().map(|id| format!("`{id}`")).collect();
    match names.as_slice() {
        [] => "`mtlsctl explain` lists all rules".to_owned(),
        [one] => format!("did you mean {one}?"),
        [some @ .., last] if names.len() <= FEW => {
            format!("did you mean {} or {last}?", some.join(", "))
        }
        many => format!("{} rules contain it in their names: {}", many.len(), many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_parts_of_names_are_recognized() {
        assert_eq!(meant_rule("secret-mising"), "did you mean `secret-missing`?");
        let part = meant_rule("mapping-context");
        assert!(part.contains("`mapping-context-undefined`") && part.contains(" or "), "{part}");
        assert!(meant_rule("secret").contains(" rules contain it in their names"));
        assert_eq!(meant_rule("weather"), "`mtlsctl explain` lists all rules");
        assert_eq!(meant_rule(""), "`mtlsctl explain` lists all rules");
    }
}
