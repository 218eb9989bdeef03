//! `diff -o table`: one row per difference.

use comfy_table::{ContentArrangement, Table, presets};

use crate::diff::{Diff, Difference};
use crate::report::form::one_line;

use super::text::diff_total;

/// All differences, the worst first, and a last line with counts.
pub fn diff_table(diff: &Diff<'_>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    // As in kubectl, rows are never wrapped.
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["RANK", "UPSTREAM", "WHAT", "BEFORE", "AFTER"]);
    for difference in &diff.whole {
        table.add_row(row("every upstream", difference));
    }
    for change in &diff.changes {
        let object = change.object.to_string();
        for difference in &change.differences {
            table.add_row(row(&object, difference));
        }
    }
    let mut text = String::new();
    if !diff.whole.is_empty() || !diff.changes.is_empty() {
        text.extend(table.to_string().lines().map(|line| format!("{}\n", line.trim_end())));
        text.push('\n');
    }
    text + &diff_total(diff) + "\n"
}

fn row(object: &str, difference: &Difference) -> [String; 5] {
    let side = |told: &str| if told.is_empty() { "-".to_owned() } else { one_line(told) };
    [
        difference.rank.to_string(),
        one_line(object),
        difference.aspect.name().to_owned(),
        side(&difference.before),
        side(&difference.after),
    ]
}
