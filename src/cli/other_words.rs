//! Subcommands that other tools have, and what does the same here.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

/// Each word with the tip for whoever types it.
const WORDS: &[(&[&str], &str)] = &[
    (
        &["check", "analyze", "analyse", "validate", "scan", "test", "run", "audit"],
        "'mtlsctl lint' checks manifests, and 'mtlsctl probe' a live server",
    ),
    (
        &["show", "get", "describe", "list", "ls"],
        "'mtlsctl resolve' lists what each upstream gets; '--show-settings' of any command lists its settings",
    ),
    (&["verify"], "'mtlsctl inspect FILE --ca FILE' verifies certificates"),
    (&["connect", "s_client"], "'mtlsctl probe HOST:PORT' makes a handshake"),
    (
        &["status", "proxy-config", "pc"],
        "'mtlsctl running' compares a running Envoy with the manifests",
    ),
    (&["init"], "no configuration is needed; 'mtlsctl config schema' prints what one may hold"),
    (&["render", "draw"], "'mtlsctl graph' draws who trusts whom"),
    (&["fmt", "fix"], "'mtlsctl lint --fix' corrects what has one right answer"),
];

/// The same error, with what an unknown subcommand is called here in place of the word that looks most
/// alike.
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
