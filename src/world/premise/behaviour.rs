//! What differs between releases of Emissary, with a source for each difference.

/// A release: major, minor, patch.
type Number = (u32, u32, u32);

/// Something that Emissary does from or up to a certain release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Behaviour {
    /// A Mapping is routed only if a Host matches it.
    HostsRouteMappings,
    /// A Host's `mappingSelector` is used.
    MappingSelector,
    /// All labels of a `mappingSelector` must match, and also the host name, if the Mapping has
    /// one.
    StrictSelectors,
    /// The scheme of a TCPMapping's service is used.
    TcpScheme,
    /// v1 and v2 are converted to v3alpha1 before Emissary reads them; `tls: true` becomes
    /// `https://`.
    ConvertsToV3alpha1,
    /// Go reads annotations: those of every Ingress are used, documents may have `metadata` and
    /// `spec`, and a document that is not YAML invalidates only its own annotation, not the whole
    /// update.
    GoReadsAnnotations,
    /// The CRDs require that each label group of a Mapping has exactly one entry.
    OneLabelInGroup,
    /// `getambassador.io/v1` is served.
    ServesV1,
    /// `getambassador.io/v2` is served.
    ServesV2,
    /// `getambassador.io/v3alpha1` is served.
    ServesV3alpha1,
    /// CRDs of v1 and v2 are served only if enabled.
    OldCrdsAreOff,
    /// `ambassador/v0` and similar API versions are read from disk.
    FilesTakeAmbassadorGroup,
    /// AuthService with gRPC, RateLimitService and LogService need `protocol_version: v3`.
    NeedsProtocolV3,
    /// A LogService with an error is left out. Earlier releases crash because it has no cluster.
    LeavesOutFaultyLogService,
    /// The tracing driver `lightstep` was removed.
    RejectsLightstep,
    /// The tracing driver `opentelemetry` is supported.
    OpenTelemetry,
    /// `crl_secret` is read.
    RevocationLists,
    /// Secrets are always validated before they are used.
    ChecksSecrets,
    /// Secrets are validated before they are used if `AMBASSADOR_FORCE_SECRET_VALIDATION` is set.
    ForcedSecretCheck,
    /// A Secret that has only a `user.key` or `crl.pem` is kept.
    KeepsSecretsWithoutCertificate,
    /// `tlsSecret.namespace` of a Host is read.
    HostSecretNamespace,
    /// The `tls` block of Module `ambassador` creates contexts.
    AmbassadorModuleTls,
    /// `AMBASSADOR_ISTIO_SECRET_DIR` is supported.
    WatchesIstioCertificates,
    /// `redirect_cleartext_from` takes effect.
    RedirectsCleartext,
    /// IPv6 addresses keep their brackets, and characters that are invalid in host names are
    /// escaped.
    EscapesHostNames,
    /// Envoy sets ALPN from the HTTP version it uses if the context sets none.
    EnvoyOffersAlpn,
    /// Without a Host, TLSContexts that terminate TLS are ignored, and Emissary says so.
    TerminationNeedsHost,
    /// A TCPMapping with a `host` also opens its port with the certificate of a TLSContext whose
    /// `hosts` include it, not only with that of a Host.
    TcpMappingContexts,
    /// Of Hosts that share a `hostname` and terminate TLS, the first one is used.
    FirstTlsHostKeepsName,
    /// Of Hosts that share a `hostname` and terminate TLS, those with the first one's context are
    /// used.
    TlsHostsShareContext,
    /// Routes without a host are also grouped by the labels that Hosts select.
    GroupsBySelectedLabels,
    /// Shortened cluster names contain a digest of the whole name.
    DigestsLongNames,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct BehaviourRow {
    /// The behaviour.
    pub behaviour: Behaviour,
    /// The releases with the behaviour: the first one, and the first one without it again.
    pub releases: &'static [(Number, Option<Number>)],
    /// Tag and file of emissary-ingress/emissary that show it.
    pub source: &'static str,
}

const START: Number = (0, 0, 0);

/// All rows, in the order of [`Behaviour`]. Where the border is narrower than the tags named, the
/// releases in between were checked.
#[rustfmt::skip]
pub(super) static TABLE: [BehaviourRow; 32] = [
    row(Behaviour::HostsRouteMappings, &[((2, 0, 0), None)], "v2.0.4 python/ambassador/ir/irhost.py, matches_httpgroup; v1.14.4 envoy/v3/v3listener.py"),
    row(Behaviour::MappingSelector, &[((2, 0, 0), None)], "v2.0.4 python/ambassador/ir/irhost.py; v1.14.4 has no such field"),
    row(Behaviour::StrictSelectors, &[((3, 2, 0), None)], "v3.2.0 python/ambassador/ir/irutils.py, selector_matches, and irhost.py; v2.5.1 has not got it"),
    row(Behaviour::TcpScheme, &[((2, 0, 4), None)], "v2.0.4 python/ambassador/ir/irtcpmappinggroup.py, add_cluster_for_mapping; v1.14.4 passes allow_scheme=False"),
    row(Behaviour::ConvertsToV3alpha1, &[((2, 1, 0), None)], "v2.1.0 pkg/api/getambassador.io/v2/handwritten.conversion.go"),
    row(Behaviour::GoReadsAnnotations, &[((2, 1, 0), None)], "v2.1.0 pkg/snapshot/v1/annotations.go; v1.14.4 python/ambassador/fetch/resource.py, ingress.py"),
    row(Behaviour::OneLabelInGroup, &[((2, 0, 4), None)], "the CRDs of v1.14.4 and v2.0.4; v1.14.4 python/ambassador/envoy/v2/v2ratelimitaction.py leaves out the limit alone"),
    row(Behaviour::ServesV1, &[(START, Some((2, 0, 0))), ((2, 5, 1), Some((3, 0, 0))), ((3, 4, 0), None)], "the CRDs of v1.14.4, v2.5.0, v2.5.1, v3.3.1 and v3.4.0"),
    row(Behaviour::ServesV2, &[(START, Some((2, 0, 0))), ((2, 1, 0), None)], "the CRDs of v1.14.4, v2.0.5 and v2.1.0"),
    row(Behaviour::ServesV3alpha1, &[((2, 0, 4), None)], "the CRDs of v1.14.4 and v2.0.4"),
    row(Behaviour::OldCrdsAreOff, &[((4, 0, 1), None)], "v4.0.1 CHANGELOG.md and charts/emissary-crds/values.yaml, enableLegacyVersions"),
    row(Behaviour::FilesTakeAmbassadorGroup, &[(START, Some((2, 1, 0)))], "v1.14.4 and v2.1.0 python/ambassador/config/config.py, validate_object"),
    row(Behaviour::NeedsProtocolV3, &[((3, 0, 0), None)], "v3.0.0 python/ambassador/ir/irauth.py, irratelimit.py, irlogservice.py"),
    row(Behaviour::LeavesOutFaultyLogService, &[((3, 0, 0), None)], "v2.5.1 and v3.0.0 python/ambassador/ir/irlogservice.py, load_all"),
    row(Behaviour::RejectsLightstep, &[((3, 4, 0), None)], "v3.4.0 python/ambassador/ir/irtracing.py"),
    row(Behaviour::OpenTelemetry, &[((3, 5, 0), None)], "v3.5.0 pkg/api/getambassador.io/crds.yaml and python/ambassador/ir/irtracing.py"),
    row(Behaviour::RevocationLists, &[((2, 3, 0), None)], "v2.3.0 python/ambassador/ir/irtlscontext.py, resolve"),
    row(Behaviour::ChecksSecrets, &[((2, 2, 0), Some((2, 2, 2)))], "v2.2.0 cmd/entrypoint/secrets.go, checkSecret"),
    row(Behaviour::ForcedSecretCheck, &[((2, 2, 2), None)], "v2.2.2 cmd/entrypoint/secrets.go"),
    row(Behaviour::KeepsSecretsWithoutCertificate, &[((2, 1, 0), None)], "v1.14.4 and v2.1.0 python/ambassador/ir/ir.py, save_secret_info"),
    row(Behaviour::HostSecretNamespace, &[((2, 4, 0), Some((3, 0, 0))), ((3, 2, 0), None)], "v2.4.0, v3.1.0 and v3.2.0 python/ambassador/ir/irhost.py, setup"),
    row(Behaviour::AmbassadorModuleTls, &[(START, Some((2, 0, 0)))], "v1.14.4 and v2.0.4 python/ambassador/ir/irtls.py, load_all"),
    row(Behaviour::WatchesIstioCertificates, &[((1, 10, 0), None)], "v1.10.0 cmd/entrypoint/istiocert.go"),
    row(Behaviour::RedirectsCleartext, &[(START, Some((2, 0, 0)))], "v2.0.4 CHANGELOG.md, 2.0.0-ea"),
    row(Behaviour::EscapesHostNames, &[((2, 3, 1), None)], "v2.3.1 python/ambassador/utils.py, ParsedService; v1.14.4 python/ambassador/ir/irbasemapping.py"),
    row(Behaviour::EnvoyOffersAlpn, &[((1, 14, 0), None)], "v1.14.0 CHANGELOG.md (Envoy 1.15 to 1.17.3); Envoy 1.16 release notes"),
    row(Behaviour::TerminationNeedsHost, &[((2, 0, 0), None)], "v2.0.4 python/ambassador/ir/irhost.py, HostFactory.finalize"),
    row(Behaviour::TcpMappingContexts, &[((2, 4, 0), Some((3, 0, 0))), ((3, 2, 0), None)], "v2.3.2, v2.4.0, v3.1.0 and v3.2.0 python/ambassador/envoy/v3/v3listener.py, tlscontext_for_tcpmapping"),
    row(Behaviour::FirstTlsHostKeepsName, &[((2, 4, 0), Some((3, 0, 0))), ((3, 2, 0), Some((3, 5, 0)))], "v2.3.2, v2.4.0, v3.1.0, v3.2.0 and v3.5.0 python/ambassador/envoy/v3/v3listener.py, V3Chain.add_httphost"),
    row(Behaviour::TlsHostsShareContext, &[((3, 5, 0), None)], "v3.4.1 and v3.5.0 python/ambassador/envoy/v3/v3listener.py, V3Chain.add_httphost"),
    row(Behaviour::GroupsBySelectedLabels, &[((3, 8, 0), None)], "v3.7.2 and v3.8.0 python/ambassador/ir/irhttpmapping.py, _group_id"),
    row(Behaviour::DigestsLongNames, &[((3, 2, 0), None)], "v3.1.0 and v3.2.0 python/ambassador/ir/ir.py, finalize"),
];

const fn row(
    behaviour: Behaviour,
    releases: &'static [(Number, Option<Number>)],
    source: &'static str,
) -> BehaviourRow {
    BehaviourRow { behaviour, releases, source }
}

impl Behaviour {
    /// The row of the table, which is in the order of the enum (a test checks this).
    pub fn entry(self) -> &'static BehaviourRow {
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Profile;

    #[test]
    fn the_table_has_the_order_of_the_enum_and_a_source_in_each_row() {
        for (at, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.behaviour as usize, at, "{:?}", entry.behaviour);
            assert!(entry.source.contains('v') && !entry.releases.is_empty());
        }
    }

    #[test]
    fn a_behaviour_starts_with_its_first_release_and_not_one_earlier() {
        let has = |release: &str, behaviour| release.parse::<Profile>().unwrap().has(behaviour);
        // Each border with the release on either side of it.
        let borders = [
            (Behaviour::HostsRouteMappings, "1.14.4", "2.0.4"),
            (Behaviour::StrictSelectors, "3.1.0", "3.2.0"),
            (Behaviour::TcpScheme, "1.14.4", "2.0.4"),
            (Behaviour::OneLabelInGroup, "1.14.4", "2.0.4"),
            (Behaviour::ConvertsToV3alpha1, "2.0.5", "2.1.0"),
            (Behaviour::ServesV1, "2.5.0", "2.5.1"),
            (Behaviour::ServesV1, "3.3.1", "3.4.0"),
            (Behaviour::ServesV2, "2.0.5", "2.1.0"),
            (Behaviour::OldCrdsAreOff, "4.0.0", "4.0.1"),
            (Behaviour::NeedsProtocolV3, "2.5.1", "3.0.0"),
            (Behaviour::LeavesOutFaultyLogService, "2.5.1", "3.0.0"),
            (Behaviour::RejectsLightstep, "3.3.1", "3.4.0"),
            (Behaviour::OpenTelemetry, "3.4.1", "3.5.0"),
            (Behaviour::RevocationLists, "2.2.2", "2.3.0"),
            (Behaviour::ForcedSecretCheck, "2.2.1", "2.2.2"),
            (Behaviour::HostSecretNamespace, "2.3.2", "2.4.0"),
            (Behaviour::HostSecretNamespace, "3.1.0", "3.2.0"),
            (Behaviour::TcpMappingContexts, "2.3.2", "2.4.0"),
            (Behaviour::TcpMappingContexts, "3.1.0", "3.2.0"),
            (Behaviour::FirstTlsHostKeepsName, "2.3.2", "2.4.0"),
            (Behaviour::FirstTlsHostKeepsName, "3.1.0", "3.2.0"),
            (Behaviour::TlsHostsShareContext, "3.4.1", "3.5.0"),
            (Behaviour::GroupsBySelectedLabels, "3.7.2", "3.8.0"),
            (Behaviour::DigestsLongNames, "3.1.0", "3.2.0"),
            (Behaviour::WatchesIstioCertificates, "1.9.1", "1.10.0"),
            (Behaviour::EscapesHostNames, "2.3.0", "2.3.1"),
            (Behaviour::EnvoyOffersAlpn, "1.13.10", "1.14.0"),
        ];
        for (behaviour, before, since) in borders {
            assert!(!has(before, behaviour) && has(since, behaviour), "{behaviour:?} {since}");
        }
        let ends = [
            (Behaviour::ServesV1, "1.14.4", "2.0.4"),
            (Behaviour::ServesV1, "2.5.1", "3.0.0"),
            (Behaviour::HostSecretNamespace, "2.5.1", "3.0.0"),
            (Behaviour::TcpMappingContexts, "2.5.1", "3.0.0"),
            (Behaviour::FirstTlsHostKeepsName, "2.5.1", "3.0.0"),
            (Behaviour::FirstTlsHostKeepsName, "3.4.1", "3.5.0"),
            (Behaviour::AmbassadorModuleTls, "1.14.4", "2.0.4"),
            (Behaviour::RedirectsCleartext, "1.14.4", "2.0.4"),
            (Behaviour::ChecksSecrets, "2.2.1", "2.2.2"),
            (Behaviour::FilesTakeAmbassadorGroup, "2.0.5", "2.1.0"),
        ];
        for (behaviour, last, after) in ends {
            assert!(has(last, behaviour) && !has(after, behaviour), "{behaviour:?} {after}");
        }
    }
}
