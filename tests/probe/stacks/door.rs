//! One port of a server, or one path of a port, and what it demands.

use mtlsctl::probe::{Codec, Mutual, StartTls};

use crate::support::peer::{Pki, Tls, free_port};

/// One port, or one path of a port, and what it demands.
pub(super) struct Door {
    pub(super) name: String,
    pub(super) port: u16,
    pub(super) codec: Codec,
    pub(super) starttls: Option<StartTls>,
    pub(super) path: &'static str,
    pub(super) demand: Mutual,
    /// The demand over TLS 1.3, where it is another.
    pub(super) demand_13: Option<Mutual>,
    /// Whether it takes certificates whose extendedKeyUsage is for servers only.
    pub(super) takes_servers: bool,
    /// Whether certificates that the server does not like cannot tell what it demands: it answers them as
    /// it answers others, or not at all.
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

    /// A door whose demand no certificate at hand may tell: the server answers good and bad ones alike,
    /// or not at all.
    pub(super) fn veiled(name: &str, demand: Mutual) -> Self {
        Self { veiled: true, ..Self::new(name, demand) }
    }

    /// A door of a TCP service.
    pub(super) fn raw(name: &str, demand: Mutual) -> Self {
        Self { codec: Codec::Raw, ..Self::new(name, demand) }
    }

    /// A door whose TLS starts later.
    pub(super) fn later(name: &str, starttls: StartTls, demand: Mutual) -> Self {
        Self { starttls: Some(starttls), ..Self::raw(name, demand) }
    }

    pub(super) fn demand(&self, tls: Tls) -> Mutual {
        self.demand_13.filter(|_| tls == Tls::V13).unwrap_or(self.demand)
    }
}

/// The usual three.
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
