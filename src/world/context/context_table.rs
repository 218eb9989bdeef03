//! The table of contexts: which one gets a name, and which are kept (`irtlscontext.py`).

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use crate::resource::{Looks, RedirectPort, Resources, TlsSettings};

use super::context::{Context, ContextId, ContextOrigin, ContextState};
use super::context_fault::{ContextFault, ContextFaultKind};
use super::context_resolution::resolve;
use crate::world::Shadowed;
use crate::world::installation::Storage;
use crate::world::premise::Environment;
use crate::world::secret::Namespacing;
use crate::world::secret::PodFiles;
use crate::world::secret::SecretStore;

/// The name that Emissary reserves for TLS without a client certificate.
pub(crate) const NULL_CONTEXT: &str = "no-cert-upstream";

/// Contexts in the order in which Emissary creates them.
#[derive(Debug, Default, Clone)]
pub(crate) struct ContextTable {
    /// All contexts, including those that lost their name.
    pub(crate) contexts: Vec<Context>,
    /// Names that lead to a context, in order of first use.
    pub(crate) names: Vec<(String, ContextId)>,
    /// Positions in `names`, and for every name ever used, the first context that had it.
    positions: HashMap<String, usize>,
    first_of_name: HashMap<String, ContextId>,
    redirect_from: Option<i64>,
}

/// The contexts of a world, as a slice.
#[derive(Debug, Clone)]
pub struct Contexts(Arc<ContextTable>);

impl Contexts {
    /// The context with this name, usable or not.
    pub(crate) fn named(&self, name: &str) -> Option<ContextId> {
        if name == NULL_CONTEXT {
            Looks::ALL_CONTEXTS.note();
        }
        self.0.filed(name)
    }

    /// The table itself, for routing.
    pub(crate) fn table(&self) -> &Arc<ContextTable> {
        &self.0
    }

    /// The contexts without recording the access: for callers that ignore the null context that
    /// traffic may add, or that record the access themselves.
    pub(crate) fn unnoted(&self) -> &[Context] {
        &self.0.contexts
    }
}

impl From<Arc<ContextTable>> for Contexts {
    fn from(table: Arc<ContextTable>) -> Self {
        Self(table)
    }
}

impl Deref for Contexts {
    type Target = [Context];

    fn deref(&self) -> &[Context] {
        Looks::ALL_CONTEXTS.note();
        &self.0.contexts
    }
}

impl<'c> IntoIterator for &'c Contexts {
    type Item = &'c Context;
    type IntoIter = std::slice::Iter<'c, Context>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl ContextTable {
    /// Whether the same names lead to the same contexts, with the same states, in both tables.
    pub(crate) fn names_alike(&self, other: &Self) -> bool {
        let alike = |(own, other): (&Context, &Context)| {
            own.name == other.name && own.is_good() == other.is_good()
        };
        self.names == other.names
            && self.contexts.len() == other.contexts.len()
            && self.contexts.iter().zip(&other.contexts).all(alike)
    }

    /// Index of a name in `names`.
    fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// The context filed under a name, usable or not.
    pub(crate) fn filed(&self, name: &str) -> Option<ContextId> {
        self.position(name).map(|at| self.names[at].1)
    }

    /// The usable context with this name (`has_tls_context`).
    pub(crate) fn usable(&self, name: &str) -> Option<ContextId> {
        self.filed(name).filter(|id| self.contexts[id.0].is_good())
    }

    /// Adds a context without filing it under its name.
    pub(crate) fn add(&mut self, context: Context) -> ContextId {
        let id = ContextId(self.contexts.len());
        self.first_of_name.entry(context.name.clone()).or_insert(id);
        self.contexts.push(context);
        id
    }

    /// The first context that ever had this name, in any state.
    pub(crate) fn once_named(&self, name: &str) -> Option<ContextId> {
        self.first_of_name.get(name).copied()
    }

    /// Files a context under a name, replacing the previous one.
    fn file(&mut self, name: String, id: ContextId) {
        match self.position(&name) {
            Some(at) => self.names[at].1 = id,
            None => {
                self.positions.insert(name.clone(), self.names.len());
                self.names.push((name, id));
            }
        }
    }

    /// `IR.save_tls_context`: the first usable context of a name keeps it, and a context whose
    /// redirect port differs from the first one's is dropped.
    pub(crate) fn save(&mut self, id: ContextId) -> bool {
        let name = self.contexts[id.0].name.clone();
        let mut valid = true;
        if self.usable(&name).is_some() {
            self.contexts[id.0].note(ContextFaultKind::Duplicate);
            valid = false;
        }
        let redirect = self.contexts[id.0].settings.redirect_cleartext_from.as_ref();
        if let Some(RedirectPort::Port(port)) = redirect.map(|redirect| &redirect.value) {
            let port = *port;
            match self.redirect_from {
                None => self.redirect_from = Some(port),
                Some(first) if first != port => {
                    self.contexts[id.0].note(ContextFaultKind::RedirectConflict { port });
                    valid = false;
                }
                Some(_) => {}
            }
        }
        if !valid {
            self.contexts[id.0].state = ContextState::Gone;
            return false;
        }
        self.file(name, id);
        true
    }

    /// Loads the legacy `tls` Module, then TLSContexts (`IR.__init__`).
    pub(crate) fn load(
        resources: &Resources,
        modules: &Storage,
        contexts: &Storage,
        environment: &Environment,
        own_namespace: &str,
        ambassador_module: Option<usize>,
    ) -> Self {
        let mut table = Self::default();
        table.contexts.reserve_exact(contexts.stored.len());
        // Up to 1.14 the `tls` block of Module `ambassador` replaces Module `tls`.
        let block = ambassador_module
            .filter(|&module| !resources.modules[module].legacy_contexts.is_empty());
        let module = modules.stored.iter().find(|module| module.name == "tls");
        if let Some(module) = block.or(module.map(|module| module.index)) {
            table.load_legacy(resources, module, own_namespace, environment);
        }
        for stored in &contexts.stored {
            let resource = &resources.contexts[stored.index];
            let mut context = Context::new(
                stored.name.to_string(),
                resource.object.namespace().to_owned(),
                ContextOrigin::TlsContext(stored.index),
            );
            context.settings = match expanded(&resource.settings, environment) {
                Cow::Borrowed(_) => Arc::clone(&resource.settings),
                Cow::Owned(settings) => Arc::new(settings),
            };
            table.set_up(context);
        }
        table
    }

    /// `IRTLSContext.setup`, then filing. A context with contradictory fields is never filed.
    pub(crate) fn set_up(&mut self, mut context: Context) -> Option<ContextId> {
        let settings = &context.settings;
        context.secret_namespacing = settings.secret_namespacing.as_ref().map(|own| own.value);
        context.hosts = settings.host_names().iter().map(|host| host.value.to_string()).collect();
        if context.secret.is_none() {
            context.secret = settings.secret.as_ref().map(|secret| secret.value.to_string());
        }
        let mut faults = Vec::new();
        if settings.cert_chain_file.is_some() && settings.private_key_file.is_none() {
            faults.push(ContextFaultKind::CertificateFileWithoutKey);
        }
        if context.secret.is_some() && settings.cert_chain_file.is_some() {
            faults.push(ContextFaultKind::SecretAndFile);
        }
        if !faults.is_empty() {
            faults.into_iter().for_each(|fault| context.note(fault));
            context.state = ContextState::Gone;
            self.add(context);
            return None;
        }
        let redirect = settings.redirect_cleartext_from.as_ref().map(|port| port.value.clone());
        if let Some(RedirectPort::NotAPort(written)) = redirect {
            context.reject(ContextFaultKind::RedirectNotAPort { written });
            Arc::make_mut(&mut context.settings).more_mut().redirect_cleartext_from = None;
        }
        let id = self.add(context);
        self.save(id).then_some(id)
    }

    fn load_legacy(
        &mut self,
        resources: &Resources,
        module: usize,
        own_namespace: &str,
        environment: &Environment,
    ) {
        let blocks = &resources.modules[module].legacy_contexts;
        let find = |name: &str| blocks.iter().position(|block| *block.name == name);
        let server = find("server").filter(|&server| blocks[server].enabled);
        let others = (0..blocks.len())
            .filter(|&block| *blocks[block].name != "server" && *blocks[block].name != "client");
        for block in server.into_iter().chain(others) {
            let origin = ContextOrigin::Legacy { module, block };
            let name = blocks[block].name.value.clone();
            let mut context = Context::new(name.to_string(), own_namespace.to_owned(), origin);
            let from = expanded(&blocks[block].settings, environment).into_owned();
            context.settings = Arc::new(from.of_legacy_server());
            let settings = &context.settings;
            let names_nothing = settings.secret.is_none()
                && settings.cert_chain_file.is_none()
                && settings.private_key_file.is_none();
            if names_nothing {
                context.secret = Some("ambassador-certs".to_owned());
            }
            if server == Some(block) {
                legacy_client(
                    &mut context,
                    find("client").map(|client| &blocks[client]),
                    environment,
                );
            }
            self.set_up(context);
            if server == Some(block)
                && let Some(context) = self.contexts.last_mut()
            {
                context.hosts = vec!["*".to_owned()];
            }
        }
    }

    /// `Config.safe_store` reports a second definition as an error but uses it.
    pub(crate) fn report_duplicate(&mut self, resources: &Resources, shadowed: Shadowed) {
        let key = |index: usize| resources.contexts[index].object.sort_key();
        let (winner, loser) = (key(shadowed.winner), key(shadowed.loser));
        let origin = ContextOrigin::TlsContext(shadowed.winner);
        if let Some(context) = self.contexts.iter_mut().find(|context| context.origin == origin) {
            let kind = ContextFaultKind::DefinedTwice { winner, loser };
            let name = resources.contexts[shadowed.winner].object.name.value.clone();
            context.faults.push(ContextFault { context: name.to_string(), kind });
        }
    }

    /// `IRAmbassador.finalize`: resolves every filed context and drops those that fail.
    pub(crate) fn resolve(
        &mut self,
        namespacing: &Namespacing,
        secrets: &mut SecretStore<'_>,
        files: &PodFiles<'_>,
    ) {
        for (_, id) in self.names.clone() {
            let context = &mut self.contexts[id.0];
            if !resolve(context, namespacing, secrets, files) {
                context.state = ContextState::Gone;
            }
        }
        self.names.retain(|(_, id)| self.contexts[id.0].is_kept());
        let names = self.names.iter().enumerate();
        self.positions = names.map(|(at, (name, _))| (name.clone(), at)).collect();
    }

    /// `IRTLSContext.null_context`: the built-in context, created on first use.
    pub(crate) fn null_context(&mut self, own_namespace: &str) -> ContextId {
        if let Some(id) = self.usable(NULL_CONTEXT) {
            return id;
        }
        let id = self.add(Context::new(
            NULL_CONTEXT.to_owned(),
            own_namespace.to_owned(),
            ContextOrigin::Null,
        ));
        self.file(NULL_CONTEXT.to_owned(), id);
        id
    }
}

/// The `client` block of a legacy Module, which can overwrite the server's Secret (#1331).
fn legacy_client(
    context: &mut Context,
    client: Option<&crate::resource::LegacyContext>,
    environment: &Environment,
) {
    let Some(client) = client.filter(|client| client.enabled) else { return };
    let from = expanded(&client.settings, environment).into_owned();
    let names_nothing = from.secret.is_none() && from.cacert_chain_file.is_none();
    let settings = Arc::make_mut(&mut context.settings);
    settings.ca_secret.clone_from(&from.secret);
    let more = settings.more_mut();
    more.cacert_chain_file.clone_from(&from.cacert_chain_file);
    more.cert_required.clone_from(&from.cert_required);
    if names_nothing {
        settings.secret = None;
        context.secret = Some("ambassador-cacert".to_owned());
    }
}

/// The settings with `$NAME` expanded in every text.
pub(crate) fn expanded<'s>(
    settings: &'s TlsSettings,
    environment: &Environment,
) -> Cow<'s, TlsSettings> {
    if !settings.texts().any(|text| text.value.contains('$')) {
        return Cow::Borrowed(settings);
    }
    let mut settings = settings.clone();
    for text in settings.texts_mut() {
        if text.value.contains('$') {
            text.value = environment.expand(&text.value).into();
        }
    }
    Cow::Owned(settings)
}
