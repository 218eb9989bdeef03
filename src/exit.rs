//! The exit codes, the same in every output format.

/// What the process tells its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Checked, and nothing at or above `--fail-on` was found.
    Clean = 0,
    /// Checked, and something at or above `--fail-on` was found.
    Found = 1,
    /// Could not check: usage, configuration, unreadable input or an internal error.
    Failed = 2,
    /// Nothing to check: no file matched, or no Ambassador resource was in them.
    NothingToCheck = 3,
    /// The peer was not reached, so TLS was not judged; or the Consul agent, so nothing was fetched.
    NotReached = 4,
    /// Ended by Ctrl-C, after what was known was reported; shells call it so, too.
    Interrupted = 130,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
