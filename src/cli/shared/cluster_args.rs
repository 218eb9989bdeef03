//! Flags that make a cluster the input, and how it is read.

use std::path::PathBuf;

use clap::Args;
use zeroize::Zeroizing;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::kubernetes::{
    Access, ApiError, ClusterClient, ClusterScope, Forbidden, RefusalKind, Snapshot, snapshot,
};
use crate::probe::InPod;
use crate::report::one_line;
use crate::source::SourceOrigin;
use crate::world::{Completeness, External, Settings};

/// The same flags as in kubectl; each makes the cluster the input, with files applied over it.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Cluster")]
pub(crate) struct ClusterArgs {
    /// Read the cluster of this kubeconfig context; any files are applied over it.
    #[arg(long, value_name = "NAME")]
    context: Option<String>,
    /// Read this cluster of the kubeconfig.
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,
    /// Read the cluster of this kubeconfig [KUBECONFIG, ~/.kube/config, else the pod's account].
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// Read this namespace of the cluster [the context's].
    #[arg(short, long, value_name = "NAME", conflicts_with = "all_namespaces")]
    namespace: Option<String>,
    /// Read all namespaces of the cluster.
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// Secrets that are read even if nothing refers to them: the namespace, else the one above, and the
    /// name.
    #[arg(skip)]
    pub(crate) also: Vec<(Option<String>, String)>,
}

/// The result of reading a cluster.
#[derive(Clone)]
pub(crate) struct FromCluster {
    /// Its objects, one text each.
    pub(crate) texts: Vec<(SourceOrigin, Zeroizing<String>)>,
    /// What could not be read of it.
    pub(crate) limits: Limits,
}

/// What could not be read of a cluster.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    /// What may exist.
    unseen: Vec<External>,
    /// Whether referenced Secrets may exist although they were not read.
    hides_secrets: bool,
}

impl Limits {
    /// The settings of a world with this knowledge.
    pub(crate) fn onto(self, mut settings: Settings) -> Settings {
        if self.hides_secrets {
            let forbidden = Completeness::Forbidden;
            settings.horizon = settings.horizon.knowing("Secret", None, forbidden);
        }
        settings.externals.extend(self.unseen);
        settings
    }
}

impl ClusterArgs {
    /// Whether a cluster is the input.
    pub(crate) fn is_given(&self) -> bool {
        self.context.is_some()
            || self.cluster.is_some()
            || self.kubeconfig.is_some()
            || self.namespace.is_some()
            || self.all_namespaces
    }

    /// The same with another kubeconfig context, if one is given.
    pub(crate) fn of_context(&self, context: Option<&str>) -> Self {
        let named = context.map(str::to_owned);
        Self { context: named.or_else(|| self.context.clone()), ..self.clone() }
    }

    /// How to connect to the cluster.
    pub(crate) fn access(&self) -> Access {
        Access {
            kubeconfig: self.kubeconfig.clone(),
            context: self.context.clone(),
            cluster: self.cluster.clone(),
        }
    }

    /// A pod to connect from.
    ///
    /// # Errors
    /// A cluster that cannot be reached, or does not have that pod.
    pub(crate) async fn in_pod(&self, named: &str) -> Result<InPod, Failure> {
        let find = async {
            let cluster = ClusterClient::connect(&self.access()).await?;
            let pod = cluster.find_pod(named, self.namespace.as_deref()).await?;
            Ok(InPod { cluster, pod })
        };
        find.await.map_err(|error: ApiError| lacking(error, "--exec"))
    }

    /// The given namespace.
    pub(crate) fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The flags that select the same part of the cluster from inside it; `own` is the context's
    /// namespace.
    pub(crate) fn part(&self, own: &str) -> Vec<String> {
        match &self.namespace {
            _ if self.all_namespaces => vec!["--all-namespaces".to_owned()],
            Some(namespace) => vec![format!("--namespace={namespace}")],
            None => vec![format!("--namespace={own}")],
        }
    }

    /// Reads the cluster; kinds that must not be read are reported once.
    ///
    /// # Errors
    /// A cluster that cannot be read completely.
    pub(crate) fn read(&self, console: &mut Console<'_>) -> Result<FromCluster, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let shows = console.err_is_terminal;
        let read = async {
            let cluster = ClusterClient::connect(&self.access()).await?;
            let scope = match (&self.namespace, self.all_namespaces) {
                (_, true) => ClusterScope::All,
                (Some(namespace), _) => ClusterScope::Namespace(namespace.clone()),
                (None, _) => ClusterScope::Namespace(cluster.namespace().to_owned()),
            };
            let name = self.context.clone().or(self.cluster.clone()).unwrap_or_default();
            let mut tell = |what: &str| {
                if shows {
                    // Failing to show progress is not an error.
                    let told = write!(console.err, "\r\x1b[Kreading {}", one_line(what));
                    let _ = told.and_then(|()| console.err.flush());
                }
            };
            let own = self.namespace.as_deref().unwrap_or_else(|| cluster.namespace());
            let also = self.also.iter().map(|(namespace, name)| {
                (namespace.clone().unwrap_or_else(|| own.to_owned()), name.clone())
            });
            let snapshot = snapshot(&cluster, &name, &scope, also.collect(), &mut tell).await?;
            Ok::<_, ApiError>((snapshot, scope))
        };
        let read = runtime.block_on(read);
        runtime.shutdown_background();
        if shows {
            let _ = write!(console.err, "\r\x1b[K");
        }
        let (Snapshot { texts, forbidden }, scope) = read.map_err(failure)?;
        for one in &forbidden {
            tell_forbidden(one, console)?;
        }
        let mut unseen: Vec<External> = forbidden.iter().filter_map(external).collect();
        if matches!(scope, ClusterScope::Namespace(_)) {
            // Other namespaces were not read, so their objects are not known to be missing.
            unseen.extend("*/*/*".parse::<External>());
        }
        let hides_secrets = forbidden.iter().any(|one| one.kind == "Secret");
        Ok(FromCluster { texts, limits: Limits { unseen, hides_secrets } })
    }
}

fn external(forbidden: &Forbidden) -> Option<External> {
    let namespace = forbidden.namespace.as_deref().unwrap_or("*");
    format!("{}/{namespace}/*", forbidden.kind).parse().ok()
}

fn tell_forbidden(forbidden: &Forbidden, console: &mut Console<'_>) -> Result<(), Failure> {
    let message = one_line(&forbidden.message);
    writeln!(console.err, "warning: {message}")?;
    writeln!(
        console.err,
        "  help: it is treated as unknown; `mtlsctl config rbac` prints a sufficient Role"
    )?;
    Ok(())
}

/// The failure for a missing permission; `flag` of `config rbac` prints a Role with it.
pub(crate) fn lacking(error: ApiError, flag: &str) -> Failure {
    let is_forbidden = error.reason == RefusalKind::Forbidden;
    match failure(error) {
        Failure::Remote { message, exit, .. } if is_forbidden => {
            let hint = format!("`mtlsctl config rbac {flag}` prints a sufficient Role");
            Failure::Remote { message, hint, exit }
        }
        other => other,
    }
}

/// The failure for a cluster that cannot be read.
pub(crate) fn failure(error: ApiError) -> Failure {
    let hint = match error.reason {
        RefusalKind::Forbidden => {
            "this is required; `mtlsctl config rbac` prints a sufficient Role".to_owned()
        }
        RefusalKind::Unauthorized => {
            "the cluster rejects these credentials, or they have expired: log in again, or use \
             another kubeconfig or context"
                .to_owned()
        }
        _ => error.hint(),
    };
    let exit = match error.reason {
        RefusalKind::Unreachable | RefusalKind::Timeout => Exit::NotReached,
        _ => Exit::Failed,
    };
    Failure::Remote { message: error.message, hint, exit }
}
