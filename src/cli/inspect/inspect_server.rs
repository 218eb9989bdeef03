//! `inspect HOST:PORT`: the certificates that a server presents.

use std::net::IpAddr;
use std::sync::Arc;

use crate::console::Console;
use crate::envoy::EnvoyVersion;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inspect::{Subject, SubjectOrigin, from_bytes};
use crate::probe::{CheckResult, Conduct, Direct, Story, Target, TlsVersion, probe};

/// Makes one handshake, with all TLS versions that Envoy supports, and sends no request.
///
/// # Errors
/// A server that is not reached, or presents no certificate.
pub(super) fn from_server(
    written: &str,
    host: String,
    port: u16,
    server_name: Option<&str>,
    envoy: EnvoyVersion,
    console: &Console<'_>,
) -> Result<Subject, Failure> {
    let name = server_name.map(str::to_owned).or_else(|| {
        // An address is not a server name (RFC 6066, section 3).
        host.parse::<IpAddr>().is_err().then(|| host.clone())
    });
    let bug = |message| Failure::Usage { message, hint: "please report this".to_owned() };
    let mut target = Target::bare(written, host, port, envoy).map_err(bug)?;
    target.offer.sni = name;
    target.offer.max = TlsVersion::read("v1.3");
    let conduct = Conduct {
        timeout: None,
        request: false,
        negative: false,
        matrix: false,
        reach: Arc::new(Direct::default()),
        require_mutual: false,
        now: console.now,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let told = runtime.block_on(probe(target, &conduct));
    // A DNS lookup that never returns must not keep the process from exiting.
    runtime.shutdown_background();
    let attempts = told.attempts.iter().chain(told.knock.iter().map(|knock| &knock.attempt));
    let chain = attempts.map(|attempt| &attempt.chain).find(|chain| !chain.is_empty());
    let Some(chain) = chain else { return Err(unseen(written, &told)) };
    let pem: String = chain.certificates().iter().map(|one| one.pem()).collect();
    Ok(from_bytes(SubjectOrigin::Server(written.to_owned()), pem.as_bytes()))
}

/// Why no certificate was received, as a probe reports it.
fn unseen(written: &str, told: &Story) -> Failure {
    let wrong = told.checks.iter().find(|check| check.result != CheckResult::Ok);
    let why = wrong.map_or("the server presented none", |check| check.detail.as_str());
    Failure::Remote {
        message: format!("no certificate received from `{written}`: {why}"),
        hint: format!("run `mtlsctl probe {written}` for details"),
        exit: if told.reached() { Exit::Failed } else { Exit::NotReached },
    }
}
