//! Problems around a call: inputs that are not files, files that change meanwhile, outputs that
//! cannot be written, closed pipes. Never a hang, a panic or a truncated report.

#![cfg(unix)]
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

const BAD: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/rule/mapping-context-undefined/bad.yaml");
const CHAIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/verify/S01/chain.pem");
const PROGRAM: &str = env!("CARGO_BIN_EXE_mtlsctl");

/// Far more than any call here needs, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder in the target folder, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("faults-{name}-{}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = Command::new("rm").arg("-rf").arg(&self.0).status();
    }
}

/// Waits for a call to end.
fn ended(mut command: Command) -> Output {
    command.env("LC_ALL", "C.UTF-8").env_remove("GITHUB_STEP_SUMMARY");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let id = child.id();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let Ok(output) = receiver.recv_timeout(PATIENCE) else {
        let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
        panic!("{command:?} hangs");
    };
    let output = output.unwrap();
    assert!(!err(&output).contains("panicked"), "{}", err(&output));
    output
}

fn call<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null());
    ended(command)
}

/// A call through a shell, in which `$M` is the program.
fn shell(folder: &Path, script: &str) -> Output {
    let mut command = Command::new("bash");
    command.current_dir(folder).args(["-c", script]).stdin(Stdio::null());
    command.env("M", PROGRAM).env("BAD", BAD).env("CHAIN", CHAIN);
    ended(command)
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that a call could not check its input, for this reason.
#[track_caller]
fn refused(output: &Output, reason: &str) {
    assert_eq!(output.status.code(), Some(2), "{}{}", out(output), err(output));
    assert!(err(output).contains(reason), "{}", err(output));
}

#[test]
fn devices_are_rejected_by_every_command_that_reads_files() {
    let folder = Folder::new("devices");
    for device in ["/dev/zero", "/dev/full", "/dev/urandom"] {
        refused(&call(["lint", device]), "it is a device, not a file");
        refused(&call(["resolve", "-f", device]), "it is a device, not a file");
        refused(&call(["inspect", device]), "it is a device, not a file");
        refused(&call(["inspect", "--ca", device, CHAIN]), "it is a device, not a file");
        refused(&call(["probe", "--all", "-f", device]), "it is a device, not a file");
        refused(&call(["lint", "--baseline", device, BAD]), "it is a device, not a file");
    }
    assert_eq!(call(["lint", "/dev/null"]).status.code(), Some(3));
    refused(&shell(&folder.0, "$M lint - < /dev/zero"), "more than 256 MiB");
    refused(&shell(&folder.0, "$M inspect - < /dev/zero"), "more than 256 MiB");
    refused(&shell(&folder.0, "$M lint /dev/stdin < /dev/zero"), "it is a device");
    assert_eq!(shell(&folder.0, "$M lint /dev/stdin < $BAD").status.code(), Some(1));
}

#[test]
fn a_device_that_a_context_names_is_not_read() {
    let folder = Folder::new("context-device");
    let manifest = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
        metadata: {name: c}\nspec: {cert_chain_file: /zero, private_key_file: /pipe}\n";
    fs::write(folder.path("a.yaml"), manifest).unwrap();
    symlink("/dev/zero", folder.path("zero")).unwrap();
    assert!(shell(&folder.0, "mkfifo pipe").status.success());
    let output = shell(&folder.0, "$M lint --rootfs . a.yaml");
    assert!([0, 1].contains(&output.status.code().unwrap()), "{}", err(&output));
}

#[test]
fn pipes_are_read_and_one_without_a_writer_times_out() {
    let folder = Folder::new("pipes");
    assert_eq!(shell(&folder.0, "$M lint <(cat $BAD)").status.code(), Some(1));
    assert_eq!(shell(&folder.0, "$M inspect <(cat $CHAIN)").status.code(), Some(0));
    let late = "mkfifo p; (sleep 1; cat $BAD > p) & $M lint p";
    assert_eq!(shell(&folder.0, late).status.code(), Some(1));
    refused(&shell(&folder.0, "mkfifo q; $M lint q"), "a pipe that got no data for 10 seconds");
    // Only regular files in a folder are manifests.
    assert_eq!(shell(&folder.0, "mkfifo r.yaml; $M lint .").status.code(), Some(3));
}

#[test]
fn an_error_in_the_middle_of_a_file_is_not_its_end() {
    let folder = Folder::new("read-error");
    symlink("/proc/self/mem", folder.path("a.yaml")).unwrap();
    fs::copy(BAD, folder.path("b.yaml")).unwrap();
    let output = call([OsStr::new("lint"), folder.0.as_os_str()]);
    refused(&output, "input/output error");
    assert!(out(&output).contains("mapping-context-undefined"), "the other file is not read");
    refused(&call([OsStr::new("lint"), folder.path("a.yaml").as_os_str()]), "input/output error");
    refused(&call([OsStr::new("inspect"), folder.path("a.yaml").as_os_str()]), "output error");
}

#[test]
fn broken_and_circular_links_are_reported() {
    let folder = Folder::new("links");
    fs::copy(BAD, folder.path("b.yaml")).unwrap();
    symlink("gone", folder.path("nowhere.yaml")).unwrap();
    symlink("circle.yaml", folder.path("circle.yaml")).unwrap();
    symlink(".", folder.path("itself")).unwrap();
    let output = call([OsStr::new("lint"), folder.0.as_os_str()]);
    refused(&output, "nowhere.yaml`: there is no such file or directory");
    assert!(err(&output).contains("circle.yaml`: too many levels of symbolic links"));
    assert_eq!(out(&output).matches("error[mapping-context-undefined]").count(), 1);
    refused(&call([OsStr::new("inspect"), folder.path("circle.yaml").as_os_str()]), "too many");
}

#[test]
fn unreadable_files_are_reported_and_never_skipped_silently() {
    let folder = Folder::new("permissions");
    fs::create_dir(folder.path("closed")).unwrap();
    fs::copy(BAD, folder.path("closed/a.yaml")).unwrap();
    fs::copy(BAD, folder.path("closed.yaml")).unwrap();
    fs::copy(BAD, folder.path("b.yaml")).unwrap();
    for name in ["closed", "closed.yaml"] {
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    // Root reads everything, unless it drops that capability.
    let drop = "[ $(id -u) != 0 ] || set -- setpriv --bounding-set=-dac_override,-dac_read_search";
    let output = shell(&folder.0, &format!("{drop}; \"$@\" $M lint ."));
    refused(&output, "cannot read `closed.yaml`: permission denied");
    assert_eq!(err(&output).matches("permission denied").count(), 2, "{}", err(&output));
    assert!(out(&output).contains("mapping-context-undefined"), "{}", err(&output));
    let output = shell(&folder.0, &format!("{drop}; \"$@\" $M inspect closed.yaml"));
    refused(&output, "permission denied");
    let output = shell(&folder.0, &format!("{drop}; \"$@\" $M lint -o json=closed/x.json b.yaml"));
    refused(&output, "ermission denied");
    fs::set_permissions(folder.path("closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn files_that_change_meanwhile_do_no_harm() {
    let folder = Folder::new("vanish");
    let text = fs::read_to_string(BAD).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (folder, text, stop) = (folder.0.clone(), text.clone(), Arc::clone(&stop));
        thread::spawn(move || {
            let mut round = 0_usize;
            while !stop.load(Ordering::Relaxed) {
                round += 1;
                for number in 0..50 {
                    let path = folder.join(format!("{number}.yaml"));
                    match (round + number) % 3 {
                        0 => _ = fs::remove_file(path),
                        1 => fs::write(path, &text).unwrap(),
                        _ => fs::write(path, text.repeat(20)).unwrap(),
                    }
                }
            }
        })
    };
    for _ in 0..20 {
        let output = call([OsStr::new("lint"), folder.0.as_os_str()]);
        // A partial file may be invalid, or an object may be there twice, but the call ends
        // properly.
        let code = output.status.code().expect("no signal");
        assert!((0..=3).contains(&code), "{code}: {}", err(&output));
    }
    stop.store(true, Ordering::Relaxed);
    writer.join().unwrap();
}

#[test]
fn a_full_disk_leaves_a_complete_report() {
    let folder = Folder::new("full");
    fs::write(folder.path("report.json"), "old").unwrap();
    // A limit on file sizes simulates the full disk: the write fails half-way.
    let full = "trap '' XFSZ; ulimit -f 1; $M lint -o json=report.json $BAD";
    let output = shell(&folder.0, full);
    refused(&output, "cannot write `report.json`: file too large");
    assert_eq!(fs::read_to_string(folder.path("report.json")).unwrap(), "old");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "half a report is left behind");
    for command in ["resolve -f $BAD", "inspect $CHAIN"] {
        let output = shell(&folder.0, &full.replace("lint", command).replace(" $BAD", ""));
        assert_ne!(output.status.code(), Some(0), "{command}");
        assert_eq!(fs::read_to_string(folder.path("report.json")).unwrap(), "old", "{command}");
    }
    refused(&shell(&folder.0, "$M lint $BAD > /dev/full"), "no space left on device");
    refused(&shell(&folder.0, "$M lint -o json=/dev/full $BAD"), "no space left on device");
    let killed = shell(&folder.0, "ulimit -f 1; $M lint -o json=report.json $BAD");
    assert_ne!(killed.status.code(), Some(0));
    assert_eq!(fs::read_to_string(folder.path("report.json")).unwrap(), "old");
}

#[test]
fn reports_replace_files_and_nothing_else() {
    let folder = Folder::new("replace");
    fs::write(folder.path("real.json"), "old").unwrap();
    fs::set_permissions(folder.path("real.json"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.json", folder.path("link.json")).unwrap();
    assert_eq!(shell(&folder.0, "$M lint -o json=link.json $BAD").status.code(), Some(1));
    assert!(folder.path("link.json").is_symlink());
    assert!(fs::read_to_string(folder.path("real.json")).unwrap().contains("\"version\": 1"));
    let mode = fs::metadata(folder.path("real.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let piped = shell(&folder.0, "mkfifo p; cat p > copy & $M lint -o json=p $BAD; wait; ls -l p");
    assert!(out(&piped).starts_with('p'), "the pipe was replaced: {}", out(&piped));
    assert!(fs::read_to_string(folder.path("copy")).unwrap().contains("\"version\": 1"));
    let stdout = shell(&folder.0, "$M lint -o json=/dev/stdout $BAD");
    assert!(out(&stdout).contains("\"version\": 1"), "{}", err(&stdout));
    assert!(Path::new("/dev/stdout").is_symlink());
}

#[test]
fn a_closed_pipe_does_not_change_the_exit_code() {
    let folder = Folder::new("pipe");
    for command in ["lint $BAD", "lint -o json $BAD", "lint -o sarif $BAD"] {
        let output = shell(&folder.0, &format!("set -o pipefail; $M {command} | true"));
        assert_eq!(output.status.code(), Some(1), "{command}");
    }
    let output = shell(&folder.0, "set -o pipefail; $M inspect $CHAIN | true");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
    for closed in [">&-", "2>&-", "<&-"] {
        let output = shell(&folder.0, &format!("$M lint $BAD {closed}"));
        assert_eq!(output.status.code(), Some(1), "{closed}");
    }
    assert_eq!(shell(&folder.0, "$M lint - <&-").status.code(), Some(3));
}

#[test]
fn an_interrupt_ends_a_call_immediately() {
    let folder = Folder::new("interrupt");
    assert!(shell(&folder.0, "mkfifo p").status.success());
    for signal in ["INT", "TERM"] {
        let mut command = Command::new(PROGRAM);
        command.args(["lint", "-o", "json=report.json", "p"]).current_dir(&folder.0);
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(300));
        let kill = format!("kill -{signal} {}", child.id());
        assert!(shell(&folder.0, &kill).status.success());
        let status = child.wait().unwrap();
        let expected = if signal == "INT" { 2 } else { 15 };
        assert_eq!(status.signal(), Some(expected));
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }
}

#[test]
fn paths_may_be_any_bytes_and_any_length() {
    let folder = Folder::new("paths");
    let odd = folder.path("x").with_file_name(OsStr::from_bytes(b"\xff\xfe \n\x1b[31m.yaml"));
    fs::copy(BAD, &odd).unwrap();
    for format in ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"] {
        let arguments = ["lint", "-o", format].map(OsStr::new).into_iter();
        let output = call(arguments.chain([folder.0.as_os_str()]));
        assert_eq!(output.status.code(), Some(1), "{format}: {}", err(&output));
        assert!(!out(&output).contains('\u{1b}'), "{format} lets the path speak to the terminal");
    }
    assert_eq!(call([OsStr::new("lint"), odd.as_os_str()]).status.code(), Some(1));
    for arguments in [["lint", "--show-files"], ["resolve", "-f"], ["inspect", "--allow-empty"]] {
        let output = call(arguments.map(OsStr::new).into_iter().chain([folder.0.as_os_str()]));
        assert!(!(out(&output) + &err(&output)).contains('\u{1b}'), "{arguments:?}");
    }
    fs::write(&odd, "kind: Secret\nmetadata: {name: \u{1b}[31m\u{9b}1m\u{202e}x\n").unwrap();
    for command in ["lint", "inspect"] {
        let said = call([OsStr::new(command), odd.as_os_str()]);
        let said = out(&said) + &err(&said);
        assert!(!said.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{said}");
    }
    let long = format!("{}/a.yaml", "d".repeat(10_000));
    refused(&call(["lint", &long]), "file name too long");
    refused(&call(["inspect", &long]), "file name too long");
    // Deeper than a path can be long.
    let deep = "for i in {1..300}; do mkdir 0123456789abcdef; cd 0123456789abcdef; done; cp $BAD .";
    assert!(shell(&folder.0, deep).status.success());
    refused(&call([OsStr::new("lint"), folder.0.as_os_str()]), "file name too long");
}

#[test]
fn neither_home_nor_working_directory_nor_many_files_at_once_are_needed() {
    let folder = Folder::new("bare");
    let homeless = shell(&folder.0, "env -i HOME=/nonexistent $M lint $BAD");
    assert_eq!(homeless.status.code(), Some(1), "{}", err(&homeless));
    for (command, code) in [("lint $BAD", 1), ("lint", 3), ("resolve -f $BAD", 0)] {
        let script = format!("mkdir d; cd d; rmdir ../d; $M {command}");
        let output = shell(&folder.0, &script);
        assert!(
            [Some(code), Some(2)].contains(&output.status.code()),
            "{command}: {}",
            err(&output)
        );
    }
    let text = fs::read_to_string(BAD).unwrap();
    for number in 0..2_000 {
        let text = text.replace("productpage", &format!("p{number}"));
        fs::write(folder.path(&format!("{number}.yaml")), text).unwrap();
    }
    let output = shell(&folder.0, "ulimit -n 20; $M lint -o concise .");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("2000 files"), "{}", err(&output));
}
