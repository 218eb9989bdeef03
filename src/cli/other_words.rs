//! Subcommands of other tools, and their equivalents here.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

/// Each word with its tip.
const WORDS: &[(&[&str], &str)] = &[
    (
        &["check", "analyze", "analyse", "validate", "scan", "test", "run", "audit"],
        "'mtlsctl lint' checks manifests, and 'mtlsctl probe' a live server",
    ),
    (
        &["show", "get", "describe", "list", "ls"],
        "'mtlsctl resolve' lists what each upstream gets; '--show-settings' lists the settings of \
         any command",
    ),
    (&["verify"], "'mtlsctl inspect FILE --ca FILE' verifies certificates"),
    (&["connect", "s_client"], "'mtlsctl probe HOST:PORT' makes a handshake"),
    (
        &["status", "proxy-config", "pc"],
        "'mtlsctl running' compares a running Envoy with the manifests",
    ),
    (&["init"], "no configuration is needed; 'mtlsctl config schema' prints its schema"),
    (&["render", "draw"], "'mtlsctl graph' draws who trusts whom"),
    (&["fmt", "fix"], "'mtlsctl lint --fix' applies safe fixes"),
];

/// The same error, with the equivalent subcommand in place of the most similar word.
pub(super) fn with_tip(error: Error, command: &Command) -> Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return error;
    };
    let Some((_, tip)) = WORDS.iter().find(|(words, _)| words.contains(&typed.as_str())) else {
        return error;
    };
    let mut told = Error::new(error.kind()).with_cmd(command);
    for (kind, value) in
        error.context().filter(|(kind, _)| *kind != ContextKind::SuggestedSubcommand)
    {
        told.insert(kind, value.clone());
    }
    told.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*tip).into()]));
    told
}
