//! How findings are arranged for people: order, grouping by cause, and limits per rule.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::lint::Tally;
use crate::report::form::one_line;
use crate::source::Sources;

/// How findings are laid out for people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Whether the worst comes last, next to the terminal's prompt; otherwise findings are in file
    /// order.
    pub worst_last: bool,
    /// How they are grouped.
    pub group_by: Option<GroupBy>,
    /// The maximum number per rule.
    pub max_per_rule: Option<usize>,
    /// Whether the end points to more information.
    pub tells_more: bool,
}

/// What findings are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// A file.
    File,
    /// A rule.
    Rule,
    /// A Kubernetes object.
    Object,
}

/// Findings with one cause, in file order; usually a single one.
#[derive(Debug, Clone)]
pub(super) struct Told<'f>(pub(super) Vec<&'f Diagnostic>);

/// The parts of a report, from top to bottom.
#[derive(Debug)]
pub(super) enum Item<'f> {
    /// The title of the next group.
    Heading(String),
    /// Findings.
    Told(Told<'f>),
    /// How many more of a rule there are.
    More(&'static str, usize),
}

impl<'f> Told<'f> {
    /// The first.
    pub(super) fn first(&self) -> &'f Diagnostic {
        self.0[0]
    }

    /// The message for findings with one cause; a single finding's own message.
    pub(super) fn headline(&self) -> String {
        const SHOWN: usize = 3;
        let first = self.first();
        let Some(cause) = first.cause.as_ref().filter(|_| self.0.len() > 1) else {
            return first.headline();
        };
        let (who, several) = self.who();
        let verb = if several { cause.verb.1 } else { cause.verb.0 };
        let things = self.things();
        match things.len() {
            1 => format!("{who} {verb} {}", cause.one),
            count => {
                let named: Vec<String> =
                    things.iter().take(SHOWN).map(|thing| format!("`{thing}`")).collect();
                let more = match count.saturating_sub(SHOWN) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                format!("{who} {verb} {}: {}{more}", cause.many, named.join(", "))
            }
        }
    }

    /// The causes, without repetitions.
    pub(super) fn things(&self) -> Vec<&'f str> {
        let things = self.0.iter().filter_map(|found| found.cause.as_ref());
        let mut seen = HashSet::new();
        things.map(|cause| cause.thing.as_str()).filter(|thing| seen.insert(*thing)).collect()
    }

    /// The affected objects, and whether there are several.
    fn who(&self) -> (String, bool) {
        let mut objects: Vec<_> = self.0.iter().filter_map(|found| found.object.as_ref()).collect();
        objects.sort();
        objects.dedup();
        if let [only] = objects[..] {
            return (only.to_string(), false);
        }
        let mut kinds: Vec<&str> = objects.iter().map(|object| object.kind.as_str()).collect();
        kinds.dedup();
        let count = |kind: &&str| {
            let those = objects.iter().filter(|object| object.kind == **kind);
            counted(those.count(), kind)
        };
        (kinds.iter().map(count).collect::<Vec<_>>().join(" and "), true)
    }
}

/// Arranges findings, grouped by cause.
pub(super) fn arrange<'f>(
    sources: &Sources,
    findings: &'f [Diagnostic],
    arrangement: Arrangement,
) -> Vec<Item<'f>> {
    lay_out(sources, findings, arrangement, by_cause)
}

/// Arranges findings one by one.
pub(super) fn arrange_each<'f>(
    sources: &Sources,
    findings: &'f [Diagnostic],
    arrangement: Arrangement,
) -> Vec<Item<'f>> {
    lay_out(sources, findings, arrangement, |findings| {
        findings.into_iter().map(|found| Told(vec![found])).collect()
    })
}

fn lay_out<'f>(
    sources: &Sources,
    findings: &'f [Diagnostic],
    arrangement: Arrangement,
    joined: impl Fn(Vec<&'f Diagnostic>) -> Vec<Told<'f>>,
) -> Vec<Item<'f>> {
    let mut sections: Vec<(String, Vec<&Diagnostic>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for found in findings {
        let title = title(sources, found, arrangement.group_by);
        let at = *places.entry(title).or_insert_with_key(|title| {
            sections.push((title.clone(), Vec::new()));
            sections.len() - 1
        });
        sections[at].1.push(found);
    }
    let mut sections: Vec<(String, Vec<Told<'_>>)> = sections
        .into_iter()
        .map(|(title, found)| (heading(&title, &found), joined(found)))
        .collect();
    if arrangement.worst_last {
        for (_, told) in &mut sections {
            told.reverse();
            told.sort_by_key(|told| told.first().severity);
        }
        sections.reverse();
        sections.sort_by_key(|(_, told)| told.iter().map(|told| told.first().severity).max());
    }
    let mut items = Vec::new();
    for (title, told) in sections {
        if arrangement.group_by.is_some() {
            items.push(Item::Heading(title));
        }
        items.extend(told.into_iter().map(Item::Told));
    }
    match arrangement.max_per_rule {
        Some(most) => capped(items, most, arrangement.worst_last),
        None => items,
    }
}

/// Groups findings with the same rule, severity and cause at the position of the first one.
fn by_cause(findings: Vec<&Diagnostic>) -> Vec<Told<'_>> {
    let mut told: Vec<Told<'_>> = Vec::new();
    let mut causes: HashMap<(&str, Severity, &str), usize> = HashMap::new();
    for found in findings {
        let known = found.cause.as_ref().map(|cause| {
            let key = (found.rule, found.severity, cause.many.as_str());
            *causes.entry(key).or_insert(told.len())
        });
        match known.and_then(|at| told.get_mut(at)) {
            Some(Told(together)) => together.push(found),
            None => told.push(Told(vec![found])),
        }
    }
    told
}

/// Drops findings beyond `most` per rule, the least severe first, and records how many.
fn capped(items: Vec<Item<'_>>, most: usize, worst_last: bool) -> Vec<Item<'_>> {
    let mut by_rule: HashMap<&str, Vec<(usize, Severity)>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Item::Told(told) = item {
            by_rule.entry(told.first().rule).or_default().push((at, told.first().severity));
        }
    }
    let mut left_out: HashSet<usize> = HashSet::new();
    // The number of omitted findings is shown next to the last one.
    let mut beside: HashMap<usize, (&'static str, usize)> = HashMap::new();
    for mut places in by_rule.into_values() {
        places.sort_by_key(|(at, severity)| {
            (std::cmp::Reverse(*severity), if worst_last { usize::MAX - at } else { *at })
        });
        let (kept, dropped) = places.split_at(most.min(places.len()));
        let hidden = dropped.iter().filter_map(|(at, _)| match &items[*at] {
            Item::Told(told) => Some((told.first().rule, told.0.len())),
            _ => None,
        });
        let hidden: Vec<_> = hidden.collect();
        left_out.extend(dropped.iter().map(|(at, _)| *at));
        let farthest = match worst_last {
            true => kept.iter().map(|(at, _)| *at).min(),
            false => kept.iter().map(|(at, _)| *at).max(),
        };
        let farthest = farthest.or_else(|| dropped.first().map(|(at, _)| *at));
        if let (Some(at), Some((rule, _))) = (farthest, hidden.first()) {
            beside.insert(at, (*rule, hidden.iter().map(|(_, count)| count).sum()));
        }
    }
    let mut shown = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        let more = beside.get(&at).map(|(rule, count)| Item::More(rule, *count));
        let item = (!left_out.contains(&at)).then_some(item);
        match worst_last {
            true => shown.extend(more.into_iter().chain(item)),
            false => shown.extend(item.into_iter().chain(more)),
        }
    }
    shown
}

fn title(sources: &Sources, found: &Diagnostic, group_by: Option<GroupBy>) -> String {
    let file = || one_line(&sources.get(found.primary.span.source).name);
    match group_by {
        None => String::new(),
        Some(GroupBy::File) => file(),
        Some(GroupBy::Rule) => found.rule.to_owned(),
        Some(GroupBy::Object) => match &found.object {
            Some(object) => one_line(&object.to_string()),
            None => file(),
        },
    }
}

fn heading(title: &str, findings: &[&Diagnostic]) -> String {
    format!("{title}: {}", Tally::of(findings.iter().copied()))
}

/// How many more of a rule there are.
pub(super) fn more(rule: &str, count: usize) -> String {
    format!("and {count} more of {rule} (--max-per-rule)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::source::{SourceId, Span};

    fn found(rule: &'static str, severity: Severity, id: SourceId, at: u32) -> Diagnostic {
        Diagnostic {
            rule,
            severity,
            message: format!("{rule} at {at}"),
            object: None,
            field: String::new(),
            primary: Label { span: Span::new(id, at, at + 1), text: String::new() },
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
            cause: None,
        }
    }

    fn shown(arrangement: Arrangement) -> Vec<String> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml".to_owned(), "0123456789".to_owned());
        let findings = [
            found("a", Severity::Warning, id, 0),
            found("b", Severity::Error, id, 1),
            found("a", Severity::Warning, id, 2),
            found("a", Severity::Error, id, 3),
            found("c", Severity::Note, id, 4),
        ];
        let items = arrange(&sources, &findings, arrangement).into_iter().map(|item| match item {
            Item::Heading(title) => title,
            Item::Told(told) => told.headline(),
            Item::More(rule, count) => more(rule, count),
        });
        items.collect()
    }

    #[test]
    fn the_first_error_is_next_to_the_prompt_of_a_terminal() {
        let arrangement = Arrangement { worst_last: true, ..Arrangement::default() };
        assert_eq!(shown(arrangement), ["c at 4", "a at 2", "a at 0", "a at 3", "b at 1"]);
        assert_eq!(
            shown(Arrangement::default()),
            ["a at 0", "b at 1", "a at 2", "a at 3", "c at 4"]
        );
    }

    #[test]
    fn what_is_left_out_is_counted_and_the_worst_stays() {
        let most = Arrangement { max_per_rule: Some(1), ..Arrangement::default() };
        let more = "and 2 more of a (--max-per-rule)";
        assert_eq!(shown(most), ["b at 1", "a at 3", more, "c at 4"]);
        let last = Arrangement { worst_last: true, ..most };
        assert_eq!(shown(last), ["c at 4", more, "a at 3", "b at 1"]);
    }

    #[test]
    fn headings_count_what_is_below_them() {
        let by_rule = Arrangement { group_by: Some(GroupBy::Rule), ..Arrangement::default() };
        let told = shown(by_rule);
        assert_eq!(told[0], "a: 1 error, 2 warnings");
        assert_eq!(told[4..6], ["b: 1 error", "b at 1"]);
    }
}
