//! Faults of our own certificate, determined locally, and what they explain.

use time::OffsetDateTime;

use crate::cert::{Certificate, Chain, ChainPart, Phase};
use crate::probe::wire::Request;

/// A fault of our own certificate for which servers reject it, even with a vague alert.
pub(crate) struct Fault {
    pub(crate) what: String,
    pub(crate) next: &'static str,
}

/// The faults of a chain as sent, leaf first, most likely cause first.
pub(crate) fn faults(chain: &Chain, now: OffsetDateTime) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (depth, certificate) in chain.certificates().iter().enumerate() {
        // Few servers check certificates that the chain does not need.
        if chain.part(depth) == ChainPart::Spare {
            continue;
        }
        let whose = match depth {
            0 => "our certificate".to_owned(),
            _ => format!("`{}` in the chain we send", certificate.subject),
        };
        let Some(validity) = certificate.validity else { continue };
        let (from, until) = (date(validity.not_before), date(validity.not_after));
        faults.extend(match validity.phase(now) {
            Phase::Expired => Some(Fault {
                what: format!("{whose} expired on {until}"),
                next: "renew it; if it was already renewed, Envoy still has the old file: files \
                       are read once, Secrets are reloaded",
            }),
            Phase::NotYetValid => Some(Fault {
                what: format!("{whose} is not valid before {from}"),
                next: "wait until then, or issue it again; compare the clocks of issuer and server",
            }),
            Phase::Valid => None,
        });
    }
    faults.extend(chain.leaf().into_iter().flat_map(usage));
    faults
}

/// An expired certificate that the chain does not need; wolfSSL rejects the whole chain because of
/// it.
pub(crate) fn spare(chain: &Chain, now: OffsetDateTime) -> Option<Fault> {
    let mut spare =
        (0..).zip(chain.certificates()).filter(|(at, _)| chain.part(*at) == ChainPart::Spare);
    spare.find_map(|(_, certificate)| {
        let validity = certificate.validity?;
        (validity.phase(now) == Phase::Expired).then(|| Fault {
            what: format!(
                "`{}`, which the chain we send does not need, expired on {}; servers with wolfSSL reject \
                 the whole chain over it",
                certificate.subject,
                date(validity.not_after)
            ),
            next: "remove it from the certificate's file; if that changes nothing, read the server's log",
        })
    })
}

fn usage(leaf: &Certificate) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !leaf.allows_usage("clientAuth") {
        let usages = leaf.extended_key_usage.clone().unwrap_or_default().join(", ");
        let what = match usages.as_str() {
            "serverAuth" => {
                "our certificate is for servers only (extendedKeyUsage serverAuth)".to_owned()
            }
            usages => format!("our certificate is not for clients (extendedKeyUsage {usages})"),
        };
        let next = "issue it with the extended key usage clientAuth, or with none";
        faults.push(Fault { what, next });
    }
    if leaf.key_usage.as_ref().is_some_and(|usages| !usages.contains(&"digitalSignature")) {
        faults.push(Fault {
            what: "our certificate's keyUsage does not allow signatures (digitalSignature)"
                .to_owned(),
            next: "issue it with the key usage digitalSignature",
        });
    }
    faults
}

/// What the chain lacks, if the server trusts only the CAs that it names.
pub(crate) fn missing_issuer(chain: &Chain, request: &Request) -> Option<String> {
    let last = chain.certificates().last()?;
    let named = request.authorities.iter().any(|name| name == last.raw_issuer());
    let gap = !last.is_self_issued() && !named && !request.authorities.is_empty();
    gap.then(|| {
        format!(
            "the server does not name `{}`; if that is an intermediate, add its certificate to \
             the chain we send",
            last.issuer
        )
    })
}

/// Whether the whole chain is currently valid, so that "expired" is not about it.
pub(crate) fn is_current(chain: &Chain, now: OffsetDateTime) -> bool {
    let mut certificates = chain.certificates().iter();
    certificates.all(|certificate| {
        certificate.validity.is_some_and(|validity| validity.phase(now) == Phase::Valid)
    })
}

/// `2027-01-31`, in UTC.
pub(crate) fn date(moment: OffsetDateTime) -> String {
    moment.to_offset(time::UtcOffset::UTC).date().to_string()
}

/// How long a certificate is valid: in days, and in hours for the last two days.
pub(crate) fn left(certificate: &Certificate, now: OffsetDateTime) -> Option<String> {
    let validity = certificate.validity?;
    let until = date(validity.not_after);
    Some(match validity.phase(now) {
        Phase::NotYetValid => format!("not valid before {}", date(validity.not_before)),
        Phase::Expired => format!("expired on {until}"),
        Phase::Valid => {
            let left = validity.not_after - now;
            match left.whole_hours() {
                hours @ ..48 => format!("valid until {until}, {hours} hours left"),
                hours => format!("valid until {until}, {} days left", hours / 24),
            }
        }
    })
}
