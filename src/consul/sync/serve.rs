//! `/healthz`, `/readyz` and `/metrics`.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::clock::Clock;
use super::status::SyncStatus;

/// Maximum number of concurrent connections; probes need fewer.
const MOST_CONNECTIONS: usize = 32;

/// The time limit for reading a request.
const HEADER_TIME: std::time::Duration = std::time::Duration::from_secs(5);

/// The listening endpoint.
#[derive(Debug)]
pub struct HealthEndpoint {
    listener: TcpListener,
}

impl HealthEndpoint {
    /// Listens on an address; port 0 lets the system choose.
    ///
    /// # Errors
    /// The address is in use or not local.
    pub async fn listen(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await? })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// The system's error.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves requests until it is dropped. Ready means: valid for longer than `margin`.
    pub(crate) async fn serve(self, status: Arc<SyncStatus>, clock: Clock, margin: Duration) {
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        loop {
            let Ok((stream, _)) = self.listener.accept().await else {
                // Too many open files: a temporary condition that must not cause a busy loop.
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                continue;
            };
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
            let (status, clock) = (Arc::clone(&status), Arc::clone(&clock));
            tokio::spawn(async move {
                let answer = service_fn(move |request: Request<Incoming>| {
                    let response = answer(&request, &status, clock(), margin);
                    async move { Ok::<_, Infallible>(response) }
                });
                let mut server = http1::Builder::new();
                server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).keep_alive(false);
                // Errors of a client's connection are not ours to report.
                let _ = server.serve_connection(TokioIo::new(stream), answer).await;
                drop(place);
            });
        }
    }
}

fn answer(
    request: &Request<Incoming>,
    status: &SyncStatus,
    now: time::OffsetDateTime,
    margin: Duration,
) -> Response<Full<Bytes>> {
    let (code, text) = match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/healthz") => (StatusCode::OK, "ok\n".to_owned()),
        (&Method::GET | &Method::HEAD, "/readyz") => match status.ready(now, margin) {
            Ok(()) => (StatusCode::OK, "ok\n".to_owned()),
            Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
        },
        (&Method::GET | &Method::HEAD, "/metrics") => (StatusCode::OK, status.metrics(now, margin)),
        (_, "/healthz" | "/readyz" | "/metrics") => {
            (StatusCode::METHOD_NOT_ALLOWED, "only GET\n".to_owned())
        }
        _ => (StatusCode::NOT_FOUND, "/healthz, /readyz or /metrics\n".to_owned()),
    };
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = code;
    let plain = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    response
}
