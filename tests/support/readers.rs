//! Programs that read what we write, from where `tests/peers/install` puts them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program below `target/peers`.
pub fn reader(path: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers").join(path);
    assert!(path.exists(), "{} is not installed; run tests/peers/install", path.display());
    path
}

/// Both streams of a program that has to succeed.
pub fn silent(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = both(&output);
    assert!(output.status.success(), "{command:?} ends with {}:\n{said}", output.status);
    said
}

/// Both streams.
pub fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}
