//! The six servers of the matrix, each with its six doors.

use std::fs;
use std::process::Command;

use super::door::{Door, Mode, Tls};
use super::envoy::{Envoy, listener, virtual_tls};
use super::pki::Pki;
use super::process::{Process, folder, free_port, responder};
use crate::support::installed;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    OpenSsl,
    Nginx,
    Haproxy,
    Envoy,
    Stunnel,
    Go,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::OpenSsl, Self::Nginx, Self::Haproxy, Self::Envoy, Self::Stunnel, Self::Go];
}

pub(crate) struct Server {
    pub(crate) kind: Kind,
    pub(crate) doors: Vec<Door>,
    processes: Vec<Process>,
}

impl Server {
    pub(crate) fn start(kind: Kind, pki: &Pki) -> Self {
        let doors = Door::all();
        let processes = match kind {
            Kind::OpenSsl => doors.iter().map(|door| openssl(pki, *door)).collect(),
            Kind::Nginx => vec![nginx(pki, &doors)],
            Kind::Haproxy => vec![haproxy(pki, &doors)],
            Kind::Envoy => vec![envoy(pki, &doors)],
            Kind::Stunnel => vec![stunnel(pki, &doors)],
            Kind::Go => vec![go(pki, &doors)],
        };
        Self { kind, doors, processes }
    }

    pub(crate) fn logs(&self) -> String {
        self.processes.iter().map(Process::said).collect()
    }
}

fn ports(doors: &[Door]) -> Vec<u16> {
    doors.iter().map(|door| door.port).collect()
}

fn openssl(pki: &Pki, door: Door) -> Process {
    let here = folder("openssl");
    let mut command = installed::command("openssl/usr/bin/openssl");
    command
        .arg("s_server")
        .args(["-accept", &format!("127.0.0.1:{}", door.port)])
        .args(["-cert", &pki.path("server.pem"), "-key", &pki.path("server.key")])
        .args(["-CAfile", &pki.path("ca.pem"), "-www", "-quiet"])
        .arg(match door.tls {
            Tls::V12 => "-tls1_2",
            Tls::V13 => "-tls1_3",
        });
    match door.mode {
        Mode::Never => {}
        Mode::Optional => {
            command.args(["-verify", "1", "-verify_return_error"]);
        }
        Mode::Required => {
            command.args(["-Verify", "1", "-verify_return_error"]);
        }
    }
    Process::start(command, here.join("log"), &[door.port])
}

fn nginx(pki: &Pki, doors: &[Door]) -> Process {
    let here = folder("nginx");
    let dir = here.display();
    let servers: String = doors
        .iter()
        .map(|door| {
            let verify = match door.mode {
                Mode::Never => "off",
                Mode::Optional => "optional",
                Mode::Required => "on",
            };
            format!(
                "server {{ listen 127.0.0.1:{} ssl http2;
                   ssl_protocols TLSv{}; ssl_verify_client {verify};
                   location / {{ return 200 \"ok\\n\"; }} }}\n",
                door.port,
                door.tls.number(),
            )
        })
        .collect();
    let conf = format!(
        "daemon off; master_process off; pid {dir}/pid; error_log stderr info;
         events {{}}
         http {{ access_log off;
           client_body_temp_path {dir}/a; proxy_temp_path {dir}/b; fastcgi_temp_path {dir}/c;
           uwsgi_temp_path {dir}/d; scgi_temp_path {dir}/e;
           ssl_certificate {cert}; ssl_certificate_key {key}; ssl_client_certificate {ca};
           {servers} }}",
        cert = pki.path("server.pem"),
        key = pki.path("server.key"),
        ca = pki.path("ca.pem"),
    );
    fs::write(here.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("nginx/usr/sbin/nginx");
    command.args(["-p", &dir.to_string(), "-e", "stderr", "-c"]).arg(here.join("conf"));
    Process::start(command, here.join("log"), &ports(doors))
}

fn haproxy(pki: &Pki, doors: &[Door]) -> Process {
    let here = folder("haproxy");
    let fronts: String = doors
        .iter()
        .enumerate()
        .map(|(at, door)| {
            let verify = match door.mode {
                Mode::Never => "none",
                Mode::Optional => "optional",
                Mode::Required => "required",
            };
            let version = door.tls.number();
            format!(
                "frontend f{at}
  bind 127.0.0.1:{port} ssl crt {both} ca-file {ca} verify {verify} ssl-min-ver TLSv{version} ssl-max-ver TLSv{version}
  http-request return status 200 content-type text/plain string ok\n",
                port = door.port,
                both = pki.path("server-both.pem"),
                ca = pki.path("ca.pem"),
            )
        })
        .collect();
    let conf = format!(
        "global\n  maxconn 500\ndefaults\n  mode http\n  timeout client 5s\n  timeout server 5s\n  timeout connect 5s\n{fronts}"
    );
    fs::write(here.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("haproxy/usr/sbin/haproxy");
    command.arg("-db").arg("-f").arg(here.join("conf"));
    Process::start(command, here.join("log"), &ports(doors))
}

fn stunnel(pki: &Pki, doors: &[Door]) -> Process {
    let here = folder("stunnel");
    let app = responder();
    let services: String = doors
        .iter()
        .enumerate()
        .map(|(at, door)| {
            let verify = match door.mode {
                Mode::Never => String::new(),
                Mode::Optional => format!("verify = 1\nCAfile = {}\n", pki.path("ca.pem")),
                Mode::Required => format!("verify = 2\nCAfile = {}\n", pki.path("ca.pem")),
            };
            let version = door.tls.number();
            format!(
                "[s{at}]\naccept = 127.0.0.1:{}\nconnect = 127.0.0.1:{app}\n{verify}sslVersionMin = TLSv{version}\nsslVersionMax = TLSv{version}\n",
                door.port,
            )
        })
        .collect();
    let conf = format!(
        "foreground = yes\npid =\nsyslog = no\ncert = {}\nkey = {}\n{services}",
        pki.path("server.pem"),
        pki.path("server.key"),
    );
    fs::write(here.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("stunnel/usr/bin/stunnel4");
    command.arg(here.join("conf"));
    Process::start(command, here.join("log"), &ports(doors))
}

fn go(pki: &Pki, doors: &[Door]) -> Process {
    let here = folder("go");
    let mut command = installed::command("go-server/server");
    command.args([pki.path("server.pem"), pki.path("server.key"), pki.path("ca.pem")]);
    for door in doors {
        command.args([
            door.port.to_string().as_str(),
            door.tls.number(),
            match door.mode {
                Mode::Never => "never",
                Mode::Optional => "optional",
                Mode::Required => "required",
            },
        ]);
    }
    Process::start(command, here.join("log"), &ports(doors))
}

fn envoy(pki: &Pki, doors: &[Door]) -> Process {
    let listeners: Vec<_> =
        doors.iter().map(|door| listener(door.port, virtual_tls(pki, *door))).collect();
    Envoy::start(&serde_json::json!({ "listeners": listeners }), &ports(doors)).process
}

/// Three servers that use HTTP/2 if ALPN allows: nginx, haproxy and Envoy, in that order.
pub(crate) fn multiplexing(pki: &Pki) -> Server {
    let door = |mode| Door { port: free_port(), tls: Tls::V12, mode };
    let doors = [door(Mode::Never), door(Mode::Never), door(Mode::Never)];
    let here = folder("h2");
    let dir = here.display();
    let (cert, key) = (pki.path("server.pem"), pki.path("server.key"));
    let conf = format!(
        "daemon off; master_process off; pid {dir}/pid; error_log stderr info; events {{}}
         http {{ access_log off;
           client_body_temp_path {dir}/a; proxy_temp_path {dir}/b; fastcgi_temp_path {dir}/c;
           uwsgi_temp_path {dir}/d; scgi_temp_path {dir}/e;
           server {{ listen 127.0.0.1:{} ssl http2; ssl_certificate {cert}; ssl_certificate_key {key};
             location / {{ return 200 \"ok\\n\"; }} }} }}",
        doors[0].port,
    );
    fs::write(here.join("nginx"), conf).expect("a configuration");
    let mut nginx = installed::command("nginx/usr/sbin/nginx");
    nginx.args(["-p", &dir.to_string(), "-e", "stderr", "-c"]).arg(here.join("nginx"));
    let conf = format!(
        "global\n  maxconn 500\ndefaults\n  mode http\n  timeout client 5s\n  timeout server 5s\n  \
         timeout connect 5s\nfrontend f\n  bind 127.0.0.1:{} ssl crt {} alpn h2,http/1.1\n  \
         http-request return status 200 content-type text/plain string ok\n",
        doors[1].port,
        pki.path("server-both.pem"),
    );
    fs::write(here.join("haproxy"), conf).expect("a configuration");
    let mut haproxy = installed::command("haproxy/usr/sbin/haproxy");
    haproxy.arg("-db").arg("-f").arg(here.join("haproxy"));
    let mut chain = virtual_tls(pki, doors[2]);
    chain["transport_socket"]["typed_config"]["common_tls_context"]["alpn_protocols"] =
        serde_json::json!(["h2", "http/1.1"]);
    let envoy = serde_json::json!({ "listeners": [listener(doors[2].port, chain)] });
    Server {
        kind: Kind::Nginx,
        doors: doors.to_vec(),
        processes: vec![
            Process::start(nginx, here.join("nginx.log"), &[doors[0].port]),
            Process::start(haproxy, here.join("haproxy.log"), &[doors[1].port]),
            Envoy::start(&envoy, &[doors[2].port]).process,
        ],
    }
}
