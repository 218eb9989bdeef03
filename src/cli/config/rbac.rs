//! `mtlsctl config rbac`: the least Role that can read a cluster.

use std::fmt::Write as _;

use clap::Args;

use crate::kubernetes::rules;

/// What the Role is for.
#[derive(Debug, Args)]
pub(super) struct RbacArgs {
    /// Only this namespace, as a Role [default: all, as a ClusterRole].
    #[arg(short, long, value_name = "NAME")]
    namespace: Option<String>,
    /// Also what `--in` needs: finding a pod, and exec into it.
    #[arg(long)]
    exec: bool,
    /// Also what `--as-job=run` needs: creating a Job, reading its log, and deleting it.
    #[arg(long)]
    job: bool,
}

/// The Role as a manifest.
pub(super) fn role(args: &RbacArgs) -> String {
    let (kind, metadata) = match &args.namespace {
        Some(namespace) => ("Role", format!("\n  namespace: {namespace}")),
        None => ("ClusterRole", String::new()),
    };
    let mut text = format!(
        "# Lets mtlsctl read what it needs. Bind it to the account that runs it, for \
         example:\n#   kubectl create {}binding mtlsctl-reader --{}=mtlsctl-reader \
         --user=NAME{}\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata:\n  \
         name: mtlsctl-reader{metadata}\nrules:\n",
        kind.to_lowercase(),
        kind.to_lowercase(),
        args.namespace.as_ref().map_or(String::new(), |namespace| format!(" -n {namespace}")),
    );
    let mut rule = |group: &str, resources: &[&str], verbs: &[&str]| {
        let list = |words: &[&str]| {
            let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            quoted.join(", ")
        };
        let _ = write!(
            text,
            "- apiGroups: [\"{group}\"]\n  resources: [{}]\n  verbs: [{}]\n",
            list(resources),
            list(verbs)
        );
    };
    for (group, resources, verbs) in rules() {
        rule(group, &resources, &verbs);
    }
    if args.exec || args.job {
        rule("", &["pods"], &["get", "list"]);
        rule("apps", &["deployments", "daemonsets", "statefulsets"], &["get"]);
    }
    if args.exec {
        // Over WebSocket the server requires `get`, and `create` from Kubernetes 1.30 on.
        rule("", &["pods/exec"], &["get", "create"]);
    }
    if args.job {
        rule("batch", &["jobs"], &["get", "create", "delete"]);
        rule("", &["pods/log"], &["get"]);
    }
    text
}
