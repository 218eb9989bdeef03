//! The cases of `testdata/verify`: generated certificates, and the verdicts of Envoy 1.38.3.
//!
//! The verdicts were measured with Envoys from PyPI, not computed by us; `tests/cert/envoy.rs`
//! measures them again.

mod authorities;
mod basics;
mod beyond;
mod constraints;
mod encodings;
mod paths;
mod policies;
mod revocation;

use super::der_writer::{moment, octets, oid, printable, seq, tlv, utf8};
use super::keys::{Hash, TestKey};
use super::maker::*;

/// A case with a server's chain.
pub struct Case {
    pub id: &'static str,
    pub title: &'static str,
    /// The chain that the server sends.
    pub chain: String,
    /// The name of the leaf's key in `testdata/pki/keys`, for the replay.
    pub key: String,
    pub ca: Option<String>,
    pub crl: Option<String>,
    /// `max_tls_version: v1.3`.
    pub tls13: bool,
    /// `ecdh_curves`.
    pub curves: &'static [&'static str],
    /// Envoy 1.38's verdict, as [`mtlsctl::envoy::EnvoyVerdict`] displays it.
    pub verdict: &'static str,
}

struct Kit {
    root_key: TestKey,
    int_key: TestKey,
    int2_key: TestKey,
    leaf_key: TestKey,
    other_key: TestKey,
    root: Made,
    int: Made,
    cases: Vec<Case>,
}

const A: &str = "accepted";
const NO_ISSUER_0: &str = "refused at depth 0: unable to get local issuer certificate";
const EXPIRED_0: &str = "refused at depth 0: certificate has expired";
const EXPIRED_1: &str = "refused at depth 1: certificate has expired";
const EXPIRED_2: &str = "refused at depth 2: certificate has expired";
const BAD_CA_1: &str = "refused at depth 1: invalid CA certificate";
const PURPOSE_0: &str = "refused at depth 0: unsupported certificate purpose";
const ALERT: &str = "refused: ALERT_HANDSHAKE_FAILURE";
const USAGE: &str = "refused: KEY_USAGE_BIT_INCORRECT";
const SIGNATURE_0: &str = "refused at depth 0: certificate signature failure";
const EXTENSION_0: &str = "refused at depth 0: invalid or inconsistent certificate extension";

/// Creates every case.
pub fn all() -> Vec<Case> {
    let key = TestKey::load;
    let (root_key, int_key) = (key("p256-root"), key("p256-int"));
    let root = Spec::root("Test Root", &root_key).self_signed(&root_key);
    let int = Spec::intermediate("Test Intermediate", &int_key).issued_by(&root, &int_key);
    let mut kit = Kit {
        root_key,
        int_key,
        int2_key: key("p256-int2"),
        leaf_key: key("p256-leaf"),
        other_key: key("p256-other"),
        root,
        int,
        cases: Vec::new(),
    };
    kit.basics();
    kit.authorities();
    kit.usages();
    kit.constraints();
    kit.algorithms();
    kit.shapes();
    kit.paths();
    kit.anchors();
    kit.revocation();
    kit.more_revocation();
    kit.policies();
    kit.beyond();
    kit.malformed_on_the_way();
    kit.short_keys();
    kit.dsa();
    kit.cases
}

impl Kit {
    /// Adds a case: the chain sent and the trusted CAs.
    fn add(
        &mut self,
        id: &'static str,
        title: &'static str,
        sent: &[&Made],
        ca: &[&Made],
        verdict: &'static str,
    ) -> &mut Case {
        self.cases.push(Case {
            id,
            title,
            chain: pems(sent),
            key: sent[0].key.name.clone(),
            ca: Some(pems(ca)),
            crl: None,
            tls13: false,
            curves: &[],
            verdict,
        });
        self.cases.last_mut().unwrap()
    }

    fn leaf(&self) -> Spec {
        Spec::leaf(&self.leaf_key)
    }

    /// A leaf below the intermediate.
    fn under_int(&self, spec: Spec) -> Made {
        spec.issued_by(&self.int, &self.leaf_key)
    }
}
