//! `resolve -o table`: one line per upstream, and how many there are of each kind.

use std::fmt;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::diagnostic::counted;
use crate::report::form::{Column, cut, draw, whole};
use crate::report::short_name;
use crate::world::{Dropped, Pem, PemFrom, Tls, TlsMode, Upstream, World};

const COLUMNS: [Column; 7] = [
    cut("MAPPING"),
    cut("SERVICE"),
    whole("MODE"),
    cut("PRESENTS"),
    cut("TRUSTS"),
    cut("SNI"),
    whole("ENDS"),
];

/// The text of an empty cell.
const NONE: &str = "-";

/// One line per upstream that `wanted` selects, complete or fitted to a terminal.
pub fn resolve_table(
    world: &World,
    wanted: impl Fn(&Upstream) -> bool,
    fit: Option<usize>,
    unicode: bool,
) -> String {
    let upstreams = world.upstreams.iter().filter(|upstream| wanted(upstream));
    let rows = upstreams.map(|upstream| row(world, upstream));
    draw(&COLUMNS, rows, fit, unicode)
}

fn row(world: &World, upstream: &Upstream) -> Vec<String> {
    let mapping = world.mapping(upstream);
    let service = mapping.service.as_ref().map_or(NONE, |service| service.as_str());
    let name = short_name(&mapping.object.identity());
    let tls = world.tls_with_certificates(upstream).filter(|_| upstream.dropped.is_none());
    let Some(tls) = tls else {
        let why = match &upstream.dropped {
            Some(Dropped::Redirects) => "redirect",
            _ => "dropped",
        };
        let nothing = || NONE.to_owned();
        let (name, service, why) = (name, service.to_owned(), why.to_owned());
        return vec![name, service, why, nothing(), nothing(), nothing(), nothing()];
    };
    let presents = tls.presents.as_ref().filter(|_| tls.mode == TlsMode::Mutual);
    let trusts = match (&tls.trusts, tls.mode) {
        (_, TlsMode::Plaintext) => NONE.to_owned(),
        (Some(trusts), _) => place(trusts),
        (None, _) => "anything".to_owned(),
    };
    vec![
        name,
        service.to_owned(),
        mode(&tls),
        presents.map_or_else(|| NONE.to_owned(), place),
        trusts,
        tls.sni.clone().unwrap_or_else(|| NONE.to_owned()),
        presents.and_then(ends).map_or_else(|| NONE.to_owned(), |end| end.date().to_string()),
    ]
}

/// `mutual`, `TLS` or `plaintext`; with a `?` if it depends on Secrets that are not in the input.
fn mode(tls: &Tls) -> String {
    let doubt = if tls.unseen.is_empty() { "" } else { "?" };
    format!("{}{doubt}", tls.mode.short())
}

fn place(pem: &Pem) -> String {
    match &pem.from {
        PemFrom::File(path) => path.clone(),
        PemFrom::Secret { namespace, name, .. } => format!("{namespace}/{name}"),
        PemFrom::Nothing { .. } => "nothing".to_owned(),
    }
}

/// When the first certificate of a chain expires.
fn ends(pem: &Pem) -> Option<OffsetDateTime> {
    let ends = pem.certificates.iter().filter_map(|certificate| certificate.not_after.as_ref());
    ends.filter_map(|end| OffsetDateTime::parse(end, &Rfc3339).ok()).min()
}

/// How many upstreams there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModeCounts {
    upstreams: usize,
    mutual: usize,
    tls: usize,
    plaintext: usize,
    dropped: usize,
    unverified: usize,
    unsure: usize,
}

impl ModeCounts {
    /// Counts upstreams.
    pub fn of<'w>(world: &World, upstreams: impl IntoIterator<Item = &'w Upstream>) -> Self {
        let mut counts = Self::default();
        for upstream in upstreams {
            counts.upstreams += 1;
            let tls = world.tls(upstream).filter(|_| upstream.dropped.is_none());
            let Some(tls) = tls else {
                counts.dropped += 1;
                continue;
            };
            match tls.mode {
                TlsMode::Mutual => counts.mutual += 1,
                TlsMode::Tls => counts.tls += 1,
                TlsMode::Plaintext => counts.plaintext += 1,
            }
            counts.unverified += usize::from(tls.is_unverified());
            counts.unsure += usize::from(!tls.unseen.is_empty());
        }
        counts
    }
}

/// `60 upstreams: 55 mutual, 3 TLS, 2 plaintext, 7 unverified`.
impl fmt::Display for ModeCounts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.mutual, "mutual"),
            (self.tls, "TLS"),
            (self.plaintext, "plaintext"),
            (self.dropped, "not sent anywhere"),
            (self.unverified, "unverified"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
        write!(out, "{}", counted(self.upstreams, "upstream"))?;
        if !counts.is_empty() {
            write!(out, ": {}", counts.join(", "))?;
        }
        if self.unsure > 0 {
            let count = self.unsure;
            write!(out, "; {count} only if Secrets exist that are not in the input (?)")?;
        }
        Ok(())
    }
}
