//! haproxy with settings that change how a rejection looks, one door each.

use std::fs;

use mtlsctl::probe::Mutual;

use super::door::{Door, files, ports};
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder, free_port, responder};

pub(super) fn start(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let required = Mutual::Required;
    let ok = "http-request return status 200 content-type text/plain string ok";
    let unless = |rule: &str| format!("{rule} unless {{ ssl_c_used }}\n  {ok}");
    let [_, _, ca] = files(pki);
    pki.write("root.crl", &pki.authority.list((-1, 30)));
    pki.write("other.crl", &pki.stranger.list((-1, 30)));
    pki.write("stale.crl", &pki.authority.list((-9, -2)));
    pki.write("stranger.pem", &pki.stranger.pem);
    let list = format!(
        "{both} [verify none]\n{both} [verify required ca-file {ca}] localhost\n",
        both = pki.path("server-both.pem")
    );
    pki.write("list", &list);
    let crl =
        |mode: &str, list: &str| format!("ca-file {ca} verify {mode} crl-file {}", pki.path(list));
    let verify = |mode: &str| format!("ca-file {ca} verify {mode}");
    let mut fronts: Vec<(Door, String, String)> = vec![
        (Door::new("required", required), verify("required"), ok.to_owned()),
        (Door::new("optional", Mutual::Optional), verify("optional"), ok.to_owned()),
        (Door::new("ca-file-alone", Mutual::NotRequested), format!("ca-file {ca}"), ok.to_owned()),
        (
            Door::new("required-ignore", required),
            verify("required") + " crt-ignore-err all",
            ok.to_owned(),
        ),
        (
            Door::veiled("ignore-deny", required),
            verify("optional") + " crt-ignore-err all ca-ignore-err all",
            format!("http-request deny unless {{ ssl_c_used }} {{ ssl_c_verify 0 }}\n  {ok}"),
        ),
        (Door::veiled("deny", required), verify("optional"), unless("http-request deny")),
        (
            Door::veiled("deny-401", required),
            verify("optional"),
            unless("http-request deny deny_status 401"),
        ),
        (
            Door::veiled("deny-404", required),
            verify("optional"),
            unless("http-request deny deny_status 404"),
        ),
        (Door::veiled("reject", required), verify("optional"), unless("http-request reject")),
        (
            Door::veiled("redirect", required),
            verify("optional"),
            unless("http-request redirect location /login"),
        ),
        (
            Door::veiled("silent-drop", required),
            verify("optional"),
            unless("http-request silent-drop"),
        ),
        (
            Door::veiled("content-reject", required),
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
            Door::raw("tcp", required),
            verify("required"),
            "mode tcp\n  default_backend app".to_owned(),
        ),
        (
            Door::raw("tcp-content-reject", required),
            verify("optional"),
            "mode tcp\n  tcp-request content reject unless { ssl_c_used }\n  default_backend app"
                .to_owned(),
        ),
    ];
    let certain = [
        (Door::new("crl-root", required), crl("required", "root.crl")),
        (Door::new("crl-other", required), crl("required", "other.crl")),
        (Door::new("crl-stale", required), crl("required", "stale.crl")),
        (Door::new("optional-crl-other", Mutual::Optional), crl("optional", "other.crl")),
        (
            Door::new("names-another-ca", required),
            format!("ca-file {} ca-verify-file {ca} verify required", pki.path("stranger.pem")),
        ),
        (Door::new("strict-sni", required), verify("required") + " strict-sni"),
        // It expects the PROXY protocol first.
        (Door::new("accept-proxy", Mutual::Unknown), verify("required") + " accept-proxy"),
        (Door::new("sni-required", Mutual::NotRequested), format!("crt-list {}", pki.path("list"))),
    ];
    fronts.extend(certain.map(|(door, bind)| (door, bind, ok.to_owned())));
    fronts.push((
        Door::veiled("tarpit", required),
        verify("optional"),
        unless("timeout tarpit 1s\n  http-request tarpit"),
    ));
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
