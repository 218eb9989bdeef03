//! Archives, packages, the wheel and the image, each installed on an otherwise empty system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::action::step;
use super::pre_commit;
use crate::support::installed::{self, both, succeed};

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// An empty folder for this call.
pub(super) fn folder(name: &str) -> PathBuf {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let (process, call) = (std::process::id(), CALLS.fetch_add(1, Ordering::Relaxed));
    let name = format!("packages-{name}-{process}-{call}");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

const TARGET: &str = "x86_64-unknown-linux-gnu";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The first experience of wheel users: findings in Bookinfo, and the time it took.
fn lints_bookinfo(program: &Path) {
    let output = Command::new(program)
        .args(["lint", "testdata/bookinfo", "-o", "concise"])
        .current_dir(root())
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", both(&output));
    assert!(both(&output).contains("mapping-context-undefined"), "{}", both(&output));
}

/// All parts of a release that can be built here, one after the other: they share `target/package`.
#[test]
fn release_packages_install_on_an_empty_system() {
    let made = folder("release");
    // Symbols would only make packing slower.
    let binary = made.join("mtlsctl");
    succeed(Command::new("strip").arg("-o").arg(&binary).arg(env!("CARGO_BIN_EXE_mtlsctl")));
    let tools = installed::file("publishing/bin/nfpm");
    let path = format!("{}:{}", tools.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let release = made.join("releases").join(format!("v{VERSION}"));
    let bundle = |into: &Path| {
        let mut bundle = Command::new("python3");
        bundle.arg(root().join("packaging/bundle")).arg(&binary).arg(TARGET).arg(into);
        succeed(bundle.env("PATH", &path));
    };
    bundle(&release);
    let archive = release.join(format!("mtlsctl-{TARGET}.tar.gz"));
    let sum = succeed(Command::new("sha256sum").arg(&archive));
    krew_installs_from_its_manifest(&archive, sum.split(' ').next().unwrap());
    binstall_finds_the_program(&archive);
    the_action_installs_it(&made);
    the_debian_package_is_whole(&release, &made);
    the_wheel_works_in_an_empty_environment(&made);
    fs::remove_dir_all(made).unwrap();
}

/// The output of krew-release-bot for the template and this archive.
fn krew_installs_from_its_manifest(archive: &Path, sum: &str) {
    let tag = format!("v{VERSION}");
    let template = fs::read_to_string(root().join(".krew.yaml")).unwrap();
    let rendered: String = template
        .replace("{{ .TagName }}", &tag)
        .lines()
        .map(|line| match line.split_once("{{addURIAndSha \"") {
            Some((indent, rest)) => {
                let url = rest.split('"').next().unwrap();
                // The bot indents the second line by four, whatever the indentation of the first.
                format!("{indent}uri: {url}\n    sha256: {sum}\n")
            }
            None => format!("{line}\n"),
        })
        .collect();
    assert!(!rendered.contains("{{"), "{rendered}");
    let manifest = yaml(&rendered);
    assert_eq!(manifest["apiVersion"], "krew.googlecontainertools.github.com/v1alpha2");
    assert_eq!(manifest["kind"], "Plugin");
    assert_eq!(manifest["metadata"]["name"], "mtlsctl");
    assert_eq!(manifest["spec"]["version"], tag);
    let short = manifest["spec"]["shortDescription"].as_str().unwrap();
    assert!(short.len() <= 60 && !short.ends_with('.'), "{short}");
    let held = succeed(Command::new("tar").arg("-tzf").arg(archive));
    let workflow = fs::read_to_string(root().join(".github/workflows/release.yml")).unwrap();
    let platforms = manifest["spec"]["platforms"].as_array().unwrap();
    let systems: Vec<_> = platforms.iter().map(|it| &it["selector"]["matchLabels"]).collect();
    for (os, arch) in
        [("linux", "amd64"), ("linux", "arm64"), ("darwin", "amd64"), ("darwin", "arm64")]
    {
        assert!(systems.iter().any(|is| is["os"] == os && is["arch"] == arch), "{os} {arch}");
    }
    for platform in platforms {
        assert_eq!(platform["sha256"], sum);
        let uri = platform["uri"].as_str().unwrap();
        let name = uri.rsplit('/').next().unwrap();
        assert!(uri.ends_with(&format!("/download/{tag}/{name}")), "{uri}");
        let target = name.strip_prefix("mtlsctl-").unwrap().strip_suffix(".tar.gz").unwrap();
        assert!(workflow.contains(&format!("target: {target},")), "nothing builds {target}");
        let files = platform["files"].as_array().unwrap();
        for file in files {
            assert!(held.lines().any(|line| file["from"] == line), "{file} in {held}");
        }
        assert!(files.iter().any(|file| file["to"] == platform["bin"]));
    }
}

/// The metadata in Cargo.toml leads to this archive and the program in it.
fn binstall_finds_the_program(archive: &Path) {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let value = |key: &str| {
        let line = manifest.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")));
        line.unwrap().trim_matches('"').to_owned()
    };
    let url = value("pkg-url").replace("{ version }", VERSION).replace("{ target }", TARGET);
    let name = archive.file_name().unwrap().to_str().unwrap();
    assert!(url.ends_with(&format!("/releases/download/v{VERSION}/{name}")), "{url}");
    let program = value("bin-dir").replace("{ bin }", "mtlsctl").replace("{ binary-ext }", "");
    let held = succeed(Command::new("tar").arg("-tzf").arg(archive));
    assert!(held.lines().any(|line| line == program), "{held}");
}

fn the_action_installs_it(made: &Path) {
    let tools = made.join("tools");
    let name = format!("mtlsctl-{TARGET}.tar.gz");
    let releases = format!("file://{}", made.join("releases").display());
    let install = || {
        step(
            "Install",
            root(),
            &[
                ("VERSION", VERSION),
                ("ARCHIVE", &name),
                ("FOLDER", tools.to_str().unwrap()),
                ("RELEASES", &releases),
            ],
        )
    };
    let (first, _) = install();
    assert!(first.status.success(), "{}", both(&first));
    lints_bookinfo(&tools.join("bin/mtlsctl"));
    // A cached file is verified, and nothing is downloaded again.
    fs::write(tools.join(&name), "something else").unwrap();
    let (damaged, _) = install();
    assert!(!damaged.status.success(), "{}", both(&damaged));
}

fn the_debian_package_is_whole(release: &Path, made: &Path) {
    let package = release.join(format!("mtlsctl_{VERSION}_amd64.deb"));
    let control = succeed(Command::new("dpkg-deb").arg("--info").arg(&package));
    assert!(
        control.contains("Package: mtlsctl") && control.contains("Depends: libc6"),
        "{control}"
    );
    let installed = made.join("debian");
    succeed(Command::new("dpkg-deb").arg("-x").arg(&package).arg(&installed));
    lints_bookinfo(&installed.join("usr/bin/mtlsctl"));
    let plugin =
        Command::new(installed.join("usr/bin/kubectl-mtlsctl")).arg("-h").output().unwrap();
    assert!(both(&plugin).contains("kubectl mtlsctl"), "{}", both(&plugin));
    for file in
        ["man/man1/mtlsctl-lint.1", "bash-completion/completions/mtlsctl", "doc/mtlsctl/LICENSE"]
    {
        assert!(installed.join("usr/share").join(file).exists(), "{file}");
    }
    assert!(release.join(format!("mtlsctl-{VERSION}-1.x86_64.rpm")).exists());
}

/// A target folder with hard links to the built dependencies, so that the wheel's build compiles
/// nothing.
fn linked_target(into: &Path, profile: &str) -> PathBuf {
    let built = Path::new(env!("CARGO_BIN_EXE_mtlsctl")).parent().unwrap();
    let into_profile = into.join(if profile == "dev" { "debug" } else { profile });
    fs::create_dir_all(&into_profile).unwrap();
    for part in [".fingerprint", "build", "deps"] {
        succeed(Command::new("cp").arg("-al").arg(built.join(part)).arg(&into_profile));
    }
    into.to_owned()
}

fn the_wheel_works_in_an_empty_environment(made: &Path) {
    let wheels = made.join("wheels");
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let mut maturin = installed::command("publishing/bin/maturin");
    maturin.args(["build", "--locked", "--offline", "--profile", profile, "--out"]).arg(&wheels);
    // It moves the program out of the target folder, where other tests run it at the same time.
    let target = linked_target(&made.join("target"), profile);
    succeed(maturin.current_dir(root().join("packaging")).env("CARGO_TARGET_DIR", target));
    let environment = made.join("empty");
    let started = Instant::now();
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    let mut pip = Command::new(environment.join("bin/pip"));
    pip.args(["install", "--quiet", "--no-index", "--find-links"]).arg(&wheels).arg("mtlsctl");
    succeed(pip.env("PIP_DISABLE_PIP_VERSION_CHECK", "1"));
    lints_bookinfo(&environment.join("bin/mtlsctl"));
    // Three seconds on an idle machine.
    let took = started.elapsed();
    assert!(took < Duration::from_secs(180), "{took:?}");
    assert!(environment.join("share/man/man1/mtlsctl-lint.1").exists());
    pre_commit::the_hook_installs_the_wheel(&wheels);
}

#[test]
fn the_image_has_all_libraries_that_the_binary_needs() {
    let path = root().join("Dockerfile");
    succeed(installed::command("linters/bin/hadolint").arg(&path));
    let text = fs::read_to_string(&path).unwrap();
    // There is no container engine here to build it; what can be checked is which libraries the
    // binary needs, and distroless/cc has these (glibc and libgcc of the same Debian).
    let needs = succeed(Command::new("ldd").arg(env!("CARGO_BIN_EXE_mtlsctl")));
    let present = ["linux-vdso", "libgcc_s.so.1", "libc.so.6", "libm.so.6", "ld-linux-x86-64"];
    for line in needs.lines() {
        assert!(present.iter().any(|name| line.contains(name)), "the image lacks {line}");
    }
    let wanted = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = wanted.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let image = format!("FROM rust:{}-bookworm", version.trim_matches('"'));
    assert!(text.contains(&image), "the image is not built by Rust {version}");
}
