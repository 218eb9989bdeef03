//! The real programs in `tests/peers/table`, found where `tests/peers/install` puts them.
//!
//! A missing peer fails the test with the command that installs it: a skipped test proves nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TABLE: &str = include_str!("../peers/table");

/// A file of a peer: `NAME/PATH` means the first version of that name in the table, and
/// `NAME-VERSION/PATH` that version.
pub fn file(path: &str) -> PathBuf {
    let (peer, rest) = path.split_once('/').expect("NAME/PATH");
    let path = folder(peer).join(rest);
    assert!(path.exists(), "{} is missing; run `tests/peers/install {peer}`", path.display());
    path
}

/// A command that runs a file of a peer with its own libraries.
pub fn command(path: &str) -> Command {
    let peer = path.split_once('/').expect("NAME/PATH").0;
    let mut command = Command::new(file(path));
    let libraries = libraries(peer);
    if !libraries.is_empty() {
        command.env("LD_LIBRARY_PATH", std::env::join_paths(libraries).unwrap());
    }
    command
}

/// The library folders in a peer built from Debian packages.
pub fn libraries(peer: &str) -> Vec<PathBuf> {
    let folder = folder(peer);
    let mut found = Vec::new();
    for parent in [folder.join("usr/lib"), folder.join("lib")] {
        for entry in fs::read_dir(parent).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().contains("-linux-gnu")) {
                found.push(path.clone());
                // PulseAudio and NSS have their own library folders.
                let own = ["pulseaudio", "nss"].map(|name| path.join(name));
                found.extend(own.into_iter().filter(|path| path.exists()));
            }
        }
    }
    found
}

/// Every version of a peer in the table, in order.
pub fn versions(name: &str) -> Vec<&'static str> {
    rows().filter(|(peer, _)| *peer == name).map(|(_, version)| version).collect()
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.next()?))
    })
}

/// Where a peer is installed.
fn folder(peer: &str) -> PathBuf {
    let (name, version) = rows()
        .find(|(name, version)| *name == peer || format!("{name}-{version}") == peer)
        .unwrap_or_else(|| panic!("tests/peers/table has no `{peer}`"));
    let version = if version == "debian" { codename() } else { version.to_owned() };
    cache().join("mtlsctl-peers").join(format!("{name}-{version}"))
}

fn cache() -> PathBuf {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CACHE_HOME")
        .or_else(|| Some(set("HOME")?.join(".cache")))
        .expect("XDG_CACHE_HOME or HOME is set")
}

/// The codename of the machine's Debian, read as by `tests/peers/install`.
fn codename() -> String {
    let text = fs::read_to_string(Path::new("/etc/os-release")).unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    name.unwrap_or("debian").trim_matches('"').to_owned()
}

/// Both output streams of a program that must succeed.
pub fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = both(&output);
    assert!(output.status.success(), "{command:?} ends with {}:\n{said}", output.status);
    said
}

/// Both output streams.
pub fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}
