//! Nothing is quadratic: four times the input takes about four times the work, not sixteen times.

#![cfg(unix)]
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The maximum ratio for four times the input; quadratic work would take sixteen.
const MOST_GROWTH: f64 = 9.0;

fn mapping(number: usize, more: &str) -> String {
    format!(
        "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata:\n  name: m{number}\n\
         spec:\n  hostname: \"*\"\n  prefix: /{number}/\n  service: s{number}:80\n{more}"
    )
}

fn context(number: usize) -> String {
    format!(
        "---\napiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {{name: \
         c-{number:06}}}\nspec: {{secret: x{number}}}\n"
    )
}

/// Seconds of processor time (system and user) that `lint` takes in this format.
fn work(name: &str, text: &str, format: &str) -> f64 {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("linear-{name}.yaml"));
    fs::write(&path, text).unwrap();
    let script =
        "TIMEFORMAT='%U %S'; time \"$0\" lint --check-yaml -o \"$2\" \"$1\" >/dev/null 2>&1";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_mtlsctl")])
        .arg(&path)
        .arg(format)
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    fs::remove_file(&path).unwrap();
    let code = output.status.code().unwrap();
    assert!([0, 1, 3].contains(&code), "{name}: exit code {code}");
    let times = String::from_utf8(output.stderr).unwrap();
    times.split_whitespace().map(|time| time.parse::<f64>().unwrap()).sum()
}

/// Compares the work for `size` with that for four times as much; outliers are repeated.
#[track_caller]
fn linear(name: &str, size: usize, formats: &[&str], make: impl Fn(usize) -> String) {
    for format in formats {
        let growth = || {
            let (once, more) = (make(size), make(4 * size));
            work(name, &more, format) / work(name, &once, format).max(0.01)
        };
        // One outlier on a busy machine is possible; three mean quadratic work.
        let mut growths = Vec::new();
        while growths.len() < 3 && growths.iter().all(|growth| *growth >= MOST_GROWTH) {
            growths.push(growth());
        }
        let grown = growths.iter().all(|growth| *growth >= MOST_GROWTH);
        assert!(!grown, "{name} as {format}: {growths:?} times the work");
    }
}

fn many(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

#[test]
fn findings_take_linear_work_in_every_format() {
    let formats = [
        "text",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "tap",
    ];
    linear("findings", 300, &formats, |size| many(size, |n| mapping(n, "  tls: gone\n")));
}

#[test]
fn findings_on_one_line_and_in_one_annotation_take_linear_work() {
    linear("line", 400, &["text", "json"], |size| {
        let items = many(size, |n| {
            format!(
                "{}{{\"apiVersion\":\"getambassador.io/v3alpha1\",\"kind\":\"Mapping\",\
                 \"metadata\":{{\"name\":\"m{n}\"}},\"spec\":{{\"hostname\":\"*\",\"prefix\":\
                 \"/{n}/\",\"service\":\"s:80\",\"tls\":\"gone\"}}}}",
                if n > 0 { "," } else { "" }
            )
        });
        format!("{{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{items}]}}")
    });
    linear("annotation", 300, &["json"], |size| {
        let documents = many(size, |n| {
            mapping(n, "  tls: gone\n").lines().fold(String::new(), |mut text, line| {
                writeln!(text, "      {line}").unwrap();
                text
            })
        });
        format!(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  annotations:\n    \
             getambassador.io/config: |\n{documents}"
        )
    });
}

#[test]
fn ignores_take_linear_work() {
    let ignore = "# mtlsctl: ignore[mapping-context-undefined] made elsewhere\n";
    linear("ignores", 400, &["json"], |size| {
        many(size, |n| mapping(n, &format!("  tls: gone {ignore}")))
    });
    linear("stacked", 2_000, &["json"], |size| {
        mapping(0, &format!("{}  tls: gone\n", many(size, |_| format!("  {ignore}"))))
    });
}

#[test]
fn misspelt_names_take_linear_work() {
    linear("near", 600, &["json"], |size| {
        many(size, |n| context(n) + &mapping(n, &format!("  tls: c-{n:06}x\n")))
    });
    linear("used", 400, &["json"], |size| {
        many(size, |n| context(n) + &mapping(n, &format!("  tls: c-{n:06}\n")))
    });
}

#[test]
fn routes_and_hosts_take_linear_work() {
    let host = |name: String, spec: &str| {
        format!(
            "---\napiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: {{name: {name}}}\n\
             spec: {{{spec}}}\n"
        )
    };
    linear("group", 600, &["json"], |size| {
        let members = many(size, |n| {
            mapping(n, "  precedence: 1\n")
                .replace(&format!("prefix: /{n}/"), "prefix: /")
                .replace("\nspec:", &format!("\n  labels: {{a{n}: b, c: d}}\nspec:"))
        });
        let select = "hostname: a.example.com, mappingSelector: {matchLabels: {c: d}}";
        host("h".to_owned(), select) + &members
    });
    linear("globs", 400, &["json"], |size| {
        many(size, |n| {
            let route = format!("hostname: \"*.{n}.example.com\"");
            host(format!("h{n}"), &format!("hostname: a.{n}.example.com"))
                + &mapping(n, "").replace("hostname: \"*\"", &route)
                + &mapping(size + n, "")
        })
    });
}

#[test]
fn secrets_and_keys_take_linear_work() {
    linear("secrets", 400, &["json"], |size| {
        many(size, |n| {
            format!(
                "{}---\napiVersion: v1\nkind: Secret\nmetadata: {{name: x{n}}}\ntype: \
                 kubernetes.io/tls\ndata: {{tls.crt: YQ==, tls.key: YQ==}}\n",
                context(n)
            )
        })
    });
    let entries = |size| many(size, |n| format!("  k{n}: YQ==\n"));
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n";
    linear("keys", 6_000, &["json"], |size| format!("{secret}{}", entries(size)));
    linear("keys-twice", 4_000, &["json"], |size| {
        format!("{secret}{0}stringData:\n{0}", entries(size))
    });
    linear("fields", 2_000, &["json"], |size| mapping(0, &many(size, |n| format!("  k{n}: 1\n"))));
}

#[test]
fn unreadable_documents_take_linear_work() {
    linear("broken", 1_000, &["text", "json"], |size| "---\nkind: Secret\na: [\n".repeat(size));
    linear("empty", 100_000, &["json"], |size| "---\n".repeat(size));
}

#[test]
fn text_that_invites_backtracking_takes_linear_work() {
    let head = "kind: Secret\na: ";
    for (name, unit, size) in [
        ("dashes", "-", 300_000),
        ("blanks", " ", 300_000),
        ("breaks", "\n", 100_000),
        ("colons", ":", 100_000),
        ("path", "abc/", 100_000),
        ("words", "word\n  ", 40_000),
        ("quotes", "''", 100_000),
        ("folds", "\\\n", 60_000),
        ("flow", "[],", 40_000),
        ("aliases", "&a b,", 20_000),
        ("comments", "\n# mtlsctl: nothing", 4_000),
    ] {
        let close = match name {
            "folds" => ("\"", "\""),
            "quotes" => ("'", "'"),
            "flow" | "aliases" => ("[", "]"),
            _ => ("", ""),
        };
        linear(name, size, &["text"], |size| {
            format!("{head}{}{}{}\n", close.0, unit.repeat(size), close.1)
        });
    }
}
