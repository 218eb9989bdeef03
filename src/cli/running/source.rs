//! Where the responses of Envoy's admin interface and Ambassador's diagnostics come from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::TcpStream;

use super::args::Args;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::probe::InPod;
use crate::report::one_line;
use crate::running::{AdminError, AdminPart, AdminStream, Answers, fetch};
use crate::source::{read_file, reason};

/// The address of Envoy's admin interface in Ambassador's pod.
const ADMIN: &str = "127.0.0.1:8001";

/// The address of Ambassador's diagnostics in its pod.
const DIAGNOSTICS: &str = "127.0.0.1:8877";

/// How to connect.
enum Way {
    Direct,
    InPod(InPod),
}

/// Reads saved responses, or requests them. Unreachable diagnostics are only a warning.
///
/// # Errors
/// A file that is not a response, or an admin interface that does not respond.
pub(super) fn answers(args: &Args, console: &mut Console<'_>) -> Result<Answers, Failure> {
    let mut answers = Answers::default();
    let paths = args.admin.iter().map(Path::new);
    let is_saved = args.in_pod.is_none() && paths.clone().all(Path::exists);
    if is_saved {
        saved(paths, &mut answers)?;
    }
    let admin = match args.admin.as_slice() {
        _ if is_saved => None,
        [] => Some(address(ADMIN)?),
        [one] => Some(address(one)?),
        several => return Err(missing(several)),
    };
    let diagnostics = match (&args.diagnostics, &args.in_pod) {
        (Some(named), _) => Some(address(named)?),
        (None, Some(_)) => Some(address(DIAGNOSTICS)?),
        (None, None) => None,
    };
    if admin.is_none() && diagnostics.is_none() {
        return Ok(answers);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let asked: Result<Option<AdminError>, Failure> = runtime.block_on(async {
        let way = match &args.in_pod {
            Some(named) => Way::InPod(args.world.cluster.in_pod(named).await?),
            None => Way::Direct,
        };
        if let Some(place) = admin {
            way.ask(place, &AdminPart::ADMIN, &mut answers).await.map_err(failure)?;
        }
        let Some(place) = diagnostics else { return Ok(None) };
        Ok(way.ask(place, &[AdminPart::Diagnostics], &mut answers).await.err())
    });
    runtime.shutdown_background();
    if let Some(error) = asked? {
        let why = one_line(&error.to_string());
        writeln!(
            console.err,
            "warning: cannot read Ambassador's release from its diagnostics: {why}"
        )?;
    }
    Ok(answers)
}

impl Way {
    async fn ask(
        &self,
        (host, port): (&str, u16),
        parts: &[AdminPart],
        answers: &mut Answers,
    ) -> Result<(), AdminError> {
        let stream: Box<dyn AdminStream> = match self {
            Self::InPod(pod) => {
                Box::new(pod.stream(host, port).await.map_err(AdminError::Unreached)?)
            }
            Self::Direct => {
                let connect = TcpStream::connect((host, port));
                let stream = tokio::time::timeout(Duration::from_secs(10), connect).await;
                let stream = stream
                    .map_err(|_| AdminError::Unreached("no connection within 10 s".to_owned()))?;
                let unreached = |error| AdminError::Unreached(reason(&error).to_string());
                Box::new(stream.map_err(unreached)?)
            }
        };
        fetch(stream, parts, answers).await
    }
}

fn saved<'p>(paths: impl Iterator<Item = &'p Path>, answers: &mut Answers) -> Result<(), Failure> {
    for path in paths {
        for file in files(path)? {
            let name = file.display().to_string();
            let text = read_file(&file)
                .map_err(|reason| Failure::Unreadable { path: name.clone(), reason })?;
            answers
                .take_saved(text)
                .map_err(|why| Failure::Unreadable { path: name, reason: why.to_string() })?;
        }
    }
    Ok(())
}

/// A file, or the files of a folder sorted by name.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let unreadable = |error: std::io::Error| Failure::Unreadable {
        path: path.display().to_string(),
        reason: reason(&error).to_string(),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?.path();
        if entry.is_file() {
            files.push(entry);
        }
    }
    files.sort();
    Ok(files)
}

/// Of several paths, the one that does not exist.
fn missing(paths: &[String]) -> Failure {
    let missing = paths.iter().find(|path| !Path::new(path).exists());
    Failure::Unreadable {
        path: missing.cloned().unwrap_or_default(),
        reason: "no such file; an address must be the only argument".to_owned(),
    }
}

/// Splits HOST:PORT.
fn address(written: &str) -> Result<(&str, u16), Failure> {
    let place = written.trim_start_matches("http://").trim_end_matches('/');
    let parts = place.rsplit_once(':');
    let parts = parts.and_then(|(host, port)| Some((host, port.parse().ok()?)));
    parts.map(|(host, port): (&str, u16)| (host.trim_matches(['[', ']']), port)).ok_or_else(|| {
        Failure::Usage {
            message: format!("`{written}` is neither a file nor HOST:PORT"),
            hint: format!(
                "Ambassador's Envoy listens at {ADMIN} in its pod: give the pod with --in, or run \
                 kubectl port-forward deploy/ambassador 8001 and give {ADMIN}"
            ),
        }
    })
}

/// The failure for an interface that does not respond as expected.
fn failure(error: AdminError) -> Failure {
    let (message, hint, exit) = match error {
        AdminError::Unreached(why) => (
            format!("Envoy's admin interface cannot be reached: {why}"),
            "check that Envoy's admin interface listens there; Ambassador's listens at \
             127.0.0.1:8001 in its pod",
            Exit::NotReached,
        ),
        AdminError::Foreign(why) => (
            format!("this is not Envoy's admin interface: {why}"),
            "check the port of the admin interface",
            Exit::Failed,
        ),
    };
    Failure::Remote { message, hint: hint.to_owned(), exit }
}
