//! Paths as text: absolute, relative and normalized.

use std::path::{Component, Path, PathBuf};

/// An absolute path; `.` and `..` are resolved textually.
pub fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}

/// The deepest common folder of two absolute paths.
pub fn common_folder(one: &Path, other: &Path) -> PathBuf {
    let both = one.components().zip(other.components());
    both.take_while(|(one, other)| one == other).map(|(part, _)| part).collect()
}

/// A path relative to a folder, with `..` if they have more than the root in common; `.` for the
/// folder itself.
pub fn relative(path: &Path, folder: &Path) -> PathBuf {
    let (path, folder) = (absolute(path), absolute(folder));
    let common = common_folder(&path, &folder);
    if common.parent().is_none() {
        return path;
    }
    let up = folder.strip_prefix(&common).map_or(0, |below| below.components().count());
    let down = path.strip_prefix(&common).unwrap_or(&path);
    let parts = std::iter::repeat_n(Component::ParentDir, up).chain(down.components());
    let relative: PathBuf = parts.collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}

/// A path below a folder, with `/` separators; `.` and `..` are resolved textually.
pub fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    let root = if folder.starts_with('/') || path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// A path for display: `/` separators, without a leading `./`.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map(ToOwned::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_given_folder() {
        let seen = |path: &str, folder: &str| relative(Path::new(path), Path::new(folder));
        assert_eq!(seen("/a/b/c.yaml", "/a/b"), PathBuf::from("c.yaml"));
        assert_eq!(seen("/a/c.yaml", "/a/b/d"), PathBuf::from("../../c.yaml"));
        assert_eq!(seen("/a/b", "/a/b"), PathBuf::from("."));
        assert_eq!(seen("/x/c.yaml", "/a/b"), PathBuf::from("/x/c.yaml"));
    }

    #[test]
    fn paths_below_a_folder_are_normalized() {
        assert_eq!(joined("", "a.yaml"), "a.yaml");
        assert_eq!(joined("overlays/dev", "../../base"), "base");
        assert_eq!(joined("overlays/dev", "./patch.yaml"), "overlays/dev/patch.yaml");
        assert_eq!(joined("../x", "../y"), "../y");
        assert_eq!(joined("/srv/x", "../y/"), "/srv/y");
    }
}
