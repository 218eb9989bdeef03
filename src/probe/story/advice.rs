//! Next steps that depend on the target: a context, a Mapping without one, or HOST:PORT.

use super::sentence::Check;
use crate::envoy::log::{CERTIFICATE_WANTED, TLS_WANTED, TRUSTED_CERTIFICATE_WANTED};
use crate::probe::target::Target;

/// A context that the Mapping names but does not get, which causes most of the other problems.
pub(crate) fn missed(target: &Target) -> Option<Check> {
    let missed = target.missed.as_ref()?;
    let instead = match target.plaintext {
        true => "so Ambassador connects to this upstream without TLS",
        false => "so Ambassador presents no certificate to this upstream and verifies nothing",
    };
    let check = Check::warning("context", missed.why.clone()).because(instead);
    Some(check.hint(format!("{}; `mtlsctl lint` shows where", missed.next)))
}

/// Says that the server is not verified, and how to change that.
pub(crate) fn unverified(target: &Target) -> Check {
    let name = "server-chain";
    let ambassador = "Ambassador does not verify this server";
    match (&target.missed, &target.context, &target.origin) {
        (Some(missed), ..) => {
            Check::warning(name, format!("{ambassador}: it drops context `{}`", missed.name))
                .hint(missed.next.clone())
        }
        (None, _, None) => Check::warning(name, "the server is not verified: no CA was given")
            .hint("give the CA's file with --ca"),
        (None, None, Some(_)) => {
            Check::warning(name, format!("{ambassador}: the Mapping names no context"))
                .hint("give the Mapping a TLSContext (`tls:`) with a certificate and `ca_secret`")
        }
        (None, Some(_), Some(_)) => {
            Check::warning(name, format!("{ambassador}: the context names no CA"))
                .hint("set `ca_secret` or `cacert_chain_file` in the TLSContext")
        }
    }
}

/// Replaces the usual next step if it is already done or not possible.
pub(crate) fn fit(mut check: Check, target: &Target) -> Check {
    let wants_certificate =
        [CERTIFICATE_WANTED, TRUSTED_CERTIFICATE_WANTED].map(Some).contains(&check.hint.as_deref());
    let wants_tls = check.hint.as_deref() == Some(TLS_WANTED);
    if target.identity.is_some() || !(wants_certificate || wants_tls) {
        return check;
    }
    match (&target.missed, &target.context, &target.origin) {
        (Some(missed), ..) => check.hint = Some(missed.next.clone()),
        (None, _, None) if wants_certificate => {
            check.hint = Some("give the client's certificate with --cert and --key".to_owned());
        }
        (None, Some(context), Some(_)) if wants_certificate => {
            check.hint = Some(format!("give TLSContext `{context}` a certificate (`secret:`)"));
        }
        _ => {}
    }
    check
}
