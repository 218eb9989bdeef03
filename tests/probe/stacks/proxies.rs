//! nginx and haproxy with the settings that change what a refusal looks like, one door each.

use std::fs;

use mtlsctl::probe::{Codec, Mutual};
use serde_json::{Value, json};

use super::servers::{Door, files, ports};
use crate::support::installed;
use crate::support::peer::{
    Envoy, Pki, Process, answering, folder, free_port, listener, responder,
};

/// A door whose demand no certificate at hand may tell: the server answers good and bad ones alike, or not
/// at all.
fn veiled(name: &str, demand: Mutual) -> Door {
    Door { veiled: true, ..Door::new(name, demand) }
}

const ON: &str = "ssl_verify_client on; ssl_verify_depth 2;";
const OPTIONAL: &str = "ssl_verify_client optional; ssl_verify_depth 2;";
const OK: &str = "location / { return 200 \"ok\\n\"; }";

pub(super) fn nginx(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let unless_ok = |then: &str| {
        format!(
            "{OPTIONAL} location / {{ if ($ssl_client_verify != SUCCESS) {{ return {then}; }} return 200 \"ok\\n\"; }}"
        )
    };
    let page = |page: &str| format!("{ON} error_page 495 496 {page}; {OK}");
    let required = Mutual::Required;
    let http: Vec<(Door, String)> = vec![
        (Door::new("on", required), format!("{ON} {OK}")),
        (Door::new("off", Mutual::NotRequested), OK.to_owned()),
        (Door::new("optional", Mutual::Optional), format!("{OPTIONAL} {OK}")),
        (
            Door::new("optional_no_ca", Mutual::Optional),
            format!("ssl_verify_client optional_no_ca; {OK}"),
        ),
        (Door::new("depth-0", required), format!("ssl_verify_client on; ssl_verify_depth 0; {OK}")),
        (veiled("if-403", required), unless_ok("403")),
        (veiled("if-401", required), unless_ok("401")),
        (veiled("if-404", required), unless_ok("404")),
        (veiled("if-302", required), unless_ok("302 /login")),
        (veiled("if-444", required), unless_ok("444")),
        (veiled("page-403", required), page("=403 /denied")),
        (
            veiled("page-302", required),
            page("/login").replace("495 496 /login", "495 496 = @login")
                + " location @login { return 302 /login; }",
        ),
        (veiled("page-444", required), page("= @gone") + " location @gone { return 444; }"),
        (
            Door::new("page-400", required),
            format!(
                "{ON} error_page 400 /own; location = /own {{ return 400 \"no required ssl certificate\\n\"; }} {OK}"
            ),
        ),
        (Door::new("tickets-off", required), format!("{ON} ssl_session_tickets off; {OK}")),
    ];
    let stream = [
        (Door { codec: Codec::Raw, ..Door::new("stream-on", required) }, ON),
        (Door { codec: Codec::Raw, ..Door::new("stream-optional", Mutual::Optional) }, OPTIONAL),
        (Door::new("stream-on-http", required), ON),
    ];
    let [cert, key, ca] = files(pki);
    let dir = folder("nginx");
    let here = dir.display();
    let tls = format!(
        "ssl_certificate {cert}; ssl_certificate_key {key}; ssl_client_certificate {ca}; \
         ssl_protocols TLSv1.2 TLSv1.3;"
    );
    let hosts: String = http
        .iter()
        .map(|(door, more)| format!("server {{ listen 127.0.0.1:{} ssl; {more} }}\n", door.port))
        .collect();
    let app = responder();
    let passes: String = stream
        .iter()
        .map(|(door, more)| {
            format!(
                "server {{ listen 127.0.0.1:{} ssl; {more} proxy_pass 127.0.0.1:{app}; }}\n",
                door.port
            )
        })
        .collect();
    let modules = installed::file("nginx-stream/usr/lib/nginx/modules/ngx_stream_module.so");
    let conf = format!(
        "load_module {};\ndaemon off; master_process off; pid {here}/pid; error_log stderr warn; events {{}}
         stream {{ {tls} {passes} }}
         http {{ access_log off; {tls}
           client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;
           uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;
           {hosts} }}",
        modules.display(),
    );
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("nginx-stream/usr/sbin/nginx");
    command.args(["-p", &here.to_string(), "-e", "stderr", "-c"]).arg(dir.join("conf"));
    let doors: Vec<Door> =
        http.into_iter().map(|(door, _)| door).chain(stream.map(|(door, _)| door)).collect();
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

pub(super) fn haproxy(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let required = Mutual::Required;
    let ok = "http-request return status 200 content-type text/plain string ok";
    let unless = |rule: &str| format!("{rule} unless {{ ssl_c_used }}\n  {ok}");
    let [_, _, ca] = files(pki);
    let verify = |mode: &str| format!("ca-file {ca} verify {mode}");
    let fronts: Vec<(Door, String, String)> = vec![
        (Door::new("required", required), verify("required"), ok.to_owned()),
        (Door::new("optional", Mutual::Optional), verify("optional"), ok.to_owned()),
        (Door::new("ca-file-alone", Mutual::NotRequested), format!("ca-file {ca}"), ok.to_owned()),
        (
            Door::new("required-ignore", required),
            verify("required") + " crt-ignore-err all",
            ok.to_owned(),
        ),
        (
            veiled("ignore-deny", required),
            verify("optional") + " crt-ignore-err all ca-ignore-err all",
            format!("http-request deny unless {{ ssl_c_used }} {{ ssl_c_verify 0 }}\n  {ok}"),
        ),
        (veiled("deny", required), verify("optional"), unless("http-request deny")),
        (
            veiled("deny-401", required),
            verify("optional"),
            unless("http-request deny deny_status 401"),
        ),
        (
            veiled("deny-404", required),
            verify("optional"),
            unless("http-request deny deny_status 404"),
        ),
        (veiled("reject", required), verify("optional"), unless("http-request reject")),
        (
            veiled("redirect", required),
            verify("optional"),
            unless("http-request redirect location /login"),
        ),
        (veiled("silent-drop", required), verify("optional"), unless("http-request silent-drop")),
        (
            veiled("content-reject", required),
            verify("optional"),
            format!("tcp-request content reject unless {{ ssl_c_used }}\n  {ok}"),
        ),
        (
            Door::new("session-reject", required),
            verify("optional"),
            format!("tcp-request session reject unless {{ ssl_c_used }}\n  {ok}"),
        ),
        (
            Door::new("never-rejects", Mutual::NotRequested),
            format!("ca-file {ca} verify none"),
            format!("tcp-request content reject unless {{ ssl_c_used }}\n  {ok}"),
        ),
        (
            Door::new("backend-down", required),
            verify("required"),
            "default_backend down".to_owned(),
        ),
        (
            Door { codec: Codec::Raw, ..Door::new("tcp", required) },
            verify("required"),
            "mode tcp\n  default_backend app".to_owned(),
        ),
        (
            Door { codec: Codec::Raw, ..Door::new("tcp-content-reject", required) },
            verify("optional"),
            "mode tcp\n  tcp-request content reject unless { ssl_c_used }\n  default_backend app"
                .to_owned(),
        ),
    ];
    let dir = folder("haproxy");
    let text: String = fronts
        .iter()
        .enumerate()
        .map(|(at, (door, bind, rules))| {
            format!(
                "frontend f{at}\n  bind 127.0.0.1:{} ssl crt {} {bind}\n  {rules}\n",
                door.port,
                pki.path("server-both.pem")
            )
        })
        .collect();
    let conf = format!(
        "global\n  maxconn 500\ndefaults\n  mode http\n  timeout client 20s\n  timeout server 20s\n  \
         timeout connect 300ms\n  retries 0\n{text}backend down\n  server s 127.0.0.1:{}\n\
         backend app\n  mode tcp\n  server s 127.0.0.1:{}\n",
        free_port(),
        responder(),
    );
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("haproxy/usr/sbin/haproxy");
    command.arg("-db").arg("-f").arg(dir.join("conf"));
    let doors: Vec<Door> = fronts.into_iter().map(|(door, ..)| door).collect();
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

/// Envoy as the server.
pub(super) fn envoy(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let required = Mutual::Required;
    let ca = json!({"trusted_ca": {"filename": pki.path("ca.pem")}});
    let with = |more: Value| {
        let mut context = ca.clone();
        for (key, value) in more.as_object().expect("fields") {
            context[key] = value.clone();
        }
        context
    };
    let other_name = json!({"match_typed_subject_alt_names":
        [{"san_type": "DNS", "matcher": {"exact": "nobody.example"}}]});
    let other_hash = json!({"verify_certificate_hash": ["00".repeat(32)]});
    let doors = vec![
        (Door::new("require", required), true, ca.clone()),
        (Door::new("not-required", Mutual::Optional), false, ca.clone()),
        // Without authorities it never asks, whatever is required.
        (Door::new("require-without-ca", Mutual::NotRequested), true, Value::Null),
        (
            Door::new("accept-untrusted", required),
            true,
            with(json!({"trust_chain_verification": "ACCEPT_UNTRUSTED"})),
        ),
        (Door::new("other-name", required), true, with(other_name.clone())),
        // A name that is demanded makes the certificate required.
        (Door::new("other-name-not-required", required), false, with(other_name)),
        (Door::new("other-hash", required), true, with(other_hash)),
        (Door::new("depth-1", required), true, with(json!({"max_verify_depth": 1}))),
    ];
    let listeners: Vec<Value> = doors
        .iter()
        .map(|(door, requires, context)| {
            let mut common = json!({
                "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
                "alpn_protocols": ["http/1.1"],
                "tls_certificates": [{
                    "certificate_chain": {"filename": pki.path("server.pem")},
                    "private_key": {"filename": pki.path("server.key")},
                }],
            });
            if !context.is_null() {
                common["validation_context"] = context.clone();
            }
            let tls = json!({
                "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                "common_tls_context": common,
                "require_client_certificate": requires,
            });
            let chain = json!({
                "filters": [answering()],
                "transport_socket": {"name": "tls", "typed_config": tls},
            });
            listener(door.port, chain)
        })
        .collect();
    let doors: Vec<Door> = doors.into_iter().map(|(door, ..)| door).collect();
    let envoy = Envoy::start(&json!({ "listeners": listeners }), &ports(&doors));
    (doors, vec![envoy.process])
}
