//! Paths as the kernel reads them: Emissary and Envoy open a `*_file` as it is written.

use crate::resource::{Container, Mount};

/// Why a path leads to no file, whatever is mounted. Measured with Envoy 1.38.3: it neither replaces
/// `~`, nor cuts blanks or a slash off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFault {
    /// It starts with `~`, which only a shell replaces.
    Tilde,
    /// Blanks stand before or after it.
    Blank,
    /// A slash stands after the name of a file.
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

/// An absolute path without `//`, `.` and `..`; none if it is relative, or leads through a folder
/// that may not be there.
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
    // What ends like a folder is none of the files.
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}

/// What follows the mount's own path, if the path lies in it.
pub(super) fn below<'p>(mount: &Mount, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix(mount.folder())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_kernel_opens_is_told_from_what_it_may() {
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
