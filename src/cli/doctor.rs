//! `mtlsctl doctor`: what mtlsctl finds on this machine, and what is missing for which command.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use clap::Args;

use crate::cert::Chain;
use crate::console::{Console, Links};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{ConfigFile, find_config};
use crate::report::{CheckItem, checklist, one_line};
use crate::world::Profile;

use super::shared::{columns, look};

/// List what mtlsctl finds on this machine, and how to get what is missing.
///
/// Nothing is changed, and no cluster is contacted: `kubectl` and `helm` are run only to get their
/// versions and the current context.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {}

/// Time limit for another program to print its version.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where systems store their trusted CAs.
const STORES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
];

/// Runs the command; exits with 2 if something keeps mtlsctl from working.
///
/// # Errors
/// A closed output.
pub(crate) fn run(_: &DoctorArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let items = [
        version(),
        configuration(),
        runtime.block_on(kubectl()),
        runtime.block_on(context()),
        runtime.block_on(helm()),
        completion(),
        terminal(console),
        store(),
    ];
    runtime.shutdown_background();
    console.out.write_all(checklist(&items, look(console)).as_bytes())?;
    let is_broken = items.iter().any(|item| item.is_broken);
    Ok(if is_broken { Exit::Failed } else { Exit::Clean })
}

fn version() -> CheckItem {
    let usual = Profile::default();
    let program = env::current_exe().map(|path| format!(" ({})", path.display()));
    let found = format!(
        "mtlsctl {}{}; checks for Emissary {usual} and Envoy {} by default",
        env!("CARGO_PKG_VERSION"),
        program.unwrap_or_default(),
        usual.envoy()
    );
    CheckItem::ok("version", found)
}

fn configuration() -> CheckItem {
    const NAME: &str = "config";
    let here = env::current_dir().unwrap_or_default();
    let path = match find_config(&[], &here) {
        Ok(None) => {
            return CheckItem::ok(NAME, "no .mtlsctl.yaml here or above; defaults apply");
        }
        Ok(Some(path)) => path,
        Err(two) => {
            let found = format!("two configurations in {}", two.folder.display());
            return CheckItem::broken(NAME, found, "remove one of them");
        }
    };
    let shown = path.display().to_string();
    let read = fs::read_to_string(&path).map_err(|error| crate::source::reason(&error));
    let folder = path.parent().unwrap_or(&here).to_path_buf();
    match read.map(|text| ConfigFile::parse(&shown, text, folder).is_ok()) {
        Ok(true) => CheckItem::ok(NAME, shown),
        Ok(false) => CheckItem::broken(
            NAME,
            format!("{shown} is invalid"),
            "`mtlsctl lint` shows where; `mtlsctl config schema` helps editors check it",
        ),
        Err(reason) => CheckItem::broken(NAME, format!("{shown}: {reason}"), "make it readable"),
    }
}

async fn kubectl() -> CheckItem {
    const NAME: &str = "kubectl";
    match said("kubectl", &["version", "--client"]).await {
        Some(said) => CheckItem::ok(NAME, said.trim_start_matches("Client Version: ")),
        None if in_path("kubectl").is_some() => CheckItem::could(
            NAME,
            "kubectl does not report its version",
            "`kubectl version --client` should answer within 3 seconds",
        ),
        None => CheckItem::could(
            NAME,
            "not installed",
            "needed only for `kubectl mtlsctl`; clusters are read without it",
        ),
    }
}

async fn context() -> CheckItem {
    const NAME: &str = "cluster";
    if let Some(context) = said("kubectl", &["config", "current-context"]).await {
        return CheckItem::ok(NAME, format!("context {context}; not contacted"));
    }
    let named = env::var_os("KUBECONFIG").map(|paths| env::split_paths(&paths).collect());
    let usual = || vec![home().join(".kube/config")];
    let paths: Vec<PathBuf> = named.unwrap_or_else(usual);
    if let Some(path) = paths.iter().find(|path| path.is_file()) {
        return CheckItem::ok(NAME, format!("{}; not contacted", path.display()));
    }
    CheckItem::could(
        NAME,
        "no kubeconfig, or no current context in it",
        "needed only for `-A`, `-n` and `--in`, not to lint files",
    )
}

async fn helm() -> CheckItem {
    match said("helm", &["version", "--short"]).await {
        Some(said) => CheckItem::ok("helm", said),
        None => CheckItem::could(
            "helm",
            "not installed",
            "needed only for charts: helm template CHART | mtlsctl lint -",
        ),
    }
}

/// Whether completion is set up in the user's shell; unusual setups are not recognised.
fn completion() -> CheckItem {
    const NAME: &str = "completion";
    let shell = env::var_os("SHELL").unwrap_or_default();
    let shell = Path::new(&shell).file_name().map(|name| name.to_string_lossy().into_owned());
    let (start, scripts, line): (&str, &[&str], &str) = match shell.as_deref() {
        Some("bash") => (
            ".bashrc",
            &[
                ".local/share/bash-completion/completions/mtlsctl",
                "/usr/share/bash-completion/completions/mtlsctl",
                "/etc/bash_completion.d/mtlsctl",
            ],
            "source <(COMPLETE=bash mtlsctl)",
        ),
        Some("zsh") => (
            ".zshrc",
            &[
                "/usr/share/zsh/vendor-completions/_mtlsctl",
                "/usr/share/zsh/site-functions/_mtlsctl",
            ],
            "source <(COMPLETE=zsh mtlsctl)",
        ),
        Some("fish") => (
            ".config/fish/config.fish",
            &[
                ".config/fish/completions/mtlsctl.fish",
                "/usr/share/fish/vendor_completions.d/mtlsctl.fish",
            ],
            "COMPLETE=fish mtlsctl | source",
        ),
        shell => {
            let found = format!("unknown for the shell {}", shell.unwrap_or("(no SHELL is set)"));
            return CheckItem::could(NAME, one_line(&found), "see `mtlsctl completions --help`");
        }
    };
    let script = scripts.iter().map(|path| home().join(path)).find(|path| path.is_file());
    if let Some(script) = script {
        return CheckItem::ok(NAME, script.display().to_string());
    }
    let start = home().join(start);
    match fs::read_to_string(&start).is_ok_and(|text| text.contains("mtlsctl")) {
        true => CheckItem::ok(NAME, start.display().to_string()),
        false => {
            CheckItem::could(NAME, "not set up", format!("add to {}: {line}", start.display()))
        }
    }
}

fn terminal(console: &Console<'_>) -> CheckItem {
    const NAME: &str = "terminal";
    if !console.out_is_terminal {
        return CheckItem::ok(NAME, "the output is not a terminal: plain text, in file order");
    }
    let columns = columns();
    let yes_no = |has, what: &str| format!("{}{what}", if has { "" } else { "no " });
    let found = format!(
        "{columns} columns, {}, {}, {}",
        yes_no(console.out_color, "colour"),
        yes_no(console.unicode, "Unicode"),
        yes_no(console.links == Links::Embedded, "links")
    );
    match (columns < 80, console.unicode) {
        (true, _) => CheckItem::could(
            NAME,
            found,
            "use at least 80 columns for complete excerpts \
                                                    and tables",
        ),
        (false, false) => {
            CheckItem::could(NAME, found, "set LANG to a UTF-8 locale for Unicode frames")
        }
        (false, true) => CheckItem::ok(NAME, found),
    }
}

/// The system's trust store; Envoy does not use it, but a Consul agent over HTTPS needs it.
fn store() -> CheckItem {
    const NAME: &str = "authorities";
    let named = env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    let usual = || STORES.iter().map(PathBuf::from).find(|path| path.is_file());
    let Some(path) = named.or_else(usual) else {
        return CheckItem::could(
            NAME,
            "no system trust store was found",
            "needed only for Consul over HTTPS: set SSL_CERT_FILE, or --ca-file",
        );
    };
    let shown = path.display();
    match fs::read(&path) {
        Ok(bytes) => {
            let count = Chain::from_pem(&bytes).certificates().len();
            CheckItem::ok(
                NAME,
                format!("{count} in the system's store, {shown}; Envoy uses none of them"),
            )
        }
        Err(error) => {
            let reason = crate::source::reason(&error);
            CheckItem::could(NAME, format!("{shown}: {reason}"), "set SSL_CERT_FILE to a PEM file")
        }
    }
}

/// The first line that a program prints, if it exists and succeeds.
async fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = tokio::process::Command::new(in_path(program)?);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output()).await.ok()?.ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().next().map(str::trim).filter(|line| !line.is_empty())?;
    output.status.success().then(|| one_line(line))
}

fn in_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    let paths: OsString = env::var_os("PATH")?;
    env::split_paths(&paths).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

fn home() -> PathBuf {
    env::home_dir().unwrap_or_default()
}
