//! `lint -o jsonl`: one finding of the JSON contract on each line, for streams and `jq`.

use std::io::Write;

use super::checked::Checked;
use super::json::findings;

/// Writes one line for each finding.
///
/// # Errors
/// What the writer says.
pub fn lint_jsonl(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    for finding in findings(checked) {
        serde_json::to_writer(&mut *out, &finding)?;
        out.write_all(b"\n").map_err(serde_json::Error::io)?;
    }
    Ok(())
}
