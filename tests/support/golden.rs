//! Expected output in files, compared or rewritten for review with `UPDATE=1`.

use std::fs;
use std::path::Path;

/// Compares a text with a golden file; `UPDATE=1` rewrites the file.
pub(crate) fn assert_golden(path: &Path, actual: &str) {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == actual {
        return;
    }
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(path, actual).unwrap();
        return;
    }
    panic!(
        "{} is not current; run `UPDATE=1 cargo test` and read the difference\n--- expected\n{expected}\n--- actual\n{actual}",
        path.display()
    );
}
