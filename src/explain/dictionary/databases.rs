//! Messages of databases and brokers: PostgreSQL, MySQL, MongoDB, Redis, Kafka, and RabbitMQ with
//! Erlang's TLS.

use crate::explain::matching::entry::{DictionaryEntry, Grade, Side, weight};

const OTHER: DictionaryEntry =
    DictionaryEntry::of("a database", Side::Server, "from its source's texts and reports");
const WHO: &[&str] =
    &["mapping-context-undefined", "secret-missing", "context-without-certificate"];

pub(super) const ENTRIES: &[DictionaryEntry] = &[
    OTHER
        .by("a program in Erlang or Elixir (RabbitMQ, EMQX, ejabberd)")
        .side(Side::Either)
        .says(
            "erlang/peer-untrusted",
            &["bad_cert,unknown_ca", "bad_cert,selfsigned_peer", "bad_cert,invalid_issuer",
              "generated SERVER ALERT: Fatal - Unknown CA", "generated CLIENT ALERT: Fatal - Unknown CA"],
            "this side does not trust the other side's certificate: its CA is not in \
             `cacertfile`, it is self-signed, or an intermediate is missing",
            "add the CA to `cacertfile` of the side that generated the alert (RabbitMQ: `ssl_options.cacertfile`), with `depth` above the chain's length",
        )
        .in_server(
            "this server does not trust the client's certificate: its CA is not in `cacertfile`, \
             it is self-signed, an intermediate is missing, or `depth` is too small",
            "add the CA of Ambassador's certificate to `cacertfile` (RabbitMQ: `ssl_options.cacertfile`)",
        )
        .in_client(
            "this client does not trust the server's certificate: its CA is not in `cacertfile`, \
             it is self-signed, or an intermediate is missing",
            "add the CA to the client's `cacertfile`, or make the server send its whole chain",
        )
        .weight(weight::CAUSE + 5)
        .rules(&["secret-chain-order"]),
    OTHER
        .by("a program in Erlang or Elixir (RabbitMQ, EMQX, ejabberd)")
        .side(Side::Client)
        .says(
            "erlang/name",
            &["bad_cert,hostname_check_failed", "hostname_check_failed"],
            "the server's certificate does not have the name that this program asked for. Envoy under Ambassador does not compare names",
            "issue the certificate with that name, or set `server_name_indication`; for wildcards `customize_hostname_check`",
        )
        .weight(weight::CAUSE + 5),
    OTHER
        .by("a program in Erlang or Elixir (RabbitMQ, EMQX, ejabberd)")
        .side(Side::Either)
        .says(
            "erlang/expired",
            &["bad_cert,cert_expired", "generated SERVER ALERT: Fatal - Certificate Expired", "generated CLIENT ALERT: Fatal - Certificate Expired"],
            "the other side's certificate, or one in its chain, has expired",
            "renew it; if it was renewed, the other side still uses the old one",
        )
        .weight(weight::CAUSE + 5)
        .rules(&["certificate-expired"]),
    OTHER
        .by("a program in Erlang or Elixir (RabbitMQ, EMQX, ejabberd)")
        .side(Side::Server)
        .says(
            "erlang/no-certificate",
            &["no_client_certificate_provided", "certificate_required_no_certificate", "no_cert_received"],
            "this server requires a client certificate (`verify_peer` with `fail_if_no_peer_cert`) and the client sent none",
            "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
        )
        .weight(weight::CAUSE + 5)
        .other("the client presented no certificate")
        .rules(WHO),
    OTHER
        .by("a program in Erlang or Elixir (ssl)")
        .side(Side::Either)
        .says(
            "erlang/alert",
            &["TLS server: In state {state} at {text} generated SERVER ALERT: Fatal - {reason}", "generated SERVER ALERT: Fatal - {reason}", "TLS server: In state {state} received CLIENT ALERT: Fatal - {reason}", "received CLIENT ALERT: Fatal - {reason}",
              "tls_alert,unknown ca", "tls_alert,bad certificate", "tls_alert,certificate unknown", "tls_alert,handshake failure", "received SERVER ALERT: Fatal - {reason}", "generated CLIENT ALERT: Fatal - {reason}"],
            "Erlang's TLS ended with an alert ({reason}): `SERVER ALERT` was sent by the server \
             and `CLIENT ALERT` by the client, regardless of which side logs it",
            "see the alert; with `SERVER ALERT: Unknown CA` the server does not trust the \
             client's CA, with `CLIENT ALERT` it is the other way round. A trusted self-signed \
             client certificate also gets `Bad Certificate`",
        )
        .weight(weight::SPECIFIC),
    OTHER
        .by("PostgreSQL")
        .says(
            "postgres/certificate",
            &["connection requires a valid client certificate", "certificate authentication failed for user {user}", "client certificates can only be checked if a root certificate store is available"],
            "TLS was established, but PostgreSQL requires a client certificate \
             (`clientcert=verify-ca`, `cert` in pg_hba.conf) and got none, or one whose common \
             name is not the user's",
            "give that client a certificate; Ambassador's certificate is used only if \
             Ambassador's Envoy makes the TLS connection, which PostgreSQL supports from 17 on",
        )
        .weight(weight::CAUSE)
        .other("the client presented no certificate, or one for another user"),
    OTHER
        .by("PostgreSQL")
        .says(
            "postgres/no-request",
            &["invalid length of startup packet", "unsupported frontend protocol {version}", "received direct SSL connection request without ALPN protocol negotiation extension", "received direct SSL connection request"],
            "PostgreSQL begins TLS after an SSLRequest of its own protocol: Envoy's ClientHello on the open port is \
             not such a request, so `tls:` on a TCPMapping does not work before PostgreSQL 17, which requires ALPN \
             `postgresql`",
            "use a TCPMapping without `tls:` and let the client use TLS through it; for PostgreSQL 17 \
             set `alpn_protocols: postgresql`",
        )
        .weight(weight::CAUSE),
    OTHER
        .by("PostgreSQL")
        .says(
            "postgres/access",
            &["no pg_hba.conf entry for host {text}", "no pg_hba.conf entry for {text}", "pg_hba.conf rejects connection for host {text}"],
            "no line of PostgreSQL's pg_hba.conf matches this client: {text}. `no encryption` \
             (`SSL off`) at its end means that the client connected in plaintext, so `hostssl` \
             lines did not match",
            "add a line for it, or let the client use TLS (`sslmode=require`) through a TCPMapping without `tls:`",
        )
        .weight(weight::CAUSE),
    OTHER
        .by("PostgreSQL")
        .says(
            "postgres/handshake",
            &["could not accept SSL connection: {reason}", "could not accept SSL connection"],
            "PostgreSQL could not complete the handshake with a client: {reason}",
            "see the text after it; an alert in it is the client's, about PostgreSQL's certificate",
        )
        .weight(weight::FRAME + 5),
    OTHER
        .by("Redis, NATS, RabbitMQ, Kafka, MySQL or MongoDB")
        .says(
            "databases/tls",
            &["Error accepting a client connection: error:{number}:{reason}", "Error accepting a client connection: {reason}", "TLS handshake error: {reason}",
              "Bad TLS handshake", "SSL connection error: SSL is required but the server doesn't support it", "TLS required for cluster", "SSLHandshakeFailed", "peer certificate validation failed: {reason}", "SSL peer certificate validation failed: {reason}"],
            "a server of another protocol could not complete the handshake with a client: {reason}",
            "see the text after it; servers that send first (NATS, MySQL, SMTP) begin in \
             plaintext, which `tls:` in Envoy does not support",
        )
        .weight(weight::GENERAL - 5),
    OTHER
        .by("MongoDB")
        .says(
            "mongodb/plaintext",
            &["The server is configured to only allow SSL connections"],
            "a client sent plaintext to a MongoDB that requires TLS (`net.tls.mode: requireTLS`)",
            "give the TCPMapping a `tls:` context, or let the client use TLS through one without",
        )
        .weight(weight::CAUSE)
        .other("the client sends plaintext")
        .rules(&["mapping-context-undefined"])
        .seen("MongoDB 3.4 to 4.2, from reports"),
    OTHER
        .by("MongoDB on macOS (mongosh, mongod)")
        .side(Side::Either)
        .says(
            "mongodb/untrusted-macos",
            &["Certificate trust failure: CSSMERR_TP_NOT_TRUSTED", "CSSMERR_TP_CERT_EXPIRED", "Certificate trust failure: {reason}"],
            "macOS does not trust the other side's certificate: its CA is not given (`--tlsCAFile`), or it has expired",
            "pass the CA that issued it with `--tlsCAFile`",
        )
        .weight(weight::CAUSE)
        .seen("MongoDB 4.2, from reports"),
    OTHER
        .by("MySQL")
        .side(Side::Configuration)
        .says(
            "mysql/self-signed-ca",
            &["CA certificate {file} is self signed"],
            "MySQL created its own CA and certificates when it started. Roots are self-signed, so \
             this is not an error. Clients that verify need that `ca.pem`",
            "give the file to clients that verify, or give MySQL certificates from your CA",
        )
        .grade(Grade::Note)
        .seen("MySQL 5.7 and 8.0"),
    OTHER
        .by("psql, or another client with libpq")
        .side(Side::Client)
        .says(
            "postgres/name",
            &["server certificate for {name} does not match host name {wanted}", "server certificate for {name} (and {text}) does not match host name {wanted}"],
            "libpq with `sslmode=verify-full` requires the name {wanted} in PostgreSQL's \
             certificate, which has {name}. Envoy under Ambassador does not compare names",
            "issue the certificate for that name, or connect by a name that it has",
        )
        .weight(weight::CAUSE)
        .seen("libpq 9.6 to 17"),
    OTHER
        .by("psql, or another client with libpq")
        .side(Side::Client)
        .says(
            "postgres/no-tls",
            &["server does not support SSL, but SSL was required"],
            "PostgreSQL answered that it does not support TLS (`ssl = off`), but the client \
             requires it (`sslmode=require`)",
            "set `ssl = on` with a certificate in PostgreSQL; a TCPMapping with `tls:` does not help, since PostgreSQL begins in plaintext",
        )
        .weight(weight::CAUSE)
        .seen("libpq 9.6 to 17"),
    OTHER
        .by("PostgreSQL, or libpq")
        .side(Side::Configuration)
        .says(
            "postgres/key-permissions",
            &["private key file {file} has group or world access", "private key file {file} must be owned by {text}"],
            "PostgreSQL rejects a private key that other users can read: `{file}`, often a \
             mounted Secret",
            "set `defaultMode: 0600` (0640 with `fsGroup`, owned by root) on the volume, or copy \
             the key at startup",
        )
        .weight(weight::CAUSE)
        .rules(&["volume-mode-unreadable"])
        .seen("PostgreSQL 9.6 to 17"),
    OTHER
        .by("Kafka")
        .says(
            "kafka/not-tls",
            &["SSL handshake failed caused by Unexpected content: {number}", "caused by Unexpected content: {number}"],
            "the data on Kafka's TLS port is not TLS: the client uses PLAINTEXT or SASL_PLAINTEXT",
            "let the client use `security.protocol=SSL` (or SASL_SSL), or use the plaintext \
             listener; a TCPMapping to a TLS listener needs `tls:` if its clients use plaintext",
        )
        .weight(weight::CAUSE)
        .other("the client sends plaintext")
        .rules(&["mapping-context-undefined"])
        .seen("Kafka 2.6, from reports"),
    OTHER
        .by("Kafka")
        .says(
            "kafka/not-sasl",
            &["Unexpected Kafka request of type {type} during SASL handshake"],
            "a client connected to a SASL listener without SASL; TLS did not fail",
            "let the client use `security.protocol=SASL_SSL` or SASL_PLAINTEXT, or use another \
             listener",
        )
        .weight(weight::SPECIFIC)
        .seen("Kafka 3.3, from reports"),
    OTHER
        .by("Kafka")
        .says(
            "kafka/failed-authentication",
            &["Failed authentication with {client} (errorMessage=SSL handshake failed caused by {reason})", "SSL handshake failed caused by {reason}"],
            "a Kafka TLS handshake failed: {reason}",
            "see the text after `caused by`",
        )
        .side(Side::Either)
        .weight(weight::GENERAL - 5)
        .seen("Kafka 2.6 and later, from reports"),
    OTHER
        .by("MongoDB")
        .says(
            "mongodb/no-certificate",
            &["no SSL certificate provided by peer; connection rejected", "no SSL certificate provided by peer"],
            "MongoDB requires a client certificate (`net.tls.CAFile` without `allowConnectionsWithoutCertificates`) and the client \
             sent none",
            "`mtlsctl resolve NAME -f manifests` shows what Ambassador presents to this upstream",
        )
        .weight(weight::CAUSE)
        .other("the client presented no certificate")
        .rules(WHO),
    OTHER
        .by("Oracle's client")
        .side(Side::Client)
        .says(
            "oracle/tls",
            &["ORA-29024: {reason}", "ORA-28860: {reason}", "ORA-28862: {reason}", "ORA-29024", "ORA-28860"],
            "Oracle's client could not complete the handshake: ORA-29024, it does not trust the \
             server's certificate (its wallet lacks the CA or an intermediate); ORA-28860 and \
             ORA-28862, they have no version or suite in common, or the server ended it",
            "put the CA's certificates (not the server's own) into the wallet; compare TLS versions",
        )
        .weight(weight::CAUSE)
        .seen("Oracle 12 to 19, from reports"),
];
