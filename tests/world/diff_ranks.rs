//! The rank of a change, and the line that `diff` gives as its reason.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mtlsctl::diff::{Aspect, Difference, Rank};
use time::OffsetDateTime;

use super::diff_properties::{Input, diff, input_at};
use crate::support::peer::{Authority, Wanted};

const BASE: &str = "apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: {name: shop}
spec: {hostname: shop.example.com}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: cart}
spec: {hostname: shop.example.com, prefix: /cart/, service: 'https://cart:8443', tls: up}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: pay}
spec: {hostname: shop.example.com, prefix: /pay/, service: 'https://pay:8443'}
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: {name: zed}
spec: {hostname: shop.example.com, prefix: /zed/, service: 'https://zed:8443', tls: unverified}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: up}
spec: {secret: up-cert, ca_secret: up-ca}
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: unverified}
spec: {secret: other-cert}
";

/// A change of [`BASE`].
struct Row {
    old: &'static str,
    new: &'static str,
    /// The upstream that changes, and its rank.
    upstream: &'static str,
    rank: Rank,
    /// The difference that decides the rank, and the text at its place after the change.
    because: (Aspect, &'static str),
}

const ROWS: [Row; 10] = [
    // Above the maximum version: no version is left.
    Row {
        old: "{secret: up-cert,",
        new: "{min_tls_version: v1.3, secret: up-cert,",
        upstream: "cart",
        rank: Rank::Downgrade,
        because: (Aspect::Versions, "v1.3"),
    },
    Row {
        old: "{secret: up-cert,",
        new: "{min_tls_version: v1.3, max_tls_version: v1.3, secret: up-cert,",
        upstream: "cart",
        rank: Rank::Improvement,
        because: (Aspect::Versions, "v1.3"),
    },
    // Another Mapping's certificate, although its servers are now verified.
    Row {
        old: "https://zed:8443",
        new: "https://cart:8443",
        upstream: "zed",
        rank: Rank::Downgrade,
        because: (Aspect::Sharing, "https://cart:8443"),
    },
    // Another Mapping's certificate, where none was configured.
    Row {
        old: "https://pay:8443",
        new: "https://cart:8443",
        upstream: "pay",
        rank: Rank::Downgrade,
        because: (Aspect::Sharing, "https://cart:8443"),
    },
    // The same context: the cluster is shared, and nothing else changes.
    Row {
        old: "https://zed:8443', tls: unverified",
        new: "https://cart:8443', tls: up",
        upstream: "zed",
        rank: Rank::Improvement,
        because: (Aspect::Trust, "up-ca"),
    },
    // The name that Emissary reserves for TLS without a client certificate.
    Row {
        old: "metadata: {name: unverified}",
        new: "metadata: {name: no-cert-upstream}",
        upstream: "pay",
        rank: Rank::Downgrade,
        because: (Aspect::Context, "https://pay:8443"),
    },
    Row {
        old: "tls: up}",
        new: "tls: true}",
        upstream: "cart",
        rank: Rank::Downgrade,
        because: (Aspect::Existence, "cart"),
    },
    Row {
        old: "{secret: up-cert,",
        new: "{cert_chain_file: /tls.crt, private_key_file: /tls.key, secret: up-cert,",
        upstream: "cart",
        rank: Rank::Downgrade,
        because: (Aspect::Mode, "up-cert"),
    },
    Row {
        old: "shop.example.com, prefix: /cart/",
        new: "cart.example.com, prefix: /cart/",
        upstream: "cart",
        rank: Rank::Downgrade,
        because: (Aspect::Route, "cart.example.com"),
    },
    Row {
        old: "prefix: /cart/",
        new: "prefix: /cart/, grpc: true",
        upstream: "cart",
        rank: Rank::Neutral,
        because: (Aspect::Alpn, "true"),
    },
];

fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

fn input(text: &str) -> Input {
    input_at(now(), &[("input.yaml".to_owned(), text.to_owned())])
}

#[test]
fn a_change_ranks_by_what_it_does_and_names_the_line_that_does_it() {
    let before = input(BASE);
    for row in &ROWS {
        let changed = BASE.replacen(row.old, row.new, 1);
        assert_ne!(changed, BASE, "{}", row.old);
        let after = input(&changed);
        let diff = diff(&before, &after);
        let change = diff.changes.iter().find(|change| change.object.name == row.upstream);
        let change = change.unwrap_or_else(|| panic!("{}: {} is the same", row.new, row.upstream));
        assert_eq!(change.rank(), row.rank, "{}: {:?}", row.new, change.differences);
        let (aspect, place) = row.because;
        let difference = change.differences.iter().find(|one| one.aspect == aspect);
        let difference = difference.unwrap_or_else(|| panic!("{}: no {aspect:?}", row.new));
        assert_eq!(difference.rank, row.rank, "{}", row.new);
        let at = after.world.sources.text(difference.place_after.unwrap());
        assert_eq!(at.trim_matches('\''), place, "{}", row.new);
    }
}

/// A Mapping with mutual TLS, with the contents of its context.
fn mutual(chain: &str, key: &str, ca: &str, lists: &str) -> Input {
    let [chain, key, ca, lists] = [chain, key, ca, lists].map(|pem| STANDARD.encode(pem));
    input(&format!(
        "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: web}}\n\
         spec: {{hostname: '*', prefix: /, service: 'https://web:443', tls: up}}\n\
         ---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: up}}\n\
         spec: {{secret: client, ca_secret: ca, crl_secret: lists}}\n\
         ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: client}}\ntype: kubernetes.io/tls\n\
         data: {{tls.crt: {chain}, tls.key: {key}}}\n\
         ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: ca}}\ndata: {{tls.crt: {ca}}}\n\
         ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: lists}}\ndata: {{crl.pem: {lists}}}\n",
    ))
}

#[test]
fn a_mapping_that_gets_its_own_certificate_back_is_an_improvement() {
    let ca = Authority::new("root");
    let [one, other] = ["one", "other"].map(|name| {
        let leaf = ca.issue(&Wanted { name, ..Wanted::default() });
        [STANDARD.encode(leaf.cert), STANDARD.encode(leaf.key)]
    });
    let with = |breakers: &str| {
        let mut text = String::new();
        for (name, [cert, key], extra) in [("one", &one, ""), ("other", &other, breakers)] {
            text.push_str(&format!(
                "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\n\
                 metadata: {{name: {name}}}\n\
                 spec: {{hostname: '*', prefix: /{name}/, service: 'https://web:443', tls: {name}{extra}}}\n\
                 ---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
                 metadata: {{name: {name}}}\nspec: {{secret: {name}}}\n\
                 ---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\n\
                 type: kubernetes.io/tls\ndata: {{tls.crt: {cert}, tls.key: {key}}}\n",
            ));
        }
        input(&text)
    };
    let (shared, own) = (with(""), with(", cluster_tag: own"));
    for (before, after, rank) in
        [(&shared, &own, Rank::Improvement), (&own, &shared, Rank::Downgrade)]
    {
        let diff = diff(before, after);
        let change = diff.changes.iter().find(|change| change.object.name == "other").unwrap();
        assert_eq!(change.rank(), rank, "{:?}", change.differences);
    }
}

/// The only difference of this aspect.
fn only(differences: &[Difference], aspect: Aspect) -> &Difference {
    match differences {
        [one] if one.aspect == aspect => one,
        others => panic!("{aspect:?} alone: {others:?}"),
    }
}

#[test]
fn certificates_that_envoy_does_not_load_freeze_the_configuration() {
    let ca = Authority::new("root");
    let (one, other) = (ca.issue(&Wanted::default()), ca.issue(&Wanted::default()));
    let lists = ca.list((-1, 30));
    let whole = mutual(&one.cert, &one.key, &ca.pem, &lists);
    for (broken, object, said) in [
        (
            mutual(&one.cert, &other.key, &ca.pem, &lists),
            "Secret default/client",
            "KEY_VALUES_MISMATCH",
        ),
        (mutual(&one.cert, &one.key, "no PEM", &lists), "Secret default/ca", "trusted CA"),
    ] {
        let diff = diff(&whole, &broken);
        let whole = only(&diff.whole, Aspect::Configuration);
        assert_eq!(whole.rank, Rank::Downgrade);
        assert!(whole.after.contains(object) && whole.after.contains(said), "{}", whole.after);
        assert!(whole.place_after.is_some(), "{}", whole.after);
    }
}

#[test]
fn revocation_lists_differ_by_revoked_certificates_and_rank_by_accepted_servers() {
    let (ca, stranger) = (Authority::new("root"), Authority::new("stranger"));
    let pair = ca.issue(&Wanted::default());
    let with = |lists: &str| mutual(&pair.cert, &pair.key, &ca.pem, lists);
    let current = with(&ca.list((-1, 30)));
    for (lists, rank, said) in [
        (ca.list((-1, 60)), Rank::Neutral, "0 revoked"),
        (ca.list((-9, -2)), Rank::Downgrade, "Envoy rejects every server: CRL has expired"),
        (
            "no PEM".to_owned(),
            Rank::Downgrade,
            "no list; Envoy rejects every server: unable to get certificate CRL",
        ),
        (
            stranger.list((-1, 30)),
            Rank::Downgrade,
            "Envoy rejects every server: unable to get certificate CRL",
        ),
    ] {
        let after = with(&lists);
        let diff = diff(&current, &after);
        let [change] = &diff.changes[..] else { panic!("{said}: {:?}", diff.changes) };
        let difference = only(&change.differences, Aspect::Revocation);
        assert_eq!(difference.rank, rank, "{said}");
        assert!(difference.after.contains(said), "{}", difference.after);
    }
}

#[test]
fn a_line_that_changes_many_upstreams_is_reported_once() {
    let more: String = (0..30)
        .map(|number| {
            format!("---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: m{number:02}}}\nspec: {{hostname: shop.example.com, prefix: /{number}/, service: 'https://m{number}:8443', tls: up}}\n")
        })
        .collect();
    let before = input(&format!("{BASE}{more}"));
    let after = input(&format!("{}{more}", BASE.replace("ca_secret: up-ca", "sni: shop")));
    let diff = diff(&before, &after);
    assert_eq!(diff.changes.len(), 31);
    let groups = diff.groups();
    let [all] = &groups[..] else { panic!("{groups:?}") };
    assert_eq!(all.len(), 31);
    // Lost verification and another SNI.
    let told: Vec<_> =
        diff.annotations().into_iter().filter(|one| one.rule.starts_with("tls-")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    // A change by a single line is a single annotation.
    let plain = input(&BASE.replace(", tls: up", ""));
    let plain = super::diff_properties::diff(&before, &plain).annotations();
    let cart = plain.iter().filter(|one| one.rule.starts_with("tls-"));
    let cart: Vec<_> = cart.map(|one| (one.message.as_str(), one.notes.len())).collect();
    assert_eq!(cart, [("mode: TLS without a client certificate, previously mutual TLS", 2)]);
    assert!(told[0].notes[0].starts_with("the same for Mapping default/m00, "), "{told:?}");
    assert!(told[0].notes[0].ends_with(", 10 more"), "{told:?}");
}
