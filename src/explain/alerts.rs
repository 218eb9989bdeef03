//! What a client says with an alert: of the server's certificate, in a server's or a listener's log.

/// Cause and next step; `{own}` is the side that logs it, `the server` or `Ambassador's listener`.
pub(super) fn from_client(alert: u8) -> Option<(&'static str, &'static str)> {
    Some(match alert {
        0 | 90 => (
            "the client closed in an orderly way before it was done",
            "see why the client gave up; nothing is wrong here",
        ),
        40 => ("the client ended the handshake without saying why", "read the client's log"),
        42 => (
            "the client does not accept the certificate that {own} presents",
            "read the client's log; compare the certificate's issuer, dates and names with what the client trusts",
        ),
        43 => (
            "the certificate that {own} presents may not be used by a server",
            "issue it with the extended key usage serverAuth, or with none",
        ),
        44 => (
            "the client holds a revocation list with the certificate of {own} on it",
            "issue a new certificate",
        ),
        45 => (
            "the certificate that {own} presents has expired, or one of its chain",
            "renew it; if it was renewed, reload the program that still holds the old one",
        ),
        46 => (
            "the client does not accept the certificate that {own} presents, and says no more: browsers and Java say so of an \
             untrusted one, Envoy where a demanded name is not in it",
            "read the client's log; put the whole chain beside the certificate, and give the client its CA",
        ),
        48 => (
            "the client does not trust the CA of the certificate that {own} presents, or an intermediate is missing from what \
             {own} sends",
            "give the client that CA (for Ambassador as client: the context's `ca_secret`), or let {own} send its whole chain",
        ),
        51 => (
            "the client could not verify the signature of {own}: key and certificate do not belong together",
            "check that certificate and key are a pair",
        ),
        70 => (
            "the client takes none of the TLS versions that {own} chose",
            "allow TLS 1.2 and 1.3 on both sides",
        ),
        100 => (
            "{own} asked for a second handshake, mostly to get a client certificate for one path, and the client refuses, as \
             Envoy does",
            "ask for the client's certificate in the first handshake: for the whole virtual host, not for a path",
        ),
        80 => ("something broke inside the client", "read the client's log"),
        _ => return None,
    })
}
