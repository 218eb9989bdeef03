//! The built binary, called as on a machine that has no settings of its own.

use std::process::Command;

/// A call in the project's folder, 80 columns wide, that hears nothing of the settings around it.
pub fn mtlsctl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8").env("COLUMNS", "80");
    let own = std::env::vars_os().map(|(name, _)| name);
    for name in own.filter(|name| name.to_string_lossy().starts_with("MTLSCTL_")) {
        command.env_remove(name);
    }
    command.env_remove("GITHUB_STEP_SUMMARY").env_remove("NO_COLOR");
    command
}
