//! A folder in which certificate and key always match, whenever its writer is killed.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use mtlsctl::cert::{Chain, PrivateKey};
use serde_json::Value;

use crate::agent_double::AgentDouble;
use crate::command::{command, run};
use crate::double::{Double, Reply};
use crate::mesh::{Authority, Wanted, roots};
use crate::support::peer::folder;

/// How often the writer is killed.
const KILLS: usize = 300;

/// The serial number in a folder; panics if its certificate and key do not match.
fn serial(folder: &Path) -> Option<String> {
    let current = fs::read_link(folder.join("..data")).ok()?;
    let read = |name: &str| fs::read(folder.join(&current).join(name)).expect(name);
    let (chain, key) = (Chain::from_pem(&read("tls.crt")), read("tls.key"));
    let leaf = chain.leaf().expect("a whole certificate");
    let key = PrivateKey::from_pem(&key).expect("a whole key");
    assert_eq!(key.matches(leaf), Some(true), "certificate and key do not fit");
    assert!(!Chain::from_pem(&read("root-cert.pem")).is_empty());
    Some(leaf.serial.clone())
}

#[test]
fn a_kill_at_any_moment_leaves_a_matching_pair() {
    let ours = Authority::new("aa:01");
    let known = roots(&[&ours]);
    // Each query gets a new leaf, so that each run writes.
    let leaves: Vec<Value> = (0..64).map(|_| ours.leaf(&Wanted::good())).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let agent = Double::start(move |asked| match asked.path.ends_with("roots") {
        true => Reply::json(200, &known).with("x-consul-index", 7),
        false => {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Reply::json(200, &leaves[at % leaves.len()]).with("x-consul-index", 7 + at)
        }
    });
    let address = format!("127.0.0.1:{}", agent.port);
    let here = folder("killed");
    let output = format!("dir={}", here.display());
    let variables = [("CONSUL_HTTP_ADDR", address.as_str())];
    let start = || -> Child {
        let mut command = command(&["consul", "sync", "-o", &output], &variables);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs")
    };
    // How long a first write takes, so that the kills happen before, during and after it.
    let begun = std::time::Instant::now();
    let mut first = start();
    while serial(&here).is_none() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is written");
        thread::sleep(Duration::from_millis(1));
    }
    let usual = begun.elapsed();
    let _ = first.kill();
    let _ = first.wait();

    let (mut wrote, mut died_before) = (0, 0);
    let mut last = serial(&here);
    for kill in 0..KILLS {
        let mut child = start();
        // From zero to four times the usual time, in a scattered order.
        thread::sleep(usual.mul_f64(4.0 * ((kill * 37) % KILLS) as f64 / KILLS as f64));
        let _ = child.kill();
        let _ = child.wait();
        let now = serial(&here);
        assert!(now.is_some(), "kill {kill}: no pair is left");
        if now == last {
            died_before += 1
        } else {
            wrote += 1
        }
        last = now;
    }
    println!("{KILLS} kills: {wrote} after a write, {died_before} before it");
    assert!(wrote > KILLS / 20 && died_before > KILLS / 20, "{wrote} and {died_before}");
    // The next writer removes what killed ones left behind: two versions remain.
    let mut versions = 0;
    for _ in 0..3 {
        assert_eq!(run(&["consul", "export", "-o", &output], &variables).code, 0);
        let entries = fs::read_dir(&here).unwrap().flatten();
        versions =
            entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("..2")).count();
    }
    assert_eq!(versions, 2);
}

#[test]
fn a_folder_has_one_writer_and_nothing_else_in_it() {
    let ours = Authority::new("aa:01");
    let agent = AgentDouble::start(ours.leaf(&Wanted::good()), roots(&[&ours]));
    let address = agent.address();
    let variables = [("CONSUL_HTTP_ADDR", address.as_str())];
    let here = folder("shared");
    let output = format!("dir={}", here.display());
    let log = folder("log").join("log");
    let mut sync =
        crate::command::Running::start(&["consul", "sync", "-o", &output], &variables, &log);
    sync.until("a write", |said| said.contains("wrote"));
    let second = run(&["consul", "export", "-o", &output], &variables);
    assert_eq!(second.code, 2);
    assert!(second.err.contains("another mtlsctl is writing to"), "{}", second.err);
    sync.kill();
    assert_eq!(run(&["consul", "export", "-o", &output], &variables).code, 0);

    let foreign = folder("foreign");
    fs::write(foreign.join("tls.crt"), "mine").unwrap();
    let said = run(&["consul", "export", "-o", &format!("dir={}", foreign.display())], &variables);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("already exists and was not created by mtlsctl"), "{}", said.err);
    assert_eq!(fs::read_to_string(foreign.join("tls.crt")).unwrap(), "mine");
    assert!(!foreign.join("tls.key").exists());

    let said = run(&["consul", "export", "-o", "dir=/proc/nothing"], &variables);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("cannot be written"), "{}", said.err);
}
