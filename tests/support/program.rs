//! The built binary, isolated from the machine's settings.

use std::process::Command;

/// A command in the project's folder, 80 columns wide, without inherited settings.
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
