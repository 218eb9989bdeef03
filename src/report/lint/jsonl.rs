//! `lint -o jsonl`: one finding in JSON format per line, for streams and `jq`.

use std::io::Write;

use super::checked::Checked;
use super::json::findings;

/// Writes one line per finding.
///
/// # Errors
/// The writer's errors.
pub fn lint_jsonl(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    for finding in findings(checked) {
        serde_json::to_writer(&mut *out, &finding)?;
        out.write_all(b"\n").map_err(serde_json::Error::io)?;
    }
    Ok(())
}
