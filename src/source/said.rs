//! Sanitizes messages of other programs for our own messages.

/// A run of base64 this long may be part of a key.
const SUSPICIOUS: usize = 40;

/// The first line of a text: printable, short, and without anything that may be part of a key.
pub(crate) fn first_line(text: &str) -> String {
    let line: String = text.trim().lines().next().unwrap_or_default().to_owned();
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let mut clean = String::new();
    let mut rest = line.as_str();
    while let Some(next) = rest.chars().next() {
        let length = if is_base64(next) {
            rest.find(|c| !is_base64(c)).unwrap_or(rest.len())
        } else {
            next.len_utf8()
        };
        let (piece, after) = rest.split_at(length);
        match piece {
            piece if piece.len() >= SUSPICIOUS => clean.push_str("[left out]"),
            piece if next.is_control() => clean.push(if piece == "\t" { ' ' } else { '?' }),
            piece => clean.push_str(piece),
        }
        rest = after;
    }
    clean.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::first_line;

    #[test]
    fn keys_and_control_characters_are_left_out() {
        assert_eq!(first_line(" ACL not found\nmore"), "ACL not found");
        let echoed = "data: LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0NBUUVF is wrong";
        assert_eq!(first_line(echoed), "data: [left out] is wrong");
        assert_eq!(first_line("a\u{1b}[31mb"), "a?[31mb");
        assert!(first_line(&"ä ".repeat(500)).chars().count() <= 300);
    }
}
