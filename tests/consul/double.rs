//! A small HTTP/1.1 server whose responses are set by a test, and which records its requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A received request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A numeric query parameter.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        let part = self.query.split('&').find_map(|part| part.strip_prefix(&format!("{name}=")))?;
        part.trim_end_matches("ms").parse().ok()
    }
}

/// A response.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Whole {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// The same, delayed.
    Late(Duration, Box<Reply>),
    /// The connection ends after this many bytes of the response.
    Cut(usize, Box<Reply>),
    /// Raw bytes.
    Raw(&'static [u8]),
}

impl Reply {
    pub(crate) fn json(status: u16, body: impl ToString) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self::Whole { status, headers, body: body.to_string() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        if let Self::Whole { headers, .. } = &mut self {
            headers.push((name, value.to_string()));
        }
        self
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Whole { status, headers, body } => {
                let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
                for (name, value) in headers {
                    text.push_str(&format!("{name}: {value}\r\n"));
                }
                text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
                text.into_bytes()
            }
            Self::Late(_, reply) => reply.bytes(),
            Self::Cut(at, reply) => reply.bytes()[..*at].to_vec(),
            Self::Raw(bytes) => bytes.to_vec(),
        }
    }
}

type Answering = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A server that responds as configured, for as long as the test lives.
pub(crate) struct Double {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Double {
    pub(crate) fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer): (_, Arc<Answering>) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || converse(stream, &log, &*answer));
            }
        });
        Self { port, asked }
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panicked").clone()
    }

    /// The number of requests with this method.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.asked().iter().filter(|asked| asked.method == method).count()
    }
}

fn converse(stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: &Answering) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let Some(asked) = read(&stream) else { return };
    log.lock().expect("nobody panicked").push(asked.clone());
    let reply = answer(&asked);
    if let Reply::Late(time, _) = &reply {
        thread::sleep(*time);
    }
    let _ = (&stream).write_all(&reply.bytes());
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None => break,
        }
    }
    let mut asked = Asked {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: String::new(),
    };
    let length = asked.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    asked.body = String::from_utf8(body).ok()?;
    Some(asked)
}
