//! A real kube-apiserver with etcd, RBAC, and our own CRDs for Ambassador's kinds.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::installed;
use crate::support::peer::{Process, folder, free_port};

const KINDS: [(&str, &str); 6] = [
    ("Mapping", "mappings"),
    ("TCPMapping", "tcpmappings"),
    ("TLSContext", "tlscontexts"),
    ("Host", "hosts"),
    ("Module", "modules"),
    ("Listener", "listeners"),
];

pub(crate) struct ApiServer {
    _etcd: Process,
    _server: Process,
    here: PathBuf,
    /// Has contexts `admin` (the current one), `reader` and `expired`.
    pub(crate) kubeconfig: String,
}

impl ApiServer {
    pub(crate) fn start() -> Self {
        let here = folder("api-server");
        let path = |name: &str| here.join(name).display().to_string();
        let [client, peer, port] = [free_port(), free_port(), free_port()];
        let etcd_at = format!("http://127.0.0.1:{client}");
        let mut command = installed::command("kube-apiserver/bin/etcd");
        command.args(["--data-dir", &path("etcd"), "--listen-client-urls", &etcd_at]);
        command.args(["--advertise-client-urls", &etcd_at]);
        command.args(["--listen-peer-urls", &format!("http://127.0.0.1:{peer}")]);
        let etcd = Process::start(command, here.join("etcd.log"), &[client]);
        let openssl = |arguments: &[&str]| {
            let mut command = installed::command("openssl/usr/bin/openssl");
            installed::succeed(command.args(arguments).stdin(Stdio::null()));
        };
        openssl(&["genrsa", "-out", &path("sa.key"), "2048"]);
        openssl(&["rsa", "-in", &path("sa.key"), "-pubout", "-out", &path("sa.pub")]);
        let tokens = "admin-token,admin,1,\"system:masters\"\nreader-token,reader,2\n";
        fs::write(here.join("tokens.csv"), tokens).unwrap();
        let mut command = installed::command("kube-apiserver/bin/kube-apiserver");
        command.args([
            &format!("--etcd-servers={etcd_at}"),
            &format!("--secure-port={port}"),
            "--insecure-port=0",
            "--bind-address=127.0.0.1",
            &format!("--cert-dir={}", path("certs")),
            &format!("--service-account-key-file={}", path("sa.pub")),
            &format!("--service-account-signing-key-file={}", path("sa.key")),
            "--service-account-issuer=https://kubernetes.default.svc",
            &format!("--token-auth-file={}", path("tokens.csv")),
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--disable-admission-plugins=ServiceAccount",
            "--kubelet-preferred-address-types=InternalIP",
        ]);
        let server = Process::start(command, here.join("server.log"), &[port]);
        let user = |name: &str| format!("{{name: {name}, user: {{token: {name}-token}}}}");
        let context = |name: &str| {
            format!("{{name: {name}, context: {{cluster: test, user: {name}, namespace: shop}}}}")
        };
        let all = ["admin", "reader", "expired"];
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: admin\n\
             clusters: [{{name: test, cluster: {{server: \"https://127.0.0.1:{port}\", insecure-skip-tls-verify: true}}}}]\n\
             users: [{}]\ncontexts: [{}]\n",
            all.map(user).join(", "),
            all.map(context).join(", "),
        );
        fs::write(here.join("kubeconfig"), text).unwrap();
        let api = Self { kubeconfig: path("kubeconfig"), here, _etcd: etcd, _server: server };
        let end = Instant::now() + Duration::from_secs(60);
        while !api.try_kubectl(&["get", "namespace", "default"]).0 {
            assert!(Instant::now() < end, "the API server is not ready after a minute");
            std::thread::sleep(Duration::from_millis(200));
        }
        api.apply(&definitions());
        while !api.try_kubectl(&["get", "mappings,tlscontexts,hosts,modules", "-A"]).0 {
            assert!(Instant::now() < end, "the kinds are not served after a minute");
            std::thread::sleep(Duration::from_millis(200));
        }
        api
    }

    pub(crate) fn try_kubectl(&self, arguments: &[&str]) -> (bool, String, String) {
        let output = Command::new(installed::file("kubectl/usr/bin/kubectl"))
            .arg("--kubeconfig")
            .arg(&self.kubeconfig)
            .args(arguments)
            .env("HOME", &self.here)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    }

    pub(crate) fn kubectl(&self, arguments: &[&str]) -> String {
        let (good, out, err) = self.try_kubectl(arguments);
        assert!(good, "kubectl {arguments:?}: {err}");
        out
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.here.join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    pub(crate) fn apply(&self, manifests: &str) {
        let file = self.file("apply.yaml", manifests);
        self.kubectl(&["apply", "--validate=false", "-f", &file]);
    }
}

fn definitions() -> String {
    let mut text = String::new();
    let open =
        "schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}";
    for (kind, plural) in KINDS {
        let _ = write!(
            text,
            "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
             metadata: {{name: {plural}.getambassador.io}}\nspec:\n  group: getambassador.io\n  scope: Namespaced\n  \
             names: {{kind: {kind}, plural: {plural}, singular: {}}}\n  versions:\n  \
             - {{name: v2, served: true, storage: false, {open}}}\n  \
             - {{name: v3alpha1, served: true, storage: true, {open}}}\n",
            kind.to_lowercase(),
        );
    }
    text
}
