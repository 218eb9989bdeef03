//! Protocols that start TLS after a plaintext exchange.

use std::fmt;

/// A protocol that starts in plaintext, by the name of its flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartTls {
    /// PostgreSQL: the client sends an SSLRequest, and the server answers with one byte.
    Postgres,
    /// MySQL and MariaDB: the server sends a greeting, and the client an SSLRequest.
    Mysql,
    /// NATS: the server sends an INFO line, followed by TLS.
    Nats,
    /// SMTP: greeting, EHLO, STARTTLS.
    Smtp,
    /// IMAP: greeting, STARTTLS.
    Imap,
    /// LDAP: the client sends an extended request.
    Ldap,
}

impl StartTls {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Postgres, Self::Mysql, Self::Nats, Self::Smtp, Self::Imap, Self::Ldap];

    /// The value of `--starttls`.
    pub fn flag(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
            Self::Nats => "nats",
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::Ldap => "ldap",
        }
    }

    /// The protocol whose greeting this is, judged by the first bytes from the server; `None` if
    /// unknown.
    pub fn greeting(first: &[u8]) -> Option<Self> {
        match first {
            [b'I', b'N', b'F', b'O', b' ', b'{', ..] => Some(Self::Nats),
            [b'2', b'2', b'0', b' ' | b'-', ..] => Some(Self::Smtp),
            [b'*', b' ', b'O', b'K', ..] => Some(Self::Imap),
            // Length, sequence number 0, protocol version 10, then the server's version as text; or an
            // error packet, such as "Host … is not allowed to connect".
            [_, _, 0, 0, 0x0a, b'0'..=b'9', ..] | [_, _, 0, 0, 0xff, _, 4, ..] => Some(Self::Mysql),
            _ => None,
        }
    }
}

impl fmt::Display for StartTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MySQL",
            Self::Nats => "NATS",
            Self::Smtp => "SMTP",
            Self::Imap => "IMAP",
            Self::Ldap => "LDAP",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_are_distinguished() {
        let mysql = b"\x4a\x00\x00\x00\x0a8.0.36\x00";
        for (first, whose) in [
            (&mysql[..], Some(StartTls::Mysql)),
            (b"INFO {\"tls_required\":true}\r\n", Some(StartTls::Nats)),
            (b"220 mail ESMTP\r\n", Some(StartTls::Smtp)),
            (b"* OK IMAP4rev1\r\n", Some(StartTls::Imap)),
            (b"HTTP/1.1 400 Bad Request\r\n", None),
            (b"SSH-2.0-OpenSSH_9.2\r\n", None),
            (b"\x00\x00\x12\x04\x00\x00", None),
            (b"", None),
        ] {
            assert_eq!(StartTls::greeting(first), whose, "{first:?}");
        }
    }
}
