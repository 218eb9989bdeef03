//! Contexts by name, and the objects they come from.

use crate::diagnostic::ObjectName;
use crate::resource::TlsContext;
use crate::source::Span;
use crate::world::World;
use crate::world::context::{Context, ContextId, ContextOrigin};
use crate::world::secret::SecretReference;

impl World {
    /// The context with this name, usable or not.
    pub fn context_named(&self, name: &str) -> Option<ContextId> {
        self.contexts.named(name)
    }

    /// The TLSContext that a context comes from.
    pub fn tls_context(&self, id: ContextId) -> Option<&TlsContext> {
        match self.context(id).origin {
            ContextOrigin::TlsContext(index) => Some(&self.resources.contexts[index]),
            _ => None,
        }
    }

    /// The contexts that come from TLSContexts, with those.
    pub fn tls_contexts(&self) -> impl Iterator<Item = (ContextId, &Context, &TlsContext)> {
        let all = self.contexts.unnoted().iter().enumerate();
        all.filter_map(|(index, context)| match context.origin {
            ContextOrigin::TlsContext(resource) => {
                Some((ContextId(index), context, &*self.resources.contexts[resource]))
            }
            _ => None,
        })
    }

    /// Where a context is defined.
    pub fn context_place(&self, id: ContextId) -> Option<Span> {
        match self.context(id).origin {
            ContextOrigin::TlsContext(index) => Some(self.resources.contexts[index].object.place()),
            ContextOrigin::Legacy { module, block } => {
                Some(self.resources.modules[module].legacy_contexts[block].name.key())
            }
            ContextOrigin::Host(index) => Some(self.resources.hosts[index].object.place()),
            ContextOrigin::Null => None,
        }
    }

    /// The object that a context comes from.
    pub fn context_object(&self, id: ContextId) -> ObjectName {
        let context = self.context(id);
        match context.origin {
            ContextOrigin::TlsContext(index) => self.resources.contexts[index].object.identity(),
            ContextOrigin::Legacy { module, .. } => {
                self.resources.modules[module].object.identity()
            }
            ContextOrigin::Host(index) => self.resources.hosts[index].object.identity(),
            ContextOrigin::Null => ObjectName {
                kind: "TLSContext".to_owned(),
                namespace: context.namespace.clone(),
                name: context.name.clone(),
            },
        }
    }

    /// The Secret that a reference of a TLSContext means, by the rules of Emissary's Python half.
    pub fn secret_reference(&self, context: &Context, written: &str) -> SecretReference {
        let module = self.module().and_then(|module| module.secret_namespacing.as_ref());
        let default = module.is_none_or(|said| said.value);
        let namespacing = context.secret_namespacing.unwrap_or(default);
        SecretReference::resolve(written, &context.namespace, namespacing)
    }
}
