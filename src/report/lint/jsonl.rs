//! `lint -o jsonl`: one finding of the JSON contract on each line, for streams and `jq`.

use super::checked::Checked;
use super::json::findings;

/// One line for each finding.
pub fn lint_jsonl(checked: &Checked<'_>) -> String {
    findings(checked).into_iter().map(|finding| format!("{finding}\n")).collect()
}
