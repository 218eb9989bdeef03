//! Servers of TCP services: GnuTLS, Redis, mosquitto.

use std::fs;

use mtlsctl::probe::{Codec, Mutual};

use super::door::{Door, files, ports, three};
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder};

pub(super) fn gnutls(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let modes: [(&str, Mutual, &[&str]); 4] = [
        ("disable", Mutual::NotRequested, &["--disable-client-cert"]),
        ("verify", Mutual::Optional, &["--verify-client-cert"]),
        ("require", Mutual::Required, &["--require-client-cert"]),
        ("require+verify", Mutual::Required, &["--require-client-cert", "--verify-client-cert"]),
    ];
    let mut started = Vec::new();
    for (name, demand, flags) in modes {
        let door = Door::new(name, demand);
        let mut command = installed::command("gnutls/usr/bin/gnutls-serv");
        command.args(["--http", "--quiet", "--port", &door.port.to_string()]).args(flags);
        command.args(["--x509certfile", &cert, "--x509keyfile", &key, "--x509cafile", &ca]);
        let process = Process::start(command, folder("gnutls").join("log"), &[door.port]);
        started.push((door, process));
    }
    started.into_iter().unzip()
}

pub(super) fn redis(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let mut started = Vec::new();
    for door in three(Codec::Raw) {
        let clients = match door.name.as_str() {
            "never" => "no",
            "optional" => "optional",
            _ => "yes",
        };
        let dir = folder("redis");
        let mut command = installed::command("redis/usr/bin/redis-server");
        command.current_dir(&dir);
        for (flag, value) in [
            ("--port", "0"),
            ("--bind", "127.0.0.1"),
            ("--save", ""),
            ("--tls-port", door.port.to_string().as_str()),
            ("--tls-cert-file", &cert),
            ("--tls-key-file", &key),
            ("--tls-ca-cert-file", &ca),
            ("--tls-auth-clients", clients),
        ] {
            command.args([flag, value]);
        }
        let process = Process::start(command, dir.join("log"), &[door.port]);
        started.push((door, process));
    }
    started.into_iter().unzip()
}

pub(super) fn mosquitto(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let doors =
        vec![Door::raw("never", Mutual::NotRequested), Door::raw("required", Mutual::Required)];
    let listeners: String = doors
        .iter()
        .map(|door| {
            format!(
                "listener {} 127.0.0.1\ncafile {ca}\ncertfile {cert}\nkeyfile {key}\n\
                 require_certificate {}\nallow_anonymous true\n",
                door.port,
                door.demand == Mutual::Required
            )
        })
        .collect();
    let dir = folder("mosquitto");
    let conf = format!("per_listener_settings true\nuser root\n{listeners}");
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("mosquitto/usr/sbin/mosquitto");
    command.arg("-c").arg(dir.join("conf"));
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}
