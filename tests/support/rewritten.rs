//! The same manifests in other styles.

use std::ops::Range;

/// The comment added to and between lines.
const NOTE: &str = " # note ä";

/// Splits a text into documents, each with the line before it.
fn documents(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    starts.extend(text.match_indices("\n---").map(|(at, _)| at + 1));
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// With a comment after every line that may have one, and above each `spec`.
pub(crate) fn commented(text: &str) -> String {
    let mut commented = String::new();
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let indentation = body.len() - body.trim_start().len();
        if block.is_some_and(|outer| body.trim().is_empty() || indentation > outer) {
            commented.push_str(line);
            continue;
        }
        let header = body.ends_with(['|', '>']) || body.ends_with("|-");
        block = header.then_some(indentation);
        if body == "spec:" {
            commented.push_str(&format!("{NOTE}\n\n"));
        }
        let plain = body.contains(": ") && !body.contains(['#', '{', '[']) && !header;
        let note = if plain { NOTE } else { "" };
        commented.push_str(&format!("{body}{note}{}", &line[body.len()..]));
    }
    commented
}

/// Without those comments.
pub(crate) fn uncommented(text: &str) -> String {
    text.replace(&format!("{NOTE}\n\n"), "").replace(NOTE, "")
}

/// Every document in flow style, on one line or as pretty JSON; `None` if that would change its
/// meaning.
pub(crate) fn in_flow(text: &str, pretty: bool) -> Option<String> {
    let mut flow = String::new();
    for document in documents(text) {
        let comments = document.lines().take_while(|line| line.starts_with('#'));
        comments.for_each(|line| flow.push_str(&format!("{line}\n")));
        let body: String =
            document.split_inclusive('\n').filter(|l| !l.starts_with("---")).collect();
        let value: serde_yaml::Value = serde_yaml::from_str(&body).ok()?;
        if value.is_null() {
            continue;
        }
        let json = match pretty {
            true => serde_json::to_string_pretty(&value).ok()?,
            false => serde_json::to_string(&value).ok()?,
        };
        flow.push_str(&format!("---\n{json}\n"));
    }
    Some(flow)
}

/// Ambassador's documents as annotations of Services.
pub(crate) fn in_annotation(text: &str, quoted: bool) -> Option<String> {
    let mut wrapped = String::new();
    for (number, document) in documents(text).into_iter().enumerate() {
        let ours = document.contains("getambassador.io/") && !document.contains("annotations:");
        if !ours {
            wrapped.push_str(document);
            continue;
        }
        let lines = document.split_inclusive('\n');
        let (comments, body): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| line.starts_with("# settings"));
        let body: String = body.concat();
        wrapped.push_str(&comments.concat());
        wrapped.push_str(&format!(
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: holder-{number}\n  annotations:\n    \
             getambassador.io/config: "
        ));
        if quoted {
            wrapped.push_str(&format!("{}\n", serde_json::to_string(&body).ok()?));
        } else {
            wrapped.push_str("|\n");
            body.lines().for_each(|line| wrapped.push_str(&format!("      {line}\n")));
        }
        wrapped.push_str("spec:\n  ports:\n  - port: 80\n");
    }
    Some(wrapped)
}

/// With every `spec` anchored, and an alias of it in the same document.
pub(crate) fn shared(text: &str) -> String {
    let anchored = |document: &str| match document.contains("\nspec:\n") {
        true => format!("{}status: *spec\n", document.replace("\nspec:\n", "\nspec: &spec\n")),
        false => document.to_owned(),
    };
    documents(text).into_iter().map(anchored).collect()
}

/// The ranges of those specs.
pub(crate) fn shared_ranges(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices("\nspec: &spec\n").map(|(at, _)| at);
    starts.map(|at| at..at + text[at..].find("\nstatus: *spec").unwrap()).collect()
}
