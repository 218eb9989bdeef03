//! The built binary, run as a user would.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The result of a call.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A call with its own environment.
pub(crate) fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
    command.args(arguments).env_clear().envs(variables.iter().copied());
    command.env("HOME", "/nonexistent").stdin(Stdio::null());
    command
}

/// Runs a call to its end.
pub(crate) fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let output = command(arguments, variables).output().expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said {
        code: output.status.code().unwrap_or(-1),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// A running `consul sync`; killed when dropped.
pub(crate) struct Running {
    child: Child,
    log: std::path::PathBuf,
}

impl Running {
    pub(crate) fn start(arguments: &[&str], variables: &[(&str, &str)], log: &Path) -> Self {
        let file = std::fs::File::create(log).unwrap();
        let child = command(arguments, variables).stdout(Stdio::null()).stderr(file).spawn();
        Self { child: child.expect("the binary runs"), log: log.to_owned() }
    }

    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until a condition holds.
    pub(crate) fn until(&mut self, what: &str, mut so: impl FnMut(&str) -> bool) {
        self.within(Duration::from_secs(60), what, &mut so);
    }

    pub(crate) fn within(&mut self, time: Duration, what: &str, so: &mut dyn FnMut(&str) -> bool) {
        let end = Instant::now() + time;
        while !so(&self.said()) {
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < end,
                "waited for: {what}; ended: {ended:?}; its log:\n{}",
                self.said()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The port it listens on.
    pub(crate) fn port(&mut self) -> u16 {
        let port = |said: &str| -> Option<u16> {
            let at = said.find("listening on 127.0.0.1:")?;
            said[at..].lines().next()?.rsplit(':').next()?.parse().ok()
        };
        self.until("it listens", |said| port(said).is_some());
        port(&self.said()).unwrap()
    }

    /// Ends it as Kubernetes does; returns how long that took, and its exit code.
    pub(crate) fn terminate(mut self) -> (Duration, i32) {
        let start = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        (start.elapsed(), status.code().unwrap_or(-1))
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Status and body of a GET.
pub(crate) fn get(port: u16, path: &str) -> (u16, String) {
    use std::io::Write;
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (status, body)
}
