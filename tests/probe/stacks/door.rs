//! A port of a server, or a path on a port, and its requirement.

use mtlsctl::probe::{Codec, Mutual, StartTls};

use crate::support::peer::{Pki, Tls, free_port};

/// A port, or a path on a port, and its requirement.
pub(super) struct Door {
    pub(super) name: String,
    pub(super) port: u16,
    pub(super) codec: Codec,
    pub(super) starttls: Option<StartTls>,
    pub(super) path: &'static str,
    pub(super) demand: Mutual,
    /// The requirement over TLS 1.3, if it differs.
    pub(super) demand_13: Option<Mutual>,
    /// Whether it accepts certificates whose extendedKeyUsage is for servers only.
    pub(super) takes_servers: bool,
    /// Whether rejected certificates cannot show the requirement: the server responds to them as to
    /// others, or not at all.
    pub(super) veiled: bool,
}

impl Door {
    pub(super) fn new(name: &str, demand: Mutual) -> Self {
        Self {
            name: name.to_owned(),
            port: free_port(),
            codec: Codec::Http1,
            starttls: None,
            path: "/",
            demand,
            demand_13: None,
            takes_servers: false,
            veiled: false,
        }
    }

    /// A door whose requirement may remain unknown: the server responds to good and bad
    /// certificates alike, or not at all.
    pub(super) fn veiled(name: &str, demand: Mutual) -> Self {
        Self { veiled: true, ..Self::new(name, demand) }
    }

    /// A door of a TCP service.
    pub(super) fn raw(name: &str, demand: Mutual) -> Self {
        Self { codec: Codec::Raw, ..Self::new(name, demand) }
    }

    /// A door that starts TLS later.
    pub(super) fn later(name: &str, starttls: StartTls, demand: Mutual) -> Self {
        Self { starttls: Some(starttls), ..Self::raw(name, demand) }
    }

    pub(super) fn demand(&self, tls: Tls) -> Mutual {
        self.demand_13.filter(|_| tls == Tls::V13).unwrap_or(self.demand)
    }
}

/// The usual three doors.
pub(super) fn three(codec: Codec) -> Vec<Door> {
    let modes = [
        ("never", Mutual::NotRequested),
        ("optional", Mutual::Optional),
        ("required", Mutual::Required),
    ];
    modes.into_iter().map(|(name, demand)| Door { codec, ..Door::new(name, demand) }).collect()
}

pub(super) fn ports(doors: &[Door]) -> Vec<u16> {
    doors.iter().map(|door| door.port).collect()
}

pub(super) fn files(pki: &Pki) -> [String; 3] {
    [pki.path("server.pem"), pki.path("server.key"), pki.path("ca.pem")]
}
