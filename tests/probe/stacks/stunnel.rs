//! stunnel, whose three settings about client certificates do less than their names suggest.

use std::fs;

use mtlsctl::probe::Mutual;

use super::door::{Door, files, ports};
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder, responder};

pub(super) fn start(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let elsewhere = format!("verifyChain = yes\nredirect = 127.0.0.1:{}", responder());
    let services = [
        // With only CAs it never requests a certificate.
        (Door::new("ca-alone", Mutual::NotRequested), ""),
        (Door::new("verify-chain", Mutual::Required), "verifyChain = yes"),
        (Door::new("verify-1", Mutual::Optional), "verify = 1"),
        // It accepts any certificate.
        (Door::new("require-cert", Mutual::Required), "requireCert = yes"),
        // It trusts individual certificates, and the CA is not one of them.
        (Door::new("verify-peer", Mutual::Required), "verifyPeer = yes"),
        // Rejected clients also get 200, from another application: indistinguishable from outside.
        (Door::new("redirect", Mutual::Optional), &elsewhere),
    ];
    let (dir, app) = (folder("stunnel"), responder());
    let text: String = services
        .iter()
        .map(|(door, verify)| {
            format!(
                "[{}]\naccept = 127.0.0.1:{}\nconnect = 127.0.0.1:{app}\nCAfile = {ca}\n{verify}\n",
                door.name, door.port
            )
        })
        .collect();
    let global = "foreground = yes\npid =\nsyslog = no\nsslVersionMin = TLSv1.2\n";
    fs::write(dir.join("conf"), format!("{global}cert = {cert}\nkey = {key}\n{text}"))
        .expect("a configuration");
    let mut command = installed::command("stunnel/usr/bin/stunnel4");
    command.arg(dir.join("conf"));
    let doors: Vec<Door> = services.into_iter().map(|(door, _)| door).collect();
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}
