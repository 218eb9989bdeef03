//! An entry of the dictionary: words that a program writes, who writes them, why, and what to do.

use serde::Serialize;

/// What a program writes, and what an operator of Ambassador can make of it.
#[derive(Debug, Clone, Copy)]
pub struct DictionaryEntry {
    /// A name that stays: `emissary/secret-not-found`.
    pub id: &'static str,
    /// The words, `{name}` where the line names something; the first of them is the title.
    pub words: &'static [&'static str],
    /// Words that other programs write of other things as well: they count in a line that is about TLS, or alone.
    pub about_tls: &'static [&'static str],
    /// Words that count only where the text is nothing else.
    pub alone: &'static [&'static str],
    /// The program that writes them.
    pub speaker: &'static str,
    /// On which side of a connection that program stands when it writes them.
    pub side: Side,
    /// How much the words tell: of several in a line the highest decides.
    pub weight: u8,
    /// How bad it is for traffic.
    pub grade: Grade,
    /// Why it happens; a sentence without its full stop, `{name}` for what the line names.
    pub cause: &'static str,
    /// What it says about the other side of the connection; empty if it says nothing.
    pub other: &'static str,
    /// What to do about it; a sentence without its full stop.
    pub next: &'static str,
    /// Cause and next step where the line is known to be a client's; empty if they are the same.
    pub in_client: (&'static str, &'static str),
    /// The same for a server's line.
    pub in_server: (&'static str, &'static str),
    /// The rules that find the cause in manifests, the likeliest first.
    pub rules: &'static [&'static str],
    /// Versions, and where the words were seen.
    pub seen: &'static str,
}

/// In which texts a form of words counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// In any.
    Anywhere,
    /// In a line that is about TLS, and where the text is nothing else.
    AboutTls,
    /// Where the text is nothing else.
    Alone,
}

/// On which side of a connection a program stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// No connection is concerned: a configuration is read.
    Configuration,
    /// It opens the connection; toward an upstream that is Ambassador's Envoy.
    Client,
    /// It accepts the connection: the upstream's server, or a listener.
    Server,
    /// The words alone do not say.
    Either,
}

/// How bad it is; in order, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Worth knowing; nothing fails because of it.
    Note,
    /// Something may fail, or does not do what was meant.
    Warning,
    /// Connections or requests fail.
    Failure,
    /// Nothing that is changed takes effect any more, for anybody.
    Freeze,
}

impl DictionaryEntry {
    /// What the entries of one source have in common.
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

    /// All its forms of words, each with where it counts.
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

/// How much words tell, from the frame of a message to the cause itself.
pub(in crate::explain) mod weight {
    /// A frame that every failure has: a status, a flag, an exception's class.
    pub(crate) const FRAME: u8 = 10;
    /// A kind of failure with several causes.
    pub(crate) const GENERAL: u8 = 30;
    /// One cause, or a few that belong together.
    pub(crate) const SPECIFIC: u8 = 60;
    /// The cause itself.
    pub(crate) const CAUSE: u8 = 90;
}
