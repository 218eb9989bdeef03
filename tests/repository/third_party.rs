//! THIRD-PARTY.md lists what is part of the program, with licences.

use crate::support::golden;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

#[test]
fn the_licences_of_shipped_crates_are_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = Command::new(env!("CARGO"))
        // Not `--offline`: Cargo may have to fetch crates for other systems.
        .args(["tree", "--locked", "--edges", "normal,no-proc-macro", "--target", "all"])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}|{r}"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    // Versions are in Cargo.lock; listing them would change this with every update.
    let rows: BTreeSet<String> = tree
        .lines()
        .filter(|line| !line.starts_with("mtlsctl "))
        .map(|line| {
            let mut parts = line.split('|');
            let name = parts.next().unwrap().split(' ').next().unwrap();
            let (licence, home) = (parts.next().unwrap(), parts.next().unwrap_or_default());
            let licence = licence.replace('/', " OR ");
            assert!(!licence.is_empty(), "{name} names no licence");
            let name = if home.is_empty() { name.to_owned() } else { format!("[{name}]({home})") };
            format!("| {name} | {licence} |\n")
        })
        .collect();
    let rows: String = rows.into_iter().collect();
    let text = format!(
        "# Third-party software\n\n\
         Libraries that ship in the program, with the licences they may be used under; on some \
         systems fewer of them.\nVersions stand in `Cargo.lock`, what licences are allowed in \
         `deny.toml`. Written by `UPDATE=1 cargo test --test repository third_party`.\n\n\
         | library | licence |\n| --- | --- |\n{rows}"
    );
    golden::assert_golden(&root.join("THIRD-PARTY.md"), &text);
}
