//! Ctrl-C while many upstreams are probed: the results so far are reported.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

#[test]
fn results_before_an_interrupt_are_reported() {
    let (answering, silent) = (listen(), listen());
    let ports = [answering.local_addr().unwrap().port(), silent.local_addr().unwrap().port()];
    thread::spawn(move || {
        for mut stream in answering.incoming().flatten() {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let (reached, second) = channel();
    thread::spawn(move || {
        let mut held = Vec::new();
        for stream in silent.incoming().flatten() {
            held.push(stream);
            let _ = reached.send(());
        }
    });
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("interrupt-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mappings = ports.iter().enumerate().map(|(at, port)| {
        format!(
            "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: m{at}}}\n\
             spec: {{hostname: '*', prefix: /{at}/, service: 'http://127.0.0.1:{port}'}}\n"
        )
    });
    fs::write(folder.join("m.yaml"), mappings.collect::<String>()).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_mtlsctl"))
        .args(["probe", "--all", "-f", "m.yaml", "--concurrency", "1", "--timeout", "60s"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // One at a time: when the second is tried, the first is done.
    second.recv_timeout(Duration::from_secs(30)).expect("the second upstream is tried");
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    let (out, err) = (out.unwrap(), err.unwrap());
    assert_eq!(output.status.code(), Some(130), "{out}{err}");
    assert!(out.contains("Mapping default/m0") && !out.contains("Mapping default/m1"), "{out}");
    assert!(err.contains("interrupted after 1 of 2 probes"), "{err}");
    fs::remove_dir_all(folder).unwrap();
}

fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}
