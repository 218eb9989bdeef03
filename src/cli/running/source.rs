//! Where the answers of Envoy's admin interface come from.

use std::path::{Path, PathBuf};

use tokio::net::TcpStream;

use super::args::Args;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::running::{AdminError, Answers, fetch};
use crate::source::{read_file, reason};

/// Reads saved answers, or asks.
///
/// # Errors
/// A file that is no answer, or an interface that does not answer.
pub(super) fn answers(args: &Args) -> Result<Answers, Failure> {
    let admin = &args.admin;
    if let Some(named) = &args.in_pod {
        let place = admin.first().map_or(AMBASSADORS, String::as_str);
        return ask_in(args, named, place);
    }
    let paths = admin.iter().map(Path::new);
    if paths.clone().all(Path::exists) {
        return saved(paths);
    }
    match admin.as_slice() {
        [one] => ask(one),
        _ => {
            let missing = admin.iter().find(|path| !Path::new(path).exists());
            Err(Failure::Unreadable {
                path: missing.cloned().unwrap_or_default(),
                reason: "no such file; give an address on its own".to_owned(),
            })
        }
    }
}

fn saved<'p>(paths: impl Iterator<Item = &'p Path>) -> Result<Answers, Failure> {
    let mut answers = Answers::default();
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
    Ok(answers)
}

/// A file itself, or the files of a folder in the order of their names.
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

/// Where Ambassador's Envoy has its admin interface.
const AMBASSADORS: &str = "127.0.0.1:8001";

fn ask_in(args: &Args, named: &str, place: &str) -> Result<Answers, Failure> {
    let Some((host, port)) =
        place.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)))
    else {
        return Err(no_address(place));
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answers = runtime.block_on(async {
        let pod = args.world.cluster.in_pod(named).await?;
        let stream = pod.stream(host, port).await;
        let stream = stream.map_err(|why| failure(AdminError::Unreached(why)))?;
        fetch(Box::new(stream)).await.map_err(failure)
    });
    runtime.shutdown_background();
    answers
}

fn no_address(address: &str) -> Failure {
    Failure::Usage {
        message: format!("`{address}` is neither a file nor HOST:PORT"),
        hint: format!(
            "Ambassador's Envoy listens at {AMBASSADORS} in its pod: name the pod with --in, or \
             kubectl port-forward deploy/ambassador 8001 and give {AMBASSADORS}"
        ),
    }
}

fn ask(address: &str) -> Result<Answers, Failure> {
    let place = address.trim_start_matches("http://").trim_end_matches('/');
    if place.rsplit_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_err()) {
        return Err(no_address(address));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answers = runtime.block_on(async {
        let connect = TcpStream::connect(place);
        let stream = tokio::time::timeout(std::time::Duration::from_secs(10), connect).await;
        let stream = stream
            .map_err(|_| AdminError::Unreached("no connection within 10 s".to_owned()))?
            .map_err(|error| AdminError::Unreached(reason(&error).to_string()))?;
        fetch(Box::new(stream)).await
    });
    runtime.shutdown_background();
    answers.map_err(failure)
}

/// The failure for an interface that does not answer as it should.
fn failure(error: AdminError) -> Failure {
    let (hint, exit) = match &error {
        AdminError::Unreached(_) => (
            "check that Envoy's admin interface listens there; Ambassador's listens at \
             127.0.0.1:8001 in its pod",
            Exit::NotReached,
        ),
        AdminError::Foreign(_) => ("is this the port of the admin interface?", Exit::Failed),
    };
    Failure::Remote { message: error.to_string(), hint: hint.to_owned(), exit }
}
