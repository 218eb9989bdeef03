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

/// How surely one word was meant by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Close, but so are the names of things that differ: `team-a` and `team-b`.
    Near,
    /// A slip of the hand: punctuation, case, or in a longer word two letters in the wrong order,
    /// one too many, or one too few, anywhere but at its end.
    Slip,
}

/// The candidate that was meant, if only one is near enough to be.
pub fn only_near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, Likeness)> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let near = nearest(word, candidates.iter().copied())?;
    let others = candidates.into_iter().filter(|candidate| *candidate != near);
    (nearest(word, others).is_none()).then(|| (near, likeness(word, near)))
}

/// How much a word looks like a slip for another one.
pub fn likeness(word: &str, other: &str) -> Likeness {
    const LONG: usize = 6;
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (word, other) = (plain(word), plain(other));
    if word == other {
        return Likeness::Slip;
    }
    let digits = |word: &[char]| word.iter().copied().filter(char::is_ascii_digit).collect();
    let (one, two): (Vec<char>, Vec<char>) = (digits(&word), digits(&other));
    let long = word.len().min(other.len()) >= LONG;
    let same_end = word.last() == other.last();
    let rearranged = word.len() != other.len() || {
        let sorted = |word: &[char]| {
            let mut letters = word.to_vec();
            letters.sort_unstable();
            letters
        };
        sorted(&word) == sorted(&other)
    };
    let (word, other): (String, String) = (word.into_iter().collect(), other.into_iter().collect());
    let close = strsim::osa_distance(&word, &other) <= 1;
    if long && same_end && rearranged && close && one == two {
        Likeness::Slip
    } else {
        Likeness::Near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_told_from_names_that_are_alike() {
        let slips = [
            ("bookinfo-upstrem", "bookinfo-upstream"),
            ("bookinfo_upstream", "bookinfo-upstream"),
            ("bokoinfo", "bookinfo"),
            ("certChainFile", "cert_chain_file"),
        ];
        for (word, meant) in slips {
            assert_eq!(only_near(word, [meant, "other"]), Some((meant, Likeness::Slip)), "{word}");
        }
        let near = [
            ("client-a", "client-b"),
            ("upstream-1", "upstream-2"),
            ("mesh-upstreams", "mesh-upstream"),
            ("upstream", "upstreem"),
        ];
        for (word, meant) in near {
            assert_eq!(only_near(word, [meant]), Some((meant, Likeness::Near)), "{word}");
        }
        assert_eq!(only_near("client", ["client1", "client2"]), None);
        assert_eq!(only_near("client", ["other"]), None);
    }

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let fields = ["secret", "ca_secret", "cert_chain_file", "cacert_chain_file"];
        assert_eq!(nearest("cert_chainfile", fields), Some("cert_chain_file"));
        assert_eq!(nearest("certChainFile", fields), Some("cert_chain_file"));
        assert_eq!(nearest("ca-secret", fields), Some("ca_secret"));
        assert_eq!(nearest("weight", fields), None);
    }
}
