//! Describes a certificate by the strict reader alone, if the usual parser fails.

use time::OffsetDateTime;

use super::certificate::{BasicConstraints, Certificate};
use super::der::dotted;
use super::key::PublicKey;
use super::name::Name;
use super::validity::Validity;
use super::words::{algorithm_name, hexadecimal, key_usages, usage_name};
use super::x509::{GeneralName, X509};

impl Certificate {
    /// Fills in the facts that BoringSSL would read.
    pub(super) fn describe_strictly(&mut self, strict: &X509<'_>) {
        self.version = u32::from(strict.version);
        self.subject = Name::of_strict(&strict.subject);
        self.issuer = Name::of_strict(&strict.issuer);
        self.raw_issuer = strict.issuer.whole.to_vec();
        self.self_issued = strict.subject.whole == strict.issuer.whole;
        self.serial = hexadecimal(strict.serial, ":");
        let moment = |seconds| OffsetDateTime::from_unix_timestamp(seconds).ok();
        self.validity = moment(strict.not_before.seconds())
            .zip(moment(strict.not_after.seconds()))
            .map(|(not_before, not_after)| Validity { not_before, not_after });
        self.key = PublicKey::parse(strict.key_info);
        self.signature_algorithm = algorithm_name(strict.algorithm.oid);
        let Ok(facts) = &strict.facts else {
            self.broken_extensions.push("an extension cannot be read".to_owned());
            return;
        };
        // The strict reader numbers bits from the left of each byte.
        self.key_usage = facts.key_usage.map(|bits| {
            let [second, first] = bits.to_be_bytes();
            key_usages(u16::from(first.reverse_bits()) | u16::from(second.reverse_bits()) << 8)
        });
        self.extended_key_usage = facts.extended_key_usage.as_ref().map(|usages| {
            usages
                .iter()
                .map(|oid| usage_name(oid).map_or_else(|| dotted(oid), str::to_owned))
                .collect()
        });
        let has_constraints = strict
            .extensions
            .iter()
            .any(|extension| extension.oid == super::x509::oid::BASIC_CONSTRAINTS);
        self.basic_constraints = has_constraints.then(|| BasicConstraints {
            ca: facts.is_ca,
            path_length: facts.path_length.and_then(|length| u32::try_from(length).ok()),
        });
        self.subject_key_id = facts.subject_key_id.map(|id| hexadecimal(id, ":"));
        self.authority_key_id =
            facts.authority_key_id.as_ref().and_then(|id| id.key_id).map(|id| hexadecimal(id, ":"));
        for name in facts.alternative_names.iter().flatten() {
            let (GeneralName::Dns(bytes)
            | GeneralName::Uri(bytes)
            | GeneralName::Email(bytes)
            | GeneralName::Ip(bytes)) = name
            else {
                continue;
            };
            let text = String::from_utf8_lossy(bytes);
            match name {
                GeneralName::Dns(_) => self.alternative_names.add_dns(&text),
                GeneralName::Uri(_) => self.alternative_names.add_uri(&text),
                GeneralName::Email(_) => self.alternative_names.add_email(&text),
                _ => self.alternative_names.add_ip(bytes, &mut self.broken_extensions),
            }
        }
    }
}
