//! What an upgrade from 1.14 to 4.1 reports for every difference between the releases; and both
//! must read its suggestions alike.

use std::path::PathBuf;

use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Behaviour, Effective, Profile, Settings, World};

use crate::support::folder::Folder;
use crate::support::program::mtlsctl;

const FROM: &str = "1.14";
const TO: &str = "4.1";

/// A difference between the two releases.
struct Row {
    behaviours: &'static [Behaviour],
    /// An input that shows it, for the old release.
    input: &'static str,
    /// The output of the upgrade, without line breaks.
    says: &'static [&'static str],
    /// The effect of its advice, as a text and its replacement; `None` if it requires no change of
    /// the manifests.
    advice: Option<(&'static str, &'static str)>,
}

const ROWS: [Row; 18] = [
    Row {
        behaviours: &[Behaviour::HostsRouteMappings],
        input: "apiVersion: getambassador.io/v2\nkind: Host\nmetadata: {name: shop}\nspec: {hostname: shop.example.com}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, host: cart.example.com, service: 'https://cart:8443'}\n",
        says: &["downgrade: Mapping default/cart", "before routed", "after not routed"],
        advice: Some(("host: cart.example.com", "host: shop.example.com")),
    },
    Row {
        behaviours: &[Behaviour::MappingSelector, Behaviour::StrictSelectors],
        input: "apiVersion: getambassador.io/v2\nkind: Host\nmetadata: {name: shop}\nspec: {hostname: shop.example.com, selector: {matchLabels: {team: shop, tier: front}}}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart, labels: {team: shop}}\nspec: {prefix: /cart/, host: shop.example.com, service: 'https://cart:8443'}\n",
        says: &["downgrade: Mapping default/cart", "after not routed"],
        advice: Some(("labels: {team: shop}", "labels: {team: shop, tier: front}")),
    },
    Row {
        behaviours: &[Behaviour::TcpScheme],
        input: "apiVersion: getambassador.io/v2\nkind: TCPMapping\nmetadata: {name: db}\nspec: {port: 5432, service: 'https://db:5432'}\n",
        says: &[
            "improvement: TCPMapping default/db",
            "before plaintext",
            "after TLS without a client certificate",
        ],
        advice: None,
    },
    Row {
        behaviours: &[
            Behaviour::OldCrdsAreOff,
            Behaviour::ServesV3alpha1,
            Behaviour::ConvertsToV3alpha1,
        ],
        input: "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'http://cart:8443', tls: true}\n",
        says: &[
            "of an API version that Emissary 4 does not serve",
            "set `enableLegacyVersions` in the CRD chart of Emissary 4.1",
            "Emissary 1.14 does not read it",
            "0 upstreams differ; 1 upstream is the same",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::GoReadsAnnotations],
        input: "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  annotations:\n    getambassador.io/config: |\n      apiVersion: getambassador.io/v2\n      kind: Mapping\n      metadata: {name: cart}\n      spec: {prefix: /cart/, service: 'https://cart:8443'}\nspec: {ports: [{port: 8443}]}\n",
        says: &[
            "upstream after TLS without a client certificate to cart:8443",
            "this Mapping in an annotation has no name",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::FilesTakeAmbassadorGroup],
        input: "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  annotations:\n    getambassador.io/config: |\n      apiVersion: ambassador/v0\n      kind: Mapping\n      name: cart\n      prefix: /cart/\n      service: https://cart:8443\nspec: {ports: [{port: 8443}]}\n",
        says: &[
            "Mapping default/cart has the API version `ambassador/v0`",
            "write `apiVersion: getambassador.io/v2`",
            "upstream before TLS without a client certificate to cart:8443",
        ],
        advice: Some(("ambassador/v0", "getambassador.io/v2")),
    },
    Row {
        behaviours: &[Behaviour::NeedsProtocolV3],
        input: "apiVersion: getambassador.io/v2\nkind: AuthService\nmetadata: {name: guard}\nspec: {auth_service: 'https://guard:8443', proto: grpc}\n",
        says: &[
            "AuthService default/guard is never called, and every request gets 500",
            "downgrade: AuthService default/guard",
            "set `protocol_version: v3`",
        ],
        advice: Some(("proto: grpc", "proto: grpc, protocol_version: v3")),
    },
    Row {
        behaviours: &[Behaviour::NeedsProtocolV3],
        input: "apiVersion: getambassador.io/v2\nkind: RateLimitService\nmetadata: {name: limit}\nspec: {service: 'https://limit:8443'}\n",
        says: &[
            "RateLimitService default/limit is dropped",
            "protocol_version v2 is unsupported",
            "downgrade: RateLimitService default/limit",
        ],
        advice: Some(("spec: {", "spec: {protocol_version: v3, ")),
    },
    Row {
        behaviours: &[Behaviour::RejectsLightstep],
        input: "apiVersion: getambassador.io/v2\nkind: TracingService\nmetadata: {name: trace}\nspec: {service: 'https://trace:8443', driver: lightstep, config: {access_token_file: /token}}\n",
        says: &[
            "TracingService default/trace is dropped",
            "the 'lightstep' driver is no longer supported",
            "downgrade: TracingService default/trace",
        ],
        advice: Some(("driver: lightstep, config: {access_token_file: /token}", "driver: zipkin")),
    },
    Row {
        behaviours: &[Behaviour::NeedsProtocolV3],
        input: "apiVersion: getambassador.io/v2\nkind: LogService\nmetadata: {name: log}\nspec: {service: 'https://log:8443', driver: http, driver_config: {}}\n",
        says: &[
            "LogService default/log is dropped",
            "protocol_version v2 is unsupported",
            "set `v3ProtocolVersion: v3`",
            "downgrade: LogService default/log",
        ],
        advice: Some(("driver: http", "driver: http, v3ProtocolVersion: v3")),
    },
    Row {
        behaviours: &[Behaviour::OpenTelemetry],
        input: "apiVersion: getambassador.io/v2\nkind: TracingService\nmetadata: {name: trace}\nspec: {service: 'https://trace:8443', driver: opentelemetry}\n",
        says: &[
            "improvement: TracingService default/trace",
            "before none: it is rejected",
            "After the upgrade: no longer reported",
            "spec.driver in body should be one of [lightstep zipkin datadog]",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::ForcedSecretCheck],
        input: "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ambassador}\nspec: {template: {spec: {containers: [{name: ambassador, image: emissary, env: [{name: AMBASSADOR_FORCE_SECRET_VALIDATION, value: 'true'}]}]}}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: up-cert}\ntype: kubernetes.io/tls\nstringData: {tls.crt: no PEM, tls.key: no PEM}\n---\napiVersion: getambassador.io/v2\nkind: TLSContext\nmetadata: {name: up}\nspec: {secret: up-cert}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'https://cart:8443', tls: up}\n",
        says: &[
            "fails Ambassador's own validation",
            "configuration before rejected",
            "after takes effect",
            "downgrade: Mapping default/cart mode before mutual TLS",
            "after TLS without a client certificate",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::RevocationLists],
        input: "apiVersion: getambassador.io/v2\nkind: TLSContext\nmetadata: {name: up}\nspec: {secret: up-cert, ca_secret: up-ca, v3CRLSecret: up-crl}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'https://cart:8443', tls: up}\n",
        says: &[
            "improvement: Mapping default/cart",
            "revokes before none after `crl.pem` of Secret default/up-crl (not in the input)",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::HostSecretNamespace],
        input: "apiVersion: getambassador.io/v2\nkind: Host\nmetadata: {name: shop}\nspec: {hostname: '*', tlsSecret: {name: shop-cert, namespace: vault}}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'cart', tls: shop-context}\n",
        says: &[
            "presents before `tls.crt` of Secret default/shop-cert",
            "after `tls.crt` of Secret vault/shop-cert",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::AmbassadorModuleTls],
        input: "apiVersion: getambassador.io/v2\nkind: Module\nmetadata: {name: ambassador}\nspec: {config: {tls: {upstream: {cert_chain_file: /certs/tls.crt, private_key_file: /certs/tls.key}}}}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'cart', tls: upstream}\n",
        says: &[
            "no TLSContext is called `upstream` in this input",
            "downgrade: Mapping default/cart",
            "mode before mutual TLS",
            "after plaintext",
            "add the TLSContext to the input",
        ],
        advice: Some((
            "kind: Module\nmetadata: {name: ambassador}\nspec: {config: {tls: {upstream: {cert_chain_file: /certs/tls.crt, private_key_file: /certs/tls.key}}}}",
            "kind: TLSContext\nmetadata: {name: upstream}\nspec: {cert_chain_file: /certs/tls.crt, private_key_file: /certs/tls.key}",
        )),
    },
    Row {
        behaviours: &[Behaviour::RedirectsCleartext, Behaviour::TerminationNeedsHost],
        input: "apiVersion: getambassador.io/v2\nkind: TLSContext\nmetadata: {name: shop}\nspec: {secret: shop-cert, hosts: [shop.example.com], redirect_cleartext_from: 8080}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'https://cart:8443'}\n",
        says: &[
            "`redirect_cleartext_from` has no effect since Ambassador 2.0",
            "redirects are configured on Hosts",
        ],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::EscapesHostNames],
        input: "apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'https://[2001:db8::1]:8443'}\n",
        says: &["to before 2001:443", "after [2001:db8::1]:8443"],
        advice: None,
    },
    Row {
        behaviours: &[Behaviour::KeepsSecretsWithoutCertificate],
        input: "apiVersion: v1\nkind: Secret\nmetadata: {name: up-ca}\nstringData: {user.key: x}\n---\napiVersion: getambassador.io/v2\nkind: TLSContext\nmetadata: {name: up}\nspec: {secret: up-cert, ca_secret: up-ca}\n---\napiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, service: 'cart', tls: up}\n",
        says: &["Mapping default/cart", "mode before plaintext", "after mutual TLS"],
        advice: None,
    },
];

fn upgrade(input: &str) -> String {
    let folder = Folder::with(&[("input.yaml", input)]);
    let mut command = mtlsctl();
    command.env("COLUMNS", "400").current_dir(folder.path());
    let output =
        command.args(["upgrade", "--from", FROM, "--to", TO, "input.yaml"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // Without places and line breaks.
    let words = text.split_whitespace().filter(|word| !word.starts_with("(input.yaml:"));
    words.collect::<Vec<_>>().join(" ")
}

fn world(input: &str, release: &str) -> World {
    let profile: Profile = release.parse().unwrap();
    let settings = Settings {
        profile,
        profile_is_given: true,
        horizon: mtlsctl::world::Horizon::of_files(),
        ..Settings::default()
    };
    let mut sources = Sources::default();
    sources.add("input.yaml".to_owned(), input.to_owned());
    World::read(sources, settings, &relevance())
}

/// What each upstream gets, and what is refused.
fn resolved(world: &World) -> Vec<String> {
    let upstreams = world.upstreams.iter().map(|upstream| {
        let mode = match world.effective(upstream) {
            None => "no cluster".to_owned(),
            Some(Effective::Plaintext) => "plaintext".to_owned(),
            Some(Effective::Tls(_)) => "TLS".to_owned(),
            Some(Effective::Mutual(id)) => format!("mutual TLS by {}", world.context(id).name),
        };
        format!(
            "{}: {mode}, routed: {}",
            world.mapping(upstream).object.identity(),
            upstream.routed
        )
    });
    let crashes = world.freezes.iter().filter(|freeze| freeze.is_crash());
    let crashes = crashes.map(|freeze| freeze.reason.clone());
    let refusals = world.resources.refusals.iter().map(|one| format!("{} is refused", one.object));
    upstreams.chain(crashes).chain(refusals).collect()
}

#[test]
fn an_upgrade_reports_every_difference_between_the_releases() {
    let (from, to): (Profile, Profile) = (FROM.parse().unwrap(), TO.parse().unwrap());
    for row in &ROWS {
        for &behaviour in row.behaviours {
            assert_ne!(from.has(behaviour), to.has(behaviour), "{behaviour:?} is no difference");
        }
        let told = upgrade(row.input);
        for said in row.says {
            assert!(told.contains(said), "{:?}: no `{said}` in: {told}", row.behaviours);
        }
    }
}

#[test]
fn suggestions_for_an_upgrade_are_read_alike_by_both_releases() {
    for row in &ROWS {
        let Some((old, new)) = row.advice else { continue };
        let repaired = row.input.replacen(old, new, 1);
        assert_ne!(repaired, row.input, "{:?}", row.behaviours);
        let before = resolved(&world(row.input, FROM));
        for release in [FROM, TO] {
            let after = resolved(&world(&repaired, release));
            assert_eq!(after, before, "{:?} with the advice, on {release}", row.behaviours);
        }
    }
}

#[test]
fn findings_in_objects_that_the_old_release_does_not_read_are_marked() {
    let told = upgrade(
        "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: up}\nspec: {secret: up-cert, ca_cert: up-ca}\n---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart}\nspec: {prefix: /cart/, hostname: '*', service: 'https://cart:8443', tls: up}\n---\napiVersion: getambassador.io/v3alpha1\nkind: TracingService\nmetadata: {name: trace}\nspec: {service: 'trace:9411', driver: lightstep}\n",
    );
    assert!(!told.contains("Before the upgrade"), "{told}");
    let (changes, first) = told
        .split_once("2. After the upgrade: in objects that the old release does not read")
        .unwrap_or_else(|| panic!("{told}"));
    assert!(changes.contains("improvement: Mapping default/cart"), "{told}");
    // It is not an upstream on either side.
    assert!(!changes.contains("improvement: TracingService"), "{told}");
    let (first, gone) = first.split_once("3. After the upgrade: no longer reported").unwrap();
    assert!(
        first.contains("TLSContext has no field `ca_cert`") && first.contains("help"),
        "{told}"
    );
    assert!(gone.contains("API version") && !gone.contains("help"), "{told}");
}

/// `python/schemas/v0/Mapping.schema` of 1.14.4 has `additionalProperties: false`.
#[test]
fn a_mapping_of_v0_has_only_the_fields_of_v0() {
    let input = |field: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  annotations:\n    getambassador.io/config: |\n      apiVersion: ambassador/v0\n      kind: Mapping\n      name: cart\n      {field}\n      prefix: /cart/\n      service: https://cart:8443\n"
        )
    };
    for (field, is_read) in [("host: a.example.com", true), ("hostname: a.example.com", false)] {
        let told = resolved(&world(&input(field), FROM));
        let is_refused = told.iter().any(|line| line == "Mapping default/cart is refused");
        assert_eq!(is_refused, !is_read, "{field}: {told:?}");
    }
}

#[test]
fn every_fix_for_an_upgrade_leaves_a_working_upstream_in_both_releases() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/rule");
    let mut mended_inputs = 0;
    for rule in ["object-api-version-unknown", "auth-service-misconfigured", "mapping-tls-boolean"]
    {
        let text = std::fs::read_to_string(root.join(rule).join("bad.yaml")).unwrap();
        let folder = Folder::with(&[("input.yaml", &text)]);
        let mut command = mtlsctl();
        command.current_dir(folder.path());
        command.args(["lint", "--fix", "--unsafe-fixes", "--emissary", TO, "input.yaml"]);
        let _ = command.output().unwrap();
        let repaired = folder.read("input.yaml");
        if repaired == text {
            continue;
        }
        mended_inputs += 1;
        for release in ["2.5.1", "3.9.1", TO] {
            let is_lost =
                |line: &String| line.ends_with("is refused") || line.contains("no cluster");
            let lost =
                |text: &str| resolved(&world(text, release)).iter().filter(|l| is_lost(l)).count();
            assert!(lost(&repaired) <= lost(&text), "{rule} on {release}: {repaired}");
        }
    }
    assert!(mended_inputs >= 2, "only {mended_inputs} fixes");
}
