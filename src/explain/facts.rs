//! Facts in a line besides its cause: which side wrote it, and about which upstream.

use crate::explain::matching::clean::Cleaned;
use crate::explain::matching::entry::Side;

/// The context of the cause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The side that wrote the line, if it can be determined.
    pub(super) side: Option<Side>,
    /// Whether it is one of Envoy's listeners.
    pub(super) is_listener: bool,
    /// Host and port of the upstream.
    pub(super) upstream: Option<String>,
}

/// Phrases of a side that accepts a connection.
const SERVER: &[&str] = &[
    "while ssl handshaking, client",
    "while waiting for request, client",
    "client ssl certificate verify error",
    "tls handshake error from",
    "rejected connection",
    "nioendpoint",
    "https-jsse-nio",
    "socketserver listenertype",
    "aspnetcore.server.kestrel",
    "did not trust this servers certificate",
    "uncaught exception from the onconnectionasync",
    "ssl handshaking, client:",
    "http: tls handshake error from",
    "downstream transport failure reason",
    "downstream local",
    "listener.",
    "listener manager",
    "inbound|",
    "public listener",
    "ssl accept",
    "ssl3 get client hello",
    "tls process client hello",
    "tls early post process client hello",
    "tls post process client hello",
    "tls process client certificate",
    "ssl3 get client certificate",
    "tls process cke",
    "tls choose sigalg",
    "tlsclienterror",
    "error accepting a client connection",
    "could not accept ssl connection",
    "ah02008",
    "ah02039",
    "ssl library error",
    "generated server alert",
    "received client alert",
    "ssl handshake failure (",
    "client sent",
    "accepting connection",
    "handshake with client",
    "from client ",
    "request from client",
    "client requested unsupported",
    "failed to complete security handshake",
    "serverhandshake(",
    " - cid:",
    "starttls=server",
    "postfix/smtpd",
    "ssl s server",
];

/// Phrases of a side that opens a connection.
const CLIENT: &[&str] = &[
    "to upstream",
    "upstream ssl certificate",
    "write eproto",
    "transport: authentication handshake failed",
    "unable to connect to the server",
    "unable to access ",
    "error trying to connect",
    "client error (connect)",
    "error(connect,",
    "failed to dial",
    "proxy.upstream",
    "psql: ",
    "libpq",
    "error 2026",
    "(in), tls alert",
    "(out), tls alert",
    "error response from daemon",
    "the ssl connection could not be established",
    "error from server (internalerror)",
    "upstream connect error",
    "transport failure reason",
    "upstream transport failure reason",
    "upstream reset before response started",
    "cluster.",
    "cluster https",
    "cluster http ",
    "outbound|",
    "ssl connect",
    "ssl3 get server",
    "tls process server certificate",
    "tls process server hello",
    "tls process ske",
    "curl:",
    "curl error",
    "cannot connect to host",
    "starttls=client",
    "ssl certificate verify result",
    "dial tcp",
    "get https://",
    "post https://",
    "httpsconnectionpool",
    "fetch failed",
    "in connection to",
    "i/o error on get request",
    "handshake with server",
    "connect error",
    "verify return code",
    "verify error:num",
    "ssl s client",
    "generated client alert",
    "received server alert",
    "while dialing",
    "failed calling webhook",
    "upstream host",
];

/// Extracts them.
pub(super) fn facts(line: &Cleaned) -> Facts {
    let holds = |words: &&str| line.folded.contains(*words);
    let is_downstream = [
        "downstream transport failure reason",
        "downstream ",
        "listener.",
        "listener manager",
        "filter chain",
    ]
    .iter()
    .any(holds);
    let upstream = upstream_of(&line.quoted);
    let server = SERVER.iter().any(holds);
    let client = CLIENT.iter().any(holds) || upstream.is_some();
    let upstream_reason = line.folded.contains("upstream transport failure reason")
        && !line.folded.contains("upstream transport failure reason:-")
        && !line.folded.contains("upstream transport failure reason:null");
    let side = match (server, client) {
        (true, false) => Some(Side::Server),
        (false, true) => Some(Side::Client),
        // A line about the connection to an upstream also names the client.
        (true, true) if line.folded.contains("to upstream") || upstream_reason => {
            Some(Side::Client)
        }
        (true, true) => Some(Side::Server),
        (false, false) => None,
    };
    let is_listener = side == Some(Side::Server) && is_downstream;
    Facts { side, is_listener, upstream }
}

/// `"upstream_host":"10.0.0.7:443"`, nginx's `upstream: "https://10.0.0.7:443/"`, or the last address in
/// quotes of an access log.
pub(super) fn upstream_of(line: &str) -> Option<String> {
    for key in ["upstream_host", "upstreamHost", "upstream_address", "upstream:"] {
        if let Some(at) = line.find(key) {
            let rest = line[at + key.len()..].trim_start_matches(['"', '\'', ':', '=', ' ']);
            let rest = rest.trim_start_matches("https://").trim_start_matches("http://");
            let end = rest.find(['"', '\'', ',', ' ', '/', '}']).unwrap_or(rest.len());
            if is_address(&rest[..end]) {
                return Some(rest[..end].to_owned());
            }
        }
    }
    if !line.contains("HTTP/") && !line.contains("\"- - -\"") {
        return None;
    }
    let quoted = line.split('"').skip(1).step_by(2);
    quoted.filter(|text| is_address(text)).last().map(str::to_owned)
}

/// The cluster that a line names: Emissary's own begin with `cluster_`, a sidecar's with `outbound|`.
pub(super) fn cluster_of(line: &str) -> Option<&str> {
    let begins = ["cluster_", "outbound|"];
    let at = begins.iter().filter_map(|begin| line.find(begin)).min()?;
    let rest = &line[at..];
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '|'));
    let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
    (name.len() > "cluster_name".len()).then_some(name)
}

/// Whether a text is an IP address with a port.
fn is_address(text: &str) -> bool {
    text.parse::<std::net::SocketAddr>().is_ok()
}
