//! Flags that several subcommands share.

use clap::{Args, ValueEnum};
use supports_hyperlinks::supports_hyperlinks;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

use crate::console::{Console, Links};
use crate::report::Look;

/// Flags of every subcommand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t, env = "MTLSCTL_COLOR")]
    pub(crate) color: ColorChoice,
    /// When to make rule names clickable links (OSC 8); see also FORCE_HYPERLINK.
    #[arg(long, global = true, value_enum, default_value_t, env = "MTLSCTL_HYPERLINKS")]
    pub(crate) hyperlinks: LinkChoice,
    /// Check as of this time (2027-01-01 or 2027-01-01T12:00:00Z) instead of now.
    #[arg(long, global = true, value_name = "TIME", value_parser = parse_at, env = "MTLSCTL_AT")]
    pub(crate) at: Option<OffsetDateTime>,
    /// Print less: no summary on standard error.
    #[arg(short, long, global = true, env = "MTLSCTL_QUIET")]
    pub(crate) quiet: bool,
    /// Print more: which configuration applies, how many rules ran, how many documents were
    /// skipped.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// The usual order: the flag, `NO_COLOR`, `FORCE_COLOR`/`CLICOLOR_FORCE`, `CLICOLOR=0`,
    /// `TERM=dumb`, then whether the stream is a terminal.
    pub(crate) fn shows(self, terminal: bool) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name: &str, wanted: &str| std::env::var_os(name).is_some_and(|v| v == wanted);
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto if set("FORCE_COLOR") || set("CLICOLOR_FORCE") => true,
            Self::Auto if is("CLICOLOR", "0") || is("TERM", "dumb") => false,
            Self::Auto => terminal,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum LinkChoice {
    #[default]
    Auto,
    Always,
    Never,
}

impl LinkChoice {
    /// Links if the terminal is known to support them; otherwise, in a pipe or in a CI log, the
    /// plain address.
    pub(crate) fn links(self, terminal: bool) -> Links {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            Self::Always => Links::Embedded,
            Self::Never => Links::Hidden,
            Self::Auto if set("FORCE_HYPERLINK") && supports_hyperlinks() => Links::Embedded,
            Self::Auto if !terminal || set("CI") => Links::Printed,
            Self::Auto if !dumb && supports_hyperlinks() => Links::Embedded,
            Self::Auto => Links::Hidden,
        }
    }
}

/// The width of sentences: that of the terminal, 100 at most; 80 without a terminal.
pub(crate) fn terminal_width() -> usize {
    columns().clamp(40, 100)
}

/// The width of the terminal; 80 without one.
pub(crate) fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(seen).unwrap_or(80)
}

/// Parses a time, or the first of two: `A..B`.
fn parse_at(text: &str) -> Result<OffsetDateTime, String> {
    // Only `diff` takes two times; other commands reject a range before they run.
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    parse_moment(last)?;
    parse_moment(first)
}

/// Parses a date (its first second, UTC) or an RFC 3339 time.
pub(crate) fn parse_moment(text: &str) -> Result<OffsetDateTime, String> {
    if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
        return Ok(moment);
    }
    let naive = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
    if let Ok(moment) = PrimitiveDateTime::parse(text, &naive) {
        return Ok(moment.assume_utc());
    }
    Date::parse(text, &format_description!("[year]-[month]-[day]"))
        .map(|date| date.midnight().assume_utc())
        .map_err(|_| {
            format!(
                "`{text}` is neither a date like 2027-01-01 nor a time like 2027-01-01T12:00:00Z"
            )
        })
}

/// The style of reports on standard output.
pub(crate) fn look(console: &Console<'_>) -> Look {
    Look {
        width: console.width,
        color: console.out_color,
        unicode: console.unicode,
        links: console.links,
    }
}

/// Whether the locale supports more than ASCII (`LC_ALL`, `LC_CTYPE`, `LANG`, in that order).
pub(crate) fn is_unicode_locale() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os);
    let mut set = set.filter(|value| !value.is_empty());
    set.next().is_some_and(|value| {
        let value = value.to_string_lossy().to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}
