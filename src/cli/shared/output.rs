//! `-o FORMAT[=PATH]`: formats, and the files that reports go to.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};

use crate::console::{Console, Links};
use crate::diagnostic::nearest;
use crate::failure::Failure;
use crate::report::Look;

use super::common::{columns, look};

/// The smallest width at which a table is readable.
const NARROWEST_TABLE: usize = 40;

/// One requested report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output<F> {
    /// Its format.
    pub(crate) format: F,
    /// Where it is written; standard output by default.
    pub(crate) path: Option<PathBuf>,
}

/// The formats of one command.
pub(crate) trait Formats: Copy + PartialEq + Send + Sync + 'static {
    /// Their names, in the order of the help; the first is the default.
    const NAMES: &'static [(&'static str, Self)];

    /// Explanations of some names, for the help.
    const GLOSSES: &'static [(Self, &'static str)] = &[];

    /// An explanation of its name, for the help.
    fn gloss(self) -> Option<&'static str> {
        Self::GLOSSES.iter().find(|(format, _)| *format == self).map(|(_, gloss)| *gloss)
    }

    /// Its name.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }
}

/// Declares the formats of a command, in the order of the help, with explanations of some names.
macro_rules! formats {
    (
        $(#[$doc:meta])*
        $visibility:vis enum $formats:ident {
            $($variant:ident = $name:literal $(($gloss:literal))?),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visibility enum $formats { $($variant),+ }

        impl $crate::cli::shared::Formats for $formats {
            const NAMES: &'static [(&'static str, Self)] = &[$(($name, Self::$variant)),+];
            const GLOSSES: &'static [(Self, &'static str)] =
                &[$($((Self::$variant, $gloss),)?)+];
        }
    };
}
pub(crate) use formats;

/// Which reports are written, and where.
#[derive(Debug, Clone, Args)]
pub(crate) struct OutputArgs<F: Formats> {
    #[arg(
        id = "outputs",
        short = 'o',
        long = "output",
        alias = "format",
        value_name = "FORMAT[=PATH]",
        default_value = F::NAMES[0].0,
        env = "MTLSCTL_OUTPUT",
        help = short_help::<F>(),
        long_help = help::<F>(),
        add = ArgValueCompleter::new(candidates::<F>)
    )]
    pub(crate) outputs: Vec<Output<F>>,
}

/// The short form for `-h`.
fn short_help<F: Formats>() -> String {
    let names: Vec<&str> = F::NAMES.iter().map(|(name, _)| *name).collect();
    match names.split_at_checked(4) {
        Some((first, rest)) if rest.len() > 1 => {
            format!("{} or {} more; =PATH writes to a file", first.join(", "), rest.len())
        }
        _ => help::<F>(),
    }
}

fn help<F: Formats>() -> String {
    let words = F::NAMES.iter().map(|(name, format)| match format.gloss() {
        Some(gloss) => format!("{name} ({gloss})"),
        None => (*name).to_owned(),
    });
    let mut words: Vec<String> = words.collect();
    let last = words.pop().unwrap_or_default();
    format!("{} or {last}; =PATH writes to a file; repeatable", words.join(", "))
}

/// Completions after `-o`: formats, and files after a `=`.
pub(crate) fn candidates<F: Formats>(current: &OsStr) -> Vec<CompletionCandidate> {
    let text = current.to_string_lossy();
    match text.split_once('=') {
        Some((format, path)) => {
            let files = PathCompleter::any().complete(OsStr::new(path)).into_iter();
            files.map(|file| file.add_prefix(format!("{format}="))).collect()
        }
        None => {
            let names = F::NAMES.iter().filter(|(name, _)| name.starts_with(&*text));
            names.map(|(name, _)| CompletionCandidate::new(*name)).collect()
        }
    }
}

impl<F: Formats> FromStr for Output<F> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = match text.split_once('=') {
            Some((_, "")) => return Err("a path must follow `=`".to_owned()),
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (text, None),
        };
        match F::NAMES.iter().find(|(known, _)| *known == name) {
            Some((_, format)) => Ok(Self { format: *format, path }),
            None => Err(unknown::<F>(name)),
        }
    }
}

fn unknown<F: Formats>(name: &str) -> String {
    let names = F::NAMES.iter().map(|(name, _)| *name);
    match nearest(name, names.clone()) {
        Some(near) => format!("`{name}` is not a format; did you mean `{near}`?"),
        None => {
            let names: Vec<&str> = names.collect();
            format!("`{name}` is not a format of this command: {}", names.join(", "))
        }
    }
}

impl<F> Output<F> {
    /// The style of this report: files get neither colour nor links.
    pub(crate) fn look(&self, console: &Console<'_>) -> Look {
        match self.path {
            None => look(console),
            Some(_) => Look { color: false, links: Links::Printed, ..look(console) },
        }
    }

    /// The width that a table must fit into, if it goes to a terminal.
    pub(crate) fn fit(&self, console: &Console<'_>) -> Option<usize> {
        let is_screen = self.path.is_none() && console.out_is_terminal;
        is_screen.then(|| columns().max(NARROWEST_TABLE))
    }
}

/// Writes a complete report to its destination; see [`deliver_streamed`].
///
/// # Errors
/// The path and the reason, if it cannot be written.
pub(crate) fn deliver<F>(
    output: &Output<F>,
    report: &str,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    deliver_streamed(output, |out| out.write_all(report.as_bytes()), console)
}

/// Writes a report to its destination; a file is written under a temporary name and then renamed,
/// so that nobody sees half of it. Anything other than a regular file (`/dev/stdout`, a pipe) is
/// written directly: a rename would replace it.
///
/// # Errors
/// The path and the reason, if it cannot be written.
pub(crate) fn deliver_streamed<F>(
    output: &Output<F>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(path) = &output.path else { return Ok(buffered(&mut *console.out, write)?) };
    write_file(path, write)
        .map_err(|source| Failure::Unwritable { path: path.display().to_string(), source })
}

/// Buffers writes; a streamed report writes word by word.
fn buffered(
    out: impl Write,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    write(&mut out)?;
    out.flush()
}

fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let there = fs::metadata(path).ok();
    let special = there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir());
    // `/dev/stdout` may be a regular file that others write to at the same time.
    if special || path.starts_with("/dev") || path.starts_with("/proc") {
        return buffered(fs::OpenOptions::new().append(true).open(path)?, write);
    }
    // A link is kept; its target is replaced.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!("{name}.");
    let mut beside = tempfile::Builder::new();
    // `--watch` recognises its own report by this name, since hidden files are read, too.
    beside.prefix(&prefix).suffix(".partial");
    // Like any new file, subject to the umask.
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = beside.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    if let Some(there) = &there {
        file.as_file().set_permissions(there.permissions())?;
    }
    buffered(&mut file, write)?;
    file.as_file().sync_all()?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}
