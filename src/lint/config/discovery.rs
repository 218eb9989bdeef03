//! Finds the configuration of a run: the closest one above everything that it reads.

use std::path::{Path, PathBuf};

use crate::source::{absolute, common_folder, repository_root};

/// The names of configuration files.
const FILE_NAMES: [&str; 2] = [".mtlsctl.yaml", ".mtlsctl.yml"];

/// One folder has both `.mtlsctl.yaml` and `.mtlsctl.yml`.
#[derive(Debug, PartialEq, Eq)]
pub struct TwoConfigs {
    /// The folder.
    pub folder: PathBuf,
}

/// The closest configuration at or above all inputs, or the working directory if there are none;
/// not above the repository, or without a repository, not above the working directory.
///
/// All inputs form one world, so they share one configuration.
///
/// # Errors
/// Two configurations in one folder.
pub fn find_config(inputs: &[PathBuf], here: &Path) -> Result<Option<PathBuf>, TwoConfigs> {
    let inputs = inputs.iter().filter(|path| path.as_os_str() != "-");
    let folders = inputs.map(|path| {
        let path = absolute(&here.join(path));
        // A missing file is reported later, with its own message.
        if path.is_dir() { path } else { path.parent().map_or(path.clone(), Path::to_path_buf) }
    });
    let start = folders.reduce(|one, other| common_folder(&one, &other));
    let start = start.unwrap_or_else(|| here.to_path_buf());
    let end = repository_root(&start).unwrap_or_else(|| {
        if start.starts_with(here) { here.to_path_buf() } else { start.clone() }
    });
    for folder in start.ancestors().take_while(|folder| folder.starts_with(&end)) {
        let mut found = FILE_NAMES.iter().map(|name| folder.join(name)).filter(|p| p.is_file());
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => return Err(TwoConfigs { folder: folder.to_path_buf() }),
            (Some(path), None) => return Ok(Some(path)),
            (None, _) => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_nearest_configuration_above_all_inputs_holds() {
        let root = std::env::temp_dir().join(format!("mtlsctl-discovery-{}", std::process::id()));
        let write = |path: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        write(".mtlsctl.yaml");
        write("repo/a/b/x.yaml");
        write("repo/c/x.yaml");
        write("repo/a/.mtlsctl.yml");
        let repo = root.join("repo");
        let find = |inputs: &[&str], here: &Path| {
            let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
            let found = find_config(&inputs, here).unwrap();
            found.map(|path| path.strip_prefix(&root).unwrap().display().to_string())
        };
        let nested = Some("repo/a/.mtlsctl.yml".to_owned());
        assert_eq!(find(&["a/b"], &repo), nested);
        assert_eq!(find(&["a/b/x.yaml", "-"], &repo), nested);
        assert_eq!(find(&[], &repo.join("a")), nested);
        assert_eq!(find(&["a/b", "c"], &repo), None, "beyond the working directory");
        assert_eq!(find(&["../c"], &repo.join("a")), None, "another folder's");
        write("repo/.git/HEAD");
        write("repo/.mtlsctl.yaml");
        let whole = Some("repo/.mtlsctl.yaml".to_owned());
        assert_eq!(find(&["a/b", "c"], &repo), whole);
        assert_eq!(find(&[], &repo.join("c")), whole);
        fs::remove_file(repo.join(".mtlsctl.yaml")).unwrap();
        assert_eq!(find(&["c"], &repo), None, "beyond the repository");
        write("repo/a/.mtlsctl.yaml");
        let two = find_config(&[PathBuf::from("a")], &repo).unwrap_err();
        assert_eq!(two.folder, repo.join("a"));
        fs::remove_dir_all(root).unwrap();
    }
}
