//! A temporary folder for a test, in the target folder.

use std::path::Path;

use tempfile::TempDir;

pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        let target = env!("CARGO_TARGET_TMPDIR");
        // Not hidden, which is this crate's default for temporary folders.
        Self(tempfile::Builder::new().prefix("test-").tempdir_in(target).unwrap())
    }

    /// A folder with these files: names (with folders) and texts.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path as a command-line argument.
    pub fn name(&self) -> &str {
        self.path().to_str().unwrap()
    }

    /// Writes a file, and creates its folders. Returns its path as a command-line argument.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }
}
