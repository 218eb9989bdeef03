//! Queries Envoy's admin interface and Ambassador's diagnostics over any byte stream: a connection,
//! or a relay in a pod.

use std::time::Duration;

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::answers::{AdminPart, Answers, UnreadablePart};
use crate::source::first_line;

/// A byte stream in both directions.
pub trait AdminStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> AdminStream for T {}

/// Why the query failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdminError {
    /// It could not be reached, or the connection broke.
    #[error("it cannot be reached: {0}")]
    Unreached(String),
    /// The response is something else.
    #[error("{0}")]
    Foreign(String),
}

/// Time limit for one response, from the first byte to the last.
const PATIENCE: Duration = Duration::from_secs(30);

/// The maximum size of a response: a dump of some ten thousand clusters.
const LARGEST_ANSWER: usize = 512 << 20;

/// Requests these parts over one connection, and adds the responses.
///
/// # Errors
/// [`AdminError`], even if only some parts are missing: an incomplete response looks like a
/// difference.
pub async fn fetch(
    stream: Box<dyn AdminStream>,
    parts: &[AdminPart],
    answers: &mut Answers,
) -> Result<(), AdminError> {
    let unreached =
        |error: &dyn std::error::Error| AdminError::Unreached(first_line(&innermost(error)));
    let handshake = http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| unreached(&error))?;
    let ask = async {
        for &part in parts {
            let text = tokio::time::timeout(PATIENCE, one(&mut sender, part)).await;
            let text = text.map_err(|_| {
                let seconds = PATIENCE.as_secs();
                AdminError::Unreached(format!("incomplete {} after {seconds} s", part.name()))
            })??;
            answers.take(part, text).map_err(|UnreadablePart(why)| AdminError::Foreign(why))?;
        }
        Ok(())
    };
    // The connection transfers bytes while requests wait for them.
    let mut connection = std::pin::pin!(connection);
    let mut ask = std::pin::pin!(ask);
    tokio::select! {
        biased;
        asked = &mut ask => asked,
        ended = &mut connection => match ended {
            Ok(()) => ask.await,
            Err(error) => Err(unreached(&error)),
        },
    }
}

async fn one(
    sender: &mut SendRequest<Empty<Bytes>>,
    part: AdminPart,
) -> Result<String, AdminError> {
    let unreached = |error: &dyn std::error::Error| {
        AdminError::Unreached(format!("{}: {}", part.name(), first_line(&innermost(error))))
    };
    let request = Request::get(part.path())
        .header("host", "envoy-admin")
        .body(Empty::<Bytes>::new())
        .map_err(|error| unreached(&error))?;
    sender.ready().await.map_err(|error| unreached(&error))?;
    let response = sender.send_request(request).await.map_err(|error| unreached(&error))?;
    let status = response.status();
    if !status.is_success() {
        return Err(AdminError::Foreign(format!("{} has status {status}", part.name())));
    }
    let body = Limited::new(response.into_body(), LARGEST_ANSWER).collect().await;
    let bytes = body.map_err(|error| unreached(&*error))?.to_bytes();
    String::from_utf8(bytes.to_vec())
        .map_err(|_| AdminError::Foreign(format!("{} is not text", part.name())))
}

/// The root cause of an error.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut inner = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        inner = error.to_string();
        next = error.source();
    }
    inner
}
