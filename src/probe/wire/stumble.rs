//! Where a handshake stopped: rustls's typed errors, socket errors, and the peer's last bytes.

use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rustls::{InvalidMessage, PeerIncompatible};
use tokio::io::AsyncRead;

use super::attempt::{Broken, Ending};
use super::tap::Tap;
use crate::envoy::Alert;
use crate::probe::target::StartTls;

/// After a failed write: the time limit for the peer's last bytes to arrive.
const PARTING: Duration = Duration::from_millis(100);

/// Interprets rustls's typed error, never its text.
pub(crate) async fn ending<S: AsyncRead + Unpin>(error: &io::Error, tap: &mut Tap<S>) -> Ending {
    let received = tap.received().load(Ordering::Relaxed);
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::AlertReceived(alert)) => {
            Ending::HandshakeAlert(Alert(u8::from(*alert)))
        }
        Some(rustls::Error::InvalidMessage(
            InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion,
        )) if !looks_like_tls(tap.first()) => {
            Ending::NotTls { words: words(tap.first()), greeting: StartTls::greeting(tap.first()) }
        }
        Some(other) => Ending::HandshakeBroken(broken(other, tap.certificate_length())),
        None => match tap.parting_alert(PARTING).await {
            Some(alert) => Ending::HandshakeAlert(alert),
            None => Ending::HandshakeClosed {
                reset: error.kind() != io::ErrorKind::UnexpectedEof,
                received,
            },
        },
    }
}

fn broken(error: &rustls::Error, certificates: Option<usize>) -> Broken {
    match error {
        rustls::Error::InvalidCertificate(rustls::CertificateError::BadSignature) => {
            Broken::Signature
        }
        rustls::Error::InvalidMessage(
            InvalidMessage::HandshakePayloadTooLarge | InvalidMessage::CertificatePayloadTooLarge,
        ) => Broken::TooLarge { certificates },
        rustls::Error::PeerIncompatible(
            PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::SupportedVersionsExtensionRequired,
        ) => Broken::OldVersion,
        rustls::Error::PeerIncompatible(_) | rustls::Error::PeerMisbehaved(_) => {
            Broken::NotOffered(error.to_string())
        }
        _ => Broken::Other(error.to_string()),
    }
}

/// Whether the first record looks like TLS, so that the error is in TLS rather than its absence.
fn looks_like_tls(first: &[u8]) -> bool {
    matches!(first, [20..=23, 3, 0..=4, ..])
}

/// The first words of a response that is not TLS, in displayable form.
fn words(first: &[u8]) -> String {
    String::from_utf8_lossy(first)
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .map(|letter| if letter.is_control() { '.' } else { letter })
        .take(60)
        .collect()
}
