//! A double of a kubelet: it speaks the streaming protocol of exec (`v4.channel.k8s.io`) over TLS,
//! runs each command on this machine, and serves logs. The API server in front of it is a real one.

use std::collections::HashMap;
use std::io::Cursor;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt as _, StreamExt as _};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

/// Logs, by `NAMESPACE/POD/CONTAINER`.
pub(crate) type Logs = Arc<Mutex<HashMap<String, String>>>;

pub(crate) struct Kubelet {
    pub(crate) port: u16,
    /// The number of commands it has run.
    pub(crate) ran: Arc<AtomicUsize>,
    pub(crate) logs: Logs,
}

/// Starts it.
pub(crate) fn start() -> Kubelet {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (told, port) = std::sync::mpsc::channel();
    let (ran, logs) = (Arc::new(AtomicUsize::new(0)), Logs::default());
    let (counted, written) = (Arc::clone(&ran), Arc::clone(&logs));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap().port()).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
                let written = Arc::clone(&written);
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let head = head(&mut stream).await;
                    if let Some(log) = log(&head, &written) {
                        let length = log.len();
                        let answer =
                            format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{log}");
                        let _ = stream.write_all(answer.as_bytes()).await;
                        let _ = stream.shutdown().await;
                        return;
                    }
                    let (reader, writer) = tokio::io::split(stream);
                    let reader = Cursor::new(head).chain(reader);
                    serve(tokio::io::join(reader, writer), &counted).await;
                });
            }
        });
    });
    Kubelet { port: port.recv().unwrap(), ran, logs }
}

/// A request up to its body.
async fn head(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> Vec<u8> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    head
}

/// The requested log, if the request is for one.
fn log(head: &[u8], logs: &Logs) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let path = head.split(' ').nth(1)?.strip_prefix("/containerLogs/")?;
    let path = path.split('?').next()?;
    Some(logs.lock().unwrap().get(path).cloned().unwrap_or_default())
}

#[allow(clippy::result_large_err, reason = "the library's own type")]
async fn serve<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(
    stream: S,
    count: &AtomicUsize,
) {
    let mut command = Vec::new();
    let callback = |request: &Request, mut response: Response| {
        for pair in request.uri().query().unwrap_or_default().split('&') {
            if let Some(value) = pair.strip_prefix("command=") {
                command.push(unescaped(value));
            }
        }
        let protocol = "v4.channel.k8s.io".parse().unwrap();
        response.headers_mut().insert("sec-websocket-protocol", protocol);
        Ok(response)
    };
    let Ok(socket) = accept_hdr_async(stream, callback).await else { return };
    count.fetch_add(1, Ordering::Relaxed);
    let (mut sink, mut source) = socket.split();
    let (frames, mut outgoing) = mpsc::channel::<Vec<u8>>(64);
    let child = Command::new(&command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    let mut child = child.unwrap();
    let (mut input, out, err) =
        (child.stdin.take().unwrap(), child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let one = tokio::spawn(pump(1, out, frames.clone()));
    let two = tokio::spawn(pump(2, err, frames.clone()));
    tokio::spawn(async move {
        let _ = one.await;
        let _ = two.await;
        let status = child.wait().await.map(|status| status.success()).unwrap_or_default();
        let word = if status { "Success" } else { "Failure" };
        let mut frame = vec![3];
        frame.extend(format!("{{\"metadata\":{{}},\"status\":\"{word}\"}}").bytes());
        let _ = frames.send(frame).await;
    });
    loop {
        tokio::select! {
            frame = outgoing.recv() => match frame {
                Some(frame) => {
                    if sink.send(Message::binary(frame)).await.is_err() { return }
                }
                None => {
                    let _ = sink.close().await;
                    return;
                }
            },
            message = source.next() => match message {
                Some(Ok(Message::Binary(bytes))) if bytes.first() == Some(&0) => {
                    let _ = input.write_all(&bytes[1..]).await;
                    let _ = input.flush().await;
                }
                Some(Ok(_)) => {}
                _ => return,
            },
        }
    }
}

async fn pump(
    channel: u8,
    mut stream: impl tokio::io::AsyncRead + Unpin,
    frames: mpsc::Sender<Vec<u8>>,
) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(count @ 1..) = stream.read(&mut buffer).await {
        let mut frame = vec![channel];
        frame.extend(&buffer[..count]);
        if frames.send(frame).await.is_err() {
            return;
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
