//! Globs for paths, in `.gitignore` syntax.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::path::absolute;

/// Globs relative to a folder.
#[derive(Debug, Clone)]
pub struct PathGlobs {
    folder: PathBuf,
    globs: Gitignore,
}

impl PathGlobs {
    /// Compiles globs relative to a folder.
    ///
    /// # Errors
    /// A sentence that names the invalid glob.
    pub fn new(folder: &Path, globs: &[String]) -> Result<Self, String> {
        let folder = absolute(folder);
        let mut builder = GitignoreBuilder::new(&folder);
        for glob in globs {
            let plain = glob.strip_prefix("./").unwrap_or(glob);
            builder
                .add_line(None, plain)
                .map_err(|error| format!("`{glob}` is not a glob: {error}"))?;
        }
        let globs =
            builder.build().map_err(|error| format!("the globs cannot be used: {error}"))?;
        Ok(Self { folder, globs })
    }

    /// Whether a path (relative to the working directory, or absolute) or a folder above it
    /// matches.
    pub fn cover(&self, path: &Path, is_folder: bool) -> bool {
        if self.globs.is_empty() {
            return false;
        }
        let path = absolute(path);
        let path = match path.strip_prefix(&self.folder) {
            Ok(_) => path,
            // Outside the folder, only globs that match at any depth apply.
            Err(_) => self.folder.join("..").join(path.strip_prefix("/").unwrap_or(&path)),
        };
        path.starts_with(&self.folder)
            && self.globs.matched_path_or_any_parents(&path, is_folder).is_ignore()
    }
}

/// Checks that a text is a glob.
///
/// # Errors
/// A sentence with the reason.
pub fn valid_glob(glob: &str) -> Result<(), String> {
    if glob.trim().is_empty() {
        return Err("an empty glob covers nothing".to_owned());
    }
    PathGlobs::new(Path::new("/"), &[glob.to_owned()]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_have_the_meaning_of_a_gitignore() {
        let covers = |glob: &str, path: &str| {
            let globs = PathGlobs::new(Path::new("/repo"), &[glob.to_owned()]).unwrap();
            globs.cover(Path::new(path), false)
        };
        assert!(covers("x.yaml", "/repo/a/x.yaml") && covers("/a", "/repo/a/x.yaml"));
        assert!(covers("./a/", "/repo/a/x.yaml") && covers("a/**/x.*", "/repo/a/b/c/x.yaml"));
        assert!(!covers("/x.yaml", "/repo/a/x.yaml") && !covers("a", "/repo/ab/x.yaml"));
        // Outside the folder, only globs that match at any depth apply.
        assert!(covers("x.yaml", "/other/x.yaml") && covers("**/b/*.yaml", "/other/b/x.yaml"));
        assert!(!covers("/a", "/a/x.yaml") && !covers("a/x.yaml", "/a/x.yaml"));
        assert!(valid_glob("{a").is_err() && valid_glob(" ").is_err() && valid_glob("a*").is_ok());
    }
}
