//! `mtlsctl explain`: a rule as a page, all rules, or a code of Envoy's log decoded.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::console::Console;
use crate::envoy::{Decoded, Rejection, Symptom};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::meant_rule;
use crate::report::explain::{explain_code, explain_rejection, explain_symptom};
use crate::report::{explain_rule, rule_list};
use crate::rule::ALL;

use crate::cli::shared::candidates;
use crate::cli::shared::look;

/// Explain a rule or an Envoy TLS code, or list all rules.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule's id; or a TLS code, alert name, response flag or line from Envoy's log.
    #[arg(value_name = "RULE|ENVOY-CODE", add = ArgValueCandidates::new(candidates::rules))]
    what: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A name that no rule has.
pub(crate) fn run(args: &ExplainArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let look = look(console);
    let text = match &args.what {
        None => rule_list(&ALL, look),
        Some(id) => match ALL.iter().find(|rule| rule.id == id) {
            Some(rule) => explain_rule(rule, look),
            None if let Some(decoded) = Decoded::read(id) => explain_code(&decoded, look),
            None if let Some(rejection) = Rejection::read(id) => explain_rejection(rejection, look),
            None if let Some(symptom) = Symptom::read(id) => explain_symptom(symptom, look),
            None if id.trim().parse::<u8>().is_ok() => {
                return Err(Failure::Usage {
                    message: format!("no TLS alert has the number {}", id.trim()),
                    hint: "write the whole number that Envoy logs, such as 268436504".to_owned(),
                });
            }
            None => {
                let hint = meant_rule(id);
                return Err(Failure::Usage { message: format!("no rule is called `{id}`"), hint });
            }
        },
    };
    console.out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}
