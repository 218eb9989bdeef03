//! The folder of one test: made empty below the target folder, and removed with the test.

use std::path::Path;

use tempfile::TempDir;

pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        let target = env!("CARGO_TARGET_TMPDIR");
        // Not hidden, as a temporary folder of this crate is by default.
        Self(tempfile::Builder::new().prefix("test-").tempdir_in(target).unwrap())
    }

    /// One with these files: their names, with folders, and their texts.
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

    /// The path as an argument of a call.
    pub fn name(&self) -> &str {
        self.path().to_str().unwrap()
    }

    /// Writes a file, and makes the folders that its name asks for. Returns its path as an argument.
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
