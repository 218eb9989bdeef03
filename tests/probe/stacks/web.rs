//! Web servers: Tomcat, Apache, lighttpd with its four TLS modules, Caddy.

use std::fs;

use mtlsctl::probe::{Codec, Mutual};

use super::door::{Door, files, ports, three};
use crate::support::installed;
use crate::support::peer::{Pki, Process, folder, free_port};

pub(super) fn tomcat(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let mut doors = vec![
        Door::new("none", Mutual::NotRequested),
        Door::new("optional", Mutual::Optional),
        Door::new("required", Mutual::Required),
    ];
    // No client authentication in the handshake, and an application that requests it.
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

pub(super) fn apache(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let vhost = |name: &str, demand, verify: &str| (Door::new(name, demand), verify.to_owned());
    let hosts = [
        vhost("never", Mutual::NotRequested, ""),
        vhost("optional", Mutual::Optional, "SSLVerifyClient optional\nSSLVerifyDepth 2"),
        vhost("require", Mutual::Required, "SSLVerifyClient require\nSSLVerifyDepth 2"),
        // The default depth, 1, only accepts leaf certificates issued by the root.
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

pub(super) fn lighttpd(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
    let [cert, key, ca] = files(pki);
    let modules = installed::file("lighttpd/usr/lib/lighttpd");
    let (mut all, mut processes) = (Vec::new(), Vec::new());
    for tls in ["openssl", "gnutls", "mbedtls", "wolfssl"] {
        let mut doors = three(Codec::Http1);
        if tls == "gnutls" {
            // With enforce=disable mod_gnutls closes the connection of clients without a
            // certificate.
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

pub(super) fn caddy(pki: &Pki) -> (Vec<Door>, Vec<Process>) {
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
