//! A random rotation: what each place holds before and after it, as manifests for the rehearsal, as
//! a cluster for Envoy, and as servers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{ExtendedKeyUsagePurpose, RevokedCertParams, SerialNumber};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::scene::mtlsctl;
use crate::support::dice::Dice;
use crate::support::installed;
use crate::support::peer::{Authority, Envoy, Pair, Process, Wanted, answering, listener};

/// Places that can change, as the positions in [`Stages`].
pub(crate) const CLIENT: usize = 0;
pub(crate) const TRUST: usize = 1;
pub(crate) const LISTS: usize = 2;
pub(crate) const SERVER: usize = 3;
pub(crate) const SERVER_TRUST: usize = 4;

/// The stage of each place: its old content, its new one, or both in one file.
pub(crate) type Stages = [usize; 5];
pub(crate) const OLD: usize = 0;
pub(crate) const NEW: usize = 1;
pub(crate) const BOTH: usize = 2;

/// Old, new.
pub(crate) type Two<T> = [T; 2];

pub(crate) struct Rotation {
    pub(crate) id: String,
    pub(crate) nginx: bool,
    pub(crate) tls13: bool,
    pub(crate) client: Two<Pair>,
    pub(crate) trust: Option<Two<String>>,
    pub(crate) lists: Option<Two<String>>,
    pub(crate) server: Two<Pair>,
    pub(crate) server_trust: Option<Two<String>>,
    /// Ports by what the server presents and trusts.
    pub(crate) ports: BTreeMap<(usize, usize), u16>,
}

/// A revocation list of a CA with these serial numbers.
pub(crate) fn list(authority: &Authority, revoked: &[u64]) -> String {
    let now = OffsetDateTime::now_utc();
    let revoked = revoked.iter().map(|serial| RevokedCertParams {
        serial_number: SerialNumber::from(*serial),
        revocation_time: now - time::Duration::days(1),
        reason_code: None,
        invalidity_date: None,
    });
    authority.list_of((-1, 20), revoked.collect())
}

pub(crate) fn rotation(dice: &mut Dice, number: u64) -> Rotation {
    let name = format!("ca-{number}");
    let (old, new) = (Authority::new(&name), Authority::new(&format!("new-ca-{number}")));
    let namesake = Authority::new(&name);
    let below = old.below(&format!("issuing-{number}"));
    let client = |authority: &Authority, days| {
        authority.issue(&Wanted { name: "client", days, ..Wanted::default() })
    };
    let server = |authority: &Authority, days, serial| {
        let usage = ExtendedKeyUsagePurpose::ServerAuth;
        authority.issue(&Wanted { name: "server", usage, days, serial, ..Wanted::default() })
    };
    let (now, over) = ((-1, 30), (-20, -10));
    let was = client(&old, now);
    let is = match dice.below(7) {
        0 | 1 => was.clone(),
        2 => client(&old, now),
        3 | 4 => client(&new, now),
        5 => client(&old, over),
        _ => Pair { cert: client(&new, now).cert, key: was.key.clone() },
    };
    let serves = server(&old, now, Some(7));
    let will_serve = match dice.below(8) {
        0 | 1 => serves.clone(),
        2 => server(&old, now, Some(8)),
        3 | 4 => server(&new, now, Some(9)),
        5 => server(&namesake, now, Some(10)),
        6 => server(&old, over, Some(11)),
        _ => {
            let leaf = server(&below, now, Some(12));
            let chain = format!("{}{}", leaf.cert, below.pem);
            Pair { cert: if dice.once_in(3) { leaf.cert } else { chain }, key: leaf.key }
        }
    };
    let trusts = |dice: &mut Dice, with_namesake: bool| {
        let all = [&old.pem, &new.pem, &namesake.pem];
        let bundles: &[&[usize]] = &[&[0], &[1], &[0, 1], &[1, 0], &[2], &[2, 0], &[0, 2]];
        let end = if with_namesake { bundles.len() } else { 4 };
        let later = bundles[dice.position(end)];
        [old.pem.clone(), later.iter().map(|at| all[*at].as_str()).collect()]
    };
    // OpenSSL tries every CA with a matching name, Envoy only the first.
    let nginx = dice.once_in(2);
    let trust = (!dice.once_in(8)).then(|| trusts(dice, true));
    let lists = (trust.is_some() && dice.once_in(3)).then(|| {
        let later = match dice.below(4) {
            0 => list(&old, &[7]),
            1 => list(&old, &[]) + &list(&new, &[]),
            2 => list(&new, &[]),
            _ => list(&old, &[99]),
        };
        [list(&old, &[]), later]
    });
    Rotation {
        id: format!("r{number}"),
        nginx,
        tls13: dice.once_in(2),
        client: [was, is],
        trust,
        lists,
        server: [serves, will_serve],
        server_trust: (!dice.once_in(4)).then(|| trusts(dice, !nginx)),
        ports: BTreeMap::new(),
    }
}

/// The new content first, as in the rehearsal.
pub(crate) fn at(two: &Two<String>, stage: usize) -> String {
    match stage {
        BOTH => format!("{}\n{}", two[NEW], two[OLD]),
        stage => two[stage].clone(),
    }
}

impl Rotation {
    fn file(&self, here: &Path, name: &str) -> PathBuf {
        here.join(format!("{}-{name}", self.id))
    }

    /// Writes all contents of all places, and finds a port for each server.
    pub(crate) fn settle(&mut self, here: &Path, held: &mut Vec<TcpListener>) {
        // Held until all are found, since the kernel may return the same one twice.
        let mut port = || {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            held.push(listener);
            port
        };
        let write = |name: String, text: &str| {
            fs::write(self.file(here, &name), text).unwrap();
        };
        let mut ports = Vec::new();
        for stage in [OLD, NEW, BOTH] {
            if stage != BOTH {
                let (client, server) = (&self.client[stage], &self.server[stage]);
                write(format!("client-{stage}.pem"), &client.cert);
                write(format!("client-{stage}.key"), &client.key);
                write(format!("server-{stage}.pem"), &server.cert);
                write(format!("server-{stage}.key"), &server.key);
                if let Some(lists) = &self.lists {
                    write(format!("lists-{stage}.pem"), &lists[stage]);
                }
            }
            if let Some(trust) = &self.trust {
                write(format!("trust-{stage}.pem"), &at(trust, stage));
            }
            if let Some(trust) = &self.server_trust {
                write(format!("server-trust-{stage}.pem"), &at(trust, stage));
            }
            if self.server_trust.is_some() || stage == OLD {
                ports.extend([((OLD, stage), port()), ((NEW, stage), port())]);
            }
        }
        self.ports = ports.into_iter().collect();
    }

    /// The manifests at a stage.
    fn manifests(&self, stage: usize) -> String {
        let secret = |name: &str, kind: &str, data: &[(&str, &str)]| {
            let mut text = format!(
                "---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: default}}\ntype: {kind}\ndata:\n"
            );
            for (key, value) in data {
                let _ = writeln!(text, "  {key}: {}", STANDARD.encode(value));
            }
            text
        };
        let mut context = "secret: client".to_owned();
        let client = &self.client[stage];
        let data = [("tls.crt", client.cert.as_str()), ("tls.key", client.key.as_str())];
        let mut secrets = secret("client", "kubernetes.io/tls", &data);
        if let Some(trust) = &self.trust {
            context.push_str(", ca_secret: ca");
            secrets.push_str(&secret("ca", "Opaque", &[("tls.crt", &trust[stage])]));
        }
        if let Some(lists) = &self.lists {
            context.push_str(", crl_secret: lists");
            secrets.push_str(&secret("lists", "Opaque", &[("crl.pem", &lists[stage])]));
        }
        if self.tls13 {
            context.push_str(", max_tls_version: v1.3");
        }
        format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: m, namespace: default}}\n\
             spec: {{hostname: '*', prefix: /, service: 'https://server:443', tls: c}}\n\
             ---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: c, namespace: default}}\n\
             spec: {{{context}}}\n{secrets}"
        )
    }

    /// The report of the rehearsal; `None` if nothing rotates.
    pub(crate) fn rehearsed(&self, here: &Path, version: &str) -> Option<Value> {
        let path = |name: &str| self.file(here, name).display().to_string();
        let (before, after) = (path("before.yaml"), path("after.yaml"));
        fs::write(&before, self.manifests(OLD)).unwrap();
        fs::write(&after, self.manifests(NEW)).unwrap();
        let chains = [path("server-0.pem"), path("server-1.pem")];
        let trusts = [path("server-trust-0.pem"), path("server-trust-1.pem")];
        let mut all = vec!["rehearse", "rotation", "--no-config", "-o", "json", &before, &after];
        all.extend(["--envoy", version]);
        all.extend(["--server-chain", &chains[0], "--server-chain-after", &chains[1]]);
        if self.server_trust.is_some() {
            all.extend(["--server-ca", &trusts[0], "--server-ca-after", &trusts[1]]);
        }
        let (_, out, err) = mtlsctl(&all);
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {err}"));
        report["rotations"].get(0).cloned()
    }

    /// The cluster in a state.
    pub(crate) fn cluster(&self, here: &Path, state: Stages) -> Value {
        let file = |name: String| json!({"filename": self.file(here, &name)});
        let mut common = json!({"tls_certificates": [{
            "certificate_chain": file(format!("client-{}.pem", state[CLIENT])),
            "private_key": file(format!("client-{}.key", state[CLIENT])),
        }]});
        if self.trust.is_some() {
            common["validation_context"] =
                json!({"trusted_ca": file(format!("trust-{}.pem", state[TRUST]))});
        }
        if self.lists.is_some() {
            common["validation_context"]["crl"] = file(format!("lists-{}.pem", state[LISTS]));
        }
        if self.tls13 {
            common["tls_params"] = json!({"tls_maximum_protocol_version": "TLSv1_3"});
        }
        let port = self.ports[&(state[SERVER], state[SERVER_TRUST])];
        let address = json!({"socket_address": {"address": "127.0.0.1", "port_value": port}});
        json!({
            "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
            "name": self.id,
            "type": "STATIC",
            "connect_timeout": "5s",
            "load_assignment": {"cluster_name": self.id, "endpoints": [
                {"lb_endpoints": [{"endpoint": {"address": address}}]},
            ]},
            "transport_socket": {"name": "tls", "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
                "common_tls_context": common,
            }},
        })
    }
}

/// All servers: one nginx, and one Envoy.
pub(crate) fn servers(here: &Path, rotations: &[Rotation]) -> (Process, Envoy) {
    let mut blocks = String::new();
    let mut listeners = Vec::new();
    let (mut nginxes, mut envoys) = (Vec::new(), Vec::new());
    for rotation in rotations {
        for ((chain, trust), port) in &rotation.ports {
            let path = |name: String| rotation.file(here, &name).display().to_string();
            let cert = path(format!("server-{chain}.pem"));
            let key = path(format!("server-{chain}.key"));
            let ca =
                rotation.server_trust.is_some().then(|| path(format!("server-trust-{trust}.pem")));
            if rotation.nginx {
                nginxes.push(*port);
                let verify = ca.map(|ca| {
                    format!(
                        "ssl_client_certificate {ca}; ssl_verify_client on; ssl_verify_depth 5;"
                    )
                });
                let _ = writeln!(
                    blocks,
                    "server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {cert};\n\
                     ssl_certificate_key {key}; {} location / {{ return 200 ok; }} }}",
                    verify.unwrap_or_default()
                );
            } else {
                envoys.push(*port);
                let mut common = json!({"tls_certificates": [{
                    "certificate_chain": {"filename": cert}, "private_key": {"filename": key},
                }]});
                let asks = ca.is_some();
                if let Some(ca) = ca {
                    common["validation_context"] = json!({"trusted_ca": {"filename": ca}});
                }
                listeners.push(listener(*port, json!({
                    "filters": [answering()],
                    "transport_socket": {"name": "tls", "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                        "common_tls_context": common,
                        "require_client_certificate": asks,
                    }},
                })));
            }
        }
    }
    let dir = here.display();
    let conf = format!(
        "daemon off; master_process off; pid {dir}/pid; error_log stderr info;
         events {{}}
         http {{ access_log off; ssl_protocols TLSv1.2 TLSv1.3;
           client_body_temp_path {dir}/a; proxy_temp_path {dir}/b; fastcgi_temp_path {dir}/c;
           uwsgi_temp_path {dir}/d; scgi_temp_path {dir}/e;
           {blocks} }}"
    );
    fs::write(here.join("conf"), conf).unwrap();
    let mut command = installed::command("nginx/usr/sbin/nginx");
    command.args(["-p", &dir.to_string(), "-e", "stderr", "-c"]).arg(here.join("conf"));
    let nginx = Process::start(command, here.join("nginx.log"), &nginxes);
    (nginx, Envoy::start(&json!({ "listeners": listeners }), &envoys))
}
