//! The Consul connectors of the input, and whether they may write their Secrets.

use std::sync::Arc;

use crate::resource::{Role, RoleBinding};
use crate::world::World;
use crate::world::installation::is_sync;
use crate::world::secret::{Connector, WriteFault, connectors};

/// The verbs on the Secret that `kubectl apply` needs.
const NEEDED: [&str; 3] = ["get", "create", "patch"];

impl World {
    /// The Consul connectors of the input.
    pub fn connectors(&self) -> impl Iterator<Item = Connector<'_>> {
        connectors(&self.resources)
    }

    /// Whether a `mtlsctl consul sync` in the input writes this Secret, with the mesh's roots in
    /// `root-cert.pem`.
    pub fn brings_roots(&self, namespace: &str, name: &str) -> bool {
        self.connectors().any(|connector| {
            let containers = connector.workload.containers.iter();
            let mut words = containers.flat_map(|container| &container.command);
            is_sync(connector.workload)
                && connector.namespace == namespace
                && connector.secret == name
                && !words.any(|word| word == "--compat")
        })
    }

    /// Why a connector may not write its Secret; `None` if it may, and if the bindings and roles of
    /// the input do not show it.
    pub fn write_fault(&self, connector: &Connector<'_>) -> Option<WriteFault<'_>> {
        let own = connector.workload.object.namespace();
        let account = connector.workload.service_account.as_ref()?;
        let mut mine = Vec::new();
        let mut others = Vec::new();
        for binding in self.resources.role_bindings.iter().map(Arc::as_ref) {
            let named = binding.accounts.iter().filter(|bound| bound.name.value == account.value);
            for bound in named {
                let namespace = bound.namespace.as_ref().map(|namespace| namespace.as_str());
                match namespace.unwrap_or(binding.object.namespace()) == own {
                    true => mine.push(binding),
                    false => others.push(binding),
                }
            }
        }
        if mine.is_empty() {
            return others.first().map(|binding| WriteFault::OtherAccount(binding));
        }
        let reaches = |binding: &&RoleBinding| {
            binding.object.kind == "ClusterRoleBinding"
                || binding.object.namespace() == connector.namespace
        };
        let reaching: Vec<&RoleBinding> = mine.iter().copied().filter(reaches).collect();
        if reaching.is_empty() {
            return mine.first().map(|binding| WriteFault::OtherNamespace(binding));
        }
        let roles: Vec<Option<&Role>> = reaching.iter().map(|binding| self.role(binding)).collect();
        let known: Vec<&Role> = roles.iter().flatten().copied().collect();
        // A role that is not in the input may allow everything.
        if known.len() < roles.len() || known.iter().any(|role| role.is_aggregated) {
            return None;
        }
        let allowed = |verb: &&str| known.iter().any(|role| role.allows(verb, &connector.secret));
        let missing: Vec<&str> = NEEDED.into_iter().filter(|verb| !allowed(verb)).collect();
        let role = known.first()?;
        (!missing.is_empty()).then_some(WriteFault::Verbs(role, missing))
    }

    fn role(&self, binding: &RoleBinding) -> Option<&Role> {
        let (kind, name) = binding.role.as_ref()?;
        self.resources.roles.iter().map(Arc::as_ref).find(|role| {
            role.object.kind == *kind
                && role.object.name.value == *name
                && (kind == "ClusterRole" || role.object.namespace() == binding.object.namespace())
        })
    }
}
