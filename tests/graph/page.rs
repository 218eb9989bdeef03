//! The output of `graph` in a real browser: the page works, is fast and safe; Mermaid accepts the
//! rest.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::browser::Browser;
use crate::support::installed;
use serde_json::json;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()))
}

/// The page for some manifests.
fn page(manifests: &Path, name: &str) -> PathBuf {
    let page = temporary(name).with_extension("html");
    let status = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .current_dir(root())
        .args(["graph", "--at", "2026-06-01", "-f"])
        .arg(manifests)
        .arg("-o")
        .arg(format!("html={}", page.display()))
        .status()
        .unwrap();
    assert!(status.success());
    page
}

fn mappings(count: usize, name: impl Fn(usize) -> String) -> String {
    let mut text = String::from(
        "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: {name: mesh}\n\
         spec: {secret: client}\n",
    );
    for number in 0..count {
        let tls = if number % 100 == 7 { "mehs" } else { "mesh" };
        let name = name(number);
        let _ = write!(
            text,
            "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: \"{name}\"}}\n\
             spec: {{hostname: \"*\", prefix: \"/{number}/\", service: \"https://s{number}\", tls: {tls}}}\n"
        );
    }
    text
}

#[test]
fn rows_are_searched_filtered_opened_and_walked_by_keyboard() {
    let page = page(&root().join("testdata/bookinfo"), "bookinfo");
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    let shown = || {
        browser.run(
            "return [...document.querySelectorAll('.trail')].filter((row) => row.checkVisibility())
               .map((row) => row.querySelector('.subject').textContent)",
        )
    };
    // The worst first.
    assert_eq!(
        shown(),
        json!(["Mapping default/reviews", "Mapping default/productpage", "Mapping default/qotm"])
    );
    let drawn =
        "return [document.querySelectorAll('#drawing .columns path').length, graph.edges.length]";
    let drawn = browser.run(drawn);
    assert_eq!(drawn[0], drawn[1]);
    // `/` focuses the search field, and typing filters rows, also by text that they do not show.
    browser.press(&["/"]);
    browser.press(&["c", "e", "r", "t", "-", "c", "h", "a", "i", "n"]);
    let settled = "const done = arguments[0]; setTimeout(() => done(document.getElementById('count').value), 300)";
    assert_eq!(browser.wait_for(settled, json!([])), "1 of 3");
    assert_eq!(shown(), json!(["Mapping default/productpage"]));
    browser.press(&["\u{e00c}"]); // Escape
    assert_eq!(browser.wait_for(settled, json!([])), "3 of 3");
    browser.run("document.querySelector('[value=warning]').click()");
    assert_eq!(shown(), json!(["Mapping default/reviews"]));
    browser.run("document.querySelector('[value=warning]').click()");
    browser.run("const mode = document.getElementById('mode'); mode.value = 'mutual'; mode.dispatchEvent(new Event('change', {bubbles: true}))");
    assert_eq!(browser.run("return document.getElementById('count').value"), "2 of 3");
    browser.run("const mode = document.getElementById('mode'); mode.value = ''; mode.dispatchEvent(new Event('change', {bubbles: true}))");
    // Arrow keys move between rows, Enter opens one.
    browser.run("document.querySelector('summary').focus()");
    browser.press(&["\u{e015}", "\u{e007}"]); // down, Enter
    let open = "const done = arguments[0]; setTimeout(() => done(document.querySelector('.trail[open]').innerText), 100)";
    let open = browser.wait_for(open, json!([]));
    let open = open.as_str().unwrap();
    for expected in [
        "/etc/istiocerts/cert-chain.pem",
        "certificate",
        "testdata/bookinfo/istio.yaml:16:9",
        "Envoy does not reload",
        "context-files-not-reloaded",
    ] {
        assert!(open.contains(expected), "{expected} is not in\n{open}");
    }
}

#[test]
fn dark_and_light_mode_differ_and_are_readable() {
    let page = page(&root().join("testdata/bookinfo"), "colours");
    for (argument, dark) in [
        ("--blink-settings=preferredColorScheme=1", false),
        ("--blink-settings=preferredColorScheme=0", true),
    ] {
        let browser = Browser::start(800, 600, &[argument]);
        browser.open(&page);
        // WCAG 2 contrast of each piece of text with its background.
        let worst = browser.run(
            "const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
             const light = (text) => { const [r, g, b] = rgb(text).map((c) => { c /= 255;
               return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 });
               return .2126 * r + .7152 * g + .0722 * b };
             const behind = (element) => { for (let at = element; at; at = at.parentElement) {
               const back = getComputedStyle(at).backgroundColor;
               if (!back.startsWith('rgba(0, 0, 0, 0')) return back } };
             let worst = [99, ''];
             for (const element of document.querySelectorAll('h1, p, bdi, .node *, legend, output')) {
               if (!element.textContent.trim() || !element.checkVisibility()) continue;
               const a = light(getComputedStyle(element).color), b = light(behind(element));
               const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
               if (ratio < worst[0]) worst = [ratio, element.outerHTML];
             }
             return [...worst, light(getComputedStyle(document.body).backgroundColor)]",
        );
        let ratio = worst[0].as_f64().unwrap();
        assert!(ratio >= 4.5, "contrast {ratio:.2} in {}", worst[1]);
        assert_eq!(worst[2].as_f64().unwrap() < 0.2, dark, "{worst}");
    }
}

#[test]
fn a_thousand_mappings_are_searched_quickly() {
    let manifests = temporary("thousand").with_extension("yaml");
    fs::write(&manifests, mappings(1000, |number| format!("m{number:04}"))).unwrap();
    let page = page(&manifests, "thousand");
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    assert_eq!(browser.run("return document.querySelectorAll('.trail').length"), 1000);
    let first = browser.run("return document.querySelector('.trail .subject').textContent");
    assert_eq!(first, "Mapping default/m0007");
    let took = browser.run(
        "const before = performance.now();
         document.getElementById('search').value = 'm0999'; filter();
         document.body.getBoundingClientRect();
         return performance.now() - before",
    );
    assert_eq!(browser.run("return document.getElementById('count').value"), "1 of 1000");
    // Usually a tenth of that; the machine may be busy.
    assert!(took.as_f64().unwrap() < 2000.0, "searching took {took} ms");
}

#[test]
fn hostile_names_are_shown_and_not_executed() {
    let attacks = [
        "<img src=x onerror=window.hit=1>",
        "</script><script>window.hit=2</script>",
        "\\\"><svg onload=window.hit=3>",
        "'--><iframe srcdoc='<script>parent.hit=4</script>'>",
        "<!--<script>",
        "javascript:window.hit=5//",
        "${window.hit=6}`;window.hit=7//",
    ];
    let manifests = temporary("attacks").with_extension("yaml");
    fs::write(&manifests, mappings(attacks.len(), |number| attacks[number].to_owned())).unwrap();
    let page = page(&manifests, "attacks");
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    browser.run("for (const row of document.querySelectorAll('.trail')) row.open = true");
    let settled = "const done = arguments[0]; setTimeout(() => done(window.hit ?? null), 300)";
    assert_eq!(browser.wait_for(settled, json!([])), json!(null));
    let made = "return document.querySelectorAll('img, iframe, svg[onload], [onerror]').length";
    assert_eq!(browser.run(made), 0);
    assert_eq!(browser.run("return document.scripts.length"), 2);
    assert_eq!(browser.run("return performance.getEntriesByType('resource').length"), 0);
    let shown = browser.run("return document.body.innerText");
    for attack in attacks {
        let attack = attack.replace("\\\"", "\"");
        assert!(shown.as_str().unwrap().contains(&attack), "{attack} is not shown as text");
    }
    // Even if something slipped through, the page's policy would block it.
    browser.run(
        "const script = document.createElement('script'); script.textContent = 'window.hit = 9';
         document.body.append(script)",
    );
    assert_eq!(browser.run("return window.hit ?? null"), json!(null));
}

#[test]
fn mermaid_draws_hostile_names_unchanged() {
    let library = installed::file("node/node_modules/mermaid/dist/mermaid.min.js");
    let hostile = r#"::error::x%0A]]><a b=\"'&amp;\u202e\a\U0001f980|`x](http://e.vil);#quot;\\n%%{init: {}}%% end style x:#1;"#;
    let shown = "::error::x%0A]]><a b=\"'&amp;\u{fffd}\u{fffd}\u{1f980}|`x](http://e.vil);#quot;\\\u{2060}n%%{init: {}}%% end style x:#1;";
    let manifests = temporary("mermaid").with_extension("yaml");
    fs::write(&manifests, mappings(1, |_| hostile.to_owned())).unwrap();
    let drawn = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["graph", "-o", "mermaid", "-f"])
        .arg(&manifests)
        .output()
        .unwrap();
    let drawn = String::from_utf8(drawn.stdout).unwrap();
    let page = temporary("mermaid").with_extension("html");
    let script = format!(
        "<!doctype html><meta charset=utf-8><body><script src=\"file://{}\"></script>",
        library.display()
    );
    fs::write(&page, script).unwrap();
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    let texts = browser.wait_for(
        "const [text, done] = arguments;
         mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
         mermaid.render('drawing', text).then(({ svg }) => {
           document.body.innerHTML = svg;
           done([...document.querySelectorAll('.nodeLabel')].map((label) => label.textContent));
         }, (error) => done(String(error)))",
        json!([drawn]),
    );
    assert!(texts.is_array(), "Mermaid refuses it: {texts}\n{drawn}");
    let found = texts.as_array().unwrap().iter().any(|text| text.as_str().unwrap().contains(shown));
    assert!(found, "{texts:#}\n{drawn}");
}

/// Boxes that a line runs behind, sampled every three pixels.
const CROSSED: &str = "
    const crossed = [];
    const holder = document.querySelector('#drawing .columns').getBoundingClientRect();
    const boxes = [...document.querySelectorAll('#drawing .node')].map((box) => [box, box.getBoundingClientRect()]);
    for (const { path, from, to } of drawn) {
      const length = path.getTotalLength();
      for (let at = 0; at <= length; at += 3) {
        const { x, y } = path.getPointAtLength(at);
        for (const [box, rect] of boxes) {
          const inside = x + holder.left > rect.left + 1 && x + holder.left < rect.right - 1
            && y + holder.top > rect.top + 1 && y + holder.top < rect.bottom - 1;
          if (inside && box !== from && box !== to) {
            crossed.push(from.dataset.node + ' -> ' + to.dataset.node + ' behind ' + box.dataset.node);
          }
        }
      }
    }
    return [...new Set(crossed)]";

/// Mappings with Hosts, contexts with Secrets and files, and Secrets that both share.
fn crowded() -> PathBuf {
    let mut text = String::new();
    let object = |kind: &str, name: &str, spec: &str| {
        format!(
            "---\napiVersion: getambassador.io/v3alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\n\
             spec: {{{spec}}}\n"
        )
    };
    for number in 0..6 {
        let files = "cert_chain_file: /a/cert.pem, private_key_file: /a/key.pem, \
                     cacert_chain_file: /a/ca.pem";
        let spec = match number % 2 {
            0 => format!("secret: s{number}, ca_secret: ca"),
            _ => files.replace("/a/", &format!("/a{number}/")),
        };
        text += &object("TLSContext", &format!("c{number}"), &spec);
        let host = format!("hostname: h{number}.example.com, tlsSecret: {{name: h{number}}}");
        text += &object("Host", &format!("h{number}"), &host);
    }
    for number in 0..18 {
        let tls = if number == 5 { "missing".to_owned() } else { format!("c{}", number % 6) };
        let host = format!("h{}.example.com", number % 6);
        let spec = format!(
            "hostname: {host}, prefix: /{number}/, service: 'https://s{number}', tls: {tls}"
        );
        text += &object("Mapping", &format!("m{number:02}"), &spec);
    }
    let path = temporary("crowded").with_extension("yaml");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn lines_avoid_other_boxes_and_their_colours_are_explained() {
    for manifests in
        [root().join("testdata/bookinfo"), root().join("testdata/graph/both-ends.yaml"), crowded()]
    {
        let page = page(&manifests, "lines");
        for width in [1400, 900] {
            let browser = Browser::start(width, 900, &[]);
            browser.open(&page);
            assert_eq!(browser.run(CROSSED), json!([]), "{} at {width}", manifests.display());
            assert!(browser.run("return drawn.length").as_u64().unwrap() > 3);
            // The legend has exactly the kinds of lines that are drawn.
            let legend = browser.run(
                "const kinds = new Set(drawn.map((one) => one.line));
                 return [kinds.size, document.querySelectorAll('.legend li').length]",
            );
            assert_eq!(legend[0], legend[1], "{legend}");
        }
    }
}

#[test]
fn hosts_are_drawn_before_their_mappings() {
    let page = page(&root().join("testdata/bookinfo"), "columns");
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    let titles =
        "return [...document.querySelectorAll('#drawing h2')].map((title) => title.innerText)";
    assert_eq!(
        browser.run(titles),
        json!(["Secrets", "Files", "TLS contexts", "Hosts", "Mappings", "Services"])
    );
}

#[test]
fn omitted_objects_are_listed_above_the_drawing() {
    let manifests = temporary("many").with_extension("yaml");
    fs::write(&manifests, mappings(1200, |number| format!("m{number:04}"))).unwrap();
    let page = page(&manifests, "many");
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    let said = browser.run(
        "const more = document.querySelector('#drawing .more');
         const above = more.getBoundingClientRect().bottom <= document.querySelector('.scroller').getBoundingClientRect().top;
         return [more.innerText, above]",
    );
    let text = "40 of 1,200 rows are drawn, the worst first. Search or filter to draw others.";
    assert_eq!(said, json!([text, true]));
}

#[test]
fn results_of_probes_are_shown_with_their_mappings() {
    let results = temporary("probed").with_extension("json");
    let target = |name: &str, verdict: &str, reason: &str| {
        json!({
            "object": {"kind": "Mapping", "namespace": "default", "name": name},
            "verdict": {"envoy": verdict, "envoy_reason": reason, "mutual": "required"},
        })
    };
    let report = json!({"version": 1, "targets": [
        target("productpage", "refused", "CERTIFICATE_VERIFY_FAILED"),
        target("qotm", "accepted", ""),
    ]});
    fs::write(&results, report.to_string()).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
        command.current_dir(root()).args([
            "graph",
            "--at",
            "2026-06-01",
            "-f",
            "testdata/bookinfo",
        ]);
        command.arg("--probe").arg(&results).args(arguments).output().unwrap()
    };
    let page = temporary("probed").with_extension("html");
    assert!(run(&["-o", &format!("html={}", page.display())]).status.success());
    let browser = Browser::start(1280, 900, &[]);
    browser.open(&page);
    let rows = browser.run(
        "return [...document.querySelectorAll('.trail')].map((row) =>
           [row.dataset.severity, row.querySelector('.subject').innerText, row.querySelector('.mode').innerText])",
    );
    let rows = rows.as_array().unwrap();
    let row = |name: &str| {
        let found = rows.iter().find(|row| row[1] == format!("Mapping default/{name}"));
        (found.unwrap()[0].as_str().unwrap(), found.unwrap()[2].as_str().unwrap())
    };
    // A failed probe is an error, even without one in the manifests.
    assert_eq!(row("productpage").0, "error");
    assert!(row("productpage").1.ends_with("probed: fails, CERTIFICATE_VERIFY_FAILED"), "{rows:?}");
    assert!(row("qotm").1.ends_with("probed: mutual TLS"), "{rows:?}");
    assert!(!row("reviews").1.contains("probed"), "{rows:?}");
    let text = String::from_utf8(run(&[]).stdout).unwrap();
    assert!(text.contains("probed: fails, CERTIFICATE_VERIFY_FAILED"), "{text}");
    // A file that is not a report is rejected with a message.
    fs::write(&results, "{}").unwrap();
    let refused = run(&[]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("it is not a JSON report of `probe`"), "{said}");
}
