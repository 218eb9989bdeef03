//! `rehearse rotation` for people: the gaps, and an order without gaps, as a checklist.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::counted;
use crate::rehearse::{
    Break, Member, Rotation, RotationPlan, RotationStep, SERVER_CHAIN, SERVER_TRUST, Stage,
};
use crate::report::form::{Look, one_line, wrap};

/// How many gaps per context are listed.
const MAX_GAPS: usize = 8;

/// All rotations, each with what breaks and a safe order.
pub fn rehearse_text(rotations: &[Rotation], look: Look) -> String {
    let mut out = String::new();
    for rotation in rotations {
        Text { look, out: &mut out }.rotation(rotation, &rotation.plan());
        out.push('\n');
    }
    if rotations.is_empty() {
        out.push_str("nothing rotates: every context has the same contents on both sides\n");
    }
    out
}

struct Text<'o> {
    look: Look,
    out: &'o mut String,
}

impl Text<'_> {
    fn rotation(&mut self, rotation: &Rotation, plan: &RotationPlan<'_>) {
        let bold = self.look.style(Style::new().bold());
        for one in &rotation.contexts {
            let context = one_line(&one.context.to_string());
            let upstreams = counted(one.upstreams.len(), "upstream");
            let _ = writeln!(self.out, "{}: {upstreams}", context.style(bold));
        }
        for sentence in &rotation.unknown {
            self.line("  ", "unknown: ", sentence);
        }
        for gap in plan.gaps.iter().take(MAX_GAPS) {
            let done: Vec<&str> =
                gap.done.iter().map(|step| plan.steps[*step].place.as_str()).collect();
            let when = match done[..] {
                [] => "now".to_owned(),
                _ if done.len() == plan.steps.len() => "after the last step".to_owned(),
                [SERVER_TRUST] => format!("once {SERVER_TRUST} are new and the rest is old"),
                [one] => format!("once {one} is new and the rest is old"),
                _ => format!("once {} are new and the rest is old", done.join(" and ")),
            };
            for (one, members) in &gap.breaks {
                let whose = whose(rotation, members);
                self.line("  ", "gap: ", &format!("{when}, {}{whose}", broken(one)));
            }
        }
        if plan.gaps.len() > MAX_GAPS {
            let more = plan.gaps.len() - MAX_GAPS;
            let _ = writeln!(self.out, "  and {more} more states with a gap");
        }
        let (safe, orders) = (plan.safe_orders, plan.orders);
        let style = match plan.way {
            Some(_) => Style::new().green().bold(),
            None => Style::new().red().bold(),
        };
        let style = self.look.style(style);
        match &plan.way {
            None => {
                let told = "every order has a gap, even with bundles of old and new CAs";
                let _ = writeln!(self.out, "  {}", told.style(style));
            }
            Some(way) => {
                let told = match safe {
                    0 => format!(
                        "all {orders} orders have a gap; with a CA bundle, this one has none:"
                    ),
                    _ => format!("{safe} of {orders} orders have no gap; one of them:"),
                };
                let _ = writeln!(self.out, "  {}", told.style(style));
                for (number, step) in way.iter().enumerate() {
                    self.line("  ", &format!("[ ] {}. ", number + 1), &instruction(step));
                }
            }
        }
    }

    fn line(&mut self, indent: &str, mark: &str, sentence: &str) {
        let width = self.look.width.saturating_sub(indent.len() + mark.len());
        let text = wrap(&one_line(sentence), width, indent.len() + mark.len());
        let _ = writeln!(self.out, "{indent}{mark}{text}");
    }
}

/// What breaks, as the end of a sentence.
pub(super) fn broken(one: &Break) -> String {
    match one {
        Break::Configuration(why) => {
            format!("Envoy rejects the configuration and keeps the old one: {why}")
        }
        Break::Envoy(why) => format!("Envoy rejects the server: {why}"),
        Break::Server(why) => format!("the server rejects Envoy's certificate: {why}"),
        Break::Unknown(why) => format!("whether the handshake succeeds is unknown: {why}"),
    }
}

/// The contexts affected by a break, if there are several, as the end of a sentence.
fn whose(rotation: &Rotation, members: &[usize]) -> String {
    if members.len() == rotation.contexts.len() {
        return String::new();
    }
    let names = members.iter().map(|member| {
        let Member { context, upstreams, .. } = &rotation.contexts[*member];
        match &upstreams[..] {
            [one] => format!("{context}, {one}"),
            several => format!("{context}, {}", counted(several.len(), "upstream")),
        }
    });
    format!(" ({})", names.collect::<Vec<_>>().join("; "))
}

/// What to do in a step.
pub(super) fn instruction(step: &RotationStep) -> String {
    let what = match (step.place.as_str(), step.stage) {
        (SERVER_CHAIN, _) => "give the server its new certificate".to_owned(),
        (SERVER_TRUST, Stage::Both) => {
            "give the server the new and the old CAs, in this order".to_owned()
        }
        (SERVER_TRUST, _) => "give the server the new CAs".to_owned(),
        (place, Stage::Both) => {
            format!("put the new and the old CAs, in this order, into {place}")
        }
        (place, _) => format!("put the new contents into {place}"),
    };
    let then = step.needs_restart.map(|why| format!(", and restart Ambassador: {why}"));
    what + &then.unwrap_or_default()
}
