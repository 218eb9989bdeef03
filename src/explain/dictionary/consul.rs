//! Messages of Consul: its agent and Connect proxies, consul-k8s, and Ambassador's Consul
//! connector.

use crate::explain::matching::entry::{DictionaryEntry, Side, weight};

const E: DictionaryEntry = DictionaryEntry::of(
    "Consul",
    Side::Configuration,
    "Consul 1.8, its binary's texts, and 1.8 to 1.21 from its source and reports",
);

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    E.says(
        "consul/intention",
        &["connect: authz denied: {text}", "authz call denied", "connect: authz denied", "Matched intention: DENY", "connection denied by intention", "intention denied"],
        "Consul's intentions do not allow this service to reach that one. The built-in proxy \
         rejects the handshake (alert 42); Envoy as the proxy resets the connection or answers \
         403 (`RBAC: access denied`)",
        "`consul intention check SOURCE DESTINATION`; the source is the service of Ambassador's certificate (its SPIFFE id)",
    )
    .weight(weight::CAUSE)
    .by("Consul Connect's proxy of the upstream")
    .side(Side::Server)
    .other("the upstream's proxy read the certificate's SPIFFE id and denies it"),
    E.says(
        "consul/acl",
        &["Permission denied: token with AccessorID {text} lacks permission {detail}", "lacks permission service:write", "lacks permission {detail}", "ACL not found", "rpc error making call: Permission denied", "Unexpected response code: 403"],
        "the token sent to Consul does not allow this: a leaf certificate needs `service:write` on the service, \
         endpoints `service:read` and `node:read`",
        "give the connector (or the ConsulResolver's agent) a token with these permissions",
    )
    .by("Consul's agent"),
    E.says(
        "consul/leaf",
        &["URI must be either service or agent", "failed to get leaf certificate", "error fetching leaf certificate: {reason}", "Error generating leaf: {reason}", "CA is uninitialized", "error renewing intermediate", "CA not initialized", "failed persisting leaf certificate", "Connect must be enabled in order to use this endpoint", "Connect is disabled"],
        "Consul does not issue a leaf certificate: Connect is disabled, its CA is not ready, or \
         the request is rejected ({reason})",
        "set `enabled = true` under `connect` on the servers; check the CA with `consul connect \
         ca get-config`",
    )
    .rules(&["consul-connector-may-not-write"]),
    E.says(
        "consul/rate-limit",
        &["rate limit reached, try again later", "rate limit reached"],
        "Consul's CA is rate limited (`csr_max_per_second`)",
        "wait; it is retried",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "consul/connector-write",
        &["secrets {secret} is forbidden: User {user} cannot update resource {text}", "secrets {secret} is forbidden: User {user} cannot patch resource {text}", "secrets is forbidden: User {user} cannot create resource {text}", "failed to update secret {text}", "error updating secret {text}"],
        "the connector is not allowed to write the Secret that Ambassador's context names, so the \
         certificate in it expires within 72 hours; then handshakes fail with certificate_expired \
         (45)",
        "grant it `create`, `get`, `update` and `patch` on Secrets in that namespace",
    )
    .weight(weight::CAUSE)
    .by("Kubernetes' API server, to Ambassador's Consul connector")
    .rules(&["consul-connector-may-not-write", "consul-secret-name"]),
    E.says(
        "consul/no-agent",
        &["Get \"http://{address}/v1/{path}\": dial tcp {text}", "Put \"http://{address}/v1/{path}\": dial tcp {text}", "Get http://{address}/v1/{path}: dial tcp {text}", "Unexpected response code: 500 (No cluster leader)", "No cluster leader", "Consul agent is not reachable"],
        "Consul's agent at `{address}` was not reached, or has no leader: no endpoints and no certificates come from it",
        "check `_CONSUL_HOST` and the ConsulResolver's `address`; on nodes without an agent use the Service of the servers",
    )
    .rules(&["consul-connector-host-default"]),
    E.says(
        "consul/proxy-tls",
        &["public_listener", "public listener", "local_app"],
        "the line is from a Consul Connect proxy: `public_listener` is its inbound side, where \
         Ambassador is the client; `local_app` is the application behind it",
        "a failure on `public_listener` is about Ambassador's certificate (`ambassador-consul-connect`); one on `local_app` about the \
         application",
    )
    .by("Consul Connect's proxy (Envoy)")
    .side(Side::Server)
    .weight(weight::FRAME)
    .rules(&["consul-target-not-sidecar"]),
    E.says(
        "consul/peer-mismatch",
        &["peer certificate mismatch got {name}, want {wanted}", "peer certificate mismatch", "connect: invalid leaf certificate URI", "connect: invalid leaf certificate"],
        "the other side's certificate has no Consul SPIFFE id, or that of another service ({name} \
         instead of {wanted}): the address belongs to another proxy, or the certificate is not \
         from Consul",
        "find out which service's proxy listens there; Ambassador presents the certificate that \
         the connector writes to `ambassador-consul-connect`",
    )
    .weight(weight::CAUSE)
    .by("Consul Connect's built-in proxy"),
    E.says(
        "consul/waiting",
        &["Timeout waiting for certificates", "failed TLS verification", "connect: authz call failed: {reason}", "authz call failed"],
        "Consul's built-in proxy has no leaf and roots yet, cannot reach its agent, or does not \
         trust the client's certificate: the line's `error=` shows which",
        "check that Connect is enabled and that the agent answers `/v1/agent/connect/ca/roots`; \
         after the CA is replaced, both sides need new leaves",
    )
    .weight(weight::SPECIFIC)
    .by("Consul Connect's built-in proxy"),
    E.says(
        "consul/https-only",
        &["v1/{path}: Client sent an HTTP request to an HTTPS server"],
        "this Consul port uses HTTPS (8501), but Ambassador's resolver supports only plain HTTP",
        "give the ConsulResolver an address that serves HTTP (8500), such as a local agent",
    )
    .weight(weight::SPECIFIC),
    E.says(
        "consul/verify-incoming",
        &["rpc error making call: x509: {reason}", "Failed to verify TLS: {reason}", "[ERR] consul.rpc: failed to read byte: tls: {reason}", "agent.server.rpc: failed to read byte: {reason}", "VerifyServerHostname", "certificate is not valid for any names, but wanted to match server.{text}"],
        "TLS between Consul's own agents fails ({reason}): `verify_incoming`, \
         `verify_server_hostname`, or a CA that was replaced. Ambassador's upstreams are not \
         involved",
        "check Consul's own certificates (`consul tls cert create`)",
    )
    .weight(weight::GENERAL),
    E.says(
        "consul/server-certificate",
        &["AuthorizeServerConn failed certificate validation", "x509: certificate is valid for {text}, not server.{name}", "not in the cert's SANs"],
        "a Consul server rejects another server's certificate: with `verify_server_hostname` it \
         must have the name `server.DATACENTER.DOMAIN`. This is between Consul's agents and does \
         not affect upstreams",
        "issue the servers' certificates with `consul tls cert create -server`",
    )
    .side(Side::Server)
    .weight(weight::SPECIFIC)
    .seen("Consul 1.9 and 1.10; consul#11207"),
    E.says(
        "consul/auto-encrypt",
        &["No servers successfully responded to the auto-encrypt request", "AutoEncrypt.Sign"],
        "a Consul client got no certificate from the servers: their TLS is not trusted, `auto_encrypt.allow_tls` is off, or they are \
         not reached",
        "check the client's `ca_file`, and `allow_tls` on the servers",
    )
    .seen("Consul 1.5 to 1.13; consul#9178"),
    E.says(
        "consul/gossip",
        &["Encryption is configured but remote state is not encrypted", "Remote state is encrypted and encryption is not configured", "No installed keys could decrypt the message"],
        "Consul's gossip (memberlist) is encrypted on one side only, or with different keys; the \
         gossip key has nothing to do with TLS",
        "give all agents the same `encrypt` key",
    )
    .seen("Consul 1.8; consul#9178"),
];
