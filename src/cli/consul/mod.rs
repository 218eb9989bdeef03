//! `mtlsctl consul`: brings a service's certificate from Consul to Ambassador.

mod agent_args;
mod environment;
mod export;
mod fetch;
mod secret_args;
mod sink_args;
mod sync;

pub(crate) use agent_args::AgentArgs;
pub(crate) use environment::Environment;
pub(crate) use fetch::fetch;

use clap::Subcommand;

use crate::console::Console;
use crate::consul::{AgentError, Unsound};
use crate::exit::Exit;
use crate::failure::Failure;

use crate::cli::shared::GlobalArgs;

/// Copy a service's certificate and the mesh's roots from a Consul agent to Ambassador.
///
/// Replaces Ambassador's Consul connector, and reads its variables (_AMBASSADOR_ID, _CONSUL_HOST,
/// _CONSUL_PORT, _AMBASSADOR_TLS_SECRET_NAME, _AMBASSADOR_TLS_SECRET_NAMESPACE) and those of
/// Consul's own client (CONSUL_HTTP_ADDR, CONSUL_HTTP_TOKEN_FILE, CONSUL_CACERT, ...). Flags take
/// precedence over the connector's variables, and those over Consul's.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(Box<export::ExportArgs>),
    Sync(Box<sync::SyncArgs>),
}

/// Runs the command.
///
/// # Errors
/// An invalid flag or variable, or a refusal by the agent or a sink.
pub(super) fn run(
    args: &Args,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let environment = Environment::of_process();
    match &args.command {
        Command::Export(args) => export::run(args, &environment, global, console),
        Command::Sync(args) => sync::run(args, &environment, global, console),
    }
}

impl From<AgentError> for Failure {
    fn from(error: AgentError) -> Self {
        let exit = match error {
            AgentError::Unreachable { .. } => Exit::NotReached,
            _ => Exit::Failed,
        };
        Self::Remote { message: error.to_string(), hint: error.hint(), exit }
    }
}

impl From<Unsound> for Failure {
    fn from(error: Unsound) -> Self {
        Self::Remote {
            message: format!("nothing is written: {error}"),
            hint: "the certificate that Consul sent would not work; check its CA with `consul \
                   connect ca get-config`"
                .to_owned(),
            exit: Exit::Found,
        }
    }
}
