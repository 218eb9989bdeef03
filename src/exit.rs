//! The exit codes, the same in every output format.

/// The exit code of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Checked, with no finding at or above `--fail-on`.
    Clean = 0,
    /// Checked, with a finding at or above `--fail-on`.
    Found = 1,
    /// Could not check: usage, configuration, unreadable input or an internal error.
    Failed = 2,
    /// Nothing to check: no file matched, or none had an Ambassador resource.
    NothingToCheck = 3,
    /// The peer was not reached, so TLS was not judged; or the Consul agent, so nothing was fetched.
    NotReached = 4,
    /// Interrupted by Ctrl-C, after reporting the results so far; the same code as in shells.
    Interrupted = 130,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
