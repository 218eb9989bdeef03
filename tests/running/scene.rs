//! A real Envoy with a configuration as written by Emissary, and the manifests for it.
//!
//! Each row is an upstream. `before` is Envoy's configuration; `after` is the later state of
//! manifests, Secrets and files, with one difference planted in each row.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::installed;
use crate::support::peer::{Authority, Pair, Wanted, folder, free_port};

/// A Secret: its pair, and roots if it has any.
#[derive(Clone)]
pub(crate) struct Secret {
    pub(crate) pair: Pair,
    pub(crate) root: Option<String>,
}

/// An upstream, as manifests and as Envoy's cluster.
#[derive(Clone, Default)]
pub(crate) struct Row {
    /// The planted difference, and the expected finding: rule, then a part of the message.
    pub(crate) tells: (&'static str, &'static str),
    pub(crate) service: String,
    /// Lines of the TLSContext's spec besides `secret`.
    pub(crate) context: String,
    /// Lines of the Mapping's spec.
    pub(crate) mapping: String,
    /// Whether the Mapping names the context.
    pub(crate) no_context: bool,
    /// Whether the row is in the manifests.
    pub(crate) left_out: bool,
    /// Secrets by name.
    pub(crate) secrets: Vec<(String, Secret)>,
}

/// A folder with everything in it.
pub(crate) struct Scene {
    pub(crate) root: PathBuf,
    pub(crate) ca: Authority,
}

impl Secret {
    pub(crate) fn of(pair: Pair) -> Self {
        Self { pair, root: None }
    }

    /// The suffix of its file names.
    fn content_name(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
        context.update(self.pair.cert.as_bytes());
        context.update(self.pair.key.as_bytes());
        context.finish().as_ref().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02X}");
            text
        })
    }

    fn manifest(&self, name: &str) -> String {
        let mut data = String::new();
        let mut entry = |key: &str, text: &str| {
            let _ = write!(data, "\n  {key}: {}", STANDARD.encode(text));
        };
        entry("tls.crt", &self.pair.cert);
        entry("tls.key", &self.pair.key);
        if let Some(root) = &self.root {
            entry("root-cert.pem", root);
        }
        format!(
            "---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: default}}\ntype: kubernetes.io/tls\ndata:{data}\n"
        )
    }
}

impl Scene {
    pub(crate) fn new(name: &str) -> Self {
        Self { root: folder(name), ca: Authority::new("running-ca") }
    }

    pub(crate) fn pair(&self, name: &str) -> Pair {
        self.ca.issue(&Wanted { name, days: (-1, 900), ..Wanted::default() })
    }

    pub(crate) fn file(&self, name: &str) -> String {
        self.root.join("files").join(name).display().to_string()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.root.join("files").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a Secret's files as Emissary does; returns the path without its extension.
    pub(crate) fn store(&self, name: &str, secret: &Secret) -> String {
        let folder = self.root.join("snap/default/secrets-decoded").join(name);
        fs::create_dir_all(&folder).unwrap();
        let stem = folder.join(secret.content_name()).display().to_string();
        fs::write(format!("{stem}.crt"), &secret.pair.cert).unwrap();
        fs::write(format!("{stem}.key"), &secret.pair.key).unwrap();
        if let Some(root) = &secret.root {
            fs::write(format!("{stem}.root.crt"), root).unwrap();
        }
        stem
    }

    /// The manifests of rows in a file with this name.
    pub(crate) fn manifests(&self, name: &str, rows: &[Row]) -> PathBuf {
        let mut text = String::new();
        for (number, row) in rows.iter().enumerate().filter(|(_, row)| !row.left_out) {
            for (name, secret) in &row.secrets {
                text.push_str(&secret.manifest(name));
            }
            let number = number + 1;
            let tls = if row.no_context { String::new() } else { format!("\n  tls: c{number}") };
            let _ = write!(
                text,
                "---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: c{number}, namespace: default}}\nspec:{}\n\
                 ---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: m{number}, namespace: default}}\nspec:\n  hostname: \"*\"\n  prefix: /{number}/\n  service: {}{tls}{}\n",
                row.context, row.service, row.mapping
            );
        }
        let path = self.root.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// A cluster as Emissary writes it (`v3cluster.py`).
pub(crate) fn cluster(name: &str, port: u16, tls: Option<Value>) -> Value {
    let mut cluster = json!({
        "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
        "name": name,
        "type": "STRICT_DNS",
        "lb_policy": "ROUND_ROBIN",
        "connect_timeout": "3.000s",
        "dns_lookup_family": "V4_ONLY",
        "alt_stat_name": format!("127_0_0_1_{port}"),
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": {
            "address": {"socket_address": {"address": "127.0.0.1", "port_value": port, "protocol": "TCP"}}
        }}]}]},
    });
    if let Some(context) = tls {
        cluster["transport_socket"] = json!({
            "name": "envoy.transport_sockets.tls",
            "typed_config": context,
        });
        cluster["transport_socket"]["typed_config"]["@type"] = json!(
            "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext"
        );
    }
    cluster
}

/// An Envoy that reads its clusters from a file, as from Emissary's ADS.
pub(crate) struct Running {
    child: Child,
    pub(crate) admin: String,
    pub(crate) listener: u16,
    clusters: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts it, and waits until it has loaded the clusters.
    pub(crate) fn start(version: &str, here: &Path, clusters: &[Value], routes: &[Value]) -> Self {
        let (file, admin) = (here.join("cds.json"), here.join("admin"));
        let listener = free_port();
        fs::write(&file, json!({ "resources": clusters }).to_string()).unwrap();
        let _ = fs::remove_file(&admin);
        let configuration = json!({
            "node": {"cluster": "ambassador-default", "id": "test-id"},
            "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}},
            "dynamic_resources": {"cds_config": {
                "resource_api_version": "V3", "path_config_source": {"path": file},
            }},
            "static_resources": {"listeners": [{
                "name": "in",
                "address": {"socket_address": {"address": "127.0.0.1", "port_value": listener}},
                "filter_chains": [{"filters": [{"name": "http", "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                    "stat_prefix": "in",
                    "route_config": {
                        "validate_clusters": false,
                        "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}],
                    },
                    "http_filters": [{"name": "router", "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
                    "access_log": [{"name": "file", "typed_config": {
                        "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
                        "path": here.join("access.log"),
                        "log_format": {"text_format_source": {"inline_string":
                            "%REQ(:PATH)%\t%RESPONSE_CODE%\t%UPSTREAM_TRANSPORT_FAILURE_REASON%\n"}},
                    }}],
                }}]}],
            }]},
        });
        let bootstrap = here.join("bootstrap.json");
        fs::write(&bootstrap, configuration.to_string()).unwrap();
        let errors = fs::File::create(here.join("envoy.err")).unwrap();
        let child = installed::command(&format!("envoy-{version}/envoy/_bin/envoy"))
            .args(["--disable-hot-restart", "--concurrency", "1", "-l", "warning"])
            .args(["--file-flush-interval-msec", "5", "-c"])
            .arg(&bootstrap)
            .arg("--admin-address-path")
            .arg(&admin)
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn()
            .unwrap();
        let mut running = Self { child, admin: String::new(), listener, clusters: file };
        running.until(here, |running| {
            running.admin = fs::read_to_string(&admin).unwrap_or_default().trim().to_owned();
            let count = running.counter("cluster_manager.active_clusters");
            !running.admin.is_empty() && count == clusters.len() as u64
        });
        running
    }

    fn until(&mut self, here: &Path, mut done: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        while !done(self) {
            let ended = self.child.try_wait().unwrap();
            let log = fs::read_to_string(here.join("envoy.err")).unwrap_or_default();
            assert!(ended.is_none() && Instant::now() < end, "{ended:?}: {log}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The response of the admin interface to a path.
    pub(crate) fn get(&self, path: &str) -> String {
        body(&http(&self.admin, path))
    }

    pub(crate) fn counter(&self, name: &str) -> u64 {
        let stats = self.get("/stats");
        let line = stats.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    /// An external request.
    pub(crate) fn request(&self, path: &str) {
        http(&format!("127.0.0.1:{}", self.listener), path);
    }

    /// The status of a unique request, and why its upstream connection failed.
    pub(crate) fn answer(&self, path: &str) -> (u16, String) {
        self.request(path);
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let log = fs::read_to_string(self.clusters.with_file_name("access.log")).unwrap();
            let line = log.lines().find_map(|line| line.strip_prefix(&format!("{path}\t")));
            if let Some((status, reason)) = line.and_then(|line| line.split_once('\t')) {
                return (status.parse().unwrap(), reason.replace('_', " "));
            }
            assert!(Instant::now() < end, "{path} is not in the log");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Replaces the clusters, by replacing the whole file.
    pub(crate) fn hand_over(&mut self, here: &Path, clusters: &[Value], counter: &str) {
        let before = self.counter(counter);
        let beside = self.clusters.with_extension("new");
        fs::write(&beside, json!({ "resources": clusters }).to_string()).unwrap();
        fs::rename(beside, &self.clusters).unwrap();
        self.until(here, |running| running.counter(counter) > before);
    }
}

fn http(address: &str, path: &str) -> Vec<u8> {
    let Ok(mut stream) = TcpStream::connect(address) else { return Vec::new() };
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let mut bytes = Vec::new();
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.read_to_end(&mut bytes);
    bytes
}

/// The status and body for a path.
pub(crate) fn get(address: &str, path: &str) -> (u16, String) {
    let answer = http(address, path);
    let line = String::from_utf8_lossy(&answer[..answer.len().min(64)]).into_owned();
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_default(), body(&answer))
}

/// The body of a response, joined if it is chunked.
fn body(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    let Some((head, mut rest)) = text.split_once("\r\n\r\n") else { return String::new() };
    if !head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
        return rest.to_owned();
    }
    let mut joined = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        joined.push_str(&after[..size]);
        rest = &after[size + 2..];
    }
    joined
}

/// Runs mtlsctl; returns exit code, standard output and standard error.
pub(crate) fn mtlsctl(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(arguments)
        .env_clear()
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}
