//! `mtlsctl version`: its own release, and the Emissary and Envoy releases it knows.

use clap::Args;
use serde_json::json;

use crate::console::Console;
use crate::envoy::EnvoyVersion;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::world::Profile;

use super::shared::{Formats, OutputArgs, deliver};

/// Print the version, and which releases of Emissary and Envoy are known.
#[derive(Debug, Args)]
pub(crate) struct VersionArgs {
    #[command(flatten)]
    output: OutputArgs<Format>,
}

/// Formats of `version`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

impl Formats for Format {
    const NAMES: &'static [(&'static str, Self)] = &[("text", Self::Text), ("json", Self::Json)];
}

/// Runs the command.
///
/// # Errors
/// An output that cannot be written.
pub(crate) fn run(args: &VersionArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    for output in &args.output.outputs {
        let report = match output.format {
            Format::Text => text(),
            Format::Json => json_text(),
        };
        deliver(output, &report, console)?;
    }
    Ok(Exit::Clean)
}

fn text() -> String {
    let usual = Profile::default();
    format!(
        "mtlsctl   {}\n\
         Emissary  {}\n          {usual} unless the input or --emissary says otherwise\n\
         Envoy     {}\n          {} with Emissary {usual}, unless --envoy says otherwise\n",
        env!("CARGO_PKG_VERSION"),
        Profile::known().join(", "),
        envoys().join(", "),
        usual.envoy(),
    )
}

fn json_text() -> String {
    let usual = Profile::default();
    let version = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "emissary": { "known": Profile::known(), "default": usual.to_string() },
        "envoy": { "known": envoys(), "default": usual.envoy().to_string() },
    });
    format!("{version:#}\n")
}

fn envoys() -> Vec<String> {
    EnvoyVersion::ALL.iter().map(ToString::to_string).collect()
}
