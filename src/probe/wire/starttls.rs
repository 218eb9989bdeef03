//! The plaintext exchange of protocols that start TLS later.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::probe::target::StartTls;

/// PostgreSQL's SSLRequest: length 8, and a number that is not a version (protocol 3.0, message
/// formats).
pub(crate) const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
/// LDAP's extended request for StartTLS (RFC 4511, 4.14.1): message 1 with the name 1.3.6.1.4.1.1466.20037.
const LDAP_REQUEST: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
/// Answers are short; a longer one is from another protocol.
const MOST: usize = 8 * 1024;

/// Makes the server expect a ClientHello.
///
/// # Errors
/// The server refuses, with its own message if it has one.
pub(crate) async fn ask<S>(kind: StartTls, stream: &mut S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match kind {
        StartTls::Postgres => {
            stream.write_all(&SSL_REQUEST).await?;
            match stream.read_u8().await? {
                b'S' => Ok(()),
                b'N' => Err(said("the server has TLS disabled")),
                _ => Err(said("the server's answer is not PostgreSQL's")),
            }
        }
        StartTls::Mysql => {
            let greeting = packet(stream).await?;
            if greeting.first() != Some(&10) {
                return Err(said("the server does not send MySQL's greeting"));
            }
            // CLIENT_PROTOCOL_41, CLIENT_SSL and CLIENT_SECURE_CONNECTION; packets up to 16 MB; utf8mb4.
            let mut request = vec![32, 0, 0, 1];
            request.extend(0x0000_8a00_u32.to_le_bytes());
            request.extend(0x0100_0000_u32.to_le_bytes());
            request.push(45);
            request.extend([0; 23]);
            stream.write_all(&request).await
        }
        StartTls::Nats => match line(stream).await?.starts_with("INFO ") {
            true => Ok(()),
            false => Err(said("the server does not send NATS's greeting")),
        },
        StartTls::Smtp => {
            smtp(stream, "220").await?;
            stream.write_all(b"EHLO mtlsctl.invalid\r\n").await?;
            smtp(stream, "250").await?;
            stream.write_all(b"STARTTLS\r\n").await?;
            smtp(stream, "220").await
        }
        StartTls::Imap => {
            line(stream).await?;
            stream.write_all(b"a STARTTLS\r\n").await?;
            loop {
                let answer = line(stream).await?;
                match answer.strip_prefix("a ") {
                    Some(rest) if rest.starts_with("OK") => return Ok(()),
                    Some(rest) => return Err(said(rest)),
                    None => {}
                }
            }
        }
        StartTls::Ldap => {
            stream.write_all(LDAP_REQUEST).await?;
            let (tag, length) = (stream.read_u8().await?, stream.read_u8().await?);
            if tag != 0x30 || length >= 0x80 {
                return Err(said("the server's answer is not LDAP"));
            }
            let mut answer = vec![0; usize::from(length)];
            stream.read_exact(&mut answer).await?;
            // Message number, then the response with its result code; 0 means success.
            match answer.windows(3).any(|code| code == [0x0a, 1, 0]) {
                true => Ok(()),
                false => Err(said("the server rejects StartTLS")),
            }
        }
    }
}

fn said(words: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words.trim().to_owned())
}

/// An SMTP response, whose last line has a blank after the code.
async fn smtp<S: AsyncRead + Unpin>(stream: &mut S, wanted: &str) -> io::Result<()> {
    loop {
        let answer = line(stream).await?;
        match answer.strip_prefix(wanted) {
            Some(rest) if rest.starts_with('-') => {}
            Some(_) => return Ok(()),
            None => return Err(said(&answer)),
        }
    }
}

/// A line, byte by byte: what follows it may already be TLS.
async fn line<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<String> {
    let mut line = Vec::new();
    while line.len() < MOST {
        match stream.read_u8().await? {
            b'\n' => return Ok(String::from_utf8_lossy(&line).trim_end().to_owned()),
            byte => line.push(byte),
        }
    }
    Err(said("the server's line is too long"))
}

/// A MySQL packet.
async fn packet<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Vec<u8>> {
    let mut header = [0; 4];
    stream.read_exact(&mut header).await?;
    let length =
        usize::from(header[0]) | usize::from(header[1]) << 8 | usize::from(header[2]) << 16;
    if length > MOST {
        return Err(said("the server does not send MySQL's greeting"));
    }
    let mut packet = vec![0; length];
    stream.read_exact(&mut packet).await?;
    Ok(packet)
}
