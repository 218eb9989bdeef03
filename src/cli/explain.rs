//! `mtlsctl explain`: a rule as a page, all rules, or a code of Envoy's log decoded.

use clap::Args;

use crate::console::Console;
use crate::diagnostic::nearest;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::probe::Decoded;
use crate::report::probe::explain_code;
use crate::report::{explain_rule, rule_list};
use crate::rule::ALL;

use super::common::look;

/// Explain a rule or an Envoy TLS code, or list all rules.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule's id; or a TLS code, alert name or line from Envoy's log.
    #[arg(value_name = "RULE|ENVOY-CODE")]
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
            None => {
                let hint = match nearest(id, ALL.iter().map(|rule| rule.id)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`mtlsctl explain` lists all rules".to_owned(),
                };
                return Err(Failure::Usage { message: format!("no rule is called `{id}`"), hint });
            }
        },
    };
    console.out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}
