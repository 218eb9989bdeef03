//! The site as built by mdBook: no warnings, no dead links, readable in a browser.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use crate::support::browser::Browser;
use crate::support::installed::{self, both};

use super::{files, root};

/// The URL of the site; links to it are links within it.
const SITE: &str = "https://mtlsctl.github.io/mtlsctl/";

/// Builds the site once.
fn site() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let into =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("site-{}", std::process::id()));
        let _ = fs::remove_dir_all(&into);
        let mut mdbook = installed::command("publishing/bin/mdbook");
        let built =
            mdbook.arg("build").arg(root().join("docs")).arg("-d").arg(&into).output().unwrap();
        let said = both(&built);
        assert!(built.status.success(), "{said}");
        assert!(!said.contains("WARN") && !said.contains("ERROR"), "{said}");
        into
    })
}

/// The values of an attribute.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    let values = html.split(&opening).skip(1).filter_map(|rest| rest.split_once('"'));
    values.map(|(value, _)| value.replace("&amp;", "&")).collect()
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

#[test]
fn every_link_of_the_site_works() {
    let site = site();
    let mut anchors: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    let pages = files(site, "html");
    for page in &pages {
        let html = fs::read_to_string(page).unwrap();
        anchors.insert(page.clone(), attributes(&html, "id").into_iter().collect());
    }
    let mut dead = Vec::new();
    let mut seen = 0;
    for page in &pages {
        let html = fs::read_to_string(page).unwrap();
        let links = attributes(&html, "href").into_iter().chain(attributes(&html, "src"));
        for link in links {
            let (link, base) = match link.strip_prefix(SITE) {
                Some(rest) => (rest.to_owned(), site),
                None => (link, page.parent().unwrap()),
            };
            if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
                continue;
            }
            seen += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let mut target = if path.is_empty() { page.clone() } else { normal(&base.join(path)) };
            if target.is_dir() {
                target.push("index.html");
            }
            let is_there = target.exists();
            let has = |anchors: &BTreeSet<String>| anchor.is_empty() || anchors.contains(anchor);
            // The page for unknown URLs has links relative to the server's root.
            let everywhere = page.ends_with("404.html");
            if !everywhere && (!is_there || anchors.get(&target).is_some_and(|known| !has(known))) {
                dead.push(format!("{}: {link}", page.strip_prefix(site).unwrap().display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    assert!(seen > 1000, "{seen}");
}

#[test]
fn links_of_the_readme_work() {
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        let inline = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        let referenced = text.lines().filter(|line| line.starts_with('['));
        let referenced = referenced.filter_map(|line| line.split_once("]: "));
        let links = inline.map(|(link, _)| link).chain(referenced.map(|(_, link)| link));
        for link in links {
            let target = match link.strip_prefix(SITE) {
                Some(page) => {
                    let page = page.split('#').next().unwrap();
                    site().join(if page.is_empty() { "index.html" } else { page })
                }
                None if link.contains("://") || link.starts_with('#') => continue,
                None => root().join(link.split('#').next().unwrap()),
            };
            assert!(target.exists(), "{name}: {link}");
        }
    }
}

/// WCAG 2 contrast of each piece of text with its background, the worst first.
const CONTRAST: &str = "
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = (text) => { const [r, g, b] = rgb(text).map((c) => { c /= 255;
      return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 });
      return .2126 * r + .7152 * g + .0722 * b };
    const behind = (element) => { for (let at = element; at; at = at.parentElement) {
      const back = getComputedStyle(at).backgroundColor;
      if (!back.startsWith('rgba(0, 0, 0, 0')) return back } return 'rgb(255, 255, 255)' };
    let worst = [99, ''];
    for (const element of document.querySelectorAll('main p, main li, main td, main h1, main code')) {
      if (!element.textContent.trim() || !element.checkVisibility()) continue;
      const a = light(getComputedStyle(element).color), b = light(behind(element));
      const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
      if (ratio < worst[0]) worst = [ratio, element.outerHTML.slice(0, 200)];
    }
    return [...worst, light(behind(document.querySelector('main')))]";

#[test]
fn pages_are_readable_in_light_and_dark_wide_and_narrow() {
    for (scheme, dark) in [(1, false), (0, true)] {
        let browser = Browser::start(
            1280,
            900,
            &[&format!("--blink-settings=preferredColorScheme={scheme}")],
        );
        for page in ["index.html", "rules/cluster-shared.html", "reference/environment.html"] {
            browser.open(&site().join(page));
            let worst = browser.run(CONTRAST);
            let ratio = worst[0].as_f64().unwrap();
            assert!(ratio >= 4.5, "{page}: contrast {ratio:.2} in {}", worst[1]);
            assert_eq!(worst[2].as_f64().unwrap() < 0.2, dark, "{page}: {worst}");
        }
        if !dark {
            // Search works from a file, without a server.
            browser.open(&site().join("index.html"));
            let found = browser.wait_for(
                "const done = arguments[0];
                 document.getElementById('mdbook-search-toggle').click();
                 const bar = document.getElementById('mdbook-searchbar');
                 const ask = () => { bar.value = 'cluster-shared';
                   bar.dispatchEvent(new Event('input', {bubbles: true}));
                   bar.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true})) };
                 let tries = 0;
                 const look = () => {
                   const results = document.getElementById('mdbook-searchresults').innerText;
                   if (results.includes('cluster-shared') || ++tries > 50) done(results);
                   else { ask(); setTimeout(look, 100) }
                 };
                 look()",
                serde_json::json!([]),
            );
            assert!(found.as_str().unwrap().contains("cluster-shared"), "{found}");
        }
    }
    let browser = Browser::start(500, 800, &[]);
    for page in ["index.html", "rules/index.html", "reference/exit-codes.html"] {
        browser.open(&site().join(page));
        // Tables and code scroll separately; the page does not.
        let wide = browser.run("return document.documentElement.scrollWidth - innerWidth");
        assert!(wide.as_i64().unwrap() <= 0, "{page} is {wide} pixels too wide");
    }
}
