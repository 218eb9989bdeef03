//! Which service the certificate is for, and which Secret it goes to.

use clap::{Args, ValueEnum};

use crate::consul::{KeyShape, PairForm, SecretName};
use crate::failure::Failure;
use crate::resource::Object;

use super::environment::Environment;

/// Flags for the service, the Secret and its contents.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Certificate")]
pub(crate) struct SecretArgs {
    /// The ID of the Ambassador it is for [_AMBASSADOR_ID].
    #[arg(long, value_name = "ID")]
    pub(super) ambassador_id: Option<String>,
    /// The service in Consul [ambassador, or ambassador-ID].
    #[arg(long, value_name = "NAME", env = "MTLSCTL_SERVICE")]
    pub(super) service: Option<String>,
    /// The Secret's name [_AMBASSADOR_TLS_SECRET_NAME, else SERVICE-consul-connect].
    #[arg(long, value_name = "NAME")]
    pub(super) secret: Option<String>,
    /// The Secret's namespace [_AMBASSADOR_TLS_SECRET_NAMESPACE, else that of the pod or kubeconfig].
    #[arg(long, value_name = "NAMESPACE")]
    pub(super) secret_namespace: Option<String>,
    /// Also write the active root after the chain, although no peer needs it.
    #[arg(long, env = "MTLSCTL_INCLUDE_ROOT")]
    include_root: bool,
    /// The encoding of the private key.
    #[arg(long, value_enum, default_value_t, value_name = "FORM", env = "MTLSCTL_KEY_FORM")]
    key_form: KeyForm,
    /// Write exactly what Ambassador's connector wrote: without a CA, so Ambassador does not verify
    /// servers.
    #[arg(long, conflicts_with_all = ["include_root", "key_form"], env = "MTLSCTL_COMPAT")]
    pub(super) compat: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum KeyForm {
    /// PKCS #8.
    #[default]
    Pkcs8,
    /// As Consul sends it.
    Sec1,
}

impl SecretArgs {
    /// The service whose certificate is requested, derived as in the connector.
    ///
    /// # Errors
    /// A name that Consul does not allow.
    pub(super) fn service(&self, environment: &Environment<'_>) -> Result<String, Failure> {
        let service = match (&self.service, self.id(environment)) {
            (Some(service), _) => service.clone(),
            (None, Some(id)) => format!("ambassador-{id}"),
            (None, None) => "ambassador".to_owned(),
        };
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if service.is_empty() || !service.bytes().all(safe) {
            return Err(Failure::Usage {
                message: format!("`{service}` is not a valid Consul service name"),
                hint: "letters, digits, `-`, `.`, `_` and `~` are allowed".to_owned(),
            });
        }
        Ok(service)
    }

    /// The Ambassador's ID.
    pub(super) fn id(&self, environment: &Environment<'_>) -> Option<String> {
        environment.or(self.ambassador_id.clone(), "_AMBASSADOR_ID")
    }

    /// The Secret, derived as in the connector.
    ///
    /// # Errors
    /// A name that Kubernetes does not allow.
    pub(super) fn secret(
        &self,
        environment: &Environment<'_>,
        service: &str,
    ) -> Result<SecretName, Failure> {
        let name = environment
            .or(self.secret.clone(), "_AMBASSADOR_TLS_SECRET_NAME")
            .unwrap_or_else(|| format!("{service}-consul-connect"));
        let namespace =
            environment.or(self.secret_namespace.clone(), "_AMBASSADOR_TLS_SECRET_NAMESPACE");
        let refused = |what: &str, value: &str| Failure::Usage {
            message: format!("`{value}` is not a valid {what} name in Kubernetes"),
            hint: "lower-case letters, digits, `-` and `.` are allowed; choose a name with \
                   --secret"
                .to_owned(),
        };
        if !Object::is_allowed_name(&name) {
            return Err(refused("Secret", &name));
        }
        if let Some(namespace) = &namespace
            && (!Object::is_allowed_name(namespace) || namespace.contains('.'))
        {
            return Err(refused("namespace", namespace));
        }
        Ok(SecretName { name, namespace })
    }

    /// What is written.
    pub(super) fn form(&self) -> PairForm {
        PairForm {
            include_root: self.include_root,
            key: match self.key_form {
                KeyForm::Pkcs8 => KeyShape::Pkcs8,
                KeyForm::Sec1 => KeyShape::AsSent,
            },
            compat: self.compat,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &SecretArgs, pairs: &'static [(&'static str, &'static str)]) -> String {
        let environment = Environment::made_up(pairs);
        let service = args.service(&environment).expect("a service");
        let secret = args.secret(&environment, &service).expect("a Secret");
        format!("{service} -> {secret}")
    }

    #[test]
    fn names_follow_the_connector_and_not_its_documentation() {
        let none = SecretArgs::default();
        assert_eq!(names(&none, &[]), "ambassador -> ambassador-consul-connect");
        let id: &[_] = &[("_AMBASSADOR_ID", "foo")];
        assert_eq!(names(&none, id), "ambassador-foo -> ambassador-foo-consul-connect");
        let named: &[_] = &[
            ("_AMBASSADOR_ID", "foo"),
            ("_AMBASSADOR_TLS_SECRET_NAME", "mesh"),
            ("_AMBASSADOR_TLS_SECRET_NAMESPACE", "edge"),
        ];
        assert_eq!(names(&none, named), "ambassador-foo -> edge/mesh");
        let flag = SecretArgs { secret: Some("own".to_owned()), ..SecretArgs::default() };
        assert_eq!(names(&flag, named), "ambassador-foo -> edge/own");
    }

    #[test]
    fn names_that_nobody_takes_are_refused() {
        let environment = Environment::made_up(&[("_AMBASSADOR_ID", "Foo_Bar")]);
        let args = SecretArgs::default();
        let service = args.service(&environment).expect("Consul takes it");
        assert!(args.secret(&environment, &service).is_err());
        let environment = Environment::made_up(&[("_AMBASSADOR_ID", "a b")]);
        assert!(args.service(&environment).is_err());
    }
}
