//! `consul sync`: it writes when something changed and verifies, and only then.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::agent_double::AgentDouble;
use crate::command::{Running, get};
use crate::double::Reply;
use crate::mesh::{Authority, Wanted, roots};
use crate::support::peer::folder;

/// A sync to its own folder.
struct Synced {
    agent: AgentDouble,
    sync: Running,
    here: PathBuf,
}

impl Synced {
    fn start(agent: AgentDouble, more: &[&str], variables: &[(&str, &str)]) -> Self {
        let here = folder("sync");
        let (output, address) = (format!("dir={}", here.join("out").display()), agent.address());
        let usual = ["consul", "sync", "-o", &output, "--listen", "127.0.0.1:0"];
        let variables = [&[("CONSUL_HTTP_ADDR", address.as_str())], variables].concat();
        let sync = Running::start(&[&usual, more].concat(), &variables, &here.join("log"));
        Self { agent, sync, here: here.join("out") }
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.here.join(name)).unwrap_or_default()
    }

    /// The current version; another one means that something was written.
    fn version(&self) -> Option<PathBuf> {
        fs::read_link(self.here.join("..data")).ok()
    }

    fn until_it_holds(&mut self, leaf: &Value, bundle: &[&Authority]) {
        let chain = leaf["CertPEM"].as_str().unwrap().to_owned();
        let bundle: String = bundle.iter().map(|authority| authority.pem.as_str()).collect();
        let here = self.here.clone();
        let read = move |name: &str| fs::read_to_string(here.join(name)).unwrap_or_default();
        self.sync.until("the pair and its roots", |_| {
            read("tls.crt") == chain && read("root-cert.pem") == bundle
        });
    }
}

#[test]
fn a_rotation_of_the_ca_and_of_the_leaf_is_followed() {
    let (old, new) = (Authority::new("aa:01"), Authority::new("bb:02"));
    let first = old.leaf(&Wanted::good());
    let mut synced = Synced::start(AgentDouble::start(first.clone(), roots(&[&old])), &[], &[]);
    synced.until_it_holds(&first, &[&old]);
    // A new CA: both are trusted, and the leaf is still from the old one for a while.
    synced.agent.learn(|knows| {
        knows.roots = roots(&[&new, &old]);
        knows.index += 1;
    });
    synced.until_it_holds(&first, &[&new, &old]);
    let port = synced.sync.port();
    assert!(get(port, "/metrics").1.contains("mtlsctl_consul_leaf_behind_active_root 1"));
    let second = new.leaf(&Wanted::good());
    let renewed = second.clone();
    synced.agent.learn(|knows| {
        knows.leaf = renewed;
        knows.index += 1;
    });
    synced.until_it_holds(&second, &[&new, &old]);
    let metrics = get(port, "/metrics").1;
    assert!(metrics.contains("mtlsctl_consul_leaf_behind_active_root 0"), "{metrics}");
    assert!(metrics.contains("mtlsctl_consul_writes_total 3"), "{metrics}");
}

#[test]
fn nothing_is_written_without_a_change() {
    let ours = Authority::new("aa:01");
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let mut synced = Synced::start(agent, &["--look", "100ms"], &[]);
    synced.until_it_holds(&leaf, &[&ours]);
    let version = synced.version();
    // The index moves, as when anything else in Consul changes.
    for _ in 0..10 {
        synced.agent.learn(|knows| knows.index += 1);
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(synced.version(), version);
    // A tight loop would have sent hundreds of requests.
    assert!(synced.agent.http.count("GET") < 12, "{} questions", synced.agent.http.count("GET"));
    // Deleted files are restored.
    fs::remove_file(synced.here.join("tls.crt")).unwrap();
    synced.until_it_holds(&leaf, &[&ours]);
}

#[test]
fn a_leaf_and_roots_that_do_not_match_are_held_back_until_they_do() {
    let (old, new) = (Authority::new("aa:01"), Authority::new("bb:02"));
    let first = old.leaf(&Wanted::good());
    let mut synced = Synced::start(AgentDouble::start(first.clone(), roots(&[&old])), &[], &[]);
    synced.until_it_holds(&first, &[&old]);
    let version = synced.version();
    // Roots without the old one, as the connector always wrote them.
    synced.agent.learn(|knows| {
        knows.roots = roots(&[&new]);
        knows.index += 1;
    });
    synced.sync.until("it says so", |said| said.contains("no root of the mesh issued"));
    assert_eq!(synced.version(), version);
    let port = synced.sync.port();
    assert_eq!(get(port, "/readyz").0, 200, "the old pair still serves");
    let second = new.leaf(&Wanted::good());
    let renewed = second.clone();
    synced.agent.learn(|knows| {
        knows.leaf = renewed;
        knows.index += 1;
    });
    synced.until_it_holds(&second, &[&new]);
}

#[test]
fn an_index_that_goes_back_restarts_the_query() {
    let ours = Authority::new("aa:01");
    let first = ours.leaf(&Wanted::good());
    let mut synced = Synced::start(AgentDouble::start(first.clone(), roots(&[&ours])), &[], &[]);
    synced.until_it_holds(&first, &[&ours]);
    let second = ours.leaf(&Wanted::good());
    let renewed = second.clone();
    // A restarted agent starts counting from the beginning.
    synced.agent.learn(|knows| {
        knows.leaf = renewed;
        knows.index = 3;
    });
    synced.until_it_holds(&second, &[&ours]);
    let asked = synced.agent.http.asked();
    let leaf: Vec<_> = asked.iter().filter(|asked| asked.path.contains("/leaf/")).collect();
    assert_eq!(leaf[1].number("index"), Some(7));
    assert_eq!(leaf[1].number("wait"), Some(300_000));
    synced.sync.until("a question without an index", |_| true);
    let again = leaf.iter().skip(2).find(|asked| asked.number("index").is_none());
    let end = Instant::now() + Duration::from_secs(40);
    let mut found = again.is_some();
    while !found && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(100));
        let asked = synced.agent.http.asked();
        let leaf = asked.iter().filter(|asked| asked.path.contains("/leaf/"));
        found = leaf.skip(2).any(|asked| asked.number("index").is_none());
    }
    assert!(found, "it still asks for what is newer than the lost index");
}

#[test]
fn an_outage_changes_nothing_and_is_reported_once() {
    let ours = Authority::new("aa:01");
    let first = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(first.clone(), roots(&[&ours]));
    let mut synced = Synced::start(agent, &["--max-pause", "400ms"], &[]);
    synced.until_it_holds(&first, &[&ours]);
    let port = synced.sync.port();
    assert_eq!(get(port, "/readyz"), (200, "ok\n".to_owned()));
    let version = synced.version();
    synced.agent.learn(|knows| knows.trouble = Some(Reply::json(500, "No cluster leader")));
    std::thread::sleep(Duration::from_secs(3));
    let said = synced.sync.said();
    assert_eq!(said.matches("leaf: the Consul agent has a problem").count(), 1, "{said}");
    assert_eq!(synced.version(), version);
    assert_eq!(get(port, "/readyz").0, 200);
    assert!(get(port, "/metrics").1.contains("errors_total{side=\"leaf\",kind=\"trouble\"}"));
    let second = ours.leaf(&Wanted::good());
    let renewed = second.clone();
    synced.agent.learn(|knows| {
        knows.trouble = None;
        knows.leaf = renewed;
        knows.index = 99;
    });
    synced.until_it_holds(&second, &[&ours]);
    assert!(synced.sync.said().contains("the agent is responding again"));
}

#[test]
fn a_new_token_takes_effect_immediately() {
    let ours = Authority::new("aa:01");
    let leaf = ours.leaf(&Wanted::good());
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    agent.learn(|knows| knows.token = Some("right".to_owned()));
    let file = folder("token").join("token");
    fs::write(&file, "wrong").unwrap();
    let variables = [("CONSUL_HTTP_TOKEN_FILE", file.to_str().unwrap())];
    let mut synced = Synced::start(agent, &[], &variables);
    synced.sync.until("a refusal", |said| said.contains("ACL not found"));
    let port = synced.sync.port();
    let (code, why) = get(port, "/readyz");
    assert_eq!(code, 503);
    assert!(
        why.contains("no certificate is stored yet: the Consul agent rejected the request"),
        "{why}"
    );
    assert_eq!(get(port, "/healthz").0, 200);
    let leaf_asked = || {
        let asked = synced.agent.http.asked();
        asked.iter().filter(|asked| asked.path.contains("/leaf/")).count()
    };
    let asked = leaf_asked();
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(leaf_asked(), asked, "a refusal is no reason to hurry");
    // The pause after a rejection is at least half a minute; a new token ends it.
    fs::write(&file, "right").unwrap();
    let begun = Instant::now();
    synced.until_it_holds(&leaf, &[&ours]);
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[test]
fn sigterm_ends_it_quickly_in_any_state() {
    let ours = Authority::new("aa:01");
    let leaf = ours.leaf(&Wanted::good());
    let quick = |synced: Synced| {
        let (time, code) = synced.sync.terminate();
        assert_eq!(code, 0);
        assert!(time < Duration::from_secs(3), "{time:?}");
    };
    let mut waiting = Synced::start(AgentDouble::start(leaf.clone(), roots(&[&ours])), &[], &[]);
    waiting.until_it_holds(&leaf, &[&ours]);
    quick(waiting);

    let hanging = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    let silence = Reply::Late(Duration::from_secs(20), Box::new(Reply::json(200, "")));
    hanging.learn(|knows| knows.trouble = Some(silence));
    let mut hanging = Synced::start(hanging, &[], &[]);
    hanging.sync.port();
    quick(hanging);
}

#[test]
fn the_endpoint_has_three_paths() {
    let ours = Authority::new("aa:01");
    let leaf = ours.leaf(&Wanted { minutes: (-1, 30), ..Wanted::good() });
    let agent = AgentDouble::start(leaf.clone(), roots(&[&ours]));
    // It is valid for half an hour, and an hour is required.
    let mut synced = Synced::start(agent, &[], &[]);
    synced.until_it_holds(&leaf, &[&ours]);
    let port = synced.sync.port();
    synced.sync.until("a write is noted", |said| said.contains("wrote"));
    assert_eq!(get(port, "/healthz"), (200, "ok\n".to_owned()));
    let (code, why) = get(port, "/readyz");
    assert_eq!(code, 503);
    assert!(why.starts_with("the certificate ends at"), "{why}");
    let (code, metrics) = get(port, "/metrics");
    assert_eq!(code, 200);
    for line in metrics.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').expect(line);
        assert!(name.starts_with("mtlsctl_consul_") && value.parse::<f64>().is_ok(), "{line}");
    }
    assert_eq!(get(port, "/").0, 404);
    let key = synced.file("tls.key");
    let line = key.lines().nth(1).unwrap();
    assert!(!metrics.contains(line) && !synced.sync.said().contains(line));
}
