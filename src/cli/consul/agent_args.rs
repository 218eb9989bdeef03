//! Which Consul agent to ask, and with which credentials.

use std::path::PathBuf;

use clap::Args;

use crate::consul::{Address, Connection, Sensitive, TlsFiles, Token};
use crate::failure::Failure;

use super::environment::Environment;

/// Flags for the Consul agent, with Consul's own names. A token is never read from a flag.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Consul agent")]
pub(crate) struct AgentArgs {
    /// host:port, http://, https:// or unix:// [_CONSUL_HOST and _CONSUL_PORT, CONSUL_HTTP_ADDR,
    /// else 127.0.0.1:8500].
    #[arg(long, visible_alias = "http-addr", value_name = "ADDR")]
    consul_addr: Option<String>,
    /// A file with the ACL token, read again for each request [CONSUL_HTTP_TOKEN_FILE, else
    /// CONSUL_HTTP_TOKEN].
    #[arg(long, visible_alias = "token-file", value_name = "FILE")]
    consul_token_file: Option<PathBuf>,
    /// The CA file to verify the agent with [CONSUL_CACERT].
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    consul_ca_file: Option<PathBuf>,
    /// A folder of CA files to verify the agent with [CONSUL_CAPATH].
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    consul_ca_path: Option<PathBuf>,
    /// The client certificate for the agent [CONSUL_CLIENT_CERT].
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    consul_client_cert: Option<PathBuf>,
    /// The private key of that certificate [CONSUL_CLIENT_KEY].
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    consul_client_key: Option<PathBuf>,
    /// The expected name in the agent's certificate [CONSUL_TLS_SERVER_NAME, else the host].
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    consul_server_name: Option<String>,
    /// Consul's namespace (Enterprise) [CONSUL_NAMESPACE].
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    consul_namespace: Option<String>,
    /// Consul's partition (Enterprise) [CONSUL_PARTITION].
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    consul_partition: Option<String>,
    /// Consul's datacenter [the agent's].
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    consul_datacenter: Option<String>,
}

impl AgentArgs {
    /// Flags, then the connector's variables, then Consul's, then Consul's defaults.
    ///
    /// # Errors
    /// An invalid value, with its flag or variable.
    pub(crate) fn connection(&self, environment: &Environment<'_>) -> Result<Connection, Failure> {
        let tls = truth(environment, "CONSUL_HTTP_SSL")?.unwrap_or(false);
        let (origin, address) = self.address(environment);
        let address = Address::read(&address, tls).map_err(|why| Failure::Usage {
            message: format!("{origin}: `{address}` {why}"),
            hint: "write host:port, http://host:port, https://host:port or unix:///path".to_owned(),
        })?;
        // A token file takes precedence over a token, as in Consul's own client.
        let file = environment.or(self.consul_token_file.clone(), "CONSUL_HTTP_TOKEN_FILE");
        let token = match (file, environment.get("CONSUL_HTTP_TOKEN")) {
            (Some(file), _) => Token::File(file),
            (None, Some(token)) => Token::Value(Sensitive::new(token)),
            (None, None) => Token::None,
        };
        let basic = environment.get("CONSUL_HTTP_AUTH").map(|login| {
            Sensitive::new(if login.contains(':') { login } else { format!("{login}:") })
        });
        let or = |flag: &Option<PathBuf>, name| environment.or(flag.clone(), name);
        Ok(Connection {
            address,
            token,
            basic,
            tls: TlsFiles {
                ca_file: or(&self.consul_ca_file, "CONSUL_CACERT"),
                ca_path: or(&self.consul_ca_path, "CONSUL_CAPATH"),
                client_cert: or(&self.consul_client_cert, "CONSUL_CLIENT_CERT"),
                client_key: or(&self.consul_client_key, "CONSUL_CLIENT_KEY"),
                server_name: environment
                    .or(self.consul_server_name.clone(), "CONSUL_TLS_SERVER_NAME"),
                verify: truth(environment, "CONSUL_HTTP_SSL_VERIFY")?.unwrap_or(true),
            },
            namespace: environment.or(self.consul_namespace.clone(), "CONSUL_NAMESPACE"),
            partition: environment.or(self.consul_partition.clone(), "CONSUL_PARTITION"),
            datacenter: self.consul_datacenter.clone(),
        })
    }

    /// Where a value comes from, and the value.
    fn address(&self, environment: &Environment<'_>) -> (&'static str, String) {
        if let Some(flag) = &self.consul_addr {
            return ("--consul-addr", flag.clone());
        }
        let (host, port) = (environment.get("_CONSUL_HOST"), environment.get("_CONSUL_PORT"));
        if host.is_some() || port.is_some() {
            let host = host.unwrap_or_else(|| "127.0.0.1".to_owned());
            let host = if host.contains(':') { format!("[{host}]") } else { host };
            let port = port.unwrap_or_else(|| "8500".to_owned());
            return ("_CONSUL_HOST and _CONSUL_PORT", format!("{host}:{port}"));
        }
        let usual = || "127.0.0.1:8500".to_owned();
        ("CONSUL_HTTP_ADDR", environment.get("CONSUL_HTTP_ADDR").unwrap_or_else(usual))
    }
}

/// A boolean as Go's `strconv.ParseBool` reads it.
fn truth(environment: &Environment<'_>, name: &str) -> Result<Option<bool>, Failure> {
    let Some(value) = environment.get(name) else { return Ok(None) };
    match value.as_str() {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Some(true)),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Some(false)),
        _ => Err(Failure::Usage {
            message: format!("{name} is `{value}`, which is neither true nor false"),
            hint: "write true or false".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(args: &AgentArgs, pairs: &'static [(&'static str, &'static str)]) -> String {
        let connection = args.connection(&Environment::made_up(pairs)).expect("a connection");
        connection.address.to_string()
    }

    #[test]
    fn a_flag_goes_before_the_connector_and_that_before_consul() {
        let none = AgentArgs::default();
        assert_eq!(address(&none, &[]), "http://127.0.0.1:8500");
        assert_eq!(address(&none, &[("CONSUL_HTTP_ADDR", "https://a:1")]), "https://a:1");
        let both: &[_] = &[("CONSUL_HTTP_ADDR", "a:1"), ("_CONSUL_HOST", "10.0.0.7")];
        assert_eq!(address(&none, both), "http://10.0.0.7:8500");
        let port: &[_] = &[("_CONSUL_PORT", "8501"), ("CONSUL_HTTP_SSL", "true")];
        assert_eq!(address(&none, port), "https://127.0.0.1:8501");
        let flag = AgentArgs { consul_addr: Some("b:2".to_owned()), ..AgentArgs::default() };
        assert_eq!(address(&flag, both), "http://b:2");
    }

    #[test]
    fn a_token_file_goes_before_a_token_and_neither_is_shown() {
        let environment = Environment::made_up(&[
            ("CONSUL_HTTP_TOKEN", "b1946ac9-2492-4b8b-8ba5-ddd1e2f1d1f0"),
            ("CONSUL_HTTP_AUTH", "joe:sesame"),
        ]);
        let connection = AgentArgs::default().connection(&environment).expect("a connection");
        assert!(matches!(connection.token, Token::Value(_)));
        let shown = format!("{connection:?}");
        assert!(!shown.contains("b1946ac9") && !shown.contains("sesame"), "{shown}");
        let args = AgentArgs { consul_token_file: Some("/token".into()), ..AgentArgs::default() };
        let connection = args.connection(&environment).expect("a connection");
        assert!(matches!(connection.token, Token::File(_)));
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_name() {
        let wrong = |pairs| {
            let made = AgentArgs::default().connection(&Environment::made_up(pairs));
            made.expect_err("a refusal").to_string()
        };
        assert!(wrong(&[("CONSUL_HTTP_SSL", "yes")]).starts_with("CONSUL_HTTP_SSL is `yes`"));
        assert!(wrong(&[("_CONSUL_PORT", "http")]).contains("_CONSUL_PORT"));
    }
}
