//! Examples of rules as reports print them.

/// Certificates in examples are shortened to this many lines.
const MAX_EXAMPLE_LINE: usize = 100;

/// Settings in the first line of an example, and the matching flags. The date has none: it matters
/// only for certificates, which are shortened.
const SETTINGS: [(&str, &str); 7] = [
    ("emissary=", "--emissary"),
    ("envoy=", "--envoy"),
    ("id=", "--ambassador-id"),
    ("namespace=", "--ambassador-namespace"),
    ("external=", "--external"),
    ("rootfs=", "--rootfs"),
    ("preset=", "--preset"),
];

/// The lines of an example as shown to readers: settings as flags, and shortened PEM blocks, since even
/// a published test key would trigger secret scanners.
pub(crate) fn example_lines(example: &str) -> impl Iterator<Item = String> {
    let (settings, manifest) = match example.strip_prefix("# settings:") {
        Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
        None => ("", example),
    };
    let flags: String = settings
        .split_whitespace()
        .filter_map(|setting| {
            let (name, flag) = SETTINGS.iter().find(|(name, _)| setting.starts_with(name))?;
            Some(format!(" {flag} {}", &setting[name.len()..]))
        })
        .collect();
    let command = (!flags.is_empty()).then(|| format!("# mtlsctl lint{flags}"));
    let mut in_block = false;
    let lines = manifest.lines().filter_map(move |line| {
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
    });
    command.into_iter().chain(lines)
}

fn hide(line: &str) -> String {
    match line.split_once(": ") {
        Some((key, _)) => format!("{key}: …"),
        None => "…".to_owned(),
    }
}
