//! An entry of the dictionary: a program's message, who writes it, why, and what to do.

use serde::Serialize;

/// A program's message, and what it means for an operator of Ambassador.
#[derive(Debug, Clone, Copy)]
pub struct DictionaryEntry {
    /// A stable name: `emissary/secret-not-found`.
    pub id: &'static str,
    /// Forms of the message, with `{name}` for values in the line; the first one is the title.
    pub words: &'static [&'static str],
    /// Forms that other programs use for other things as well: they count only in lines about TLS,
    /// or alone.
    pub about_tls: &'static [&'static str],
    /// Forms that count only if they are the whole text.
    pub alone: &'static [&'static str],
    /// The program that writes them.
    pub speaker: &'static str,
    /// The side of the connection that writes it.
    pub side: Side,
    /// How specific it is: of several in a line, the highest wins.
    pub weight: u8,
    /// How bad it is for traffic.
    pub grade: Grade,
    /// Why it happens: a sentence without a full stop, with `{name}` for values in the line.
    pub cause: &'static str,
    /// What it says about the other side of the connection; empty if nothing.
    pub other: &'static str,
    /// What to do about it: a sentence without a full stop.
    pub next: &'static str,
    /// Cause and next step if the line is a client's; empty if they are the same.
    pub in_client: (&'static str, &'static str),
    /// The same for a server's line.
    pub in_server: (&'static str, &'static str),
    /// The rules that find the cause in manifests, the likeliest first.
    pub rules: &'static [&'static str],
    /// Versions, and where the message was seen.
    pub seen: &'static str,
}

/// In which texts a form counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// In any.
    Anywhere,
    /// In a line about TLS, or as the whole text.
    AboutTls,
    /// Only as the whole text.
    Alone,
}

/// The side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Not about a connection: a configuration is read.
    Configuration,
    /// It opens the connection; for an upstream, that is Ambassador's Envoy.
    Client,
    /// It accepts the connection: the upstream's server, or a listener.
    Server,
    /// Unknown from the message alone.
    Either,
}

/// How bad it is, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Worth knowing; nothing fails because of it.
    Note,
    /// Something may fail, or does not work as intended.
    Warning,
    /// Connections or requests fail.
    Failure,
    /// No configuration change takes effect.
    Freeze,
}

impl DictionaryEntry {
    /// What all entries of one source share.
    pub(in crate::explain) const fn of(
        speaker: &'static str,
        side: Side,
        seen: &'static str,
    ) -> Self {
        Self {
            id: "",
            words: &[],
            about_tls: &[],
            alone: &[],
            speaker,
            side,
            weight: weight::SPECIFIC,
            grade: Grade::Failure,
            cause: "",
            other: "",
            next: "",
            in_client: ("", ""),
            in_server: ("", ""),
            rules: &[],
            seen,
        }
    }

    /// One of them.
    pub(in crate::explain) const fn says(
        mut self,
        id: &'static str,
        words: &'static [&'static str],
        cause: &'static str,
        next: &'static str,
    ) -> Self {
        self.id = id;
        self.words = words;
        self.cause = cause;
        self.next = next;
        self
    }

    pub(in crate::explain) const fn about_tls(mut self, words: &'static [&'static str]) -> Self {
        self.about_tls = words;
        self
    }

    pub(in crate::explain) const fn alone(mut self, words: &'static [&'static str]) -> Self {
        self.alone = words;
        self
    }

    /// All its forms, each with where it counts.
    pub fn forms(&self) -> impl Iterator<Item = (&'static str, Counts)> + use<> {
        let anywhere = self.words.iter().map(|words| (*words, Counts::Anywhere));
        let about_tls = self.about_tls.iter().map(|words| (*words, Counts::AboutTls));
        anywhere.chain(about_tls).chain(self.alone.iter().map(|words| (*words, Counts::Alone)))
    }

    pub(in crate::explain) const fn rules(mut self, rules: &'static [&'static str]) -> Self {
        self.rules = rules;
        self
    }

    /// What it means in a client's log.
    pub(in crate::explain) const fn in_client(
        mut self,
        cause: &'static str,
        next: &'static str,
    ) -> Self {
        self.in_client = (cause, next);
        self
    }

    /// What it means in a server's log.
    pub(in crate::explain) const fn in_server(
        mut self,
        cause: &'static str,
        next: &'static str,
    ) -> Self {
        self.in_server = (cause, next);
        self
    }

    /// Cause and next step for the side that wrote the line, if that is known.
    pub(in crate::explain) fn told_to(&self, side: Option<Side>) -> (&'static str, &'static str) {
        let (cause, next) = match side {
            Some(Side::Client) => self.in_client,
            Some(Side::Server) => self.in_server,
            _ => ("", ""),
        };
        if cause.is_empty() { (self.cause, self.next) } else { (cause, next) }
    }

    pub(in crate::explain) const fn other(mut self, other: &'static str) -> Self {
        self.other = other;
        self
    }

    pub(in crate::explain) const fn weight(mut self, weight: u8) -> Self {
        self.weight = weight;
        self
    }

    pub(in crate::explain) const fn grade(mut self, grade: Grade) -> Self {
        self.grade = grade;
        self
    }

    pub(in crate::explain) const fn side(mut self, side: Side) -> Self {
        self.side = side;
        self
    }

    pub(in crate::explain) const fn seen(mut self, seen: &'static str) -> Self {
        self.seen = seen;
        self
    }

    pub(in crate::explain) const fn by(mut self, speaker: &'static str) -> Self {
        self.speaker = speaker;
        self
    }
}

/// How specific a message is, from a generic frame to the cause itself.
pub(in crate::explain) mod weight {
    /// A frame around every failure: a status, a flag, an exception class.
    pub(crate) const FRAME: u8 = 10;
    /// A kind of failure with several causes.
    pub(crate) const GENERAL: u8 = 30;
    /// One cause, or a few related ones.
    pub(crate) const SPECIFIC: u8 = 60;
    /// The cause itself.
    pub(crate) const CAUSE: u8 = 90;
}
