//! Responses of Envoy's admin interface and Ambassador's diagnostics, from a connection or saved
//! files.

use serde_json::Value;

/// A request and its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminPart {
    /// The effective configuration.
    ConfigDump,
    /// The loaded certificates.
    Certs,
    /// Counters.
    Stats,
    /// Version and state.
    ServerInfo,
    /// Hosts of each cluster.
    Clusters,
    /// Ambassador's diagnostics, mainly its version, on another port.
    Diagnostics,
}

/// The responses, part by part; some may be missing.
#[derive(Debug, Default)]
pub struct Answers {
    /// `/config_dump`.
    pub config_dump: Option<Value>,
    /// `/certs`.
    pub certs: Option<Value>,
    /// `/stats`, one `name: value` per line.
    pub stats: Option<String>,
    /// `/server_info`.
    pub server_info: Option<Value>,
    /// `/clusters?format=json`.
    pub clusters: Option<Value>,
    /// The part `system` of Ambassador's diagnostics.
    pub diagnostics: Option<Value>,
}

/// A text that is not one of the responses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnreadablePart(pub String);

impl AdminPart {
    /// The parts of Envoy's admin interface, in request order.
    pub const ADMIN: [Self; 5] =
        [Self::ConfigDump, Self::Certs, Self::Stats, Self::ServerInfo, Self::Clusters];

    /// The request path.
    pub fn path(self) -> &'static str {
        match self {
            Self::ConfigDump => "/config_dump",
            Self::Certs => "/certs",
            Self::Stats => "/stats?usedonly",
            Self::ServerInfo => "/server_info",
            Self::Clusters => "/clusters?format=json",
            // In every release: python/ambassador_diag/diagd.py, show_overview, v1.14.4 to v4.1.0.
            Self::Diagnostics => "/ambassador/v0/diag/?json=true&filter=system",
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        self.path().split('?').next().unwrap_or_default()
    }

    /// Recognises a part by its content, since a saved file may have any name.
    fn of(text: &str) -> Option<Self> {
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            let counters = text.lines().take(20).filter(|line| is_counter(line)).count();
            return (counters > 0 && counters * 2 >= text.lines().take(20).count())
                .then_some(Self::Stats);
        };
        let keys = [
            ("configs", Self::ConfigDump),
            ("certificates", Self::Certs),
            ("stats", Self::Stats),
            ("cluster_statuses", Self::Clusters),
            ("hot_restart_version", Self::ServerInfo),
            ("ambassador_id", Self::Diagnostics),
            ("system", Self::Diagnostics),
        ];
        let found = keys.iter().find(|(key, _)| value.get(key).is_some());
        found.map(|(_, part)| *part)
    }
}

fn is_counter(line: &str) -> bool {
    line.rsplit_once(": ").is_some_and(|(name, value)| {
        !name.contains(' ') && value.starts_with(|c: char| c.is_ascii_digit() || c == 'N')
    })
}

impl Answers {
    /// Adds a response.
    ///
    /// # Errors
    /// A text that is not a valid response.
    pub fn take(&mut self, part: AdminPart, text: String) -> Result<(), UnreadablePart> {
        let json = |text: &str| {
            serde_json::from_str::<Value>(text).map_err(|error| {
                UnreadablePart(format!("the response to {} is not JSON: {error}", part.name()))
            })
        };
        match part {
            AdminPart::ConfigDump => self.config_dump = Some(json(&text)?),
            AdminPart::Certs => self.certs = Some(json(&text)?),
            AdminPart::ServerInfo => self.server_info = Some(json(&text)?),
            AdminPart::Clusters => self.clusters = Some(json(&text)?),
            AdminPart::Stats => self.stats = Some(as_lines(text)),
            AdminPart::Diagnostics => {
                // Saved without the filter, it is part of the whole response.
                let mut answer = json(&text)?;
                let system = answer.get_mut("system").map(Value::take);
                self.diagnostics = Some(system.unwrap_or(answer));
            }
        }
        Ok(())
    }

    /// Adds a saved response, recognised by its content.
    ///
    /// # Errors
    /// A text that is not a response.
    pub fn take_saved(&mut self, text: String) -> Result<(), UnreadablePart> {
        match AdminPart::of(&text) {
            Some(part) => self.take(part, text),
            None => Err(UnreadablePart(
                "it is not one of /config_dump, /certs, /stats, /server_info, /clusters, \
                 /ambassador/v0/diag/?json=true"
                    .to_owned(),
            )),
        }
    }
}

/// Converts `/stats?format=json` to the lines of `/stats`.
fn as_lines(text: String) -> String {
    let Ok(value) = serde_json::from_str::<Value>(&text) else { return text };
    let mut lines = String::new();
    for stat in value["stats"].as_array().into_iter().flatten() {
        if let (Some(name), Some(value)) = (stat["name"].as_str(), stat["value"].as_u64()) {
            lines.push_str(&format!("{name}: {value}\n"));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_answers_are_told_apart_by_their_content() {
        let cases = [
            (r#"{"configs": []}"#, AdminPart::ConfigDump),
            (r#"{"certificates": []}"#, AdminPart::Certs),
            (r#"{"stats": [{"name": "a", "value": 1}]}"#, AdminPart::Stats),
            ("cluster.a.ssl.handshake: 3\nserver.live: 1\n", AdminPart::Stats),
            (
                r#"{"version": "x", "state": "LIVE", "hot_restart_version": "1"}"#,
                AdminPart::ServerInfo,
            ),
            (r#"{"cluster_statuses": []}"#, AdminPart::Clusters),
            (r#"{"version": "3.9.1", "ambassador_id": "default"}"#, AdminPart::Diagnostics),
            (r#"{"system": {"version": "3.9.1"}, "route_info": []}"#, AdminPart::Diagnostics),
        ];
        for (text, part) in cases {
            assert_eq!(AdminPart::of(text), Some(part), "{text}");
        }
        for text in ["", "kind: Mapping\n", "{}", "[]", "plain words\nand more\n"] {
            assert_eq!(AdminPart::of(text), None, "{text}");
        }
    }
}
