//! `mtlsctl completions`: scripts generated from the parser's own command.

use clap::{Args, Command, ValueEnum};
use clap_complete::{Generator, Shell};
use clap_complete_nushell::Nushell;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;

/// Print a shell completion script.
///
/// For bash, zsh, fish, elvish and PowerShell, `COMPLETE=SHELL mtlsctl` prints a script that also
/// completes names from your manifests, for example `source <(COMPLETE=bash mtlsctl)`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell it is for.
    #[arg(value_enum)]
    shell: ShellName,
}

/// Shells with a completion script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellName {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
    /// elvish
    Elvish,
    /// nushell
    Nushell,
    /// kubectl, for `kubectl mtlsctl`: an executable for your PATH
    Kubectl,
}

/// What kubectl runs to complete its plugin's arguments: one candidate per line, its description
/// after a tab, and finally a number (Cobra's `ShellCompDirective`; 4 means "no files"). Fish gets
/// the same format.
const KUBECTL: &str = "\
#!/bin/sh
# Completes `kubectl mtlsctl`. Put it into your PATH as `kubectl_complete-mtlsctl`, executable.
COMPLETE=fish kubectl-mtlsctl -- kubectl-mtlsctl \"$@\"
echo :4
";

impl ShellName {
    /// The script's usual file name.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Bash => "mtlsctl.bash",
            Self::Zsh => "_mtlsctl",
            Self::Fish => "mtlsctl.fish",
            Self::Powershell => "_mtlsctl.ps1",
            Self::Elvish => "mtlsctl.elv",
            Self::Nushell => "mtlsctl.nu",
            Self::Kubectl => "kubectl_complete-mtlsctl",
        }
    }

    /// The script.
    pub fn script(self, command: &Command) -> String {
        match self {
            Self::Bash => generate(Shell::Bash, command),
            Self::Zsh => generate(Shell::Zsh, command),
            Self::Fish => generate(Shell::Fish, command),
            Self::Powershell => generate(Shell::PowerShell, command),
            Self::Elvish => generate(Shell::Elvish, command),
            Self::Nushell => generate(Nushell, command),
            Self::Kubectl => KUBECTL.to_owned(),
        }
    }
}

fn generate(generator: impl Generator, command: &Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(generator, &mut command.clone(), "mtlsctl", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Runs the command.
///
/// # Errors
/// A closed output.
pub(crate) fn run(
    args: &CompletionsArgs,
    command: &Command,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    console.out.write_all(args.shell.script(command).as_bytes())?;
    Ok(Exit::Clean)
}
