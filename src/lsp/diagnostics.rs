//! Findings as LSP diagnostics.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ls_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, NumberOrString, Position, Range,
};

use crate::diagnostic::{Diagnostic, Severity};
use crate::failure::Failure;
use crate::lint::{Policy, RuleSelection, Session};
use crate::report::rule_url;
use crate::resource::Documents;
use crate::rule::{ALL, Rule, Tag};
use crate::source::{SourceId, Sources, Span};

use super::standing::Standing;
use super::view::View;

/// The source name shown by the editor.
const NAME: &str = "mtlsctl";

/// The rules about unreadable text.
fn about_breaks() -> impl Iterator<Item = &'static Rule> {
    ALL.into_iter().filter(|rule| rule.tag == Some(Tag::BreaksOff))
}

/// Findings by source.
pub(super) fn by_source(findings: &[Diagnostic]) -> BTreeMap<SourceId, Vec<&Diagnostic>> {
    let mut groups: BTreeMap<SourceId, Vec<&Diagnostic>> = BTreeMap::new();
    for found in findings {
        groups.entry(found.primary.span.source).or_default().push(found);
    }
    groups
}

/// The findings of one source; for a broken one, also where it is broken, and that its last
/// readable version is used.
pub(super) fn shown(
    view: &View<'_>,
    id: SourceId,
    found: &[&Diagnostic],
    related: bool,
) -> Vec<Shown> {
    let of_one = |found: &&Diagnostic| {
        let range = view.range(found.primary.span)?;
        let mut shown = bare(found, range);
        let places = found.related.iter().filter(|_| related).filter_map(|label| {
            let message = label.text.clone();
            Some(DiagnosticRelatedInformation { location: view.location(label.span)?, message })
        });
        let places: Vec<_> = places.collect();
        shown.related_information = (!places.is_empty()).then_some(places);
        Some(shown)
    };
    let mut all: Vec<Shown> = Vec::new();
    if let Some(standing) = view.texts.standing.get(&id) {
        all.extend(of_broken(view, id, standing));
    }
    all.extend(found.iter().filter_map(of_one));
    all
}

/// Where a broken file becomes unreadable.
fn of_broken(view: &View<'_>, id: SourceId, standing: &Standing) -> Vec<Shown> {
    let session = &view.texts.session;
    let mut sources = Sources::default();
    sources.add(view.judged.world.sources.get(id).name.clone(), standing.current.clone());
    let documents =
        Documents::read(sources, session.documents().ingest(), &view.texts.reading.relevance);
    let policy = session.policy();
    let rules = about_breaks().filter(|rule| policy.selection.holds(rule.id));
    let rules: Vec<String> = rules.map(|rule| rule.id.to_owned()).collect();
    let selection = match rules.is_empty() {
        false => RuleSelection::of(&rules, &[]).unwrap_or_default(),
        true => RuleSelection::of(&[], &["*".to_owned()]).unwrap_or_default(),
    };
    let policy = Policy { selection, is_everything: false, baseline: None, ..policy.clone() };
    let judged = Session::new(documents, session.settings().clone(), policy).judge();
    let range = |span: Span| view.range_of(id, span.start as usize..span.end as usize);
    let is_break = |found: &&Diagnostic| about_breaks().any(|rule| rule.id == found.rule);
    let findings = judged.outcome.findings.iter().filter(is_break);
    let mut all: Vec<Shown> =
        findings.map(|found| bare(found, range(found.primary.span))).collect();
    all.push(Shown {
        range: view.range_of(id, standing.place.clone()),
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(NAME.to_owned()),
        message:
            "until this is readable again, its last readable version is used for all other checks"
                .to_owned(),
        ..Shown::default()
    });
    all
}

/// The diagnostic for an unreadable folder: at the faulty location in the configuration, if there
/// is one.
pub(super) fn failed(folder: &Path, failure: &Failure) -> BTreeMap<PathBuf, Vec<Shown>> {
    let Failure::Configuration { place, reason, hint } = failure else { return BTreeMap::new() };
    let mut parts = place.rsplitn(3, ':');
    let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok()).unwrap_or(1);
    let (column, line) = (number(), number());
    let Some(name) = parts.next() else { return BTreeMap::new() };
    let start = Position::new(line.saturating_sub(1), column.saturating_sub(1));
    let hint = hint.as_ref().map(|hint| format!("\nhelp: {hint}")).unwrap_or_default();
    let shown = Shown {
        range: Range::new(start, Position::new(start.line, start.character + 1)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(NAME.to_owned()),
        message: format!("{reason}; nothing is checked until this is fixed{hint}"),
        ..Shown::default()
    };
    BTreeMap::from([(crate::source::absolute(&folder.join(name)), vec![shown])])
}

/// A finding without its related locations.
fn bare(found: &Diagnostic, range: ls_types::Range) -> Shown {
    let rule = ALL.iter().find(|rule| rule.id == found.rule);
    let tag = rule.and_then(|rule| rule.tag).and_then(|tag| match tag {
        Tag::Unnecessary => Some(DiagnosticTag::UNNECESSARY),
        Tag::Deprecated => Some(DiagnosticTag::DEPRECATED),
        Tag::BreaksOff => None,
    });
    Shown {
        range,
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(found.rule.to_owned())),
        code_description: rule_url(found.rule).parse().ok().map(|href| CodeDescription { href }),
        source: Some(NAME.to_owned()),
        message: message(found),
        related_information: None,
        tags: tag.map(|tag| vec![tag]),
        data: None,
    }
}

/// The problem, its consequences, and what to do, each on its own lines.
fn message(found: &Diagnostic) -> String {
    let notes = found.notes.iter().map(|note| format!("\nnote: {note}"));
    let help = found.help.iter().map(|help| format!("\nhelp: {help}"));
    std::iter::once(found.message.clone()).chain(notes).chain(help).collect()
}
