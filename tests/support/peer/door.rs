//! A port of a server: its TLS version, and its requirement for clients.

use super::process::free_port;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tls {
    V12,
    V13,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Never,
    Optional,
    Required,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Door {
    pub(crate) port: u16,
    pub(crate) tls: Tls,
    pub(crate) mode: Mode,
}

impl Door {
    /// The six doors of each server in the matrix.
    pub(crate) fn all() -> Vec<Self> {
        let mut doors = Vec::new();
        for tls in [Tls::V12, Tls::V13] {
            for mode in [Mode::Never, Mode::Optional, Mode::Required] {
                doors.push(Self { port: free_port(), tls, mode });
            }
        }
        doors
    }
}

impl Tls {
    pub(crate) fn number(self) -> &'static str {
        match self {
            Self::V12 => "1.2",
            Self::V13 => "1.3",
        }
    }
}
