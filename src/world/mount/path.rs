//! Paths as the kernel reads them: Emissary and Envoy open a `*_file` exactly as written.

use crate::resource::{Container, Mount};

/// Why a path leads to no file, whatever is mounted. Measured with Envoy 1.38.3: it does not expand
/// `~` or trim blanks and slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFault {
    /// It starts with `~`, which only a shell expands.
    Tilde,
    /// It has leading or trailing blanks.
    Blank,
    /// It has a slash after the file name.
    Slash,
}

impl PathFault {
    pub(super) fn of(path: &str) -> Option<Self> {
        let folder = path.trim_end_matches('/');
        let name = folder.rsplit('/').next().unwrap_or_default();
        if path.trim() != path {
            Some(Self::Blank)
        } else if path.starts_with('~') {
            Some(Self::Tilde)
        } else if folder.len() < path.len() && name.trim_start_matches('.').contains('.') {
            Some(Self::Slash)
        } else {
            None
        }
    }
}

/// The absolute path without `//`, `.` and `..`; `None` if it is relative or passes through a
/// folder that may not exist.
pub(super) fn normal(container: &Container, path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.strip_prefix('/')?.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                let folder = format!("/{}", parts.join("/"));
                let within = |mount: &Mount| {
                    let rest = mount.folder().strip_prefix(folder.trim_end_matches('/'));
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                if !parts.is_empty() && !container.mounts.iter().any(within) {
                    return None;
                }
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // A trailing slash is kept: such a path is not a file.
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}

/// The part of the path below the mount's own path; `None` if it is outside.
pub(super) fn below<'p>(mount: &Mount, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix(mount.folder())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_paths_are_distinguished_from_possible_ones() {
        let fault = |path| PathFault::of(path);
        assert_eq!(fault("~/c.pem"), Some(PathFault::Tilde));
        assert_eq!(fault(" /certs/c.pem"), Some(PathFault::Blank));
        assert_eq!(fault("/certs/c.pem\n"), Some(PathFault::Blank));
        assert_eq!(fault("/certs/c.pem/"), Some(PathFault::Slash));
        for path in
            ["/certs/c.pem", "certs/c.pem", "/certs/", "/", "/a b/c.pem", "/~/c.pem", "/.d/"]
        {
            assert_eq!(fault(path), None, "{path}");
        }
    }
}
