//! A generated Secret whose real name ends in a hash.

use crate::diagnostic::Severity;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "secret-name-hashed",
    severity: Severity::Error,
    summary: "a context names a generated Secret, whose real name gets a hash",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/secret-name-hashed/bad.yaml"),
    good: include_str!("../../../testdata/rule/secret-name-hashed/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for (_, context, resource) in world.tls_contexts() {
        for lookup in &context.lookups {
            let reference = &lookup.reference;
            let (namespace, name) = (&reference.namespace, &reference.name);
            let mut makers =
                world.resources.promises.iter().filter(|promise| promise.covers(namespace, name));
            let Some(maker) = makers.next() else { continue };
            // Another one that makes it under its plain name is what the context gets.
            let plain = makers.any(|promise| !promise.is_hashed);
            let field = resource.settings.material().find(|field| field.name() == lookup.field);
            let Some(field) = field.filter(|_| maker.is_hashed && !plain) else { continue };
            if world.secret(namespace, name).is_some() {
                continue;
            }
            found
                .at(field, format!("the Secret will be called `{name}-HASH`, not `{name}`"))
                .about(&resource.object)
                .label("not followed by `kustomize`")
                .also(&maker.secret, "generated under this name with a hash")
                .note(
                    "`kustomize` corrects the name in fields that it knows, and those of a \
                     TLSContext are not among them: Ambassador does not find the Secret",
                )
                .help("set `options: {disableNameSuffixHash: true}` for it")
                .help("or add a `nameReference` for TLSContext to `configurations`");
        }
    }
}

const EXPLAIN: &str = "\
What it finds
A `secret`, `ca_secret` or `crl_secret` of a TLSContext that names a Secret of a `secretGenerator`,
without `disableNameSuffixHash` and without `configurations` in the kustomization.

Why it matters
`kustomize` appends a hash of the content to the name, and corrects references in the fields it
knows: volumes and variables of pods, but not a TLSContext. Ambassador looks for a Secret that does
not exist and throws the context away.

How to fix it
Turn the hash off for this Secret, or tell `kustomize` about the field with a `nameReference`.
";
