//! The comparison as a table, one line per cluster.

use comfy_table::{ContentArrangement, Table, presets};

use super::upstreams;
use crate::running::Comparison;
use crate::world::World;

/// One line per cluster: what Envoy does, its handshakes, and what differs.
pub fn table(world: &World, comparison: &Comparison) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(["UPSTREAM", "CLUSTER", "ENVOY", "OK", "FAILED", "DIFFERS"]);
    for compared in &comparison.clusters {
        let mut differs: Vec<&str> = comparison
            .divergences
            .iter()
            .filter(|divergence| divergence.clusters.contains(&compared.cluster))
            .map(|divergence| divergence.kind.rule().trim_start_matches("envoy-"))
            .collect();
        differs.dedup();
        table.add_row([
            upstreams(world, compared),
            compared.name.clone(),
            compared.mode.to_owned(),
            compared.handshakes.to_string(),
            compared.failures.to_string(),
            if differs.is_empty() { "-".to_owned() } else { differs.join(",") },
        ]);
    }
    for name in &comparison.left_over {
        table.add_row(["-", name.as_str(), "", "", "", "not asked for"]);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}
