//! An HTTP request to an agent, over TCP, TLS or a Unix socket.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;
use zeroize::Zeroizing;

use super::address::Address;
use super::connection::Connection;
use super::error::AgentError;
use super::sensitive::Sensitive;
use super::tls;
use crate::source::first_line;

/// The largest response from Consul, in bytes.
const LARGEST_ANSWER: usize = 4 << 20;

/// The time limit for connecting.
const CONNECT: Duration = Duration::from_secs(10);

/// A response with status 200.
pub(crate) struct Answer {
    /// `X-Consul-Index`, if present.
    pub(crate) index: Option<u64>,
    /// May hold a private key.
    pub(crate) body: Zeroizing<Vec<u8>>,
}

/// Sends a request and waits at most this long for the whole response.
///
/// # Errors
/// Anything but a complete response with status 200.
pub(crate) async fn request(
    connection: &Connection,
    method: Method,
    path_and_query: &str,
    body: Option<String>,
    patience: Duration,
) -> Result<Answer, AgentError> {
    let request = build(connection, method, path_and_query, body)?;
    let unreachable = |why: &str| AgentError::Unreachable {
        address: connection.address.to_string(),
        why: why.to_owned(),
    };
    let stream = tokio::time::timeout(CONNECT.min(patience), open(connection)).await;
    let stream = stream.map_err(|_| unreachable("no connection in time"))??;
    let exchange = tokio::time::timeout(patience, exchange(stream, request));
    match exchange.await {
        Err(_) => Err(unreachable("no answer in time")),
        // In TLS 1.3 an agent rejects a certificate after the handshake.
        Ok(Err(why)) if why.contains("fatal alert") => {
            Err(AgentError::Tls { address: connection.address.to_string(), why })
        }
        Ok(Err(why)) => Err(unreachable(&why)),
        Ok(Ok(answer)) => judge(answer),
    }
}

fn build(
    connection: &Connection,
    method: Method,
    path_and_query: &str,
    body: Option<String>,
) -> Result<Request<Full<Bytes>>, AgentError> {
    let uri = format!("{}{path_and_query}", connection.address.prefix());
    let mut request = Request::builder()
        .method(method)
        .uri(uri)
        .header(HOST, connection.address.authority())
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body.unwrap_or_default())))
        .map_err(|error| AgentError::Setup(format!("the request cannot be made: {error}")))?;
    let headers = request.headers_mut();
    if let Some(token) = connection.token.read()? {
        headers.insert("x-consul-token", secret_value(token.reveal())?);
    }
    if let Some(basic) = &connection.basic {
        let login = Sensitive::new(format!("Basic {}", STANDARD.encode(basic.reveal())));
        headers.insert(AUTHORIZATION, secret_value(login.reveal())?);
    }
    Ok(request)
}

fn secret_value(text: &str) -> Result<HeaderValue, AgentError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        AgentError::Setup(
            "the token contains characters that are not allowed in a header".to_owned(),
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

async fn open(connection: &Connection) -> Result<Box<dyn Stream>, AgentError> {
    let shown = connection.address.to_string();
    let unreachable = |error: std::io::Error| AgentError::Unreachable {
        address: shown.clone(),
        why: plain(&error),
    };
    let (host, port, tls) = match &connection.address {
        Address::Unix(path) => {
            return Ok(Box::new(UnixStream::connect(path).await.map_err(unreachable)?));
        }
        Address::Tcp { host, port, tls, .. } => (host, *port, *tls),
    };
    let configuration = match tls {
        true => Some(tls::configuration(&connection.tls)?),
        false => None,
    };
    let stream = TcpStream::connect((host.as_str(), port)).await.map_err(unreachable)?;
    let _ = stream.set_nodelay(true);
    let Some(configuration) = configuration else {
        return Ok(Box::new(stream));
    };
    let name = connection.tls.server_name.as_ref().unwrap_or(host);
    let name = ServerName::try_from(name.clone())
        .map_err(|_| AgentError::Setup(format!("`{name}` is not a valid server name")))?;
    let connector = TlsConnector::from(Arc::new(configuration));
    match connector.connect(name, stream).await {
        Ok(stream) => Ok(Box::new(stream)),
        Err(error) => Err(AgentError::Tls { address: shown, why: plain(&error) }),
    }
}

struct Received {
    status: u16,
    index: Option<u64>,
    body: Zeroizing<Vec<u8>>,
}

async fn exchange(
    stream: Box<dyn Stream>,
    request: Request<Full<Bytes>>,
) -> Result<Received, String> {
    let (mut sender, driver) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| words(&error))?;
    let talk = async move {
        let response = sender.send_request(request).await.map_err(|error| words(&error))?;
        let status = response.status().as_u16();
        let index = response.headers().get("x-consul-index");
        let index = index.and_then(|value| value.to_str().ok()?.parse().ok());
        let body = Limited::new(response.into_body(), LARGEST_ANSWER);
        let body = body.collect().await.map_err(|error| error.to_string())?;
        let body = Zeroizing::new(body.to_bytes().to_vec());
        Ok(Received { status, index, body })
    };
    // The connection task moves the bytes; its errors are also errors of the request.
    let mut talk = std::pin::pin!(talk);
    let mut driver = std::pin::pin!(driver);
    tokio::select! {
        biased;
        answer = &mut talk => answer,
        _ = &mut driver => talk.await,
    }
}

fn judge(received: Received) -> Result<Answer, AgentError> {
    let Received { status, index, body } = received;
    match status {
        200 => Ok(Answer { index, body }),
        401 | 403 => Err(AgentError::Denied { message: line(&body, status) }),
        429 | 500..=599 => Err(AgentError::Trouble { status, message: line(&body, status) }),
        _ => Err(AgentError::Unexpected { status, message: line(&body, status) }),
    }
}

fn line(body: &[u8], status: u16) -> String {
    let line = first_line(&String::from_utf8_lossy(body));
    if line.is_empty() { format!("status {status}") } else { line }
}

fn words(error: &hyper::Error) -> String {
    if error.is_incomplete_message() {
        return "the connection ended before the answer".to_owned();
    }
    if error.is_parse() {
        return "the response is not HTTP; does it expect TLS (https://)?".to_owned();
    }
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    without_number(&inner.to_string())
}

/// The end of a sentence, without the operating system's error number.
fn plain(error: &std::io::Error) -> String {
    without_number(&error.to_string()).to_lowercase()
}

fn without_number(text: &str) -> String {
    let end = text.find(" (os error").unwrap_or(text.len());
    text[..end].to_owned()
}
