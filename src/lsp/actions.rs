//! Code actions for findings: fixes, ignores, and missing TLSContexts.

use std::collections::HashMap;

use ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Range, TextEdit, Uri,
    WorkspaceEdit,
};

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::fix::{Limits, fix, ignores};
use crate::source::{Source, SourceId, Sources, line_changes};

use super::diagnostics::shown;
use super::names::worlds;
use super::view::View;

/// The placeholder for an ignore's reason, which the user replaces.
const REASON: &str = "explain here why this is fine";

/// The actions for a range.
pub(super) fn actions(
    view: &View<'_>,
    id: SourceId,
    params: &CodeActionParams,
) -> Vec<CodeActionOrCommand> {
    let wants = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|only| {
            only.iter().any(|wanted| {
                let rest = kind.as_str().strip_prefix(wanted.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    };
    let mut actions = Vec::new();
    let findings = &view.judged.outcome.findings;
    let near = findings.iter().filter(|found| {
        let place = Some(found.primary.span).filter(|span| span.source == id);
        place.and_then(|span| view.range(span)).is_some_and(|range| touch(range, params.range))
    });
    let near: Vec<&Diagnostic> = near.collect();
    if wants(&CodeActionKind::QUICKFIX) {
        actions.extend(near.iter().filter_map(|found| fixed(view, id, found)));
        actions.extend(near.iter().filter_map(|found| created(view, id, found)));
        actions.extend(near.iter().filter_map(|found| ignored(view, id, found)));
    }
    let may_fix = findings.iter().any(|found| {
        let is_safe =
            found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
        is_safe && found.primary.span.source == id
    });
    if may_fix && wants(&CodeActionKind::SOURCE_FIX_ALL) {
        actions.extend(all_fixed(view, id));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn touch(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The fix of a finding.
fn fixed(view: &View<'_>, id: SourceId, found: &Diagnostic) -> Option<CodeAction> {
    let fix = found.fix.as_ref()?;
    let edit = edited(view, &fix.edits)?;
    let is_safe = fix.applicability == Applicability::Safe;
    let doubt = if is_safe { "" } else { " (unsafe: review the result)" };
    Some(CodeAction {
        title: format!("{}{doubt}", sentence(&fix.description)),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(shown(view, id, &[found], false)),
        edit: Some(edit),
        is_preferred: Some(is_safe),
        ..CodeAction::default()
    })
}

/// A comment that ignores a finding.
fn ignored(view: &View<'_>, id: SourceId, found: &Diagnostic) -> Option<CodeAction> {
    let ignores = ignores([found], &view.judged.world.sources, REASON);
    Some(CodeAction {
        title: format!("Ignore `{}` here, with a reason", found.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(shown(view, id, &[found], false)),
        edit: Some(edited(view, &ignores.edits)?),
        ..CodeAction::default()
    })
}

/// A TLSContext with the name that a Mapping refers to, at the end of its file.
fn created(view: &View<'_>, id: SourceId, found: &Diagnostic) -> Option<CodeAction> {
    if found.rule != "mapping-context-undefined" || view.texts.standing.contains_key(&id) {
        return None;
    }
    let text = view.text(id);
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return None;
    }
    let object = found.object.as_ref()?;
    let name = worlds(view.judged, id).find_map(|world| {
        let mut mappings = world.resources.mappings.iter();
        mappings.find_map(|mapping| match &mapping.tls {
            crate::resource::TlsReference::Named(name) if name.span == found.primary.span => {
                Some(name.value.clone())
            }
            _ => None,
        })
    });
    let name = name.filter(|name| crate::resource::Object::is_allowed_name(name))?;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = if text.ends_with('\n') || text.is_empty() { "" } else { newline };
    let lines = [
        "---",
        "apiVersion: getambassador.io/v3alpha1",
        "kind: TLSContext",
        "metadata:",
        &format!("  name: {name}"),
        &format!("  namespace: {}", object.namespace),
        "spec:",
        "  # A Secret with tls.crt and tls.key.",
        &format!("  secret: {name}-cert"),
        "",
    ];
    let new_text = format!("{start}{}", lines.join(newline));
    let range = view.range_of(id, text.len()..text.len());
    // Editors compare URIs as text, which never changes.
    #[allow(clippy::mutable_key_type)]
    let changes = HashMap::from([(view.uri(id)?, vec![TextEdit { range, new_text }])]);
    Some(CodeAction {
        title: format!("Create TLSContext `{name}` in this file"),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(shown(view, id, &[found], false)),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    })
}

/// All safe fixes of a file, applied as in `lint --fix`.
fn all_fixed(view: &View<'_>, id: SourceId) -> Option<CodeAction> {
    if view.texts.standing.contains_key(&id) {
        return None;
    }
    let session = &view.texts.session;
    let concerns = |found: &Diagnostic| found.primary.span.source == id;
    let may_change = |source: &Source| source.id == id;
    let limits = Limits { unsafe_too: false, concerns: &concerns, may_change: &may_change };
    let judge = |sources: Sources| {
        let own = session.documents().sources().ids().to_vec();
        // The configuration is not a manifest; it is added again if its overrides are unused.
        Ok::<_, std::convert::Infallible>(session.over(sources.only(own)).judge())
    };
    let Ok(fixed) = fix(view.judged, limits, judge, |judged| {
        (judged.outcome.findings.as_slice(), &judged.world.sources)
    });
    let after = fixed.judged?;
    let (old, new) = (view.text(id), &after.world.sources.get(id).text);
    // Line by line, so that unchanged lines in between, which may be secret, are not included.
    let starts = |text: &str| -> Vec<usize> {
        let ends = text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old_starts, new_starts) = (starts(old), starts(new));
    let edits = line_changes(old, new).into_iter().filter_map(|change| {
        let (from, to) = (change.old, change.new);
        Some(TextEdit {
            range: view.range_of(id, *old_starts.get(from.start)?..*old_starts.get(from.end)?),
            new_text: new.get(*new_starts.get(to.start)?..*new_starts.get(to.end)?)?.to_owned(),
        })
    });
    #[allow(clippy::mutable_key_type)]
    let changes = HashMap::from([(view.uri(id)?, edits.collect())]);
    let findings = crate::diagnostic::counted(fixed.count, "finding");
    Some(CodeAction {
        title: format!("Apply mtlsctl's safe fixes ({findings})"),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    })
}

/// Converts edits to edits of the editor's buffers; `None` if one is in a currently broken text.
fn edited(view: &View<'_>, edits: &[Edit]) -> Option<WorkspaceEdit> {
    #[allow(clippy::mutable_key_type)]
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for edit in edits {
        let source = edit.span.source;
        if view.texts.standing.contains_key(&source) {
            return None;
        }
        let range = view.range(edit.span)?;
        let edit = TextEdit { range, new_text: edit.replacement.clone() };
        changes.entry(view.uri(source)?).or_default().push(edit);
    }
    (!changes.is_empty())
        .then(|| WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

/// Capitalised, as usual for editor actions.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
