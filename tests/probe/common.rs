//! Shared by the tests of the probe.

use std::time::Duration;

use mtlsctl::envoy::{EnvoyVersion, PemSource};
use mtlsctl::probe::{
    Conduct, Direct, EnvoyOutcome, Identity, Offer, Story, Target, TlsVersion, Trust, probe,
};
use time::OffsetDateTime;

use crate::support::peer::{Pair, Tls};

pub(crate) fn conduct(timeout: Duration) -> Conduct {
    Conduct {
        timeout: Some(timeout),
        request: true,
        negative: true,
        matrix: false,
        reach: std::sync::Arc::new(Direct::default()),
        require_mutual: false,
        now: OffsetDateTime::now_utc(),
    }
}

pub(crate) fn patient() -> Conduct {
    conduct(Duration::from_secs(5))
}

pub(crate) fn target(port: u16, tls: Tls, identity: Option<Identity>) -> Target {
    Target {
        name: format!("localhost:{port}"),
        host: "127.0.0.1".to_owned(),
        port,
        family: mtlsctl::world::DnsFamily::default(),
        connect_timeout: Duration::from_secs(3),
        context: None,
        missed: None,
        plaintext: false,
        starttls: None,
        alternatives: std::sync::Arc::default(),
        frozen: Vec::new(),
        origin: None,
        authority: "localhost".to_owned(),
        path: "/".to_owned(),
        method: "GET",
        offer: Offer { max: (tls == Tls::V13).then_some(TlsVersion::V1_3), ..Offer::default() },
        identity,
        misfits: mtlsctl::probe::Misfits::default(),
        trust: trusting(None),
        expect_spiffe: None,
    }
}

pub(crate) fn identity(pair: &Pair) -> Identity {
    Identity::load(
        PemSource::new("c.pem", pair.cert.as_bytes()),
        PemSource::new("c.key", pair.key.as_bytes()),
        EnvoyVersion::default(),
    )
    .expect("a pair")
}

/// Trust in a CA, or in any certificate.
pub(crate) fn trusting(ca: Option<&str>) -> Trust {
    let ca = ca.map(|ca| PemSource::new("ca.pem", ca.as_bytes()));
    Trust::load(ca, None, EnvoyVersion::default()).expect("a CA file")
}

pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}

pub(crate) fn probed(target: Target, conduct: &Conduct) -> Story {
    run(probe(target, conduct))
}

pub(crate) fn word(envoy: &EnvoyOutcome) -> &'static str {
    match envoy {
        EnvoyOutcome::Accepted => "accepted",
        EnvoyOutcome::PassedOn(_) => "passed_on",
        EnvoyOutcome::Refused(_) => "refused",
        EnvoyOutcome::ConfigRejected(_) => "config_rejected",
        EnvoyOutcome::Unknown(_) => "unknown",
    }
}

/// The story as users read it.
pub(crate) fn story(outcome: &Story) -> String {
    let look = mtlsctl::report::Look {
        width: 80,
        color: false,
        unicode: false,
        links: mtlsctl::console::Links::Hidden,
    };
    mtlsctl::report::probe::text(outcome, look, false)
}
