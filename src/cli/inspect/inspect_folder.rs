//! `inspect FOLDER`: which of its files have certificates, and whether any is a manifest.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::source::reason;

/// Usual extensions of certificate, key and revocation list files.
const ENDINGS: [&str; 7] = ["pem", "crt", "cer", "cert", "der", "crl", "key"];

/// How much of a file without such an extension is searched for its first PEM block.
const GLANCE: u64 = 4096;

/// The contents of a folder and its subfolders.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Files of certificates, keys and revocation lists, by name.
    pub(super) certificates: Vec<PathBuf>,
    /// Whether there is YAML or JSON, which may contain Secrets.
    pub(super) has_manifests: bool,
}

impl Folder {
    /// Searches a folder. Hidden files are skipped, and links to folders are not followed.
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

/// Whether a file with any other name has PEM, such as `ca-bundle`; unreadable files do not.
fn begins_a_block(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(GLANCE).read_to_end(&mut start));
    read.is_ok() && memchr::memmem::find(&start, b"-----BEGIN ").is_some()
}
