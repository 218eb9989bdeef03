//! Configuration that makes Emissary's Python code raise an exception, so that the whole update is
//! lost.

use crate::world::{Behaviour, Crash, FreezeCause, World};

use crate::rule::{Findings, rule};

rule! {
    id: "configuration-crashes-ambassador",
    severity: Error,
    summary: "Ambassador cannot read the configuration at all, so no configuration change takes \
              effect",
    rows: [16],
    finds: "Configuration that makes Emissary's own code raise an exception while it reads the \
            configuration: a service with an unclosed `[`, an empty `service` or `prefix`, a \
            TCPMapping with port 0, two AuthServices that differ in their TLS, a default resolver \
            in the Module that does not exist while there is an AuthService or a similar service, \
            or (before 3.0) a TCP LogService with headers.",
    matters: "The schema accepts these. The exception aborts the whole update: no configuration \
              change takes effect until this is fixed, and a restarted pod has no configuration.",
    remedy: "Correct the object; the finding says how.",
}

fn check(world: &World, found: &mut Findings) {
    // `Config.handle_module` assumes `config`; up to 2.0 a Python schema drops such Modules first.
    for stored in &world.filed_modules().stored {
        let module = &world.resources.modules[stored.index];
        if module.has_config || !world.settings.profile.has(Behaviour::GoReadsAnnotations) {
            continue;
        }
        let name = &*module.object.name;
        found
            .at(
                &module.object,
                format!(
                    "Module `{name}` has no `config`, which makes Ambassador raise an \
                         exception"
                ),
            )
            .about(&module.object)
            .label("raises an exception")
            .note(
                "Emissary raises an AttributeError when it reads `config`, and the whole update \
                 is lost; the schema requires `config` only inside `spec` of v3alpha1",
            )
            .help("write `spec: {config: {}}`, or remove the Module");
    }
    for freeze in &world.freezes {
        let (Some(place), FreezeCause::Crash(crash)) = (freeze.place, &freeze.cause) else {
            continue;
        };
        let (what, help) = told(crash);
        found
            .at(place, format!("{what}, which makes Ambassador raise an exception"))
            .about_name(freeze.object.clone())
            .label("raises an exception")
            .note(format!("Emissary raises `{}`, and the whole update is lost", freeze.reason))
            .help(help);
    }
}

/// What is wrong, and what to do.
fn told(crash: &Crash) -> (&'static str, &'static str) {
    match crash {
        Crash::AuthFilterWithoutCluster => (
            "AuthServices with different TLS cannot be merged",
            "give all AuthServices the same `tls` and `proto`, or keep one of them",
        ),
        Crash::LogServiceWithoutCluster => (
            "the LogService has headers that Emissary rejects",
            "set `driver: http` and name each header, or remove `additional_log_headers`",
        ),
        Crash::ServiceMissing(_) => ("the service is empty", "name a service"),
        Crash::PrefixMissing => ("the prefix is empty", "name a prefix, at least `/`"),
        Crash::PortMissing => ("the port is 0", "name the port to listen on"),
        Crash::DriverConfigMissing => {
            ("the LogService has no `driver_config`", "write `driver_config: {}`")
        }
        Crash::AnnotationUnreadable => ("the annotation is not YAML", "correct the annotation"),
        Crash::ResolverUnknown(_) => {
            ("the default resolver is not defined", "define it, or name another one")
        }
        Crash::ServiceMalformed(_) => {
            ("the service has a broken IPv6 address", "write IPv6 addresses as `[::1]:8443`")
        }
    }
}
