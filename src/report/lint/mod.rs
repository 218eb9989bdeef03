//! Reports of `lint`, one file per output format.

mod arranged;
mod cases;
mod checked;
mod checkstyle;
mod concise;
mod diff;
mod drawing;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod rdjson;
mod sarif;
mod statistics;
mod suppressed;
mod tap;
mod text;

pub use arranged::{Arrangement, GroupBy};
pub use checked::Checked;
pub use checkstyle::lint_checkstyle;
pub use concise::{lint_concise, lint_concise_arranged};
pub use diff::{Differences, lint_diff};
pub use github::{github_summary, lint_github};
pub use gitlab::lint_gitlab;
pub use json::{lint_json, lint_schema};
pub use jsonl::lint_jsonl;
pub use junit::lint_junit;
pub use rdjson::lint_rdjson;
pub use sarif::lint_sarif;
pub(crate) use sarif::sarif_in;
pub use statistics::lint_statistics;
pub use suppressed::{suppressed_concise, suppressed_text};
pub use tap::lint_tap;
pub use text::{lint_text, lint_text_arranged};
