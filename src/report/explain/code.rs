//! A code of Envoy's log as a page: what it is, why it comes, what to do.

use std::fmt::Write;

use crate::envoy::{Decoded, Rejection, Symptom, of_code};
use crate::report::form::Look;
use crate::report::form::wrap;

/// Explains a TLS code, an alert or an errno as Envoy logs it.
pub(crate) fn explain_code(decoded: &Decoded, look: Look) -> String {
    let (name, number) = (decoded.name(), decoded.number());
    let what = match decoded {
        Decoded::Alert(alert) if !alert.is_registered() => {
            format!("The server sent an alert {}, which no standard knows.", alert.0)
        }
        Decoded::Alert(alert) => {
            format!("The server sent the TLS alert {} ({alert}).", alert.0)
        }
        Decoded::Reason { .. } => "Envoy itself ended the handshake.".to_owned(),
        Decoded::System { .. } => "The operating system ended the connection.".to_owned(),
        Decoded::Other { library, number, reason } => match library {
            Some(library) => format!("Reason {reason} of BoringSSL's {library}."),
            None => format!("Reason {reason} of BoringSSL's library {number}."),
        },
    };
    let mut page = format!("{number} (0x{number:08x}) {name}\n\n");
    let mut say = |text: &str| {
        let _ = writeln!(page, "{}", wrap(text, look.width, 0));
    };
    say(&what);
    if let Some(meaning) = of_code(decoded) {
        say(&format!("\nWhy: {}.", meaning.cause).replace('\n', ""));
        say(&format!("Next: {}.", meaning.next));
    }
    if let Decoded::Alert(_) = decoded {
        say(
            "With TLS 1.3 a refusal of the client's certificate comes after the handshake, and Envoy \
             logs only UC (connection termination) without a reason; `mtlsctl probe` hears the alert.",
        );
    }
    say(&format!("In the access log: {}", decoded.log_line()));
    page
}

/// Explains why Envoy refuses a whole configuration.
pub(crate) fn explain_rejection(rejection: &Rejection, look: Look) -> String {
    let Rejection { words, cause, next } = rejection;
    let mut page = format!("{words}\n\n");
    for text in [
        "Envoy refuses the whole configuration: Ambassador goes on with the last good one, and no \
         change of anything takes effect until this is mended."
            .to_owned(),
        format!("Why: {cause}."),
        format!("Next: {next}."),
    ] {
        let _ = writeln!(page, "{}", wrap(&text, look.width, 0));
    }
    page
}

/// Explains a response flag or a reset reason.
pub(crate) fn explain_symptom(symptom: &Symptom, look: Look) -> String {
    let Symptom { words, what, cause, next } = symptom;
    let mut page = format!("{words}\n\n");
    for text in [(*what).to_owned(), format!("Why: {cause}."), format!("Next: {next}.")] {
        let _ = writeln!(page, "{}", wrap(&text, look.width, 0));
    }
    page
}
