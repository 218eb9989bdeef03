//! Compares the TLS of one cluster with the input.

use std::collections::BTreeSet;

use time::OffsetDateTime;
use time::macros::format_description;

use super::divergence::{Divergence, Kind};
use super::held::{Held, HeldFile, HeldTls};
use super::secret_file::SecretFile;
use super::wanted::{WantedFile, WantedTls};
use crate::cert::{Certificate, ExpiryMargin, Phase};
use crate::diagnostic::Severity;
use crate::world::Material;

/// The result of a comparison: differences and unknowns.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) divergences: Vec<Divergence>,
    pub(super) unknown: Vec<String>,
}

/// What the comparisons share.
pub(super) struct Look<'h> {
    pub(super) held: &'h Held,
    /// Whether this Envoy shows all certificates of a bundle (1.40 and later) or only the first.
    pub(super) whole_bundles: bool,
    /// Why the configuration may be outdated.
    pub(super) frozen_note: String,
    pub(super) margin: ExpiryMargin,
    pub(super) now: OffsetDateTime,
}

impl Found {
    pub(super) fn push(
        &mut self,
        kind: Kind,
        severity: Severity,
        message: String,
        notes: Vec<String>,
        help: Option<String>,
    ) {
        self.divergences.push(Divergence {
            kind,
            severity,
            message,
            notes,
            help,
            clusters: Vec::new(),
        });
    }
}

impl Look<'_> {
    /// A setting that differs in Envoy.
    pub(super) fn differs(&self, found: &mut Found, what: &str, held: &str, wanted: &str) {
        found.push(
            Kind::Frozen,
            Severity::Error,
            format!("{what}: Envoy has {held}, but the input asks for {wanted}"),
            vec![self.frozen_note.clone()],
            Some(
                "wait a few seconds; if it persists, look for `not updating` in Ambassador's log"
                    .to_owned(),
            ),
        );
    }

    pub(super) fn tls(&self, found: &mut Found, wanted: &WantedTls, held: &HeldTls) {
        let mut file = |what: &str, wanted: &Option<WantedFile>, held: &Option<HeldFile>, is_ca| {
            self.file(found, what, wanted.as_ref(), held.as_ref(), is_ca);
        };
        file("client certificate", &wanted.certificate, &held.certificate, Some(false));
        file("trusted CA", &wanted.trusted_ca, &held.trusted_ca, Some(true));
        file("CRL", &wanted.crl, &held.crl, None);
        // Envoy hides even the key's file name; a key that matches has not changed without its
        // certificate.
        let mut text = |what: &str, wanted: &Option<String>, held: &Option<String>, none: &str| {
            if wanted != held {
                let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| none.to_owned());
                self.differs(found, what, &shown(held), &shown(wanted));
            }
        };
        text("SNI", &wanted.sni, &held.sni, "none");
        text("lowest TLS version", &known(&wanted.min), &known(&held.min), "Envoy's default");
        text("highest TLS version", &known(&wanted.max), &known(&held.max), "Envoy's default");
        let mut list = |what: &str, wanted: &[String], held: &[String], none: &str| {
            if wanted != held {
                let shown = |list: &[String]| match list {
                    [] => none.to_owned(),
                    list => list.join(", "),
                };
                self.differs(found, what, &shown(held), &shown(wanted));
            }
        };
        list("ALPN", &wanted.alpn, &held.alpn, "Envoy's default");
        list("cipher suites", &wanted.cipher_suites, &held.cipher_suites, "Envoy's default");
        list("groups", &wanted.ecdh_curves, &held.ecdh_curves, "Envoy's default");
    }

    /// A file. `is_ca` selects its section in `/certs`; `None` if it is not listed there.
    fn file(
        &self,
        found: &mut Found,
        what: &str,
        wanted: Option<&WantedFile>,
        held: Option<&HeldFile>,
        is_ca: Option<bool>,
    ) {
        let (wanted, path) = match (wanted, held) {
            (None, None) => return,
            (Some(wanted), Some(HeldFile::Path(path))) => (wanted, path.as_str()),
            (wanted, held) => {
                let wanted = wanted.map_or("none".to_owned(), |wanted| named(&wanted.from));
                let held = match held {
                    None => "none".to_owned(),
                    Some(HeldFile::Path(path)) => source_of(path),
                    Some(HeldFile::Elsewhere) => "one that is not in a file".to_owned(),
                };
                return self.differs(found, what, &held, &wanted);
            }
        };
        match &wanted.from {
            Material::File(file) if file == path => self.loaded(found, what, wanted, path, is_ca),
            Material::Secret { namespace, name, .. } => match SecretFile::read(path) {
                Some(file)
                    if (file.namespace, file.name) == (namespace.as_str(), name.as_str())
                        && file.extension == wanted.extension =>
                {
                    match &wanted.sha1 {
                        None => found.unknown.push(format!(
                            "whether {what} is current: Secret {namespace}/{name} is not in the input"
                        )),
                        Some(sha1) if sha1 == file.sha1 => {
                            self.loaded(found, what, wanted, path, is_ca);
                        }
                        Some(_) => self.older_content(found, what, wanted, path, is_ca),
                    }
                }
                _ => self.differs(found, what, &source_of(path), &named(&wanted.from)),
            },
            _ => self.differs(found, what, &source_of(path), &named(&wanted.from)),
        }
    }

    /// A Secret whose current content Emissary writes under another name.
    fn older_content(
        &self,
        found: &mut Found,
        what: &str,
        wanted: &WantedFile,
        path: &str,
        is_ca: Option<bool>,
    ) {
        let mut notes = vec![self.frozen_note.clone()];
        if let Some(is_ca) = is_ca {
            let loaded = self.held.loaded(path, is_ca).map(|one| {
                format!("Envoy loaded serial {}{}", one.serial, ends(one.validity.as_ref()))
            });
            notes.extend(loaded.take(1));
            if let Some(now) = wanted.now.as_ref().ok().and_then(|chain| chain.leaf()) {
                notes.push(format!(
                    "the Secret has serial {}{}, valid since {}",
                    serial(now),
                    ends(now.validity.as_ref()),
                    now.validity.map_or("?".to_owned(), |validity| utc(validity.not_before))
                ));
            }
        }
        found.push(
            Kind::Stale,
            Severity::Error,
            format!("{what}: Envoy has an older version of {}", named(&wanted.from)),
            notes,
            Some(
                "wait a few seconds; if it persists, Ambassador did not notice the Secret or its \
                 configuration is frozen: check its log"
                    .to_owned(),
            ),
        );
        if let Some(is_ca) = is_ca {
            self.ends(found, what, path, is_ca);
        }
    }

    /// Compares what was loaded from the right file with the file's current content.
    fn loaded(
        &self,
        found: &mut Found,
        what: &str,
        wanted: &WantedFile,
        path: &str,
        is_ca: Option<bool>,
    ) {
        let Some(is_ca) = is_ca else {
            if matches!(wanted.from, Material::File(_)) {
                found.unknown.push(format!(
                    "whether {what} {path} changed since Envoy read it: the admin interface does \
                     not show it"
                ));
            }
            return;
        };
        self.ends(found, what, path, is_ca);
        // Such a file's name contains a hash of its content, so it cannot have changed.
        let by_content = wanted.sha1.is_some() && wanted.extension != "root.crt";
        if by_content {
            return;
        }
        if !self.held.knows_certificates {
            found.unknown.push(format!("whether {what} is current: there is no /certs response"));
            return;
        }
        let now = match &wanted.now {
            Ok(chain) if !chain.is_empty() => chain.certificates(),
            Ok(_) => return,
            Err(why) => {
                found.unknown.push(format!("whether {what} is current: {why}"));
                return;
            }
        };
        let visible = match is_ca && self.whole_bundles {
            true => now,
            false => &now[..1],
        };
        let identity = |certificate: &Certificate| {
            let end = certificate.validity.map(|validity| validity.not_after.unix_timestamp());
            (serial(certificate), end)
        };
        let here: BTreeSet<_> = visible.iter().map(identity).collect();
        let loaded: BTreeSet<_> = self
            .held
            .loaded(path, is_ca)
            .map(|one| {
                let end = one.validity.map(|validity| validity.not_after.unix_timestamp());
                (plain(&one.serial), end)
            })
            .collect();
        if loaded.is_empty() {
            found.unknown.push(format!("whether {what} is current: /certs does not list {path}"));
        } else if loaded != here {
            let serials = |set: &BTreeSet<(String, Option<i64>)>| {
                set.iter().map(|(serial, _)| serial.clone()).collect::<Vec<_>>().join(", ")
            };
            let mut notes = vec![format!(
                "loaded: serial {}; now: serial {}",
                serials(&loaded),
                serials(&here)
            )];
            if let Some(validity) = visible.first().and_then(|now| now.validity) {
                notes
                    .push(format!("the new one has been valid since {}", utc(validity.not_before)));
            }
            notes.push("Envoy reads a file once, when a cluster is created".to_owned());
            found.push(
                Kind::Stale,
                Severity::Error,
                format!("{what}: Envoy has not read {} since it changed", named(&wanted.from)),
                notes,
                Some("restart Ambassador's pods with kubectl rollout restart".to_owned()),
            );
        } else if visible.len() < now.len() {
            let (hidden, kind) =
                (now.len() - visible.len(), if is_ca { "CA" } else { "intermediate" });
            found.unknown.push(format!(
                "whether {hidden} more {kind}(s) of {what} changed: this Envoy shows only the \
                 first certificate of {path}"
            ));
        }
    }

    /// Loaded certificates that expire soon.
    fn ends(&self, found: &mut Found, what: &str, path: &str, is_ca: bool) {
        for one in self.held.loaded(path, is_ca) {
            let Some(validity) = one.validity else { continue };
            let severity = match validity.phase(self.now) {
                Phase::Expired => Severity::Error,
                _ if validity.expires_within(self.margin, self.now) => Severity::Warning,
                _ => continue,
            };
            let verb = if severity == Severity::Error { "expired" } else { "expires" };
            let message = format!(
                "{what}: the certificate that Envoy has loaded (serial {}) {verb} on {}",
                one.serial,
                utc(validity.not_after)
            );
            if !found.divergences.iter().any(|other| other.message == message) {
                found.push(
                    Kind::Expires,
                    severity,
                    message,
                    vec![format!("loaded from {}", source_of(path))],
                    Some(
                        "renew it, then run this again to check that Envoy has the new one"
                            .to_owned(),
                    ),
                );
            }
        }
    }
}

/// `TLS_AUTO` is Envoy's default.
fn known(version: &Option<String>) -> Option<String> {
    version.clone().filter(|version| version != "TLS_AUTO")
}

/// Normalises a serial number: Envoy writes whole bytes, but omits leading zero bytes.
fn serial(certificate: &Certificate) -> String {
    plain(&certificate.serial.replace(':', ""))
}

fn plain(digits: &str) -> String {
    match digits.to_lowercase().trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    }
}

fn named(material: &Material) -> String {
    match material {
        Material::File(path) => format!("file {path}"),
        Material::Secret { namespace, name, key, .. } => {
            format!("Secret {namespace}/{name}, {key}")
        }
        Material::Nothing { namespace, name } => format!("nothing from Secret {namespace}/{name}"),
    }
}

/// A path in Envoy, as its Secret if it has one.
pub(super) fn source_of(path: &str) -> String {
    match SecretFile::read(path) {
        Some(SecretFile { namespace, name, extension, .. }) => {
            format!("Secret {namespace}/{name} ({extension})")
        }
        None => format!("file {path}"),
    }
}

fn ends(validity: Option<&crate::cert::Validity>) -> String {
    validity.map_or(String::new(), |validity| format!(", until {}", utc(validity.not_after)))
}

/// A time, to the minute.
pub(super) fn utc(time: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]Z");
    time.to_offset(time::UtcOffset::UTC).format(form).unwrap_or_default()
}
