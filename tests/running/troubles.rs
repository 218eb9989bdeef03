//! A misbehaving API server: the real one, behind a double that corrupts responses. Either the
//! whole world is read, or nothing, with a reason.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::api_server::ApiServer;
use crate::cluster::{lint, no_key, told, world};
use crate::double::{Asked, Double, Reply};
use crate::scene::{get, mtlsctl};
use crate::support::installed;
use crate::support::peer::{Process, free_port};

/// `kubectl proxy`: the real API server over plain HTTP.
fn proxy(api: &ApiServer) -> (Process, String) {
    let port = free_port();
    let mut command = installed::command("kubectl/usr/bin/kubectl");
    command.args(["--kubeconfig", &api.kubeconfig, "proxy", "--address=127.0.0.1"]);
    command.arg(format!("--port={port}"));
    let log = std::path::PathBuf::from(api.file("proxy.log", ""));
    (Process::start(command, log, &[port]), format!("127.0.0.1:{port}"))
}

/// A double that forwards requests, in pages of three; `spoil` may change the response or return
/// its own.
fn front(
    api: &ApiServer,
    real: &str,
    spoil: impl Fn(&Asked, &dyn Fn() -> Reply) -> Reply + Send + Sync + 'static,
) -> (Double, String) {
    let real = real.to_owned();
    let double = Double::start(move |asked| {
        let hand_on = || {
            let query = asked.query.replace("limit=500", "limit=3");
            let (status, body) = get(&real, &format!("{}?{query}", asked.path));
            Reply::json(status, body)
        };
        spoil(asked, &hand_on)
    });
    let text = json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "front",
        "clusters": [{"name": "front", "cluster": {"server": format!("http://127.0.0.1:{}", double.port)}}],
        "contexts": [{"name": "front", "context": {"cluster": "front", "user": "me", "namespace": "shop"}}],
        "users": [{"name": "me", "user": {"token": "front-token"}}],
    });
    let path = api.file(&format!("front-{}", double.port), &text.to_string());
    (double, path)
}

fn status(code: u16, reason: &str, message: &str) -> Reply {
    let body = json!({
        "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": code,
        "message": message,
    });
    Reply::json(code, body)
}

fn is_list_of(asked: &Asked, plural: &str) -> bool {
    asked.path.ends_with(&format!("/{plural}"))
}

fn half(reply: Reply) -> Reply {
    match reply {
        Reply::Whole { status, headers, mut body } => {
            body.truncate(body.len() / 2);
            Reply::Whole { status, headers, body }
        }
        other => other,
    }
}

type Findings = BTreeSet<(String, String, String)>;

fn read(kubeconfig: &str) -> (i32, String, String) {
    mtlsctl(&["lint", "-A", "--kubeconfig", kubeconfig, "--no-config", "-o", "json"])
}

#[test]
fn temporary_errors_change_nothing_and_others_end_the_command() {
    let api = ApiServer::start();
    let mut key = String::new();
    api.apply(&world(&mut key));
    let (code, out, _) = lint(&api, &["-A"]);
    assert_eq!(code, 1);
    let whole = told(&out);
    let (_proxy, real) = proxy(&api);
    passes(&api, &real, &whole);
    ends(&api, &real, &key);
    plugins(&api, &whole);
}

/// Pages, an expired list, a busy server: the world is still complete.
fn passes(api: &ApiServer, real: &str, whole: &Findings) {
    let (double, kubeconfig) = front(api, real, |_, hand_on| hand_on());
    let (_, out, err) = read(&kubeconfig);
    assert_eq!(told(&out), *whole, "{err}");
    let pages = double.asked().iter().filter(|asked| asked.query.contains("continue=")).count();
    assert!(pages > 10, "{pages}");

    let once = |fault: fn() -> Reply, fits: fn(&Asked) -> bool| {
        let left = Arc::new(AtomicUsize::new(1));
        front(api, real, move |asked, hand_on| {
            let now = fits(asked) && left.swap(0, Ordering::Relaxed) == 1;
            if now { fault() } else { hand_on() }
        })
    };
    let gone = || status(410, "Expired", "The provided continue parameter is too old");
    let busy = || status(429, "TooManyRequests", "try again").with("retry-after", 1);
    let down = || status(503, "ServiceUnavailable", "etcdserver: leader changed");
    let next: fn(&Asked) -> bool = |asked| asked.query.contains("continue=");
    let contexts: fn(&Asked) -> bool = |asked| is_list_of(asked, "tlscontexts");
    for (fault, fits) in [(gone as fn() -> Reply, next), (busy, contexts), (down, next)] {
        let (_double, kubeconfig) = once(fault, fits);
        let (_, out, err) = read(&kubeconfig);
        assert_eq!(told(&out), *whole, "{err}");
    }
}

/// No partial world: nothing is reported, except the reason.
fn ends(api: &ApiServer, real: &str, key: &str) {
    type Spoil = fn(&Asked, &dyn Fn() -> Reply) -> Reply;
    let cases: [(&str, i32, &str, Spoil); 10] = [
        ("expired for ever", 2, "too old", |asked, hand_on| {
            match asked.query.contains("continue=") {
                true => status(410, "Expired", "The provided continue parameter is too old"),
                false => hand_on(),
            }
        }),
        ("busy for ever", 2, "try again", |asked, hand_on| match is_list_of(asked, "mappings") {
            true => status(429, "TooManyRequests", "please try again").with("retry-after", 0),
            false => hand_on(),
        }),
        ("cut", 4, "cannot be reached", |asked, hand_on| match is_list_of(asked, "mappings") {
            true => Reply::Cut(400, Box::new(hand_on())),
            false => hand_on(),
        }),
        ("half an answer", 2, "not JSON", |asked, hand_on| match is_list_of(asked, "mappings") {
            true => half(hand_on()),
            false => hand_on(),
        }),
        ("no list", 2, "not a list", |asked, hand_on| match is_list_of(asked, "tlscontexts") {
            true => Reply::json(200, json!({"kind": "TLSContextList"})),
            false => hand_on(),
        }),
        ("logged out", 2, "Unauthorized", |asked, hand_on| match asked.path.contains("/secrets") {
            true => status(401, "Unauthorized", "Unauthorized"),
            false => hand_on(),
        }),
        // A gateway's error page does not say whether the kind exists.
        ("a foreign 404", 2, "not a Status", |asked, hand_on| {
            match is_list_of(asked, "tlscontexts") {
                true => Reply::json(404, "<html>not here"),
                false => hand_on(),
            }
        }),
        ("an empty answer", 2, "not a list", |_, _| Reply::json(200, "{}")),
        ("a foreign page", 2, "not JSON", |_, _| Reply::json(200, "<html>log in")),
        ("nothing", 4, "cannot be reached", |_, _| Reply::Raw(b"")),
    ];
    for (what, wanted, words, spoil) in cases {
        let (_double, kubeconfig) = front(api, real, spoil);
        let (code, out, err) = read(&kubeconfig);
        assert_eq!((code, out.as_str()), (wanted, ""), "{what}: {err}");
        assert!(err.contains(words), "{what}: {err}");
        no_key(key, &[&err]);
    }
    let (_double, kubeconfig) =
        front(api, real, |asked, hand_on| match is_list_of(asked, "services") {
            true => Reply::Late(Duration::from_secs(40), Box::new(hand_on())),
            false => hand_on(),
        });
    let start = Instant::now();
    let (code, out, err) = read(&kubeconfig);
    assert!(start.elapsed() < Duration::from_secs(35));
    assert_eq!((code, out.as_str()), (4, ""), "{err}");
    assert!(err.contains("did not answer within"), "{err}");
}

/// Credentials from a plugin, and its errors.
fn plugins(api: &ApiServer, whole: &Findings) {
    let plugin = |name: &str, script: &str| {
        let path = api.file(name, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    };
    let with = |name: &str, program: &str| {
        let text = fs::read_to_string(&api.kubeconfig).unwrap();
        let exec = format!(
            "exec: {{apiVersion: client.authentication.k8s.io/v1beta1, command: \"{program}\", interactiveMode: Never}}"
        );
        api.file(name, &text.replace("token: admin-token", &exec))
    };
    let credential = |token: &str| {
        format!(
            "echo '{{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\",\"status\":{{\"token\":\"{token}\"}}}}'"
        )
    };
    let good = with("plugged", &plugin("good.sh", &credential("admin-token")));
    let (_, out, err) = read(&good);
    assert_eq!(told(&out), *whole, "{err}");
    let failing = format!("{}; echo session is over >&2; exit 3", credential("admin-token"));
    for (name, program, words) in [
        ("unplugged", "/no/such/plugin".to_owned(), "cannot be started"),
        (
            "failing",
            plugin("failing.sh", &failing),
            "the credential plugin ended with exit status: 3: session is over",
        ),
        ("garbled", plugin("garbled.sh", "echo admin-token"), "did not write an ExecCredential"),
    ] {
        let (code, out, err) = read(&with(name, &program));
        assert_eq!((code, out.as_str()), (2, ""), "{name}: {err}");
        assert!(err.contains(words), "{name}: {err}");
        assert!(!err.contains("admin-token"), "{name}: a credential is shown: {err}");
    }
    let stale = with("stale", &plugin("stale.sh", &credential("old-token")));
    let (code, out, err) = read(&stale);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("Unauthorized"), "{err}");
}
