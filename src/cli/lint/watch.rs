//! `--watch`: lint again as soon as a file that it reads changes.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use clap::ArgMatches;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use time::OffsetDateTime;

use crate::cli::config::settle;
use crate::cli::shared::{GlobalArgs, tell, terminal_width};
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::world::World;

use super::args::LintArgs;
use super::changed::Seen;
use super::once::look_again;
use super::watched::Watched;

/// How long to wait for further changes: editors save in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// How long changes may continue before linting anyway.
const PATIENCE: Duration = Duration::from_millis(100);

/// How often a cluster is read again, since changes are not watched.
const CLUSTER: Duration = Duration::from_secs(15);

/// Clears the screen and the scrollback, and moves the cursor to the top.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Lints until interrupted (Ctrl-C, exit code 130).
///
/// # Errors
/// Files that cannot be watched, or a closed output; all other failures are reported and may be
/// temporary.
pub(super) fn watch(
    args: &LintArgs,
    given: &ArgMatches,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if args.paths().iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::Usage {
            message: "standard input cannot be watched".to_owned(),
            hint: "give files or folders".to_owned(),
        });
    }
    let (sender, events) = channel();
    let watcher = notify::recommended_watcher(move |event| {
        // The receiver is gone when the process exits.
        let _ = sender.send(event);
    });
    let watcher = watcher.map_err(unwatchable)?;
    let mut watch = Watch { watcher, watched: Watched::default(), stale: true };
    let mut before: Option<Seen> = None;
    let mut last = None;
    loop {
        let settled = settle(args, given);
        // Set up before anything is read, so that no change is missed.
        watch.renew(Watched::of(args, settled.as_ref().ok()))?;
        if global.at.is_none() {
            console.now = OffsetDateTime::now_utc();
        }
        if console.out_is_terminal {
            console.width = terminal_width();
            console.out.write_all(CLEAR.as_bytes())?;
        }
        let mut now = None;
        let mut seen = |world: &World, found: &[Diagnostic]| now = Some(Seen::of(world, found));
        let ended =
            settled.and_then(|settled| look_again(&settled, global, &mut last, &mut seen, console));
        console.out.flush()?;
        if let Err(failure) = ended {
            tell(&failure, console);
        }
        // Input that cannot be read is compared once it can.
        if let (Some(now), Some(before)) = (&now, &before)
            && !global.quiet
        {
            now.since(before).tell(console)?;
        }
        before = now.or(before);
        if !global.quiet {
            let again = match args.world.cluster.is_given() {
                true => format!(", and reading the cluster every {} s", CLUSTER.as_secs()),
                false => String::new(),
            };
            writeln!(console.err, "watching for changes{again}; press Ctrl-C to stop")?;
        }
        watch.wait(&events, args.world.cluster.is_given().then_some(CLUSTER))?;
    }
}

struct Watch {
    watcher: RecommendedWatcher,
    watched: Watched,
    /// Whether a watched folder was replaced.
    stale: bool,
}

impl Watch {
    /// Watches what is read now, including folders that were recreated.
    fn renew(&mut self, wanted: Watched) -> Result<(), Failure> {
        if wanted == self.watched && !self.stale {
            return Ok(());
        }
        self.stale = false;
        for folder in self.watched.folders() {
            // It may already be gone.
            let _ = self.watcher.unwatch(folder);
        }
        for (folder, deep) in &wanted.folders {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            // A missing file is reported when it is read.
            if folder.is_dir() {
                self.watcher.watch(folder, mode).map_err(unwatchable)?;
            }
        }
        self.watched = wanted;
        Ok(())
    }

    /// Waits for a relevant change and until changes stop, for at most the given time.
    fn wait(
        &mut self,
        events: &Receiver<notify::Result<Event>>,
        at_most: Option<Duration>,
    ) -> Result<(), Failure> {
        let start = Instant::now();
        loop {
            let event = match at_most {
                Some(time) => match events.recv_timeout(time.saturating_sub(start.elapsed())) {
                    Err(RecvTimeoutError::Timeout) => return Ok(()),
                    event => event.map_err(|_| ended())?,
                },
                None => events.recv().map_err(|_| ended())?,
            };
            let event = event.map_err(unwatchable)?;
            self.stale |= self.watched.moves_folder(&event);
            if self.watched.concerns(&event) {
                break;
            }
        }
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match events.recv_timeout(QUIET) {
                Ok(Ok(event)) => self.stale |= self.watched.moves_folder(&event),
                Ok(Err(error)) => return Err(unwatchable(error)),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Err(ended()),
            }
        }
        Ok(())
    }
}

fn unwatchable(error: notify::Error) -> Failure {
    let paths: Vec<String> = error.paths.iter().map(|path| path.display().to_string()).collect();
    let reason = match error.kind {
        notify::ErrorKind::MaxFilesWatch => "more folders than the system can watch".to_owned(),
        notify::ErrorKind::Io(error) => crate::source::reason(&error),
        kind => format!("{kind:?}"),
    };
    Failure::Unwatchable { paths: paths.join(", "), reason }
}

fn ended() -> Failure {
    Failure::Unwatchable { paths: String::new(), reason: "the watcher has stopped".to_owned() }
}
