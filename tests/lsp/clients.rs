//! Real clients use a copy of bookinfo: Neovim, Emacs, Helix, and pytest-lsp.

use std::path::Path;
use std::process::Command;

use crate::editor::Folder;
use crate::support::installed;

/// A copy of bookinfo in a repository, with a branch where the context has another name.
fn bookinfo() -> Folder {
    let folder = Folder::with(&[]);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/bookinfo");
    for name in ["ambassador.yaml", "consul.yaml", "istio.yaml", "reviews.yaml"] {
        folder.write(name, &std::fs::read_to_string(from.join(name)).unwrap());
    }
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(["-c", "user.name=walk", "-c", "user.email=walk@example.com"])
            .args(arguments)
            .current_dir(&folder.0)
            .status()
            .unwrap();
        assert!(status.success(), "git {arguments:?}");
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "as it was"]);
    git(&["checkout", "--quiet", "-b", "renamed"]);
    for name in ["istio.yaml", "reviews.yaml"] {
        let text = std::fs::read_to_string(folder.0.join(name)).unwrap();
        let text = text.replace("istio-upstream", "mesh").replace("istio-upstrean", "mesh");
        folder.write(name, &text);
    }
    git(&["commit", "--quiet", "--all", "--message", "renamed"]);
    git(&["checkout", "--quiet", "main"]);
    folder
}

fn script(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp").join(name)
}

fn walk(mut command: Command) {
    let folder = bookinfo();
    let output = command
        .env("MTLSCTL", env!("CARGO_BIN_EXE_mtlsctl"))
        .env("HOME", folder.0.join(".home"))
        .env_remove("MTLSCTL_CONFIG")
        .current_dir(&folder.0)
        .output()
        .unwrap();
    let told = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{}\n{}", told[0], told[1]);
}

#[test]
fn neovim_works_with_bookinfo() {
    let mut command = installed::command("neovim/usr/bin/nvim");
    command.env("VIMRUNTIME", installed::file("neovim/usr/share/nvim/runtime"));
    command.args(["--headless", "--clean", "-c"]);
    command.arg(format!("luafile {}", script("walk.lua").display()));
    walk(command);
}

#[test]
fn helix_works_with_bookinfo_as_configured_in_the_documentation() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/guides/editors.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let section = guide.split("\n## Helix\n").nth(1).unwrap();
    let configuration = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    // It is from a newer Debian than the machine, and runs with that C library.
    let libraries = installed::libraries("helix").remove(0);
    let mut linkers = std::fs::read_dir(&libraries).unwrap().map(|entry| entry.unwrap().path());
    let is_linker = |path: &std::path::PathBuf| {
        path.file_name().unwrap().to_string_lossy().starts_with("ld-linux")
    };
    let mut command = Command::new("python3");
    command.arg(script("walk_helix.py")).arg(configuration).arg(linkers.find(is_linker).unwrap());
    command.arg("--library-path").arg(&libraries).arg(installed::file("helix/usr/bin/hx"));
    command.env("HELIX_RUNTIME", installed::file("helix/usr/lib/hx/runtime"));
    walk(command);
}

#[test]
fn pytest_lsp_works_with_bookinfo() {
    let mut command = installed::command("pytest-lsp/bin/python");
    command.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "-o", "asyncio_mode=auto"]);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command.arg(script("walk.py"));
    walk(command);
}

#[test]
fn emacs_works_with_bookinfo() {
    let share = installed::file("emacs/usr/share/emacs");
    let packages = share.join("site-lisp/elpa-src");
    let mut folders: Vec<_> =
        std::fs::read_dir(packages).unwrap().map(|entry| entry.unwrap().path()).collect();
    // Emacs's own Lisp is in nested folders.
    let mut open = vec![share.join("28.2/lisp")];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        open.extend(entries.filter(|path| path.is_dir()));
        folders.push(folder);
    }
    let mut command = installed::command("emacs/usr/bin/emacs-nox");
    command.env("EMACSLOADPATH", std::env::join_paths(folders).unwrap());
    command.env("EMACSDATA", share.join("28.2/etc")).env("EMACSDOC", share.join("28.2/etc"));
    let dump = installed::file("emacs/usr/libexec/emacs/28.2/x86_64-linux-gnu/emacs.pdmp");
    command.arg(format!("--dump-file={}", dump.display()));
    command.args(["-Q", "--batch", "-l"]).arg(script("walk.el"));
    walk(command);
}
