//! What a client's alert means in a server's or a listener's log, mostly about the server's
//! certificate.

/// What a server's `handshake_failure` may mean if the line does not show when it came. BoringSSL's
/// does: it adds `HANDSHAKE_FAILURE_ON_CLIENT_HELLO` if the alert answered the ClientHello.
pub(super) const HANDSHAKE_FAILURE: (&str, &str) = (
    "the server ended the handshake without giving a reason. If the alert answered the \
     ClientHello, the server has no version, cipher suite or group in common with the client, or \
     requires SNI; if it came after the server's certificate, the server required a client \
     certificate and got none that it accepts",
    "read the server's log; `mtlsctl probe` performs Envoy's handshake with this server and \
     distinguishes the two",
);

/// Cause and next step; `{own}` is the side that logs it: `the server` or `Ambassador's listener`.
pub(super) fn from_client(alert: u8) -> Option<(&'static str, &'static str)> {
    Some(match alert {
        0 | 90 => (
            "the client closed the connection cleanly before the handshake was complete",
            "find out why the client gave up; nothing is wrong on this side",
        ),
        40 => ("the client aborted the handshake without giving a reason", "read the client's log"),
        42 => (
            "the client does not accept the certificate that {own} presents",
            "read the client's log; compare the certificate's issuer, dates and names with what the client trusts",
        ),
        43 => (
            "the certificate that {own} presents may not be used by a server",
            "issue it with the extended key usage serverAuth, or with none",
        ),
        44 => (
            "the certificate of {own} is on the client's revocation list",
            "issue a new certificate",
        ),
        45 => (
            "the certificate that {own} presents, or one in its chain, has expired",
            "renew it; if it was renewed, reload the program that still uses the old one",
        ),
        46 => (
            "the client does not accept the certificate that {own} presents, and gives no reason: \
             browsers and Java do this for an untrusted one, Envoy if a required name is not in it",
            "read the client's log; serve the whole chain with the certificate, and add its CA on \
             the client",
        ),
        48 => (
            "the client does not trust the CA of the certificate that {own} presents, or an intermediate is missing from what \
             {own} sends",
            "add that CA on the client (for Ambassador as client: the context's `ca_secret`), or \
             make {own} send its whole chain",
        ),
        51 => (
            "the client could not verify the signature of {own}: key and certificate do not belong together",
            "check that the certificate and key belong together",
        ),
        70 => (
            "the client accepts none of the TLS versions of {own}",
            "allow TLS 1.2 and 1.3 on both sides",
        ),
        100 => (
            "{own} asked for a renegotiation, mostly to get a client certificate for one path, \
             and the client rejects it, as Envoy does",
            "ask for the client's certificate in the first handshake: for the whole virtual host, not for a path",
        ),
        80 => ("an internal error occurred in the client", "read the client's log"),
        _ => return None,
    })
}
