//! Examples of rules as reports print them.

/// Certificates in examples are longer than anybody reads.
const MAX_EXAMPLE_LINE: usize = 100;

/// How the first line of an example gives its settings, and how the command line does. The day is not
/// among them: the certificates that it matters for are cut short.
const SETTINGS: [(&str, &str); 7] = [
    ("emissary=", "--emissary"),
    ("envoy=", "--envoy"),
    ("id=", "--ambassador-id"),
    ("namespace=", "--ambassador-namespace"),
    ("external=", "--external"),
    ("rootfs=", "--rootfs"),
    ("preset=", "--preset"),
];

/// The lines of an example as readers see them: settings as flags, and PEM blocks cut short, since a
/// published test key would still set off everything that scans for keys.
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
