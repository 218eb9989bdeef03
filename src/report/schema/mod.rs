//! The JSON Schemas of all reports, generated from the reports' types.

use serde_json::Value;

use super::diff::diff_schema;
use super::explain::explain_schema;
use super::graph;
use super::inspect::inspect_schema;
use super::lint::lint_schema;
use super::probe;
use super::rehearse::rehearse_schema;
use super::resolve::resolve_schema;
use super::running;

/// The JSON Schemas of all `-o json` reports, by command.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("diff", diff_schema()),
        ("explain", explain_schema()),
        ("graph", graph::schema()),
        ("inspect", inspect_schema()),
        ("lint", lint_schema()),
        ("probe", probe::schema()),
        ("rehearse", rehearse_schema()),
        ("resolve", resolve_schema()),
        ("running", running::schema()),
    ]
}
