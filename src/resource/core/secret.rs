//! Secret: entries by key, whose contents are never shown.

use std::collections::HashMap;
use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::document::{Field, Located, Text};
use crate::source::Span;

use crate::resource::Object;

/// Go's `base64.StdEncoding`, which decodes `data`: padding is required, and unused bits of the
/// last digit are ignored.
const API_SERVER: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical)
        .with_decode_allow_trailing_bits(true),
);

/// A Secret.
#[derive(Debug, Clone)]
pub struct Secret {
    /// Identity and origin.
    pub object: Object,
    /// `type`; `Opaque` if absent.
    pub secret_type: Option<Located<Text>>,
    /// `data`, with `stringData` merged over it as in the API server.
    pub entries: Vec<SecretEntry>,
    /// The place of a `last-applied-configuration` annotation with a copy of the data.
    pub last_applied: Option<Span>,
}

/// A key of a Secret and its content.
#[derive(Clone)]
pub struct SecretEntry {
    /// The key and its place (not that of the content).
    pub key: Located<Text>,
    /// The place of the content, so that reports can hide it.
    pub hidden: Span,
    /// The text of the manifest.
    content: String,
    /// Whether the text is base64 (`data`) or plain (`stringData`).
    encoded: bool,
}

/// Leaves out the content: private keys must not reach a log.
impl fmt::Debug for SecretEntry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SecretEntry").field("key", &*self.key).finish_non_exhaustive()
    }
}

impl SecretEntry {
    /// The entries of these sections, each with whether it is base64. Later sections win.
    pub(crate) fn read(root: &Field<'_>, sections: [(&str, bool); 2]) -> Vec<Self> {
        let mut entries: Vec<Self> = Vec::new();
        let mut places: HashMap<Text, usize> = HashMap::new();
        for (section, encoded) in sections {
            let fields = root.set_at(section).map(|data| data.entries()).unwrap_or_default();
            for field in fields {
                let content = field.value.secret_text().unwrap_or_default().into_owned();
                let mut key = field.value.located(Text::from(field.key));
                let hidden = key.span;
                key = key.at_key();
                let entry = Self { key, hidden, content, encoded };
                match places.get(entry.key.as_str()) {
                    Some(place) => entries[*place] = entry,
                    None => {
                        places.insert(entry.key.value.clone(), entries.len());
                        entries.push(entry);
                    }
                }
            }
        }
        entries.shrink_to_fit();
        entries
    }

    /// The entry's bytes; `None` if `data` is not base64 for the API server: Go's `encoding/base64`
    /// skips line ends, but no other whitespace.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        if !self.encoded {
            return Some(self.content.clone().into_bytes());
        }
        let digits: Vec<u8> =
            self.content.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
        API_SERVER.decode(digits).ok()
    }

    /// The entry's text as Emissary reads it; `None` if it is empty, not base64, or not UTF-8
    /// (`utils.py`, `SecretInfo.decode`).
    pub fn text(&self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok().filter(|text| !text.is_empty())
    }

    /// Whether it is plain PEM in `data`, which must be base64.
    pub fn is_bare_pem(&self) -> bool {
        self.encoded && self.content.contains("-----BEGIN ")
    }

    /// Whether it is empty; Emissary then treats the key as absent.
    pub fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
    }
}

impl Secret {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let entries = SecretEntry::read(root, [("data", true), ("stringData", false)]);
        let annotation = "kubectl.kubernetes.io/last-applied-configuration";
        let last_applied = root
            .set_at("metadata")
            .and_then(|metadata| metadata.set_at("annotations")?.set_at(annotation))
            .filter(|field| field.confidential().is_some_and(|text| text.contains("\"data\"")))
            .map(|field| field.key_span());
        let secret_type = root.set_at("type").and_then(|field| field.text());
        Self { object, secret_type, entries, last_applied }
    }

    /// The type, with the API server's default.
    pub fn type_name(&self) -> &str {
        self.secret_type.as_ref().map_or("Opaque", |name| name.as_str())
    }

    /// Whether Emissary reads Secrets of this type (`fetch/secret.py`).
    pub fn has_known_type(&self) -> bool {
        matches!(self.type_name(), "Opaque" | "kubernetes.io/tls" | "istio.io/key-and-cert")
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&SecretEntry> {
        self.entries.iter().find(|entry| *entry.key == key)
    }
}
