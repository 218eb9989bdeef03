//! What Envoy says about a request where no TLS code is at hand: its response flags and reset reasons.

/// Words of an access log or of a 503's body, and what is behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symptom {
    /// The flag (`%RESPONSE_FLAGS%`), or the reset reason with blanks, as in a response's body.
    pub words: &'static str,
    /// What Envoy means by it.
    pub what: &'static str,
    /// Why it happens with TLS to an upstream.
    pub cause: &'static str,
    /// What to do about it.
    pub next: &'static str,
}

const NEXT: &str = "`mtlsctl probe MAPPING` performs the same handshake and says where it ends";

const CLOSED_LATE: &str = "plaintext reached a port that wants TLS, or with TLS 1.3 the server refused the \
                           client's certificate after the handshake, where Envoy logs no reason";

/// Flags are met as they are; reset reasons also within a copied line.
const ALL: [Symptom; 8] = [
    Symptom {
        words: "UF",
        what: "Envoy's response flag for an upstream connection that failed: TCP or TLS did not come \
               about.",
        cause: "nothing listens there, a certificate was refused by either side, or both have no TLS \
                version or cipher suite in common; the access log's \
                %UPSTREAM_TRANSPORT_FAILURE_REASON% holds the TLS code",
        next: "explain that code: `mtlsctl explain CODE`; or let `mtlsctl probe MAPPING` find out",
    },
    Symptom {
        words: "UC",
        what: "Envoy's response flag for an upstream that closed the connection after it had come about.",
        cause: CLOSED_LATE,
        next: NEXT,
    },
    Symptom {
        words: "UPE",
        what: "Envoy's response flag for an answer that is not of the protocol it speaks (502).",
        cause: "ALPN chose h2 where Envoy's pool speaks HTTP/1.1, or the other way round",
        next: "take `h2` out of `alpn_protocols`, or set `grpc: true` on the Mapping of a gRPC service",
    },
    Symptom {
        words: "connection termination",
        what: "The upstream closed the connection after it had come about (response flag UC).",
        cause: CLOSED_LATE,
        next: NEXT,
    },
    Symptom {
        words: "remote connection failure",
        what: "The connection to the upstream did not come about (response flag UF).",
        cause: "nothing listens there, or the TLS handshake failed; a reason follows where there is a TLS \
                code for it",
        next: NEXT,
    },
    Symptom {
        words: "connection timeout",
        what: "TCP and TLS did not come about within the Mapping's `connect_timeout_ms` (response flag \
               UF).",
        cause: "a network policy drops packets, or the port takes connections and does not speak TLS",
        next: "check network policies, and that the Service has this port; `mtlsctl probe MAPPING` says \
               how far it gets",
    },
    Symptom {
        words: "connection failure",
        what: "The connection to the upstream did not come about (response flag UF).",
        cause: "nothing listens there, or the TLS handshake failed; a reason follows where there is a TLS \
                code for it",
        next: NEXT,
    },
    Symptom {
        words: "protocol error",
        what: "The upstream's answer is not of the protocol that Envoy speaks (response flag UPE, 502).",
        cause: "ALPN chose h2 where Envoy's pool speaks HTTP/1.1, or the other way round",
        next: "take `h2` out of `alpn_protocols`, or set `grpc: true` on the Mapping of a gRPC service",
    },
];

impl Symptom {
    /// What a flag, a reset reason, or a line that has one in it, is about.
    pub fn read(text: &str) -> Option<&'static Self> {
        let plain = text.trim().replace('_', " ").to_ascii_lowercase();
        ALL.iter().find(|known| match known.words.contains(' ') {
            true => plain.contains(known.words),
            false => known.words == text.trim(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_met_alone_and_reset_reasons_within_a_line() {
        let words = |text| Symptom::read(text).map(|known| known.words);
        let body = "upstream connect error or disconnect/reset before headers. reset reason: \
                    connection termination";
        for text in [body, "connection_termination", "Connection termination"] {
            assert_eq!(words(text), Some("connection termination"));
        }
        assert_eq!(words("remote_connection_failure"), Some("remote connection failure"));
        assert_eq!(words(" UF "), Some("UF"));
        assert_eq!(words("STUFF"), None);
        assert_eq!(words("uf"), None);
    }
}
