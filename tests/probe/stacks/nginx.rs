//! nginx with settings that change how a rejection looks, one door each.

use std::fs;

use mtlsctl::probe::Mutual;

use super::door::{Door, files, ports};
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder, responder};

const ON: &str = "ssl_verify_client on; ssl_verify_depth 2;";
const OPTIONAL: &str = "ssl_verify_client optional; ssl_verify_depth 2;";
const OK: &str = "location / { return 200 \"ok\\n\"; }";

pub(super) fn start(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
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
        (Door::veiled("if-403", required), unless_ok("403")),
        (Door::veiled("if-401", required), unless_ok("401")),
        (Door::veiled("if-404", required), unless_ok("404")),
        (Door::veiled("if-302", required), unless_ok("302 /login")),
        (Door::veiled("if-444", required), unless_ok("444")),
        (Door::veiled("page-403", required), page("=403 /denied")),
        (
            Door::veiled("page-302", required),
            page("/login").replace("495 496 /login", "495 496 = @login")
                + " location @login { return 302 /login; }",
        ),
        (Door::veiled("page-444", required), page("= @gone") + " location @gone { return 444; }"),
        // A success page for clients without a valid certificate: as far as can be seen, they are
        // served.
        (Door::new("page-200", Mutual::Optional), page("=200 /welcome")),
        (
            Door::new("page-400", required),
            format!(
                "{ON} error_page 400 /own; location = /own {{ return 400 \"no required ssl certificate\\n\"; }} {OK}"
            ),
        ),
        (Door::new("tickets-off", required), format!("{ON} ssl_session_tickets off; {OK}")),
        (Door::veiled("if-495", required), unless_ok("495")),
        // A revocation list of another CA, or an expired one, rejects everything.
        (Door::new("crl-other", required), format!("{ON} ssl_crl {}; {OK}", pki.path("other.crl"))),
        (Door::new("crl-stale", required), format!("{ON} ssl_crl {}; {OK}", pki.path("stale.crl"))),
    ];
    let stream = [
        (Door::raw("stream-on", required), ON),
        (Door::raw("stream-optional", Mutual::Optional), OPTIONAL),
        (Door::new("stream-on-http", required), ON),
    ];
    // A default host and one named `localhost`, like the requests; no SNI is sent.
    let virtual_hosts = [
        (Door::new("named-on", required), OK, ON),
        // What it requires of clients with SNI does not matter for a connection without.
        (Door::new("named-optional", Mutual::NotRequested), OK, OPTIONAL),
        (Door::new("default-on", Mutual::Optional), ON, ""),
        (Door::new("reject-handshake", required), "ssl_reject_handshake on;", ON),
    ];
    let proxied = Door::new("proxy-protocol", Mutual::Unknown);
    let preread = Door::new("preread", required);
    pki.write("other.crl", &pki.stranger.list((-1, 30)));
    pki.write("stale.crl", &pki.authority.list((-9, -2)));
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
    let named: String = virtual_hosts
        .iter()
        .map(|(door, default, named)| {
            let listen = format!("listen 127.0.0.1:{} ssl", door.port);
            format!(
                "server {{ {listen} default_server; {default} }}
                 server {{ {listen}; server_name localhost; {named} {OK} }}\n"
            )
        })
        .collect();
    let hosts = format!(
        "{hosts}{named}server {{ listen 127.0.0.1:{} ssl proxy_protocol; {OK} }}\n",
        proxied.port
    );
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
         stream {{ {tls} {passes}
           map $ssl_preread_server_name $up {{ localhost 127.0.0.1:{on}; default \"\"; }}
           server {{ listen 127.0.0.1:{preread}; ssl_preread on; proxy_pass $up; }} }}
         http {{ access_log off; {tls}
           client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;
           uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;
           {hosts} }}",
        modules.display(),
        on = http[0].0.port,
        preread = preread.port,
    );
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("nginx-stream/usr/sbin/nginx");
    command.args(["-p", &here.to_string(), "-e", "stderr", "-c"]).arg(dir.join("conf"));
    let mut doors: Vec<Door> =
        http.into_iter().map(|(door, _)| door).chain(stream.map(|(door, _)| door)).collect();
    doors.extend(virtual_hosts.map(|(door, ..)| door));
    doors.extend([proxied, preread]);
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}
