//! A missing object is absent or only unseen, and every command says which.

use crate::support::resolved;

use mtlsctl::console::Links;
use mtlsctl::report::{Look, resolve_text};
use mtlsctl::resource::relevance;
use mtlsctl::source::Sources;
use mtlsctl::world::{Completeness, Horizon, Settings, TlsMode, World};

const LOOK: Look = Look { color: false, unicode: true, width: 200, links: Links::Hidden };
const TEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: cart, namespace: shop}\nspec: {hostname: '*', prefix: /cart/, service: 'https://cart.shop', tls: up}\n---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: up, namespace: shop}\nspec: {secret: up-cert, ca_secret: up-ca}\n";
const OTHER_SECRET: &str = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: other, namespace: shop}\ntype: kubernetes.io/tls\nstringData: {tls.crt: x, tls.key: y}\n";

fn world(text: &str, settings: Settings) -> World {
    let mut sources = Sources::default();
    sources.add("a.yaml".to_owned(), text.to_owned());
    World::read(sources, settings, &relevance())
}

fn open() -> Settings {
    Settings { horizon: Horizon::of_files(), ..Settings::default() }
}

#[test]
fn a_repository_without_secrets_gets_mutual_tls_if_they_exist() {
    let world = world(TEXT, open());
    let tls = world.tls(&world.upstreams[0]).unwrap();
    assert_eq!(tls.mode, TlsMode::Mutual);
    assert_eq!(tls.unseen, ["shop/up-cert", "shop/up-ca"]);
    let text = resolve_text(&world, |_| true, LOOK);
    let mode = "mutual TLS to cart.shop:443, if Secrets shop/up-cert and shop/up-ca exist (not in the input)";
    assert!(text.contains(mode) && !text.contains("dropped"), "{text}");
    let json = resolved::json(&world);
    let upstream = &json["upstreams"][0];
    assert_eq!(upstream["effective"]["mode"], "tls", "what these manifests alone give");
    assert_eq!(upstream["if_present"]["effective"]["mode"], "mutual");
    assert_eq!(upstream["if_present"]["secrets"][0], "shop/up-cert");
}

#[test]
fn a_missing_secret_is_absent_if_others_are_in_the_input() {
    let world = world(&format!("{TEXT}{OTHER_SECRET}"), open());
    assert_eq!(world.completeness("Secret", "shop"), Completeness::Complete);
    let tls = world.tls(&world.upstreams[0]).unwrap();
    assert_eq!((tls.mode, tls.unseen.len()), (TlsMode::Tls, 0));
    assert!(resolved::json(&world)["upstreams"][0].get("if_present").is_none());
}

#[test]
fn the_callers_statement_takes_precedence_over_guesses_from_the_input() {
    let mut settings = open();
    settings.externals.push("Secret/shop/*".parse().unwrap());
    let said = world(TEXT, settings);
    assert_eq!(said.absence("Secret", "shop", "up-cert"), Completeness::Elsewhere);
    assert_eq!(said.tls(&said.upstreams[0]).unwrap().unseen, [""; 0]);
    let horizon = Horizon::of_files().knowing("Secret", Some("shop"), Completeness::Forbidden);
    let forbidden =
        world(&format!("{TEXT}{OTHER_SECRET}"), Settings { horizon, ..Settings::default() });
    assert_eq!(forbidden.completeness("Secret", "shop"), Completeness::Forbidden);
    assert_eq!(forbidden.completeness("Secret", "other"), Completeness::Complete);
    assert_eq!(forbidden.tls(&forbidden.upstreams[0]).unwrap().mode, TlsMode::Mutual);
}
