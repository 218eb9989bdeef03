//! `inspect FOLDER`: which of its files hold certificates, and whether any is a manifest.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::source::reason;

/// How files of certificates, keys and revocation lists usually end.
const ENDINGS: [&str; 7] = ["pem", "crt", "cer", "cert", "der", "crl", "key"];

/// How far into a file without such an ending its first block is looked for.
const GLANCE: u64 = 4096;

/// What a folder holds, and those below it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Files of certificates, keys and revocation lists, by name.
    pub(super) certificates: Vec<PathBuf>,
    /// Whether there is YAML or JSON, which may hold Secrets.
    pub(super) has_manifests: bool,
}

impl Folder {
    /// Looks through a folder. Hidden files are left out, and links to folders are not followed.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let mut found = Self::default();
        found.add(path)?;
        found.certificates.sort();
        Ok(found)
    }

    fn add(&mut self, folder: &Path) -> Result<(), Failure> {
        let unreadable = |error: std::io::Error| Failure::Unreadable {
            path: folder.display().to_string(),
            reason: reason(&error),
        };
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(unreadable)?.is_dir() {
                self.add(&path)?;
            } else if path.is_file() {
                let ending =
                    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                match ending.to_ascii_lowercase().as_str() {
                    "yaml" | "yml" | "json" => self.has_manifests = true,
                    ending if ENDINGS.contains(&ending) => self.certificates.push(path),
                    _ if begins_a_block(&path) => self.certificates.push(path),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// Whether a file of another name holds PEM, as `ca-bundle` does; one that cannot be read does not.
fn begins_a_block(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(GLANCE).read_to_end(&mut start));
    read.is_ok() && memchr::memmem::find(&start, b"-----BEGIN ").is_some()
}
