//! Cases about files: the client pair (C) and the CA file (A), with Envoy 1.38.3's result of
//! loading them.

use super::keys::{Hash, TestKey};
use super::maker::*;

/// A file in a pod; `None` if none is configured.
pub type File = Option<Vec<u8>>;

/// A case with a client pair.
pub struct PairCase {
    pub id: &'static str,
    pub title: &'static str,
    pub certificate: File,
    pub key: File,
    pub verdict: &'static str,
}

/// A case with a CA file; the chain is valid.
pub struct CaCase {
    pub id: &'static str,
    pub title: &'static str,
    pub ca: Vec<u8>,
    pub verdict: &'static str,
}

const A: &str = "accepted";
const CHAIN: &str = "configuration rejected: Failed to load certificate chain from c.pem";
const SMALL: &str = "configuration rejected: Failed to load certificate chain from c.pem, only RSA certificates with 2048-bit or larger keys are supported";
const VALUES: &str =
    "configuration rejected: Failed to load private key from c.key, Cause: KEY_VALUES_MISMATCH";
const TYPE: &str =
    "configuration rejected: Failed to load private key from c.key, Cause: KEY_TYPE_MISMATCH";
const PASSWORD: &str =
    "configuration rejected: Failed to load private key from c.key, Cause: BAD_PASSWORD_READ";
const WRONG_TAG: &str =
    "configuration rejected: Failed to load private key from c.key, Cause: WRONG_TAG";
const NO_KEY: &str =
    "configuration rejected: Failed to load private key from c.key, Cause: NO_START_LINE";
const CA: &str = "configuration rejected: Failed to load trusted CA certificates from ca.pem";

fn root() -> (TestKey, Made) {
    let key = TestKey::load("rsa2048-other");
    let made = Spec::root("Test Client Root", &key).self_signed(&key);
    (key, made)
}

fn client(key: &TestKey) -> Spec {
    Spec::leaf(key)
        .subject(name("test client"))
        .with(extended_key_usage(&[CLIENT_AUTH]))
        .without("2.5.29.17")
}

/// The PEM text of a key in `testdata/pki/keys`, without the line before it.
fn key_text(name: &str) -> String {
    let path = format!("{}/testdata/pki/keys/{name}.key.pem", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    text[text.find("-----BEGIN").unwrap()..].to_owned()
}

/// A key in its older format: PKCS #1 or SEC 1.
fn old_form(name: &str, label: &str) -> String {
    use super::der_writer::{contents, elements};
    let key = TestKey::load(name);
    let fields = elements(contents(&key.pkcs8));
    let inner = contents(fields[2]);
    pem(label, &if label.starts_with("EC") { sec1_with_curve(inner) } else { inner.to_vec() })
}

/// PKCS #8 omits the curve inside; a SEC 1 key on its own must name it.
fn sec1_with_curve(inner: &[u8]) -> Vec<u8> {
    use super::der_writer::{contents, elements, oid, seq, tlv};
    let mut fields: Vec<Vec<u8>> =
        elements(contents(inner)).into_iter().map(<[u8]>::to_vec).collect();
    fields.insert(2, tlv(0xa0, &oid("1.2.840.10045.3.1.7")));
    seq(&fields)
}

pub fn pairs() -> Vec<PairCase> {
    let mut cases = Vec::new();
    let mut add = |id, title, certificate: &str, key: &str, verdict| {
        cases.push(PairCase {
            id,
            title,
            certificate: Some(certificate.as_bytes().to_vec()),
            key: Some(key.as_bytes().to_vec()),
            verdict,
        });
    };
    let (_, root) = root();
    let rsa = TestKey::load("rsa2048");
    let made = client(&rsa).issued_by(&root, &rsa);
    let certificate = pems(&[&made]);
    let key = key_text("rsa2048");
    add("C01", "a good pair", &certificate, &key, A);
    add("C04", "expired", &pems(&[&client(&rsa).expired().issued_by(&root, &rsa)]), &key, A);
    add("C05", "not yet valid", &pems(&[&client(&rsa).not_yet().issued_by(&root, &rsa)]), &key, A);
    add("C06", "another key", &certificate, &key_text("rsa2048-e3"), VALUES);
    add("C06b", "an EC key for an RSA certificate", &certificate, &key_text("p256-client"), TYPE);
    let int_key = TestKey::load("p256-int");
    let int = Spec::intermediate("Test Client Intermediate", &int_key).issued_by(&root, &int_key);
    let below = client(&rsa).issued_by(&int, &rsa);
    add("C08", "leaf and intermediate", &pems(&[&below, &int]), &key, A);
    add("C09", "intermediate missing", &pems(&[&below]), &key, A);
    let rsa_int_key = TestKey::load("rsa4096");
    let rsa_int =
        Spec::intermediate("Test Client Intermediate", &rsa_int_key).issued_by(&root, &rsa_int_key);
    let rsa_below = client(&rsa).issued_by(&rsa_int, &rsa);
    add("C10", "intermediate before the leaf", &pems(&[&rsa_int, &rsa_below]), &key, VALUES);
    add("C11", "leaf, root, intermediate", &pems(&[&below, &root, &int]), &key, A);
    let other_key = TestKey::load("p256-other");
    let other = Spec::root("Other Root", &other_key).self_signed(&other_key);
    add("C11b", "leaf, unrelated, intermediate", &pems(&[&below, &other, &int]), &key, A);
    add(
        "C12",
        "for serverAuth only",
        &pems(&[&client(&rsa).with(extended_key_usage(&[SERVER_AUTH])).issued_by(&root, &rsa)]),
        &key,
        A,
    );
    add(
        "C12b",
        "without extendedKeyUsage",
        &pems(&[&client(&rsa).without("2.5.29.37").issued_by(&root, &rsa)]),
        &key,
        A,
    );
    for (id, title, name, verdict) in [
        ("C13", "RSA 1024", "rsa1024", SMALL),
        ("C13b", "RSA 1536", "rsa1536", SMALL),
        ("C14a", "RSA 4096", "rsa4096", A),
        ("C14b", "P-256", "p256-client", A),
        ("C14c", "P-384", "p384", A),
        ("C14d", "P-521", "p521", A),
        ("C14e", "Ed25519", "ed25519", A),
        ("C14f", "secp256k1", "k256", CHAIN),
        ("C14g", "RSA 8192", "rsa8192", A),
        ("C14h", "RSA 2048 with exponent 3", "rsa2048-e3", A),
        ("C14i", "Ed448", "ed448", CHAIN),
        ("C19", "id-RSASSA-PSS", "rsapss", CHAIN),
    ] {
        let own = TestKey::load(name);
        let made = client(&own).issued_by(&root, &own);
        add(id, title, &pems(&[&made]), &key_text(name), verdict);
    }
    let v1 = Spec::bare("test client", &rsa).version(1).issued_plainly(&root, &rsa);
    add("C17", "version 1", &pems(&[&v1]), &key, A);
    let sha1 = client(&rsa).hash(Hash::Sha1).issued_by(&root, &rsa);
    add("C17b", "signed with SHA-1", &pems(&[&sha1]), &key, A);
    let p256 = TestKey::load("p256-client");
    let ec = pems(&[&client(&p256).issued_by(&root, &p256)]);
    add("C15a", "PKCS#1 key", &certificate, &old_form("rsa2048", "RSA PRIVATE KEY"), A);
    let sec1 = old_form("p256-client", "EC PRIVATE KEY");
    add("C15b", "SEC1 key", &ec, &sec1, A);
    let parameters = pem("EC PARAMETERS", &super::der_writer::oid("1.2.840.10045.3.1.7"));
    add("C15c", "SEC1 key behind EC PARAMETERS", &ec, &format!("{parameters}{sec1}"), A);
    let hidden = pem(
        "ENCRYPTED PRIVATE KEY",
        &super::der_writer::seq(&[
            super::der_writer::seq(&[
                super::der_writer::oid("1.2.840.113549.1.5.13"),
                super::der_writer::null(),
            ]),
            super::der_writer::octets(&[1; 32]),
        ]),
    );
    add("C15d", "PKCS#8 key, encrypted", &certificate, &hidden, PASSWORD);
    let header = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n";
    let body = old_form("rsa2048", "RSA PRIVATE KEY");
    let dek = body.replacen("-----BEGIN RSA PRIVATE KEY-----\n", header, 1);
    add("C15e", "PKCS#1 key, encrypted", &certificate, &dek, PASSWORD);
    texts(&mut add, &certificate, &key, &pems(&[&below, &int]));
    let agreement = client(&p256).with(key_usage(0x08)).issued_by(&root, &p256);
    add(
        "N01",
        "EC certificate without digitalSignature",
        &pems(&[&agreement]),
        &key_text("p256-client"),
        CHAIN,
    );
    let encipherment = client(&rsa).with(key_usage(0x20)).issued_by(&root, &rsa);
    add("N02", "RSA certificate without digitalSignature", &pems(&[&encipherment]), &key, A);
    let old = TestKey::load("p224");
    add("N03", "P-224", &pems(&[&client(&old).issued_by(&root, &old)]), &key_text("p224"), CHAIN);
    add(
        "N04",
        "a broken extension",
        &pems(&[&client(&rsa).and(extension("2.5.29.17", false, b"junk")).issued_by(&root, &rsa)]),
        &key,
        A,
    );
    add(
        "N05",
        "the key in a CERTIFICATE block behind the leaf",
        &format!("{certificate}{}", key.replace("PRIVATE KEY", "CERTIFICATE")),
        &key,
        CHAIN,
    );
    add(
        "N06",
        "a CRL in the chain file",
        &format!("{certificate}{}", pem("X509 CRL", b"junk")),
        &key,
        A,
    );
    add(
        "N07",
        "a second block with broken base64",
        &format!("{certificate}-----BEGIN FOO-----\n!!!\n-----END FOO-----\n"),
        &key,
        CHAIN,
    );
    let edwards = TestKey::load("ed25519");
    let with_public = {
        use super::der_writer::{bits, contents, elements, number, seq, tlv};
        let fields = elements(contents(&edwards.pkcs8));
        let public = tlv(0x81, contents(&bits(&edwards.public())));
        pem("PRIVATE KEY", &seq(&[number(1), fields[1].to_vec(), fields[2].to_vec(), public]))
    };
    add(
        "N21",
        "an Ed25519 key with its public half (PKCS#8 version 2, RFC 5958)",
        &pems(&[&client(&edwards).issued_by(&root, &edwards)]),
        &with_public,
        WRONG_TAG,
    );
    cases.push(PairCase { id: "C16q", title: "empty certificate file", certificate: Some(Vec::new()), key: Some(key.clone().into_bytes()), verdict: "configuration rejected: Failed to load incomplete certificate from c.pem: certificate chain not set" });
    cases.push(PairCase {
        id: "C16r",
        title: "empty key file",
        certificate: Some(certificate.clone().into_bytes()),
        key: Some(Vec::new()),
        verdict: "configuration rejected: Failed to load incomplete private key from path: c.key",
    });
    cases.push(PairCase { id: "C16z", title: "a key, no certificate", certificate: None, key: Some(key.clone().into_bytes()), verdict: "configuration rejected: Failed to load incomplete certificate from : certificate chain not set" });
    cases.push(PairCase {
        id: "C16z2",
        title: "a certificate, no key",
        certificate: Some(certificate.into_bytes()),
        key: None,
        verdict: "configuration rejected: Failed to load incomplete private key from path: ",
    });
    cases.push(PairCase {
        id: "C16o",
        title: "the certificate as DER",
        certificate: Some(made.der),
        key: Some(key.into_bytes()),
        verdict: CHAIN,
    });
    cases
}

/// Unusual PEM texts.
fn texts(
    add: &mut impl FnMut(&'static str, &'static str, &str, &str, &'static str),
    certificate: &str,
    key: &str,
    two: &str,
) {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let one_line = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        let end = lines.pop().unwrap();
        let begin = lines.remove(0);
        format!("{begin}\n{}\n{end}\n", lines.concat())
    };
    let per_line = |text: &str, change: &dyn Fn(&str) -> String| -> String {
        text.lines().map(change).collect()
    };
    add("C16a", "CRLF", &crlf(certificate), &crlf(key), A);
    add(
        "C16b",
        "a byte order mark before the certificate",
        &format!("\u{feff}{certificate}"),
        key,
        CHAIN,
    );
    add(
        "C16b2",
        "a byte order mark before the key",
        certificate,
        &format!("\u{feff}{key}"),
        NO_KEY,
    );
    add(
        "C16c",
        "`openssl -text` before it",
        &format!("Certificate:\n    Data:\n        Version: 3 (0x2)\n{certificate}"),
        key,
        A,
    );
    add("C16d", "trailing blanks", &per_line(certificate, &|line| format!("{line}  \n")), key, A);
    add(
        "C16d2",
        "trailing blanks in the key",
        certificate,
        &per_line(key, &|line| format!("{line} \t\n")),
        A,
    );
    add("C16e", "indented", &per_line(certificate, &|line| format!("    {line}\n")), key, CHAIN);
    let mut lines: Vec<&str> = certificate.lines().collect();
    lines.insert(5, "");
    add("C16f", "a blank line in the base64", &format!("{}\n", lines.join("\n")), key, CHAIN);
    add("C16g", "no newline at the end", certificate.trim_end(), key.trim_end(), A);
    add("C16h", "base64 on one line", &one_line(certificate), &one_line(key), A);
    add("C16i", "carriage returns alone", &certificate.replace('\n', "\r"), key, CHAIN);
    add(
        "C16j",
        "TRUSTED CERTIFICATE",
        &certificate.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
        key,
        A,
    );
    add(
        "C16k",
        "X509 CERTIFICATE",
        &certificate.replace("CERTIFICATE", "X509 CERTIFICATE"),
        key,
        A,
    );
    add("C16l", "END missing", certificate.trim_end().rsplit_once('\n').unwrap().0, key, CHAIN);
    add("C16m", "key, then certificate, in one file", &format!("{key}{certificate}"), key, A);
    add(
        "C16n",
        "certificate, then key, in the key file",
        certificate,
        &format!("{certificate}{key}"),
        A,
    );
    let doubled = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(certificate)
    };
    add("C16p", "base64 of the PEM", &doubled, key, CHAIN);
    add(
        "C16s",
        "text between certificates",
        &two.replace("-----END CERTIFICATE-----\n", "-----END CERTIFICATE-----\n\nthe next one:\n"),
        key,
        A,
    );
    add(
        "C16t",
        "END and BEGIN on one line",
        &two.replace(
            "-----END CERTIFICATE-----\n-----BEGIN",
            "-----END CERTIFICATE----------BEGIN",
        ),
        key,
        CHAIN,
    );
    add("C16u", "backslash-n for newlines", &certificate.replace('\n', "\\n"), key, CHAIN);
    add("C16v", "blanks for newlines", &certificate.replace('\n', " "), key, CHAIN);
    add(
        "C16w",
        "a garbage certificate behind a good one",
        &format!("{certificate}{}", pem("CERTIFICATE", b"garbage")),
        key,
        CHAIN,
    );
    let cut: String = certificate
        .lines()
        .enumerate()
        .filter(|(index, _)| *index != 4)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    add("C16x", "a line of base64 is missing", &cut, key, CHAIN);
    add(
        "C16y",
        "two keys, the right one second",
        certificate,
        &format!("{}{key}", key_text("rsa2048-e3")),
        VALUES,
    );
}

/// The chain for CA cases, and the CA files.
pub fn authorities() -> (String, Vec<CaCase>) {
    let key = TestKey::load("p256-root");
    let root = Spec::root("Test Root", &key).self_signed(&key);
    let leaf_key = TestKey::load("p256-leaf");
    let leaf = Spec::leaf(&leaf_key).issued_by(&root, &leaf_key);
    let good = pems(&[&root]);
    let other_key = TestKey::load("p256-other");
    let other = Spec::root("Other Root", &other_key).self_signed(&other_key);
    let mut cases = Vec::new();
    let mut add =
        |id, title, ca: &[u8], verdict| cases.push(CaCase { id, title, ca: ca.to_vec(), verdict });
    add("A01", "CRLF", good.replace('\n', "\r\n").as_bytes(), A);
    add("A02", "a byte order mark", format!("\u{feff}{good}").as_bytes(), CA);
    add("A03", "text before it", format!("# our CA\nsubject=CN = x\n{good}").as_bytes(), A);
    add("A04", "the certificate twice", format!("{good}{good}").as_bytes(), A);
    add(
        "A05",
        "a private key in the file",
        format!("{good}{}", key_text("p256-other")).as_bytes(),
        A,
    );
    add("A06", "empty", b"", "configuration rejected: file ca.pem is empty");
    add("A07", "garbage", b"this is no certificate\n", CA);
    add(
        "A08",
        "a malformed second certificate",
        format!("{good}{}", pem("CERTIFICATE", b"garbage")).as_bytes(),
        CA,
    );
    add("A09", "DER", &root.der, CA);
    let indented: String = good.lines().map(|line| format!("    {line}\n")).collect();
    add("A10", "indented", indented.as_bytes(), CA);
    let spaced: String = good.lines().map(|line| format!("{line}   \n")).collect();
    add("A11", "trailing blanks", spaced.as_bytes(), A);
    let two = pems(&[&other, &root]);
    add(
        "A12",
        "END and BEGIN on one line",
        two.replace("-----END CERTIFICATE-----\n-----BEGIN", "-----END CERTIFICATE----------BEGIN")
            .as_bytes(),
        CA,
    );
    add(
        "A13",
        "TRUSTED CERTIFICATE",
        good.replace("CERTIFICATE", "TRUSTED CERTIFICATE").as_bytes(),
        A,
    );
    add("A14", "a CRL alone", pem("X509 CRL", &CrlSpec::of(&root).signed_by(&key)).as_bytes(), CA);
    let header = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    add("A15", "an encrypted key and the certificate", format!("{header}{good}").as_bytes(), A);
    add(
        "N10",
        "a broken RSA key beside the certificate",
        format!("{good}{}", pem("RSA PRIVATE KEY", b"garbage")).as_bytes(),
        CA,
    );
    add(
        "N11",
        "a broken PKCS#8 key beside the certificate",
        format!("{good}{}", pem("PRIVATE KEY", b"garbage")).as_bytes(),
        A,
    );
    add(
        "N12",
        "a broken CRL beside the certificate",
        format!("{good}{}", pem("X509 CRL", b"garbage")).as_bytes(),
        CA,
    );
    let rejecting = {
        use super::der_writer::{oid, seq, tlv};
        let trust = seq(&[tlv(0xa0, &oid(SERVER_AUTH))]);
        pem("TRUSTED CERTIFICATE", &[root.der.clone(), trust].concat())
    };
    add(
        "N13",
        "a certificate that is not to be trusted for servers",
        rejecting.as_bytes(),
        "refused at depth 1: certificate rejected",
    );
    let trailing = pem("CERTIFICATE", &[root.der.clone(), vec![0; 4]].concat());
    add("N14", "bytes behind the certificate", trailing.as_bytes(), A);
    let blank = {
        let mut lines: Vec<&str> = good.lines().collect();
        lines.insert(4, "");
        format!("{}\n", lines.join("\n"))
    };
    add("N15", "a blank line in the base64", blank.as_bytes(), CA);
    add("N16", "a blank line after BEGIN", good.replacen("-----\n", "-----\n\n", 1).as_bytes(), A);
    add(
        "N17",
        "a foreign block with a header",
        format!("-----BEGIN FOO-----\nComment: x\n\nAAAA\n-----END FOO-----\n{good}").as_bytes(),
        A,
    );
    add(
        "N18",
        "a foreign block that is broken",
        format!("-----BEGIN FOO-----\n!!!!\n-----END FOO-----\n{good}").as_bytes(),
        CA,
    );
    let ragged = {
        let mut lines: Vec<&str> = good.lines().collect();
        let (half, rest) = lines[1].split_at(32);
        lines.splice(1..2, ["", half, rest]);
        format!("{}\n", lines.join("\n"))
    };
    add("N19", "a blank line after BEGIN, and lines of 32 characters", ragged.as_bytes(), CA);
    let foreign = "-----BEGIN FOO-----\n\nAAAA\nAAAA\n-----END FOO-----\n";
    add("N20", "the same in a foreign block", format!("{foreign}{good}").as_bytes(), CA);
    (pems(&[&leaf]), cases)
}
