//! Files in a revision of the Git repository, read without touching the working tree.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::read::reason;

/// A state of the repository's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitRevision {
    /// A commit, a branch or a tag: anything that `git rev-parse` accepts.
    Commit(String),
    /// The index (staged changes).
    Index,
}

/// The difference of a file between two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// Only the later state has it.
    Added,
    /// Only the earlier state has it.
    Deleted,
    /// Both have it, with different contents or types.
    Modified,
}

/// Why Git failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    /// The program could not be run.
    #[error("cannot run git: {0}")]
    NotRun(String),
    /// It failed, with the first line of its message.
    #[error("git: {0}")]
    Failed(String),
    /// Its output does not follow the protocol.
    #[error("git gave an unexpected answer")]
    Garbled,
}

impl GitRevision {
    /// The manifests (`.yaml`, `.yml`, `.json`) at or below a path, with paths relative to the
    /// working directory.
    ///
    /// # Errors
    /// [`GitError`]: no repository, or no such revision.
    pub fn files(&self, below: &Path) -> Result<Vec<PathBuf>, GitError> {
        let below = below.as_os_str();
        let out = match self {
            Self::Commit(commit) => {
                let arguments = ["ls-tree", "-r", "-z", "--name-only", "--end-of-options"];
                git(Command::new("git").args(arguments).arg(commit).arg(below), b"")?
            }
            Self::Index => {
                let arguments = ["ls-files", "-z", "--cached", "--"];
                git(Command::new("git").args(arguments).arg(below), b"")?
            }
        };
        Ok(paths(&out))
    }

    /// Writes all files into an empty folder, for programs that only read files, and returns the
    /// folder in it that corresponds to the working directory. Neither the working tree nor the
    /// index changes.
    ///
    /// # Errors
    /// [`GitError`]: no repository, or no such revision.
    pub fn check_out(&self, into: &Path) -> Result<PathBuf, GitError> {
        let line = |arguments: &[&str]| -> Result<String, GitError> {
            let out = git(Command::new("git").args(arguments), b"")?;
            Ok(String::from_utf8_lossy(&out).trim_end_matches('\n').to_owned())
        };
        let top = line(&["rev-parse", "--show-toplevel"])?;
        let below = line(&["rev-parse", "--show-prefix"])?;
        let mut copy = Command::new("git");
        copy.current_dir(&top).args(["checkout-index", "--all", "--quiet"]);
        copy.arg(format!("--prefix={}/tree/", into.display()));
        if let Self::Commit(commit) = self {
            let tree = format!("{commit}^{{tree}}");
            let tree = line(&["rev-parse", "--verify", "--end-of-options", &tree])?;
            let index = into.join("index");
            let read = ["read-tree", tree.trim_start_matches("--end-of-options").trim()];
            git(Command::new("git").args(read).env("GIT_INDEX_FILE", &index), b"")?;
            copy.env("GIT_INDEX_FILE", &index);
        }
        git(&mut copy, b"")?;
        Ok(into.join("tree").join(below))
    }

    /// The texts of files, in the same order; `None` for files that the revision does not have or
    /// that are not UTF-8.
    ///
    /// # Errors
    /// [`GitError`].
    pub fn texts(&self, files: &[PathBuf]) -> Result<Vec<Option<String>>, GitError> {
        let mut asked = Vec::new();
        for file in files {
            let commit = match self {
                Self::Commit(commit) => commit,
                Self::Index => "",
            };
            asked.extend_from_slice(format!("{commit}:./{}\n", file.display()).as_bytes());
        }
        let out = git(Command::new("git").args(["cat-file", "--batch"]), &asked)?;
        let mut rest = out.as_slice();
        files.iter().map(|_| object(&mut rest)).collect()
    }
}

/// The changes from a revision to the working tree, or those that are staged, below the working
/// directory. Untracked files count as added to the working tree.
///
/// # Errors
/// [`GitError`]: no repository, or no such revision.
pub fn changes(
    since: &GitRevision,
    is_staged: bool,
) -> Result<Vec<(FileChange, PathBuf)>, GitError> {
    let mut command = Command::new("git");
    command.args(["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative"]);
    if is_staged {
        command.arg("--cached");
    }
    if let GitRevision::Commit(commit) = since {
        command.arg("--end-of-options").arg(commit);
    }
    let out = git(&mut command, b"")?;
    let mut words = out.split(|byte| *byte == 0).filter(|word| !word.is_empty());
    let mut found = Vec::new();
    while let (Some(status), Some(path)) = (words.next(), words.next()) {
        let change = match status.first() {
            Some(b'A') => FileChange::Added,
            Some(b'D') => FileChange::Deleted,
            _ => FileChange::Modified,
        };
        found.push((change, PathBuf::from(String::from_utf8_lossy(path).into_owned())));
    }
    let untracked = ["ls-files", "-z", "--others", "--exclude-standard"];
    let out = git(Command::new("git").args(untracked), b"")?;
    found.extend(paths(&out).into_iter().map(|path| (FileChange::Added, path)));
    Ok(found)
}

/// The paths of manifests in `-z` output.
fn paths(out: &[u8]) -> Vec<PathBuf> {
    let words = out.split(|byte| *byte == 0);
    let paths = words.map(|word| PathBuf::from(String::from_utf8_lossy(word).into_owned()));
    paths.filter(|path| super::gather::is_manifest_name(path)).collect()
}

/// Takes the next object from the output of `cat-file --batch`.
fn object(rest: &mut &[u8]) -> Result<Option<String>, GitError> {
    let end = memchr::memchr(b'\n', rest).ok_or(GitError::Garbled)?;
    let (head, tail) = rest.split_at(end);
    *rest = tail.get(1..).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let Some((kind, size)) = head.rsplit_once(' ') else { return Err(GitError::Garbled) };
    // `NAME missing` has no size; a folder or submodule is not text.
    let Ok(size) = size.parse::<usize>() else { return Ok(None) };
    let bytes = rest.get(..size).ok_or(GitError::Garbled)?;
    *rest = rest.get(size + 1..).unwrap_or_default();
    Ok(kind.ends_with(" blob").then(|| String::from_utf8(bytes.to_vec()).ok()).flatten())
}

/// The checked-out commit; an empty tree before the first commit.
///
/// # Errors
/// [`GitError`]: no repository.
pub fn head() -> Result<String, GitError> {
    let verified = git(Command::new("git").args(["rev-parse", "--verify", "--quiet", "HEAD"]), b"");
    if verified.is_ok() {
        return Ok("HEAD".to_owned());
    }
    let empty = git(Command::new("git").args(["hash-object", "-t", "tree", "--stdin"]), b"")?;
    Ok(String::from_utf8_lossy(&empty).trim().to_owned())
}

/// Runs Git with an input and returns its output.
fn git(command: &mut Command, input: &[u8]) -> Result<Vec<u8>, GitError> {
    let not_run = |error: std::io::Error| GitError::NotRun(reason(&error));
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().map_err(not_run)?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // Written in parallel with reading: the output may exceed a pipe's buffer.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = output.map_err(not_run)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("it failed without a message");
    Err(GitError::Failed(first.trim_start_matches("fatal: ").to_owned()))
}
