//! Numbers with nouns.

/// `1 Mapping`, `3 Mappings`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
