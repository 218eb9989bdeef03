//! Words of programs in Go (`crypto/tls`, `crypto/x509`): Consul, Caddy, Traefik, etcd, istiod, kubectl, controllers.

mod alerts;
mod certificates;
mod connection;

use crate::explain::matching::entry::DictionaryEntry;

pub(super) const SOURCES: [&[DictionaryEntry]; 3] =
    [certificates::ENTRIES, connection::ENTRIES, alerts::ENTRIES];
