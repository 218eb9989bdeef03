//! Lints manifests from a string: `cargo run --example lint_a_string`.
//!
//! Only the command line is stable; the library's modules change without notice, so pin the version
//! if you use them.

#![allow(clippy::print_stdout, reason = "an example may print")]

use mtlsctl::console::Links;
use mtlsctl::lint::lint;
use mtlsctl::report::{Look, lint_text};
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Horizon, Settings, World};

const MANIFESTS: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: mesh-upstream}
spec: {secret: client}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: orders}
spec: {hostname: '*', prefix: /orders/, service: 'orders:8443', tls: mesh-upstrem}
";

fn main() {
    let mut sources = Sources::default();
    sources.add("orders.yaml".to_owned(), MANIFESTS.to_owned());
    // As in the command: Secrets are assumed to be in the cluster if no manifest has them.
    let settings = Settings { horizon: Horizon::of_files(), ..Settings::default() };
    let world = World::read(sources, settings, &relevance());
    let findings = lint(&world);
    let look = Look { width: 80, color: false, unicode: true, links: Links::Hidden };
    print!("{}", lint_text(&world, &findings, look));
}
