//! Servers that start TLS after a plaintext exchange: PostgreSQL, NATS, OpenLDAP, MariaDB, mail.

use std::fs;
use std::path::Path;
use std::process::Command;

use mtlsctl::probe::{Mutual, StartTls};

use super::door::{Door, files, ports};
use super::languages::{here, with_doors};
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder};

pub(super) fn postgres(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let doors = [
        // Without CAs it never requests a certificate.
        ("never", Mutual::NotRequested, ""),
        ("optional", Mutual::Optional, ""),
        // The handshake only requests one; the requirement is in its protocol.
        ("clientcert", Mutual::Required, "clientcert=verify-ca"),
    ];
    let made = folder("postgres");
    let share = installed::file("postgres/usr/share/postgresql/15");
    // It refuses to run as root; a user namespace maps root to another user with the same rights.
    let root = fs::metadata("/proc/self").is_ok_and(|me| {
        use std::os::unix::fs::MetadataExt;
        me.uid() == 0
    });
    let run = |program: &Path| {
        let prefix = format!("postgres/usr/lib/postgresql/15/bin/{}", program.display());
        let command = installed::command(&prefix);
        if !root {
            return command;
        }
        let mut wrapped = Command::new("unshare");
        wrapped.args(["--user", "--map-user=1000", "--map-group=1000"]).arg(command.get_program());
        for (name, value) in command.get_envs() {
            wrapped.env(name, value.unwrap_or_default());
        }
        wrapped
    };
    let first = made.join("data");
    let mut initdb = run(Path::new("initdb"));
    initdb
        .args(["--no-sync", "-A", "trust", "-U", "probe", "-L"])
        .arg(&share)
        .arg("-D")
        .arg(&first);
    installed::succeed(initdb.env("TZ", "UTC"));
    for (name, path) in
        [("server.crt", "server.pem"), ("server.key", "server.key"), ("root.crt", "ca.pem")]
    {
        fs::copy(pki.path(path), first.join(name)).expect("a copy");
    }
    installed::succeed(Command::new("chmod").arg("600").arg(first.join("server.key")));
    let start = |(name, demand, clients): (&str, Mutual, &str)| {
        let door = Door::later(name, StartTls::Postgres, demand);
        let dir = folder("postgres");
        let data = dir.join("data");
        installed::succeed(Command::new("cp").arg("-rp").arg(&first).arg(&data));
        let entries = format!("hostssl all all 127.0.0.1/32 trust {clients}\n");
        fs::write(data.join("pg_hba.conf"), entries).expect("a configuration");
        let mut command = run(Path::new("postgres"));
        command.arg("-D").arg(&data).args(["-p", &door.port.to_string(), "-c", "ssl=on"]);
        if demand != Mutual::NotRequested {
            command.args(["-c", "ssl_ca_file=root.crt"]);
        }
        command.args(["-c", "listen_addresses=127.0.0.1", "-k"]).arg(&dir);
        command.args(["-c", "fsync=off", "-c", "timezone=UTC", "-c", "log_timezone=UTC"]);
        let process = Process::start(command, dir.join("log"), &[door.port]);
        (door, process)
    };
    doors.into_iter().map(start).unzip()
}

pub(super) fn nats(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let doors = [("never", Mutual::NotRequested), ("tlsverify", Mutual::Required)];
    let start = |(name, demand): (&str, Mutual)| {
        let door = Door::later(name, StartTls::Nats, demand);
        let mut command = installed::command("nats/usr/sbin/nats-server");
        command.args(["-a", "127.0.0.1", "-p", &door.port.to_string(), "--tls"]);
        command.args(["--tlscert", &cert, "--tlskey", &key]);
        if demand == Mutual::Required {
            command.args(["--tlsverify", "--tlscacert", &ca]);
        }
        let process = Process::start(command, folder("nats").join("log"), &[door.port]);
        (door, process)
    };
    doors.into_iter().map(start).unzip()
}

/// OpenLDAP, which Debian builds with GnuTLS: it completes the handshake, and then closes the
/// connection.
pub(super) fn slapd(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let doors =
        [("never", Mutual::NotRequested), ("try", Mutual::Optional), ("demand", Mutual::Required)];
    let schema = installed::file("slapd/etc/ldap/schema/core.schema");
    let start = |(name, demand): (&str, Mutual)| {
        let door = Door { takes_servers: true, ..Door::later(name, StartTls::Ldap, demand) };
        let dir = folder("slapd");
        let conf = format!(
            "include {}\npidfile {}/pid\nTLSCACertificateFile {ca}\nTLSCertificateFile {cert}\n\
             TLSCertificateKeyFile {key}\nTLSVerifyClient {name}\n",
            schema.display(),
            dir.display(),
        );
        fs::write(dir.join("conf"), conf).expect("a configuration");
        let mut command = installed::command("slapd/usr/sbin/slapd");
        command.arg("-f").arg(dir.join("conf"));
        command.args(["-h", &format!("ldap://127.0.0.1:{}", door.port), "-d", "0"]);
        let process = Process::start(command, dir.join("log"), &[door.port]);
        (door, process)
    };
    doors.into_iter().map(start).unzip()
}

/// MariaDB, which requests certificates if it has CAs, and requires them per user.
pub(super) fn mariadb(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let door = Door::later("ssl-ca", StartTls::Mysql, Mutual::Optional);
    let dir = folder("mariadb");
    let share = installed::file("mariadb/usr/share/mysql");
    let mut command = installed::command("mariadb/usr/sbin/mariadbd");
    command.args(["--no-defaults", "--user=root", "--skip-grant-tables", "--innodb=OFF"]);
    command.args(["--default-storage-engine=MyISAM", "--bind-address=127.0.0.1"]);
    for (name, value) in [
        ("datadir", dir.display().to_string()),
        ("socket", dir.join("socket").display().to_string()),
        ("lc-messages-dir", share.display().to_string()),
        ("port", door.port.to_string()),
        ("ssl-ca", ca),
        ("ssl-cert", cert),
        ("ssl-key", key),
    ] {
        command.arg(format!("--{name}={value}"));
    }
    let process = Process::start(command, dir.join("log"), &[door.port]);
    (vec![door], vec![process])
}

/// A mail server in Python: SMTP is aiosmtpd, IMAP a double that sends a greeting and starts TLS
/// (RFC 9051, 6.2.1).
pub(super) fn mail(pki: &Pki, protocol: &str) -> (Vec<Door>, Vec<Process>) {
    let kind = if protocol == "smtp" { StartTls::Smtp } else { StartTls::Imap };
    let doors: Vec<Door> = [
        ("never", Mutual::NotRequested),
        ("optional", Mutual::Optional),
        ("required", Mutual::Required),
    ]
    .into_iter()
    .map(|(name, demand)| Door::later(name, kind, demand))
    .collect();
    let mut command = installed::command("python/bin/python3");
    command.arg(here("server.py")).arg(protocol).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, folder("mail").join("log"), &ports(&doors));
    (doors, vec![process])
}
