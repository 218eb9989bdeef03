//! Examples of rules as reports print them.

/// Certificates in examples are longer than anybody reads.
const MAX_EXAMPLE_LINE: usize = 100;

/// The lines of an example as readers see them: without settings, and with PEM blocks cut short,
/// since a published test key would still alarm everything that scans for keys.
pub(crate) fn example_lines(example: &str) -> impl Iterator<Item = String> {
    let mut in_block = false;
    let lines = example.lines().filter(|line| !line.starts_with("# settings:"));
    lines.filter_map(move |line| {
        let begins = line.contains("-----BEGIN ");
        let inside = in_block && !line.contains("-----END ");
        in_block = begins || inside;
        match (begins, inside, line.len() > MAX_EXAMPLE_LINE) {
            (false, true, _) => None,
            (true, ..) if line.contains("-----END ") => Some(hide(line)),
            (true, ..) => {
                let indentation = &line[..line.len() - line.trim_start().len()];
                Some(format!("{line}\n{indentation}…"))
            }
            (_, _, true) => Some(hide(line)),
            _ => Some(line.to_owned()),
        }
    })
}

fn hide(line: &str) -> String {
    match line.split_once(": ") {
        Some((key, _)) => format!("{key}: …"),
        None => "…".to_owned(),
    }
}
