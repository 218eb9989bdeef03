//! `mtlsctl explain`: a rule's page, all rules, a pasted line, or a whole log.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args};
use clap_complete::engine::ArgValueCandidates;

use super::config::{Layers, Settle, settle_or_show};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::{Kept, OutputArgs, WorldArgs, deliver, formats, warn_all};
use crate::console::Console;
use crate::diagnostic::nearest as nearest_name;
use crate::exit::Exit;
use crate::explain::dictionary::nearest;
use crate::explain::{
    EnvironmentFacts, LogReading, LoggedCause, Said, found, read, read_log, shown,
};
use crate::failure::Failure;
use crate::lint::meant_rule;
use crate::report::{
    explain_json, explain_line, explain_log, explain_log_json, explain_rule, explain_schema,
    explain_unknown, rule_list,
};
use crate::rule::ALL;
use crate::source::reason;
use crate::world::World;

/// Explain a rule, a log line about TLS, or a whole log.
///
/// Paste any text: an Emissary message, a line of Envoy's access log, a TLS code, a response flag,
/// an HTTP status, or what a server or client logs (OpenSSL, Go, Java, Node, Python, rustls,
/// GnuTLS, .NET, browsers, curl, gRPC, nginx, haproxy, Apache, Istio, Consul, cert-manager).
///
/// A file, or a dash for standard input, is read as a log: lines are counted by cause, the worst
/// first, and unknown lines are skipped. Without an argument, all rules are listed.
#[derive(Debug, Clone, Args)]
pub(crate) struct ExplainArgs {
    /// A rule's id, a code, a pasted line, a log file, or - for a log on standard input.
    #[arg(value_name = "RULE|TEXT|FILE", add = ArgValueCandidates::new(candidates::rules))]
    what: Vec<String>,
    /// Manifests in which names from the text are looked up: files or folders.
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    #[command(flatten)]
    world: WorldArgs,
}

formats! {
    /// Formats of `explain`.
    enum Format {
        Text = "text",
        Json = "json",
        Schema = "schema" ("the JSON Schema of json"),
    }
}

impl Settle for ExplainArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        self.world.settle(layers);
    }
}

/// What to explain.
enum Subject {
    /// One text: a word, a line, or a few related lines.
    Text(String),
    /// A log, and its name.
    Log(String, LogReading),
}

/// Runs the command. The exit code is 0 if something is known, 3 if nothing is.
///
/// # Errors
/// An unknown rule name, a file that cannot be read, or unreadable manifests.
pub(crate) fn run(
    args: &ExplainArgs,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if args.output.outputs.iter().any(|output| output.format == Format::Schema) {
        for output in &args.output.outputs {
            deliver(output, &format!("{:#}\n", explain_schema()), console)?;
        }
        return Ok(Exit::Clean);
    }
    // Manifests and their configuration are read only if requested.
    let worlds = match args.paths.is_empty() {
        true => None,
        false => {
            let Some(settled) = settle_or_show(args, given, console)? else {
                return Ok(Exit::Clean);
            };
            let args = &settled.args;
            let input = args.world.read(&args.paths, Kept::InPart, console)?;
            warn_all(&input.unreadable, console)?;
            Some(input.worlds)
        }
    };
    match &args.what[..] {
        [] => page(args, console, |look| rule_list(&ALL, look)),
        [id] if let Some(rule) = ALL.iter().find(|rule| rule.id == id) => {
            page(args, console, |look| explain_rule(rule, look))
        }
        words => {
            let subject = subject(words, console)?;
            tell(args, subject, worlds.as_ref().map_or(&[], |worlds| &worlds.each), console)
        }
    }
}

/// Pages without a machine-readable format.
fn page(
    args: &ExplainArgs,
    console: &mut Console<'_>,
    text: impl Fn(crate::report::Look) -> String,
) -> Result<Exit, Failure> {
    for output in &args.output.outputs {
        deliver(output, &text(output.look(console)), console)?;
    }
    Ok(Exit::Clean)
}

fn subject(words: &[String], console: &mut Console<'_>) -> Result<Subject, Failure> {
    if let [word] = words {
        if word == "-" {
            let shows = console.err_is_terminal;
            let mut progress = Progress::new(shows, None);
            let input = &mut *console.input;
            let err = &mut *console.err;
            let log = read_log(input, &mut |bytes| progress.tell(bytes, err));
            progress.wipe(console);
            return log.map(|log| of_log("<stdin>", log)).map_err(|error| unreadable("-", &error));
        }
        let path = Path::new(word);
        if path.is_file() {
            return file(path, console);
        }
    }
    let text = words.join(" ");
    if text.lines().filter(|line| !line.trim().is_empty()).count() > 3
        && !text.contains("-----BEGIN ")
    {
        let log = read_log(&mut text.as_bytes(), &mut |_| {}).unwrap_or_default();
        if log.causes.len() > 1 {
            return Ok(Subject::Log("<text>".to_owned(), log));
        }
    }
    Ok(Subject::Text(text))
}

fn file(path: &Path, console: &mut Console<'_>) -> Result<Subject, Failure> {
    let name = path.display().to_string();
    let mut file = File::open(path).map_err(|error| unreadable(&name, &error))?;
    let size = file.metadata().ok().map(|metadata| metadata.len());
    let mut progress = Progress::new(console.err_is_terminal, size);
    let err = &mut *console.err;
    let log = read_log(&mut file as &mut dyn Read, &mut |bytes| progress.tell(bytes, err));
    progress.wipe(console);
    log.map(|log| of_log(&name, log)).map_err(|error| unreadable(&name, &error))
}

/// A log of one line is explained as that line.
fn of_log(name: &str, mut log: LogReading) -> Subject {
    match log.only.take() {
        Some(line) => Subject::Text(line),
        None => Subject::Log(name.to_owned(), log),
    }
}

fn unreadable(path: &str, error: &io::Error) -> Failure {
    Failure::Unreadable { path: path.to_owned(), reason: reason(error) }
}

fn tell(
    args: &ExplainArgs,
    subject: Subject,
    worlds: &[(String, World)],
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    match subject {
        Subject::Text(text) => {
            let reading = read(&text);
            let causes: Vec<&Said> = reading.said.iter().collect();
            let found = found(worlds, &text, &causes);
            let names_something = found.iter().any(|found| !found.bearing.named.is_empty());
            let is_unknown = reading.said.is_empty() && !names_something;
            if is_unknown {
                not_a_rule(&text)?;
            }
            let near = if is_unknown { nearest(&text, 3) } else { Vec::new() };
            for output in &args.output.outputs {
                let look = output.look(console);
                let report = match output.format {
                    Format::Json => json(&explain_json(&reading, &found, &near)),
                    _ if is_unknown => explain_unknown(&format!("`{}`", shown(&text)), &near, look),
                    _ => explain_line(&reading, &found, look),
                };
                deliver(output, &report, console)?;
            }
            Ok(if is_unknown { Exit::NothingToCheck } else { Exit::Clean })
        }
        Subject::Log(name, log) => {
            let look_up = |cause: &LoggedCause| {
                let named = cause.clusters.iter().map(String::as_str);
                let text: Vec<&str> = named.chain([cause.said.title.as_str()]).collect();
                found(worlds, &text.join(" "), &[&cause.said])
            };
            let bearings: Vec<Vec<EnvironmentFacts<'_>>> = log.causes.iter().map(look_up).collect();
            for output in &args.output.outputs {
                let look = output.look(console);
                let report = match output.format {
                    Format::Json => json(&explain_log_json(&log, &bearings)),
                    _ if log.causes.is_empty() => {
                        let lines = if log.lines == 1 { "line" } else { "lines" };
                        explain_unknown(
                            &format!("the {} {lines} of {}", log.lines, shown(&name)),
                            &[],
                            look,
                        )
                    }
                    _ => explain_log(&shown(&name), &log, &bearings, look),
                };
                deliver(output, &report, console)?;
            }
            Ok(if log.causes.is_empty() { Exit::NothingToCheck } else { Exit::Clean })
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    // All keys are strings, so this cannot fail.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}

/// The failure for a word that can only be a rule's name or an alert's number.
fn not_a_rule(text: &str) -> Result<(), Failure> {
    let word = text.trim();
    if word.parse::<u8>().is_ok() {
        return Err(Failure::Usage {
            message: format!("no TLS alert has the number {word}"),
            hint: "use the full number that Envoy logs, such as 268436504".to_owned(),
        });
    }
    let is_name = !word.is_empty()
        && word.len() < 80
        && word.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        });
    let hyphened = word.replace('_', "-");
    let is_part = ALL.iter().any(|rule| rule.id.contains(&hyphened));
    // Envoy's response details contain `_`, and no rule name does.
    let is_near = nearest_name(&hyphened, ALL.iter().map(|rule| rule.id)).is_some();
    match is_name && (word.contains('-') || is_part || (word.contains('_') && is_near)) {
        true => Err(Failure::Usage {
            message: format!("no rule is called `{word}`"),
            hint: meant_rule(&hyphened),
        }),
        false => Ok(()),
    }
}

/// Shows on a terminal how much of a log has been read.
struct Progress {
    shows: bool,
    size: Option<u64>,
    told: u64,
}

/// Bytes between two progress updates, so that small logs show none.
const STEP: u64 = 32 << 20;

impl Progress {
    fn new(shows: bool, size: Option<u64>) -> Self {
        Self { shows, size: size.filter(|size| *size > 0), told: 0 }
    }

    fn tell(&mut self, bytes: u64, err: &mut dyn io::Write) {
        if !self.shows || bytes < self.told + STEP {
            return;
        }
        self.told = bytes;
        let megabytes = bytes >> 20;
        let text = match self.size {
            Some(size) => {
                let filled = (bytes.min(size) * 20 / size) as usize;
                format!(
                    "[{}{}] {megabytes} of {} MB",
                    "=".repeat(filled),
                    " ".repeat(20 - filled),
                    size >> 20
                )
            }
            None => format!("{megabytes} MB"),
        };
        // Failing to show progress is not an error.
        let _ = write!(err, "\rreading {text}").and_then(|()| err.flush());
    }

    fn wipe(&self, console: &mut Console<'_>) {
        if self.told > 0 {
            let _ = write!(console.err, "\r\x1b[K");
        }
    }
}
