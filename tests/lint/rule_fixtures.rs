//! Creates the examples of rules that need real certificates: `MAKE=1 cargo test --test lint
//! rule_fixtures` writes missing ones. The files in `testdata/rule` are what counts.

use std::fs;
use std::path::Path;

use crate::support::der_writer::{seq, tlv};
use crate::support::keys::TestKey;
use crate::support::maker::*;

const AT: &str = "# settings: at=2026-06-01\n";
const CONTEXT: &str = "\
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata:
  name: mesh-upstream
spec:
  secret: client-cert
  ca_secret: upstream-ca
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: productpage
spec:
  hostname: \"*\"
  prefix: /productpage/
  service: productpage:9080
  tls: mesh-upstream
";

/// The keys and certificates of one small PKI.
struct Pki {
    root: Made,
    client_key: TestKey,
    client: Made,
}

fn year(spec: Spec) -> Spec {
    spec.valid("20260101000000", "20270101000000")
}

fn client(key: &TestKey) -> Spec {
    year(Spec::leaf(key).subject(name("bookinfo")))
        .without("2.5.29.17")
        .with(extended_key_usage(&[CLIENT_AUTH]))
}

fn pki() -> Pki {
    let root_key = TestKey::load("p256-root");
    let root = Spec::root("Bookinfo CA", &root_key)
        .valid("20250101000000", "20350101000000")
        .self_signed(&root_key);
    let client_key = TestKey::load("p256-client");
    let client = client(&client_key).issued_by(&root, &client_key);
    Pki { root, client_key, client }
}

fn key_pem(key: &TestKey) -> String {
    pem("PRIVATE KEY", &key.pkcs8)
}

/// A Secret with its entries as text.
fn secret(name: &str, kind: &str, entries: &[(&str, String)]) -> String {
    let mut text = format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\ntype: {kind}\nstringData:\n"
    );
    for (key, value) in entries {
        if key.ends_with("key") || key.starts_with("key") {
            text.push_str("  # TEST ONLY: this key is published.\n");
        }
        text.push_str(&format!("  {key}: |\n"));
        for line in value.lines() {
            text.push_str(&format!("    {line}\n"));
        }
    }
    text
}

fn pair(certificate: String, key: String) -> String {
    secret("client-cert", "kubernetes.io/tls", &[("tls.crt", certificate), ("tls.key", key)])
}

fn ca(certificate: String) -> String {
    format!("---\n{}", secret("upstream-ca", "Opaque", &[("tls.crt", certificate)]))
}

fn write(rule: &str, file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rule").join(rule).join(file);
    if std::env::var_os("MAKE").is_some() && !path.exists() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn examples_with_certificates_exist() {
    let pki = pki();
    let key = &pki.client_key;
    let good_pair = pair(pems(&[&pki.client]), key_pem(key));
    let good_ca = ca(pems(&[&pki.root]));
    let good = format!("{AT}{good_pair}{good_ca}{CONTEXT}");
    let bad = |rule: &str, certificate: String, key: String| {
        write(rule, "bad.yaml", &format!("{AT}{}{good_ca}{CONTEXT}", pair(certificate, key)));
        write(rule, "good.yaml", &good);
    };
    let other = TestKey::load("p256-other");
    bad("secret-key-mismatch", pems(&[&pki.client]), key_pem(&other));
    let int_key = TestKey::load("p256-int");
    let int = year(Spec::intermediate("Bookinfo Issuer", &int_key)).issued_by(&pki.root, &int_key);
    let below = client(key).issued_by(&int, key);
    bad("secret-chain-order", pems(&[&int, &below]), key_pem(key));
    let hidden = pem(
        "ENCRYPTED PRIVATE KEY",
        &seq(&[
            seq(&[
                crate::support::der_writer::oid("1.2.840.113549.1.5.13"),
                crate::support::der_writer::null(),
            ]),
            crate::support::der_writer::octets(&[7; 48]),
        ]),
    );
    bad("secret-key-encrypted", pems(&[&pki.client]), hidden);
    let weak = TestKey::load("rsa1024");
    bad("secret-key-unusable", pems(&[&client(&weak).issued_by(&pki.root, &weak)]), key_pem(&weak));
    let glued = pems(&[&below, &int])
        .replace("-----END CERTIFICATE-----\n-----BEGIN", "-----END CERTIFICATE----------BEGIN");
    bad("secret-pem-invalid", glued, key_pem(key));
    let old = client(key).valid("20250101000000", "20260101000000").issued_by(&pki.root, key);
    bad("certificate-expired", pems(&[&old]), key_pem(key));
    let near = client(key).valid("20260101000000", "20260615000000").issued_by(&pki.root, key);
    bad("certificate-expires-soon", pems(&[&near]), key_pem(key));
    let server = client(key).with(extended_key_usage(&[SERVER_AUTH])).issued_by(&pki.root, key);
    bad("certificate-usage-wrong", pems(&[&server]), key_pem(key));

    let own_ca = CONTEXT.replace("ca_secret: upstream-ca", "ca_secret: client-cert");
    write("ca-secret-is-own-certificate", "bad.yaml", &format!("{AT}{good_pair}{own_ca}"));
    write("ca-secret-is-own-certificate", "good.yaml", &good);

    let foreign = Spec::root("Another CA", &other)
        .valid("20250101000000", "20350101000000")
        .self_signed(&other);
    write(
        "ca-does-not-cover-own-issuer",
        "bad.yaml",
        &format!("{AT}{good_pair}{}{CONTEXT}", ca(pems(&[&foreign]))),
    );
    write("ca-does-not-cover-own-issuer", "good.yaml", &good);

    let with_crl = CONTEXT
        .replace("ca_secret: upstream-ca", "ca_secret: upstream-ca\n  crl_secret: upstream-crl");
    let crl = |from: &str, until: &str| {
        let mut spec = CrlSpec::of(&pki.root);
        spec.this_update = crate::support::der_writer::moment(from);
        spec.next_update = Some(crate::support::der_writer::moment(until));
        let text = pem("X509 CRL", &spec.signed_by(&pki.root.key));
        format!("---\n{}", secret("upstream-crl", "Opaque", &[("crl.pem", text)]))
    };
    let old = crl("20260101000000", "20260501000000");
    write("crl-expired", "bad.yaml", &format!("{AT}{good_pair}{good_ca}{old}{with_crl}"));
    let current = crl("20260525000000", "20260625000000");
    write("crl-expired", "good.yaml", &format!("{AT}{good_pair}{good_ca}{current}{with_crl}"));

    let mut part = CrlSpec::of(&pki.root);
    part.this_update = crate::support::der_writer::moment("20260525000000");
    part.next_update = Some(crate::support::der_writer::moment("20260625000000"));
    let place = tlv(0x86, b"http://crl.bookinfo.example/part-1.crl");
    let point = tlv(0xa0, &tlv(0xa0, &place));
    part.extensions.push(extension("2.5.29.28", true, &seq(&[point])));
    let text = pem("X509 CRL", &part.signed_by(&pki.root.key));
    let part = format!("---\n{}", secret("upstream-crl", "Opaque", &[("crl.pem", text)]));
    write("crl-incomplete", "bad-scope.yaml", &format!("{AT}{good_pair}{good_ca}{part}{with_crl}"));

    let bundled = secret(
        "client-cert",
        "istio.io/key-and-cert",
        &[
            ("cert-chain.pem", pems(&[&pki.client])),
            ("key.pem", key_pem(key)),
            ("root-cert.pem", pems(&[&pki.root])),
        ],
    );
    let no_ca = CONTEXT.replace("\n  ca_secret: upstream-ca", "");
    write("root-cert-rotates-alone", "bad.yaml", &format!("{AT}{bundled}{no_ca}"));
    write("root-cert-rotates-alone", "good.yaml", &good);

    let again = pair(
        pems(&[&client(key).subject(name("reviews")).issued_by(&pki.root, key)]),
        key_pem(key),
    )
    .replace("client-cert", "reviews-cert");
    let fresh = pair(
        pems(&[&client(&other).subject(name("reviews")).issued_by(&pki.root, &other)]),
        key_pem(&other),
    )
    .replace("client-cert", "reviews-cert");
    let second = CONTEXT
        .replace("client-cert", "reviews-cert")
        .replace("mesh-upstream", "reviews-upstream")
        .replace("productpage", "reviews");
    write(
        "private-key-shared",
        "bad.yaml",
        &format!("{AT}{good_pair}---\n{again}{good_ca}{CONTEXT}{second}"),
    );
    write(
        "private-key-shared",
        "good.yaml",
        &format!("{AT}{good_pair}---\n{fresh}{good_ca}{CONTEXT}{second}"),
    );

    let parameters = pem("EC PARAMETERS", &crate::support::der_writer::oid("1.2.840.10045.3.1.7"));
    let inner = crate::support::der_writer::contents(
        crate::support::der_writer::elements(crate::support::der_writer::contents(&key.pkcs8))[2],
    );
    let mut fields: Vec<Vec<u8>> =
        crate::support::der_writer::elements(crate::support::der_writer::contents(inner))
            .into_iter()
            .map(<[u8]>::to_vec)
            .collect();
    fields.insert(2, tlv(0xa0, &crate::support::der_writer::oid("1.2.840.10045.3.1.7")));
    let sec1 = pem("EC PRIVATE KEY", &seq(&fields));
    let force = "---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ambassador
spec:
  template:
    spec:
      containers:
      - name: ambassador
        image: docker.io/emissaryingress/emissary:3.9.1
        env:
        - name: AMBASSADOR_FORCE_SECRET_VALIDATION
          value: \"true\"
";
    let behind = pair(pems(&[&pki.client]), format!("{parameters}{sec1}"));
    write(
        "secret-key-ec-parameters",
        "bad.yaml",
        &format!("{AT}{behind}{good_ca}{CONTEXT}{force}"),
    );
    let plain = pair(pems(&[&pki.client]), sec1);
    write(
        "secret-key-ec-parameters",
        "good.yaml",
        &format!("{AT}{plain}{good_ca}{CONTEXT}{force}"),
    );

    let copied = good_pair.replace(
        "  name: client-cert\n",
        "  name: client-cert\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {\"apiVersion\":\"v1\",\"data\":{\"tls.key\":\"(the key again)\"},\"kind\":\"Secret\"}\n",
    );
    write("secret-key-in-last-applied", "bad.yaml", &format!("{AT}{copied}{good_ca}{CONTEXT}"));
    write("secret-key-in-last-applied", "good.yaml", &good);

    let der = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(&pki.root.der)
    };
    let as_der = format!(
        "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: upstream-ca\ntype: Opaque\ndata:\n  tls.crt: {der}\n"
    );
    write("secret-certificate-not-text", "bad.yaml", &format!("{AT}{good_pair}{as_der}{CONTEXT}"));
    write("secret-certificate-not-text", "good.yaml", &good);
}
