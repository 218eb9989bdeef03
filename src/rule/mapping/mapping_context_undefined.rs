//! `tls` names a TLSContext that nothing defines.

use std::cell::LazyCell;

use crate::diagnostic::{Cause, Likeness, Names, Severity};
use crate::document::Change;
use crate::resource::TlsReference;
use crate::source::{Source, SourceOrigin};
use crate::world::{BadContext, Completeness, Reference, World};

use crate::rule::shared::fallback;
use crate::rule::{Findings, rule};

rule! {
    id: "mapping-context-undefined",
    severity: Error,
    summary: "`tls` names a TLSContext that does not exist",
    rows: [1, 2, 3, 4, 15],
    finds: "A Mapping, TCPMapping, AuthService or RateLimitService whose `tls` names a TLSContext \
            that nothing in the input defines. `tls: name.namespace` is looked up as that whole \
            name, so it finds nothing unless two namespaces define the name.",
    matters: "Ambassador continues without the context and shows the Mapping as Running. A service \
              without a scheme then gets plaintext, on port 80 unless it sets one; an `https://` \
              service gets TLS without a client certificate, and its certificate is not verified.",
    remedy: "Define the TLSContext, or correct the name. Contexts are global: the bare name is \
             enough, from any namespace. If it is defined elsewhere, pass `--external \
             'TLSContext/*/NAME'`.",
}

fn check(world: &World, found: &mut Findings) {
    let names =
        LazyCell::new(|| Names::of(world.contexts.iter().map(|context| context.name.as_str())));
    found.each_upstream(world, |upstream, found| {
        let Reference::Bad { name, why: BadContext::Undefined } = &upstream.reference else {
            return;
        };
        let mapping = world.mapping(upstream);
        let TlsReference::Named(tls) = &mapping.tls else { return };
        if world.settings.externals.iter().any(|external| external.names("TLSContext", name)) {
            return;
        }
        // A kustomization will give a context that name.
        if world.makes_context(name) {
            return;
        }
        let refused = world
            .resources
            .refusals
            .iter()
            .any(|refusal| refusal.object.kind == "TLSContext" && refusal.object.name == *name);
        let filed = world.filed_contexts();
        let foreign = filed.foreign.iter().chain(&filed.unwatched);
        let mut foreign = foreign.map(|&index| &world.resources.contexts[index].object);
        // One cause, one rule: those report why their context is missing.
        if refused || foreign.any(|object| object.name.value == *name) || is_boolean_word(name) {
            return;
        }
        let is_cluster = |source: &Source| matches!(source.origin, SourceOrigin::Cluster { .. });
        // Without contexts in the input, they are defined elsewhere; a cluster has all of them.
        let namespace = mapping.object.namespace();
        let elsewhere = world.completeness("TLSContext", namespace) != Completeness::Complete;
        let files = match world.sources.len() {
            _ if world.sources.iter().any(is_cluster) => "in the cluster".to_owned(),
            1 => "in this input".to_owned(),
            count => format!("in the {count} files given"),
        };
        let finding = found
            .at(tls, format!("no TLSContext is called `{name}` {files}"))
            .about(&mapping.object)
            .label("named here")
            .severity(if elsewhere { Severity::Warning } else { Severity::Error })
            .note(fallback(world, upstream));
        let by_bare_name = name.rsplit_once('.').and_then(|(bare, _)| world.context_named(bare));
        let near =
            by_bare_name.or_else(|| names.nearest(name).and_then(|name| world.context_named(name)));
        let only = match by_bare_name {
            Some(id) => {
                let context = world.context(id);
                let same = name.rsplit_once('.').is_some_and(|(_, own)| own == context.namespace);
                Some((context.name.as_str(), if same { Likeness::Typo } else { Likeness::Near }))
            }
            None => names.only(name),
        };
        let one = format!("TLSContext `{name}`, and there is none {files}");
        let finding = finding.because(Cause {
            verb: ("names", "name"),
            // A typo is one cause, even if it is copied; contexts defined elsewhere are another.
            many: match near {
                Some(_) => one.clone(),
                None => format!("TLSContexts that are not {files}"),
            },
            one,
            thing: name.clone(),
            help: "add them to the input; or, if contexts are defined elsewhere, pass `--external \
                   'TLSContext/*/*'`"
                .to_owned(),
        });
        let finding = match only {
            Some((meant, likeness)) => finding.fix_if(
                likeness == Likeness::Typo,
                format!("write `{meant}`"),
                [Change::set(tls.span, meant)],
            ),
            None => finding,
        };
        match near.map(|id| (world.context(id), world.context_place(id))) {
            Some((context, place)) if by_bare_name.is_some() => finding
                .also_maybe(place, "defined here")
                .note("contexts are found by their bare name, from any namespace")
                .help(format!("write `tls: {}`", context.name)),
            Some((context, place)) => finding
                .also_maybe(place, "a context with a similar name")
                .help(format!("did you mean `{}`?", context.name)),
            None => finding.help(format!(
                "add the TLSContext to the input, or correct the name; if it is defined \
                 elsewhere, pass `--external 'TLSContext/*/{name}'`"
            )),
        };
    });
}

/// `true` and `false` in quotes are another mistake, with its own rule.
fn is_boolean_word(name: &str) -> bool {
    matches!(name, "true" | "false" | "True" | "False")
}
