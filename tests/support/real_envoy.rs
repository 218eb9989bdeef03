//! A real Envoy as a client of TLS servers on loopback.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::installed;
use serde_json::{Value, json};

/// Envoy of this version.
fn envoy(version: &str) -> Command {
    installed::command(&format!("envoy-{version}/envoy/_bin/envoy"))
}

/// An upstream, configured as by Emissary.
#[derive(Clone)]
pub struct Upstream {
    pub id: String,
    pub address: SocketAddr,
    pub ca: Option<PathBuf>,
    pub crl: Option<PathBuf>,
    pub tls13: bool,
    pub curves: Vec<String>,
    /// Files with certificate chain and key.
    pub pair: Option<(PathBuf, PathBuf)>,
}

/// Envoy's response for an upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// `%UPSTREAM_TRANSPORT_FAILURE_REASON%`, empty if there was none.
    pub reason: String,
}

fn cluster(upstream: &Upstream) -> Value {
    let file = |path: &PathBuf| json!({"filename": path});
    let mut common = json!({});
    let mut validation = json!({});
    if let Some(ca) = &upstream.ca {
        validation["trusted_ca"] = file(ca);
    }
    if let Some(crl) = &upstream.crl {
        validation["crl"] = file(crl);
    }
    if validation != json!({}) {
        common["validation_context"] = validation;
    }
    if let Some((chain, key)) = &upstream.pair {
        common["tls_certificates"] =
            json!([{"certificate_chain": file(chain), "private_key": file(key)}]);
    }
    let mut parameters = json!({});
    if upstream.tls13 {
        parameters["tls_maximum_protocol_version"] = json!("TLSv1_3");
    }
    if !upstream.curves.is_empty() {
        parameters["ecdh_curves"] = json!(upstream.curves);
    }
    if parameters != json!({}) {
        common["tls_params"] = parameters;
    }
    json!({
        "name": upstream.id,
        "type": "STATIC",
        "connect_timeout": "5s",
        "load_assignment": {"cluster_name": upstream.id, "endpoints": [{"lb_endpoints": [{"endpoint": {
            "address": {"socket_address": {"address": "127.0.0.1", "port_value": upstream.address.port()}}
        }}]}]},
        "transport_socket": {
            "name": "envoy.transport_sockets.tls",
            "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
                "common_tls_context": common,
            },
        },
    })
}

fn configuration(upstreams: &[Upstream], log: &Path) -> Value {
    let routes: Vec<Value> = upstreams
        .iter()
        .map(|upstream| {
            json!({
                "match": {"path": format!("/{}", upstream.id)},
                "route": {"cluster": upstream.id, "timeout": "8s"},
            })
        })
        .collect();
    json!({
        "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}},
        "static_resources": {
            "clusters": upstreams.iter().map(cluster).collect::<Vec<_>>(),
            "listeners": [{
                "name": "in",
                "address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}},
                "filter_chains": [{"filters": [{
                    "name": "http",
                    "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                        "stat_prefix": "in",
                        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}]},
                        "http_filters": [{"name": "router", "typed_config": {
                            "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
                        "access_log": [{"name": "file", "typed_config": {
                            "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
                            "path": log,
                            "log_format": {"text_format_source": {"inline_string":
                                "%REQ(:PATH)%\t%RESPONSE_CODE%\t%UPSTREAM_TRANSPORT_FAILURE_REASON%\n"}},
                        }}],
                    },
                }]}],
            }],
        },
    })
}

/// Runs `envoy --mode validate` on a configuration with these upstreams; returns its message, if it
/// fails.
pub fn validate(version: &str, upstreams: &[Upstream], folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join("envoy.json");
    fs::write(&path, configuration(upstreams, &folder.join("access.log")).to_string()).unwrap();
    let output = envoy(version)
        .args(["--mode", "validate", "--disable-hot-restart", "-l", "error", "-c"])
        .arg(&path)
        .output()
        .unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// A named client pair: the text of its certificates and of its key.
pub struct Pair {
    pub id: String,
    pub certificate: Vec<u8>,
    pub key: Vec<u8>,
}

/// The errors of an Envoy that loads each of these pairs; `None` if it accepts one.
///
/// The pairs are clusters in a file, so that Envoy checks each one separately, in a single start.
pub fn load_pairs(version: &str, pairs: &[Pair], folder: &Path) -> Vec<Option<String>> {
    let files = folder.join("files");
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(&files).unwrap();
    let clusters: Vec<Value> = pairs
        .iter()
        .map(|pair| {
            let (chain, key) =
                (files.join(format!("{}.pem", pair.id)), files.join(format!("{}.key", pair.id)));
            fs::write(&chain, &pair.certificate).unwrap();
            fs::write(&key, &pair.key).unwrap();
            let mut cluster = cluster(&Upstream {
                id: pair.id.clone(),
                address: "127.0.0.1:1".parse().unwrap(),
                ca: None,
                crl: None,
                tls13: false,
                curves: Vec::new(),
                pair: Some((chain, key)),
            });
            cluster["@type"] = json!("type.googleapis.com/envoy.config.cluster.v3.Cluster");
            cluster
        })
        .collect();
    let (list, path, log) =
        (folder.join("clusters.json"), folder.join("envoy.json"), folder.join("envoy.log"));
    fs::write(&list, json!({"version_info": "1", "resources": clusters}).to_string()).unwrap();
    let configuration = json!({
        "node": {"id": "one", "cluster": "all"},
        "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}},
        "dynamic_resources": {"cds_config": {
            "path_config_source": {"path": list}, "resource_api_version": "V3"}},
    });
    fs::write(&path, configuration.to_string()).unwrap();
    let child = envoy(version)
        .args(["--disable-hot-restart", "--concurrency", "1", "-l", "info", "--log-path"])
        .arg(&log)
        .arg("-c")
        .arg(&path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let deadline = Instant::now() + Duration::from_secs(120);
    let text = loop {
        let text = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
        if text.contains("starting main dispatch loop") {
            break text;
        }
        if let Some(status) = running.0.try_wait().unwrap() {
            panic!("Envoy {version} ended with {status} while it loaded pairs");
        }
        assert!(Instant::now() < deadline, "Envoy {version} is not up after two minutes");
        std::thread::sleep(Duration::from_millis(50));
    };
    let told = text.split_once("Error adding/updating cluster(s) ").map_or("", |(_, told)| told);
    pairs
        .iter()
        .map(|pair| {
            // `ID: Failed to load …`, with the next one after a comma.
            let (_, rest) = told.split_once(&format!("{}: Failed to load ", pair.id))?;
            let end = rest.find(": Failed to load ").unwrap_or(rest.len());
            Some(rest[..end].lines().next().unwrap_or_default().to_owned())
        })
        .collect()
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Sends a request through Envoy to each upstream; returns its responses in the same order.
pub fn ask(version: &str, upstreams: &[Upstream], folder: &Path) -> Vec<Answer> {
    fs::create_dir_all(folder).unwrap();
    let (path, log, admin) =
        (folder.join("envoy.json"), folder.join("access.log"), folder.join("admin"));
    let _ = fs::remove_file(&log);
    let _ = fs::remove_file(&admin);
    fs::write(&path, configuration(upstreams, &log).to_string()).unwrap();
    let errors = fs::File::create(folder.join("envoy.err")).unwrap();
    let child = envoy(version)
        .args([
            "--disable-hot-restart",
            "--concurrency",
            "1",
            "-l",
            "error",
            "--file-flush-interval-msec",
            "20",
        ])
        .arg("--admin-address-path")
        .arg(&admin)
        .arg("-c")
        .arg(&path)
        .stdout(Stdio::null())
        .stderr(errors)
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let listener = listener(&mut running, &admin, folder);
    // BoringSSL's error about the encoding of a trusted certificate only fails the first handshake
    // that meets it; the second request shows how Envoy continues.
    for upstream in upstreams.iter().chain(upstreams) {
        get(&listener, &format!("/{}", upstream.id));
    }
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let text = fs::read_to_string(&log).unwrap_or_default();
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        if lines.len() >= 2 * upstreams.len() {
            return upstreams.iter().map(|upstream| answer(&lines, &upstream.id)).collect();
        }
        assert!(
            Instant::now() < deadline,
            "Envoy logged {} of {} requests",
            lines.len(),
            2 * upstreams.len()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn answer(lines: &[Vec<&str>], id: &str) -> Answer {
    let line = lines.iter().rfind(|line| line[0].strip_prefix('/') == Some(id)).unwrap();
    let reason = line[2].trim_start_matches('-').replace('_', " ");
    Answer {
        status: line[1].parse().unwrap(),
        reason: if line[2] == "-" { String::new() } else { reason },
    }
}

fn listener(running: &mut Running, admin: &Path, folder: &Path) -> String {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(status) = running.0.try_wait().unwrap() {
            let errors = fs::read_to_string(folder.join("envoy.err")).unwrap_or_default();
            panic!("Envoy ended with {status}: {errors}");
        }
        let address = fs::read_to_string(admin).unwrap_or_default();
        if !address.is_empty() {
            let text = get(address.trim(), "/listeners?format=json");
            let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
            let start = body.find('{').unwrap_or(0);
            let end = body.rfind('}').map_or(0, |end| end + 1);
            let found = serde_json::from_str::<Value>(&body[start..end.max(start)]).ok().and_then(
                |value| {
                    value["listener_statuses"][0]["local_address"]["socket_address"]["port_value"]
                        .as_u64()
                },
            );
            if let Some(port) = found {
                return format!("127.0.0.1:{port}");
            }
        }
        assert!(Instant::now() < deadline, "Envoy does not listen after 20 seconds");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn get(address: &str, path: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(address) else {
        return String::new();
    };
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let mut text = Vec::new();
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}
