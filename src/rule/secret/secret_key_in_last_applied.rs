//! `kubectl apply` copied a Secret into its own annotation.

use crate::rule::{Findings, rule};
use crate::world::World;

rule! {
    id: "secret-key-in-last-applied",
    severity: Warning,
    summary: "an annotation holds a copy of the private key",
    finds: "A Secret with a private key and a `kubectl.kubernetes.io/last-applied-configuration` \
            annotation that copies its data.",
    matters: "Annotations are displayed, logged and backed up by tools that hide `data`. The copy \
              also stays when the key is rotated by something other than `kubectl apply`.",
    remedy: "Remove the annotation, replace the key if anyone may have seen the object, and create \
             Secrets with `kubectl create` or `kubectl apply --server-side`.",
}

fn check(world: &World, found: &mut Findings) {
    for secret in &world.resources.secrets {
        let Some(place) = secret.last_applied else { continue };
        let key =
            ["tls.key", "key.pem", "user.key"].into_iter().find(|key| secret.entry(key).is_some());
        let Some(key) = key else { continue };
        found
            .at(place, format!("an annotation of Secret `{}` copies its private key", *secret.object.name))
            .about(&secret.object)
            .label("contains the whole Secret as text")
            .note(format!("anyone who can read the object's metadata sees `{key}`"))
            .help("remove the annotation, and create Secrets with `kubectl apply --server-side` or `create`");
    }
}
