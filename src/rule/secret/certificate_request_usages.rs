//! A cert-manager Certificate whose usages do not include the one it is used for.

use crate::rule::shared::requested;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "certificate-request-usages",
    severity: Warning,
    summary: "a requested certificate does not have the usage it is used for",
    finds: "A cert-manager Certificate whose `usages` contain extended usages, but not the one it \
            needs: `client auth` where a context of a Mapping presents it to servers, `server \
            auth` where a Host terminates TLS with it. Also a Secret that OpenShift creates for a \
            Service (annotation `service.beta.openshift.io/serving-cert-secret-name`), which is \
            for servers only, where it is presented to servers.",
    matters: "A server that asks for a client certificate rejects one that is for servers only. It \
              is a warning because most servers do not ask.",
    remedy: "Add the usage, or leave `usages` out: cert-manager then asks for no extended usage.",
}

fn check(world: &World, found: &mut Findings) {
    for one in requested(world, "secret") {
        let upstream = world.users(one.id).next().is_some();
        let (usage, peers, consequence) = match (upstream, world.terminates(one.id)) {
            (true, _) if one.request.excludes("client auth") => {
                ("client auth", "servers", "those that ask for a certificate reject it")
            }
            (_, true) if one.request.excludes("server auth") => {
                ("server auth", "clients", "strict ones, such as browsers, reject it")
            }
            _ => continue,
        };
        let Some(usages) = &one.request.usages else { continue };
        let name = &*one.object.name;
        let finding = if one.object.kind == "Service" {
            found
                .at(
                    usages,
                    format!("OpenShift's certificate for Service `{name}` is for servers only"),
                )
                .label("creates this Secret")
                .help("use a certificate from another CA, with `client auth` among its usages")
        } else {
            found
                .at(usages, format!("the Certificate `{name}` does not ask for `{usage}`"))
                .label("decides what the certificate is for")
                .help(format!("add `{usage}` to `usages`, or leave `usages` out"))
        };
        finding.about(one.object).note(format!("it is presented to {peers}, and {consequence}"));
    }
}
