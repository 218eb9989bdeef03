//! A real Envoy, configured as Emissary would, beside the probe: both go to the same servers, and
//! the probe's verdict must be what Envoy did. Cases are named as in the reference's appendix.

use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use mtlsctl::probe::{Codec, Envoy as Verdict, Offer, Outcome, Version};
use rcgen::{PKCS_ECDSA_P384_SHA384, PKCS_ECDSA_P521_SHA512, PKCS_ED25519, PKCS_RSA_SHA256};
use serde_json::{Value, json};

use crate::common::{conduct, identity, probed, story, target, trusting};
use crate::peer::{
    Door, Envoy, Pair, Pki, Process, State, Tls, Wanted, binary, folder, free_port, multiplexing,
};

/// One case: a server, and what the context says.
struct Case {
    id: &'static str,
    server: Serving,
    offer: Offer,
    client: Option<Pair>,
    /// The reference says that this cannot be told from rustls.
    beyond_us: bool,
    /// Refused for the same reason in other words: rustls always sends `supported_versions`, and a
    /// server of TLS 1.1 answers that with `protocol_version` instead of `handshake_failure`.
    other_words: bool,
    /// What the context trusts: the servers' CA, or another.
    stranger: bool,
    /// Both the servers' CA and OpenSSL's.
    anchors: bool,
}

enum Serving {
    /// `s_server` with these arguments.
    OpenSsl(Vec<String>),
    /// A thread that does this with each connection.
    Raw(fn(TcpStream)),
    /// Nothing listens.
    Closed,
    /// A server that runs already.
    There(u16),
}

/// What Envoy made of a request: its flags, and the reason without code and blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Made {
    Accepted,
    Refused { flags: String, reason: String },
}

fn case(id: &'static str, args: &str) -> Case {
    Case {
        id,
        server: Serving::OpenSsl(args.split_whitespace().map(str::to_owned).collect()),
        offer: Offer::default(),
        client: None,
        beyond_us: false,
        other_words: false,
        stranger: false,
        anchors: false,
    }
}

impl Case {
    fn ca(&self) -> &'static str {
        match (self.stranger, self.anchors) {
            (true, _) => "stranger.pem",
            (_, true) => "anchors.pem",
            _ => "ca.pem",
        }
    }

    fn min(mut self, version: Version) -> Self {
        self.offer.min = Some(version);
        self
    }

    fn max(mut self, version: Version) -> Self {
        self.offer.max = Some(version);
        self
    }

    fn suites(mut self, names: &[&str]) -> Self {
        self.offer.cipher_suites = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    fn curves(mut self, names: &[&str]) -> Self {
        self.offer.ecdh_curves = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    fn alpn(mut self, names: &str) -> Self {
        self.offer.alpn = Some(names.to_owned());
        self
    }

    fn client(mut self, pair: Option<Pair>) -> Self {
        self.client = pair;
        self
    }

    fn beyond_us(mut self) -> Self {
        self.beyond_us = true;
        self
    }

    fn other_words(mut self) -> Self {
        self.other_words = true;
        self
    }

    fn raw(mut self, act: fn(TcpStream)) -> Self {
        self.server = Serving::Raw(act);
        self
    }
}

/// T: versions, suites, groups, transport.
fn transport(pki: &Pki) -> Vec<Case> {
    use Version::{V1_0, V1_1, V1_3};
    let rsa = "-cert rsa.pem -key rsa.key";
    let old = "-cipher DEFAULT:@SECLEVEL=0";
    let with = |id, args: String| case(id, Box::leak(args.into_boxed_str()));
    let mut cases = vec![
        case("T01", "-tls1_2"),
        case("T02", "-tls1_3"),
        case("T03", "-tls1_3").max(V1_3),
        case("T03b", "").max(V1_3),
        case("T03c", "-tls1_2").min(V1_3).max(V1_3),
        case("T03d", "").min(V1_3),
        with("T04", format!("-tls1_1 {old}")).other_words(),
        with("T04b", format!("-tls1_1 {old}")).min(V1_1).other_words(),
        with("T04c", format!("-tls1 {old}")).min(V1_0).other_words(),
        with("T04d", format!("-tls1 {old} {rsa}"))
            .min(V1_0)
            .suites(&["ECDHE-RSA-AES128-SHA", "AES128-SHA"])
            .beyond_us(),
        with("T04e", format!("-tls1_1 {old} {rsa}"))
            .min(V1_1)
            .suites(&["ECDHE-RSA-AES128-SHA", "AES128-SHA"])
            .beyond_us(),
        case("T09a", "-tls1_2 -groups P-256"),
        case("T09b", "-tls1_2 -groups P-384"),
        case("T09b3", "-tls1_3 -groups P-384").max(V1_3),
        case("T09c", "-tls1_2 -groups P-521"),
        case("T09d", "-tls1_2 -groups X448"),
        case("T09d3", "-tls1_3 -groups X448").max(V1_3),
        case("T09e", "-tls1_2 -groups X25519"),
        case("T09f3", "-tls1_3 -groups ffdhe2048").max(V1_3),
        with("T13", format!("-tls1_2 -sigalgs RSA+SHA1 {old} {rsa}")),
        with("T13b", format!("-tls1_2 -sigalgs RSA+SHA512 {rsa}")),
        case("T15", "").raw(|mut tcp| {
            let _ = tcp.read(&mut [0; 4096]);
            let _ = tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }),
        case("T16", "").raw(|tcp| {
            // Unread bytes turn the close into a reset.
            thread::sleep(Duration::from_millis(50));
            drop(tcp);
        }),
        case("T16b", "").raw(|_tcp| thread::sleep(Duration::from_secs(20))),
        Case { server: Serving::Closed, ..case("T17", "") },
    ];
    for (id, suite) in [
        ("T05a", "AES128-GCM-SHA256"),
        ("T05b", "AES128-SHA"),
        ("T05c", "ECDHE-RSA-AES128-SHA"),
        ("T05d", "ECDHE-RSA-AES128-SHA256"),
        ("T05e", "DHE-RSA-AES128-GCM-SHA256"),
        ("T05f", "ECDHE-RSA-AES256-GCM-SHA384"),
        ("T05g", "ECDHE-RSA-CHACHA20-POLY1305"),
    ] {
        cases.push(with(id, format!("-tls1_2 -cipher {suite} {rsa}")));
    }
    for (id, kilobytes) in [("T23", 35), ("T23b", 70), ("T23c", 130)] {
        let mut chain = String::new();
        while chain.len() < kilobytes * 1000 * 4 / 3 {
            chain.push_str(&pki.stranger.pem);
        }
        let name = format!("{id}.pem");
        pki.write(&name, &chain);
        let long = with(id, format!("-tls1_2 -cert_chain {}", pki.path(&name)));
        cases.push(if id == "T23b" { long.beyond_us() } else { long });
    }
    cases
}

/// C: the client's certificate and key, as the server sees them.
fn client(pki: &Pki) -> Vec<Case> {
    let required = "-Verify 1 -verify_return_error";
    let mut cases = Vec::new();
    let mut both = |id: &'static str, id13: &'static str, args: &str, pair: Option<Pair>| {
        let args: &'static str = Box::leak(args.to_owned().into_boxed_str());
        cases.push(case(id, args).client(pair.clone()));
        cases.push(case(id13, args).client(pair).max(Version::V1_3));
    };
    both("C01", "C01t", required, pki.client(State::Good));
    both("C02", "C02t", required, None);
    both("C03", "C03t", "-verify 1", None);
    both("C04", "C04t", required, pki.client(State::Expired));
    both("C05", "C05t", required, pki.client(State::NotYetValid));
    both("C07", "C07t", required, pki.client(State::UnknownCa));
    both("C12", "C12t", required, pki.client(State::WrongUsage));
    both("C22", "C22t", "", pki.client(State::Good));
    let keyed = |algorithm| {
        Some(pki.authority.issue(&Wanted { name: "client", algorithm, ..Wanted::default() }))
    };
    both("C14c", "C14ct", required, keyed(&PKCS_ECDSA_P384_SHA384));
    both("C14d", "C14dt", required, keyed(&PKCS_ECDSA_P521_SHA512));
    both("C14e", "C14et", required, keyed(&PKCS_ED25519));
    both("C14r", "C14rt", required, keyed(&PKCS_RSA_SHA256));
    let picky = "-client_sigalgs ECDSA+SHA256";
    let rsa = keyed(&PKCS_RSA_SHA256);
    both("C21", "C21t", &format!("{required} {picky}"), rsa.clone());
    both("C21o", "C21ot", &format!("-verify 1 {picky}"), rsa);
    cases.push(
        case("C14c2", required)
            .client(keyed(&PKCS_ECDSA_P384_SHA384))
            .curves(&["X25519", "P-256", "P-384"]),
    );
    cases
}

/// X: what else a context says.
fn options() -> Vec<Case> {
    vec![
        case("X02", "-tls1_2").alpn("h2,http/1.1"),
        case("X05", "-tls1_2 -cipher AES128-SHA -cert rsa.pem -key rsa.key")
            .suites(&["AES128-SHA"])
            .beyond_us(),
        case("X06", "-tls1_2 -groups P-384 -cert rsa.pem -key rsa.key").curves(&["secp384r1"]),
        case("X07", "-tls1_2 -groups P-384 -cert rsa.pem -key rsa.key").curves(&["P-384"]),
        case("X09", "").min(Version::V1_3).max(Version::V1_2),
        case("X09b", "-tls1_3").curves(&["X25519MLKEM768", "X25519"]).max(Version::V1_3),
    ]
}

/// S: a sample of server certificates, for the words; `tests/envoy.rs` has them all.
fn server(pki: &Pki) -> Vec<Case> {
    let shown = |id: &'static str, wanted: Wanted<'_>| {
        let pair = pki.authority.issue(&wanted);
        let (cert, key) = (format!("{id}.pem"), format!("{id}.key"));
        pki.write(&cert, &pair.cert);
        pki.write(&key, &pair.key);
        case(id, Box::leak(format!("-cert {cert} -key {key}").into_boxed_str()))
    };
    let usage = || rcgen::ExtendedKeyUsagePurpose::ServerAuth;
    let valid = || Wanted { name: "server", usage: usage(), ..Wanted::default() };
    vec![
        Case { stranger: true, ..case("S03", "") },
        Case { stranger: true, ..case("S03t", "").max(Version::V1_3) },
        shown("S05", Wanted { days: (-20, -10), ..valid() }),
        shown("S06", Wanted { days: (10, 20), ..valid() }),
        shown("S35", Wanted { name: "server", ..Wanted::default() }),
        shown("S60", Wanted { algorithm: &PKCS_ECDSA_P384_SHA384, ..valid() }),
        shown("S60t13", Wanted { algorithm: &PKCS_ECDSA_P384_SHA384, ..valid() })
            .max(Version::V1_3),
        shown("S62", Wanted { algorithm: &PKCS_ED25519, ..valid() }),
    ]
}

/// What rcgen cannot make: old versions, short keys, keys and chains in other forms.
fn made_by_openssl(pki: &Pki) -> Vec<Case> {
    let run = |script: &str| {
        let done = Command::new("bash").current_dir(&pki.folder).args(["-ec", script]).output();
        let done = done.expect("bash");
        assert!(done.status.success(), "{script}: {}", String::from_utf8_lossy(&done.stderr));
    };
    // A CA whose key is at hand.
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout o.key \\
           -out o.pem -subj /CN=openssl-ca -days 9
         make() { # NAME REQUEST-ARGUMENTS -- SIGN-ARGUMENTS
           name=$1; shift; request=(); while [ \"$1\" != -- ]; do request+=(\"$1\"); shift; done; shift
           openssl req \"${request[@]}\" -nodes -keyout $name.key -out $name.csr -subj /CN=$name
           openssl x509 -req -in $name.csr -CA o.pem -CAkey o.key -days 9 -out $name.pem \"$@\"
         }
         echo subjectAltName=DNS:localhost >ext
         make old -newkey ec -pkeyopt ec_paramgen_curve:P-256 --
         make short -newkey rsa:1024 -- -extfile ext
         make client -newkey ec -pkeyopt ec_paramgen_curve:P-256 -- -extfile ext
         make rsa-client -newkey rsa:2048 -- -extfile ext
         openssl ec -in client.key -out client.sec1
         (openssl ecparam -name prime256v1; cat client.sec1) >client.params
         openssl rsa -in rsa-client.key -traditional -out rsa-client.pkcs1
         openssl x509 -in client.pem -trustout -out client.trusted
         cat client.key client.pem >client.both; cat o.pem ca.pem >anchors.pem");
    let text = |name: &str| fs::read_to_string(pki.folder.join(name)).expect("a file");
    let old = "-cipher DEFAULT:@SECLEVEL=0";
    let shown = |id, name: &str| {
        let args = format!("-cert {name}.pem -key {name}.key {old}");
        Case { anchors: true, ..case(id, Box::leak(args.into_boxed_str())) }
    };
    let required = "-Verify 1 -verify_return_error -CAfile o.pem";
    let client = |id, cert: &str, key: &str| {
        case(id, required).client(Some(Pair { cert: text(cert), key: text(key) }))
    };
    vec![
        shown("S25", "old"),
        shown("S25t", "old").max(Version::V1_3),
        shown("S52", "short").beyond_us(),
        client("C15a", "rsa-client.pem", "rsa-client.pkcs1"),
        client("C15b", "client.pem", "client.sec1"),
        client("C15c", "client.pem", "client.params"),
        client("C16j", "client.trusted", "client.key"),
        client("C16m", "client.both", "client.key"),
        client("C16n", "client.pem", "client.both"),
        client("C17", "old.pem", "old.key"),
        client("C17t", "old.pem", "old.key").max(Version::V1_3),
    ]
}

/// Names: a server that knows one name and no other, and one that wants any.
fn names() -> Vec<Case> {
    let picky = "-servername known.example -servername_fatal -cert2 server.pem -key2 server.key";
    let named = |id, name: &str| {
        let mut case = case(id, picky);
        case.offer.sni = Some(name.to_owned());
        case
    };
    vec![named("N01", "known.example"), named("N02", "other.example"), case("N03", picky)]
}

/// Codecs: what happens when ALPN settles on another protocol than the pool speaks.
fn codecs(doors: &[Door]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (door, [both, h2, grpc, plain]) in doors.iter().zip([
        ["Hn-both", "Hn-h2", "Hn-grpc", "Hn-plain"],
        ["Hh-both", "Hh-h2", "Hh-grpc", "Hh-plain"],
        ["He-both", "He-h2", "He-grpc", "He-plain"],
    ]) {
        let there = |id| Case { server: Serving::There(door.port), ..case(id, "") };
        cases.push(there(both).alpn("h2,http/1.1"));
        cases.push(there(h2).alpn("h2"));
        cases.push(there(grpc));
        if let Some(case) = cases.last_mut() {
            case.offer.codec = Codec::Http2;
        }
        cases.push(there(plain));
    }
    cases
}

#[test]
fn the_probe_says_what_envoy_does() {
    let pki = Pki::new(folder("beside"));
    let rsa = pki.authority.issue(&Wanted {
        name: "server",
        usage: rcgen::ExtendedKeyUsagePurpose::ServerAuth,
        algorithm: &PKCS_RSA_SHA256,
        ..Wanted::default()
    });
    pki.write("stranger.pem", &pki.stranger.pem);
    pki.write("rsa.pem", &rsa.cert);
    pki.write("rsa.key", &rsa.key);

    let mut cases = transport(&pki);
    cases.extend(client(&pki));
    cases.extend(options());
    cases.extend(server(&pki));
    cases.extend(made_by_openssl(&pki));
    cases.extend(names());
    let multiplexing = multiplexing(&pki);
    cases.extend(codecs(&multiplexing.doors));
    let served: Vec<(Option<Process>, u16)> = cases.iter().map(|case| serve(&pki, case)).collect();
    let ports: Vec<u16> = served.iter().map(|(_, port)| *port).collect();
    let ambassador = Ambassador::start(&pki, &cases, &ports);
    let made: HashMap<&str, Made> =
        cases.iter().map(|case| (case.id, ambassador.asked(case.id))).collect();

    let mut wrong = Vec::new();
    for (case, port) in cases.iter().zip(&ports) {
        let mut target = target(*port, Tls::V12, case.client.as_ref().map(identity));
        target.offer = case.offer.clone();
        let ca = fs::read_to_string(pki.folder.join(case.ca())).expect("a CA");
        target.trust = trusting(Some(&ca));
        let mut conduct = conduct(Duration::from_millis(1500));
        conduct.negative = false;
        let outcome = probed(target, &conduct);
        let envoy = &made[case.id];
        println!("{}: {envoy:?}", case.id);
        if !agree(envoy, &outcome, case) {
            wrong.push(format!(
                "{}: Envoy {envoy:?}, probe {:?}\n{}",
                case.id,
                outcome.envoy,
                story(&outcome)
            ));
        }
    }
    println!("{} cases beside Envoy, {} wrong", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn agree(envoy: &Made, outcome: &Outcome, case: &Case) -> bool {
    match (envoy, &outcome.envoy) {
        (_, Verdict::Unknown(_)) => case.beyond_us,
        (Made::Accepted, Verdict::Accepted) => true,
        (Made::Refused { flags, reason }, Verdict::Refused(refusal)) => {
            let told = refusal.log.as_deref().map(bare).unwrap_or_default();
            flags == refusal.flags && (*reason == told || case.other_words)
        }
        _ => false,
    }
}

/// The reason's code and name: `268436504:…:TLSV1_ALERT_UNKNOWN_CA`.
fn bare(line: &str) -> String {
    line.trim_start_matches("TLS_error:")
        .trim_matches('|')
        .trim_end_matches(":TLS_error_end")
        .to_owned()
}

fn serve(pki: &Pki, case: &Case) -> (Option<Process>, u16) {
    match &case.server {
        Serving::Closed => (None, free_port()),
        Serving::There(port) => (None, *port),
        Serving::Raw(act) => {
            let (listener, act) = (TcpListener::bind("127.0.0.1:0").expect("a port"), *act);
            let port = listener.local_addr().expect("an address").port();
            thread::spawn(move || {
                for tcp in listener.incoming().flatten() {
                    thread::spawn(move || act(tcp));
                }
            });
            (None, port)
        }
        Serving::OpenSsl(args) => {
            let port = free_port();
            let mut command = Command::new(binary("debian/usr/bin/openssl"));
            command
                .current_dir(&pki.folder)
                .args(["s_server", "-www", "-quiet"])
                .args(["-accept", &format!("127.0.0.1:{port}")]);
            if !args.iter().any(|arg| arg == "-CAfile") {
                command.args(["-CAfile", "ca.pem"]);
            }
            if !args.iter().any(|arg| arg == "-cert") {
                command.args(["-cert", "server.pem", "-key", "server.key"]);
            }
            command.args(args);
            let log = folder("s_server").join("log");
            (Some(Process::start(command, log, &[port])), port)
        }
    }
}

/// An Envoy with a route to a cluster for each case.
struct Ambassador {
    _envoy: Envoy,
    port: u16,
    log: std::path::PathBuf,
}

impl Ambassador {
    fn start(pki: &Pki, cases: &[Case], ports: &[u16]) -> Self {
        let port = free_port();
        let log = pki.folder.join("access.log");
        fs::write(&log, "").expect("a log");
        let clusters: Vec<Value> =
            cases.iter().zip(ports).map(|(case, port)| cluster(pki, case, *port)).collect();
        let routes: Vec<Value> = cases
            .iter()
            .map(|case| {
                json!({"match": {"path": format!("/{}", case.id)}, "route": {"cluster": case.id, "timeout": "5s"}})
            })
            .collect();
        let resources = json!({
            "listeners": [{
                "name": "in",
                "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
                "filter_chains": [{"filters": [{
                    "name": "http",
                    "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                        "stat_prefix": "in",
                        "access_log": [{
                            "name": "file",
                            "typed_config": {
                                "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
                                "path": log,
                                "log_format": {"text_format_source": {"inline_string":
                                    "%REQ(:PATH)% %RESPONSE_CODE% %RESPONSE_FLAGS% %UPSTREAM_TRANSPORT_FAILURE_REASON%\n"}},
                            },
                        }],
                        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}]},
                        "http_filters": [{
                            "name": "router",
                            "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"},
                        }],
                    },
                }]}],
            }],
            "clusters": clusters,
        });
        Self { _envoy: Envoy::start(&resources, &[port]), port, log }
    }

    /// Asks for a case and reads what Envoy logs about it.
    fn asked(&self, id: &str) -> Made {
        let mut tcp = TcpStream::connect(("127.0.0.1", self.port)).expect("Envoy");
        write!(tcp, "GET /{id} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .expect("a request");
        let mut answer = String::new();
        let _ = tcp.read_to_string(&mut answer);
        let wanted = format!("/{id} ");
        let give_up = Instant::now() + Duration::from_secs(10);
        loop {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            let line = log.lines().find(|line| line.starts_with(&wanted));
            if let Some([_, code, flags, reason]) =
                line.map(|line| line.splitn(4, ' ').collect::<Vec<_>>()).as_deref()
            {
                return match *code {
                    "200" => Made::Accepted,
                    _ => Made::Refused {
                        flags: (*flags).trim_matches('-').to_owned(),
                        reason: bare(reason.trim_matches('-')),
                    },
                };
            }
            assert!(Instant::now() < give_up, "Envoy logs nothing about {id}: {answer}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A cluster as Emissary writes it.
fn cluster(pki: &Pki, case: &Case, port: u16) -> Value {
    let offer = &case.offer;
    let version = |version: Version| match version {
        Version::V1_0 => "TLSv1_0",
        Version::V1_1 => "TLSv1_1",
        Version::V1_2 => "TLSv1_2",
        Version::V1_3 => "TLSv1_3",
    };
    let mut params = json!({});
    if let Some(min) = offer.min {
        params["tls_minimum_protocol_version"] = json!(version(min));
    }
    if let Some(max) = offer.max {
        params["tls_maximum_protocol_version"] = json!(version(max));
    }
    if !offer.cipher_suites.is_empty() {
        params["cipher_suites"] = json!(offer.cipher_suites);
    }
    if !offer.ecdh_curves.is_empty() {
        params["ecdh_curves"] = json!(offer.ecdh_curves);
    }
    let mut sni_of_context = json!("");
    let mut common = json!({
        "tls_params": params,
        "validation_context": {"trusted_ca": {"filename": pki.path(case.ca())}},
    });
    if let Some(alpn) = &offer.alpn {
        common["alpn_protocols"] = json!([alpn]);
    }
    if let Some(client) = &case.client {
        let (cert, key) = (format!("{}-client.pem", case.id), format!("{}-client.key", case.id));
        pki.write(&cert, &client.cert);
        pki.write(&key, &client.key);
        common["tls_certificates"] = json!([{
            "certificate_chain": {"filename": pki.path(&cert)},
            "private_key": {"filename": pki.path(&key)},
        }]);
    }
    if let Some(sni) = &offer.sni {
        sni_of_context = json!(sni);
    }
    let protocol = match offer.codec {
        Codec::Http2 => "http2_protocol_options",
        _ => "http_protocol_options",
    };
    json!({
        "name": case.id,
        "type": "STATIC",
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {protocol: {}},
            },
        },
        "connect_timeout": "1.5s",
        "load_assignment": {"cluster_name": case.id, "endpoints": [{"lb_endpoints": [{
            "endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": port}}},
        }]}]},
        "transport_socket": {
            "name": "tls",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
                "common_tls_context": common,
                "sni": sni_of_context,
            },
        },
    })
}
