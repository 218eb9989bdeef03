//! "Did you mean": the known word closest to a misspelt one.

/// The candidate nearest to a word, if it is near enough to be a slip: a third of its letters may
/// differ, case and punctuation aside.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = plain(word);
    let allowed = (wanted.chars().count() / 3).max(1);
    let distances = candidates.into_iter().map(|candidate| {
        let distance = strsim::osa_distance(&wanted, &plain(candidate));
        (distance, candidate)
    });
    let best = distances.filter(|(distance, candidate)| *distance <= allowed && *candidate != word);
    best.min_by_key(|(distance, candidate)| (*distance, *candidate)).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let fields = ["secret", "ca_secret", "cert_chain_file", "cacert_chain_file"];
        assert_eq!(nearest("cert_chainfile", fields), Some("cert_chain_file"));
        assert_eq!(nearest("certChainFile", fields), Some("cert_chain_file"));
        assert_eq!(nearest("ca-secret", fields), Some("ca_secret"));
        assert_eq!(nearest("weight", fields), None);
    }
}
