//! `upgrade` for people: what to do first, what changes automatically, and what can be cleaned up
//! later.

use std::collections::HashSet;
use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::{Diagnostic, ObjectName};
use crate::diff::Diff;
use crate::report::form::{Look, location, one_line, severity_style, wrap};
use crate::world::{Behaviour, Profile, World};

use super::text::{changes_text, diff_total};

/// Rules about what a release reads: objects and fields that are not read come first, since
/// everything else depends on them.
const READING: [&str; 6] = [
    "object-api-version-unknown",
    "object-api-version-outdated",
    "object-refused-by-schema",
    "field-unknown",
    "context-crl-dropped",
    "tls-on-kind-without-it",
];

/// The rule whose advice depends on the old release.
const OUTDATED: &str = "object-api-version-outdated";

/// The numbered steps of an upgrade, and a last line with counts.
pub fn upgrade_text(diff: &Diff<'_>, look: Look) -> String {
    let profile = |world: &World| world.settings.profile;
    let (from, to) = (profile(diff.before), profile(diff.after));
    let mut text = Text { look, from, to, out: String::new(), step: 0 };
    let name = |world: &World| {
        let (profile, envoy) = (world.settings.profile, world.settings.envoy);
        let envoy = envoy.map_or(profile.shipped_envoy().to_owned(), |envoy| envoy.to_string());
        format!("Emissary {profile} (Envoy {envoy})")
    };
    let (from, to) = (name(diff.before), name(diff.after));
    let _ = writeln!(text.out, "{from} -> {to}\n");
    let refusals = diff.before.resources.refusals.iter();
    let unread_before: HashSet<&ObjectName> = refusals.map(|refusal| &refusal.object).collect();
    let is_first_read = |found: &&Diagnostic| {
        found.object.as_ref().is_some_and(|object| unread_before.contains(object))
    };
    let is_reading = |found: &&Diagnostic| READING.contains(&found.rule);
    let new = diff.new_findings.iter().copied();
    let (first, new): (Vec<&Diagnostic>, Vec<&Diagnostic>) = new.partition(is_first_read);
    let (unread, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        new.into_iter().partition(is_reading);
    text.findings("Before the upgrade: not read by the new release", &unread, diff.after);
    text.findings("Before the upgrade: interpreted differently or rejected", &others, diff.after);
    let changes = changes_text(diff, look);
    if !changes.is_empty() {
        text.heading("With the upgrade: the TLS of these upstreams changes");
        text.out.push_str(&changes);
    }
    text.findings(
        "After the upgrade: in objects that the old release does not read",
        &first,
        diff.after,
    );
    text.no_longer("After the upgrade: no longer reported", &diff.gone_findings, diff.before);
    text.out + &diff_total(diff) + "\n"
}

struct Text {
    look: Look,
    from: Profile,
    to: Profile,
    out: String,
    step: usize,
}

impl Text {
    fn heading(&mut self, heading: &str) {
        self.step += 1;
        let bold = self.look.style(Style::new().bold());
        let _ = writeln!(self.out, "{}", format!("{}. {heading}", self.step).style(bold));
    }

    fn findings(&mut self, heading: &str, findings: &[&Diagnostic], world: &World) {
        self.list(heading, findings, world, |text, found| {
            // Why it happens; the consequences are on the rule's page.
            let note = found.notes.first().map(|note| ("note", note.clone()));
            let help = text.help(found).into_iter().map(|help| ("help", help));
            note.into_iter().chain(help).collect()
        });
    }

    /// Findings that need no action.
    fn no_longer(&mut self, heading: &str, findings: &[&Diagnostic], world: &World) {
        self.list(heading, findings, world, |_, _| Vec::new());
    }

    fn list(
        &mut self,
        heading: &str,
        findings: &[&Diagnostic],
        world: &World,
        more: impl Fn(&Self, &Diagnostic) -> Vec<(&'static str, String)>,
    ) {
        if findings.is_empty() {
            return;
        }
        self.heading(heading);
        for found in findings {
            let style = self.look.style(severity_style(found.severity));
            let place = location(world, found.primary.span);
            let sentence = format!("{} ({place})", found.headline());
            let severity = format!("{:<9}", found.severity.to_string());
            let _ = writeln!(self.out, "   {}{}", severity.style(style), self.wrapped(&sentence));
            for (name, sentence) in more(self, found) {
                let _ = writeln!(self.out, "   {name:<9}{}", self.wrapped(&sentence));
            }
        }
        self.out.push('\n');
    }

    /// What to do about a finding so that both releases accept the result.
    fn help(&self, found: &Diagnostic) -> Vec<String> {
        if found.rule != OUTDATED {
            return found.help.clone();
        }
        let (from, to) = (self.from, self.to);
        vec![match from.has(Behaviour::ServesV3alpha1) {
            true => format!(
                "convert to `getambassador.io/v3alpha1` before the upgrade: Emissary {from} also \
                 reads it"
            ),
            false => format!(
                "set `enableLegacyVersions` in the CRD chart of Emissary {to}, and convert to \
                 `getambassador.io/v3alpha1` after the upgrade: Emissary {from} does not read it"
            ),
        }]
    }

    fn wrapped(&self, sentence: &str) -> String {
        wrap(&one_line(sentence), self.look.width.saturating_sub(12), 12)
    }
}
