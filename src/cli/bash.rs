//! Completion in bash, which splits `-o sarif=out` into three words (`COMP_WORDBREAKS` has a `=`).

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::complete;
use clap_complete::env::{self, EnvCompleter};

/// As `clap_complete` does it, with words joined again at each `=`.
#[derive(Debug)]
pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        env::Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        env::Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let mut script = Vec::new();
        env::Bash.write_registration(var, name, bin, completer, &mut script)?;
        // Right after a `=`, bash passes an empty word to complete, and the `=` would be lost.
        let current = "words[COMP_CWORD]=\"$2\"";
        let script = String::from_utf8_lossy(&script)
            .replace(current, &format!("[[ \"${{words[COMP_CWORD]}}\" == = ]] || {current}"));
        buf.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let variable = |name: &str| std::env::var(name).ok();
        let index = variable("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
        let separator = variable("_CLAP_IFS").unwrap_or_else(|| "\n".to_owned());
        let (words, index) = joined(&words, index.unwrap_or_default());
        // Bash replaces only the text after the last `=`.
        let known = words.get(index).map_or(0, |word| {
            word.as_encoded_bytes().iter().rposition(|byte| *byte == b'=').map_or(0, |at| at + 1)
        });
        let candidates = complete(command, words, index, current_dir)?;
        for (number, candidate) in candidates.iter().enumerate() {
            let value = candidate.get_value().to_string_lossy();
            let value = value.get(known..).unwrap_or(&value);
            write!(buf, "{}{value}", if number == 0 { "" } else { &separator })?;
        }
        Ok(())
    }
}

/// Words as the user typed them, and which of them is being completed.
fn joined(words: &[OsString], index: usize) -> (Vec<OsString>, usize) {
    let mut whole: Vec<OsString> = Vec::new();
    let (mut current, mut behind_sign) = (0, false);
    for (number, word) in words.iter().enumerate() {
        let is_sign = word.as_os_str() == OsStr::new("=");
        match whole.last_mut() {
            Some(last) if is_sign || behind_sign => last.push(word),
            _ => whole.push(word.clone()),
        }
        behind_sign = is_sign;
        if number == index {
            current = whole.len() - 1;
        }
    }
    (whole, current)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_bash_split_are_one_again() {
        let of = |words: &[&str], index| {
            let (words, index) =
                joined(&words.iter().map(OsString::from).collect::<Vec<_>>(), index);
            (
                words.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>(),
                index,
            )
        };
        let (words, index) = of(&["mtlsctl", "lint", "-o", "sarif", "=", "ou"], 5);
        assert_eq!((words.join(" "), index), ("mtlsctl lint -o sarif=ou".to_owned(), 3));
        let (words, index) = of(&["mtlsctl", "lint", "-o", "sarif", "="], 4);
        assert_eq!((words.join(" "), index), ("mtlsctl lint -o sarif=".to_owned(), 3));
        let (words, index) = of(&["mtlsctl", "lint", "--output", "=", "sarif", "=", "x", "de"], 7);
        assert_eq!((words.join(" "), index), ("mtlsctl lint --output=sarif=x de".to_owned(), 3));
        assert_eq!(of(&["mtlsctl", ""], 1), (vec!["mtlsctl".to_owned(), String::new()], 1));
    }
}
