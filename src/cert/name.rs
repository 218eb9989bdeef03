//! A distinguished name in readable form.

use std::fmt;

use x509_parser::der_parser::Oid;
use x509_parser::objects::{oid_registry, oid2abbrev};
use x509_parser::prelude::{FromDer, X509Name};

use super::der::dotted;
use super::x509;

/// A subject or issuer: its text and its common name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    text: String,
    common_name: Option<String>,
}

impl Name {
    /// Formats a parsed name in the certificate's order, as OpenSSL does.
    pub(super) fn read(name: &X509Name<'_>) -> Self {
        let mut text = String::new();
        let mut common_name = None;
        for relative in name.iter_rdn() {
            for (index, attribute) in relative.iter().enumerate() {
                if !text.is_empty() {
                    text.push_str(if index == 0 { ", " } else { " + " });
                }
                let oid = attribute.attr_type();
                let key = oid2abbrev(oid, oid_registry())
                    .map_or_else(|_| dotted(oid.as_bytes()), str::to_owned);
                let value = match attribute.as_str() {
                    Ok(value) => value.to_owned(),
                    Err(_) => loose_text(attribute.as_slice()),
                };
                if key == "CN" {
                    let shown =
                        value.chars().map(|c| if is_unshowable(c) { '\u{fffd}' } else { c });
                    common_name = Some(shown.collect());
                }
                text.push_str(&key);
                text.push('=');
                push_escaped(&mut text, &value);
            }
        }
        Self { text, common_name }
    }

    /// Formats a name from the strict reader.
    pub(super) fn of_strict(name: &x509::Name<'_>) -> Self {
        let mut text = String::new();
        let mut common_name = None;
        for entry in &name.entries {
            if !text.is_empty() {
                text.push_str(", ");
            }
            let key = Oid::new(entry.oid.into());
            let key =
                oid2abbrev(&key, oid_registry()).map_or_else(|_| dotted(entry.oid), str::to_owned);
            let value = entry.text().unwrap_or_else(|| loose_text(entry.value.contents));
            if key == "CN" {
                let shown = value.chars().map(|c| if is_unshowable(c) { '\u{fffd}' } else { c });
                common_name = Some(shown.collect());
            }
            text.push_str(&key);
            text.push('=');
            push_escaped(&mut text, &value);
        }
        Self { text, common_name }
    }

    /// Formats an encoded name; `None` if it cannot be parsed.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let (_, name) = X509Name::from_der(der).ok()?;
        Some(Self::read(&name))
    }

    /// The last common name, if any.
    pub fn common_name(&self) -> Option<&str> {
        self.common_name.as_deref()
    }

    /// Whether the name has no attributes, as in leaf certificates of Istio and newer Consul.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A value of a non-text type: printable bytes are kept, others become dots.
fn loose_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes
            .iter()
            .map(|byte| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' })
            .collect(),
    }
}

/// Escapes separators and control characters in a value: names are untrusted text and must not
/// control the terminal.
fn push_escaped(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            ',' | '+' | '\\' | '"' | ';' => {
                text.push('\\');
                text.push(character);
            }
            hidden if is_unshowable(hidden) => text.extend(hidden.escape_default()),
            other => text.push(other),
        }
    }
}

/// Control characters, and marks that change the text direction.
pub(super) fn is_unshowable(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
