//! A Consul connector without permission to write its Secret.

use crate::world::{World, WriteFault};

use crate::rule::{Findings, rule};

rule! {
    id: "consul-connector-may-not-write",
    severity: Warning,
    summary: "the Consul connector is not allowed to write its Secret",
    rows: [110],
    finds: "A Consul connector whose service account is bound, by the bindings and Roles of the \
            input, to less than it needs: another account, another namespace, or a Role without \
            `get`, `create` and `patch` on secrets. Nothing is reported if a Role is not in the \
            input or is aggregated.",
    matters: "The connector gets certificates from Consul and cannot store them. It logs the \
              failure and continues; Ambassador keeps the old ones until they expire, within three \
              days.",
    remedy: "Bind a Role with `get`, `create` and `patch` on secrets, in the namespace of the \
             Secret, to the connector's own account.",
}

fn check(world: &World, found: &mut Findings) {
    for connector in world.connectors() {
        let Some(fault) = world.write_fault(&connector) else { continue };
        let object = &connector.workload.object;
        let Some(account) = connector.workload.service_account.as_ref() else { continue };
        let (secret, namespace) = (&connector.secret, &connector.namespace);
        let message = format!("`{}` may not write Secret `{namespace}/{secret}`", account.value);
        let finding = found.at(account, message).about(object).label("the connector's account").note(
            "the connector logs the failure and continues; the stored certificate expires within \
             three days",
        );
        match fault {
            WriteFault::OtherAccount(binding) => {
                let bound = binding.accounts.iter().find(|bound| bound.name.value == account.value);
                let place = bound.map_or(binding.object.place(), |bound| {
                    bound.namespace.as_ref().map_or(bound.name.span, |namespace| namespace.span)
                });
                finding
                    .also(place, "bound to an account of another namespace")
                    .help(format!("write `namespace: {}` there", object.namespace()));
            }
            WriteFault::OtherNamespace(binding) => {
                finding
                    .also(
                        &binding.object,
                        format!("applies to `{}` only", binding.object.namespace()),
                    )
                    .help(format!("bind a Role in `{namespace}`"));
            }
            WriteFault::Verbs(role, missing) => {
                let rules = role.rules.iter();
                let mut about_secrets =
                    rules.filter(|rule| rule.resources.iter().any(|one| one == "secrets"));
                let verbs = about_secrets.next().and_then(|rule| rule.verbs.as_ref());
                let place = verbs.map_or(role.object.place(), |verbs| verbs.span);
                let missing: Vec<String> = missing.iter().map(|verb| format!("`{verb}`")).collect();
                finding
                    .also(place, format!("lacks {}", missing.join(", ")))
                    .help("`kubectl apply` needs `get`, `create` and `patch` on secrets");
            }
        }
    }
}
