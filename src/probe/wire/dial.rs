//! A connection, from resolving the name to closing it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustls::ClientConfig;
use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::attempt::{Attempt, Broken, Ending, Handshake, Presented};
use super::envoys_hello::EnvoysHello;
use super::relay;
use super::request;
use super::starttls;
use super::stumble;
use super::talk::{self, TimeLimits};
use super::tap::Tap;
use super::witness::{ENVOY_SCHEMES, Fit, Seen, Wallet, Witness};
use crate::cert::Chain;
use crate::probe::hello::{Codec, Hello, signing};
use crate::probe::target::{Conduct, NOT_AVAILABLE, Opinion, Stream, Target, Unreached};

/// Connects, makes the handshake, sends the request if Envoy would, and reads the response.
pub(crate) async fn dial(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
    presented: Presented,
) -> Attempt {
    let mut attempt = Attempt::new(presented);
    let (mut tcp, deadline) = match reach(target, conduct, &mut attempt).await {
        Ok(reached) => reached,
        Err(ending) => {
            attempt.ending = ending;
            return attempt;
        }
    };
    if let Some(kind) = target.starttls {
        let why = match timeout_at(deadline, starttls::ask(kind, &mut tcp)).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("no answer in time".to_owned()),
        };
        if let Some(why) = why {
            attempt.ending = Ending::NoStartTls(why);
            return attempt;
        }
    }

    let seen = Arc::new(Seen::default());
    let start = Instant::now();
    let shaken = match config(target, hello, presented, &seen) {
        Ok(config) => shake(hello, Arc::new(config), tcp, deadline).await,
        Err(error) => Err(Ending::HandshakeBroken(Broken::Other(error.to_string()))),
    };
    note(&mut attempt, &seen);
    match shaken {
        Err(ending) => attempt.ending = ending,
        Ok(stream) => {
            attempt.phases.tls = Some(start.elapsed());
            attempt.handshake = Some(agreed(&stream, hello));
            converse(target, conduct, hello, stream, &mut attempt).await;
        }
    }
    if attempt.opinion.is_none() && !attempt.chain.is_empty() {
        attempt.opinion = Some(opinion(target, conduct, hello, &attempt));
    }
    attempt
}

/// Opens a stream to the target; returns it with the time limit for TLS.
///
/// # Errors
/// How the connection ended instead.
pub(super) async fn reach(
    target: &Target,
    conduct: &Conduct,
    attempt: &mut Attempt,
) -> Result<(Box<dyn Stream>, Instant), Ending> {
    let patience = conduct.patience(target);
    let reached = conduct.reach.open(target.endpoint(), patience).await;
    attempt.via = reached.via;
    attempt.phases.dns = reached.dns;
    attempt.phases.tcp = reached.connect;
    let left = patience.saturating_sub(reached.connect.unwrap_or_default());
    let stream = reached.stream.map_err(Ending::Unreached)?;
    Ok((stream, Instant::now() + left))
}

/// A new configuration per connection: a resumed one shows neither the chain nor the certificate
/// request.
pub(super) fn config(
    target: &Target,
    hello: &Hello,
    presented: Presented,
    seen: &Arc<Seen>,
) -> Result<ClientConfig, rustls::Error> {
    let schemes = match hello.as_envoy {
        true => ENVOY_SCHEMES.to_vec(),
        false => hello.provider.signature_verification_algorithms.supported_schemes(),
    };
    let identity = match presented {
        Presented::Context => target.identity.as_ref().map(|identity| match hello.as_envoy {
            true => signing(&identity.pair, hello.padded),
            false => Arc::clone(&identity.pair),
        }),
        Presented::Nothing => None,
    };
    let mut config = ClientConfig::builder_with_provider(Arc::clone(&hello.provider))
        .with_protocol_versions(&hello.versions)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Witness { seen: Arc::clone(seen), schemes }))
        .with_client_cert_resolver(Arc::new(Wallet { seen: Arc::clone(seen), identity }));
    config.alpn_protocols.clone_from(&hello.alpn);
    config.enable_sni = hello.sni.is_some();
    // Enabled so that a ticket is requested as Envoy does; only `resumption` uses one.
    config.resumption = Resumption::in_memory_sessions(4);
    Ok(config)
}

pub(super) async fn shake(
    hello: &Hello,
    config: Arc<ClientConfig>,
    tcp: Box<dyn Stream>,
    deadline: Instant,
) -> Result<TlsStream<Tap<Box<dyn Stream>>>, Ending> {
    // An address is never sent as SNI; it is a placeholder if none is to be sent.
    let name = hello
        .sni
        .clone()
        .unwrap_or_else(|| ServerName::from(std::net::IpAddr::from([127, 0, 0, 1])));
    let tcp: Box<dyn Stream> = match hello.as_envoy {
        true => Box::new(EnvoysHello::new(tcp, hello.padded)),
        false => tcp,
    };
    let tap = Tap::new(tcp);
    let received = tap.received();
    let connector = TlsConnector::from(config);
    let shaking = connector.connect(name, tap).into_fallible();
    match timeout_at(deadline, shaking).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err((error, _))) if let Some(why) = relay::failed(&error) => {
            Err(Ending::Unreached(Unreached::Failed(why)))
        }
        Ok(Err((error, mut tap))) => Err(stumble::ending(&error, &mut tap).await),
        Err(_) => Err(Ending::HandshakeTimeout { received: received.load(Ordering::Relaxed) }),
    }
}

fn note(attempt: &mut Attempt, seen: &Seen) {
    attempt.chain = seen.chain.get().cloned().unwrap_or_else(|| Chain::from_der([]));
    attempt.request = seen.request.get().cloned();
    attempt.signature = seen.signature.get().copied();
    attempt.tls13 = seen.tls13.get().copied();
}

fn agreed(stream: &TlsStream<Tap<Box<dyn Stream>>>, hello: &Hello) -> Handshake {
    let (_, session) = stream.get_ref();
    Handshake {
        version: match session.protocol_version() {
            Some(rustls::ProtocolVersion::TLSv1_3) => "TLS 1.3",
            _ => "TLS 1.2",
        },
        cipher: session
            .negotiated_cipher_suite()
            .and_then(|suite| suite.suite().as_str())
            .unwrap_or("unknown")
            .replace("TLS13_", "TLS_"),
        group: session
            .negotiated_key_exchange_group()
            .and_then(|group| group.name().as_str())
            .map(str::to_owned),
        alpn: session.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
        sni: hello.sni_text(),
    }
}

fn opinion(target: &Target, conduct: &Conduct, hello: &Hello, attempt: &Attempt) -> Opinion {
    if !target.misfits.is_empty() {
        return Opinion::Unknown(NOT_AVAILABLE.to_owned());
    }
    match hello.as_envoy {
        true => target.trust.envoy(
            &attempt.chain,
            attempt.tls13 == Some(true),
            &target.offer.ecdh_curves,
            conduct.now,
        ),
        false => target.trust.strict(&attempt.chain, &target.host, conduct.now),
    }
}

/// Sends the request only if Envoy would: not if it would have stopped, nor if that is unknown.
async fn converse(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
    mut stream: TlsStream<Tap<Box<dyn Stream>>>,
    attempt: &mut Attempt,
) {
    let opinion = opinion(target, conduct, hello, attempt);
    let fits = attempt.request.as_ref().is_none_or(|request| request.fit == Fit::Fits);
    let would_ask = opinion == Opinion::Accepted && fits;
    let codec = target.offer.codec;
    let request = request::bytes(codec, target).filter(|_| conduct.request && would_ask);
    // Without a certificate request there is nothing to reject, but for a TCP service, what it does
    // unprompted is all that can be observed.
    let listens = attempt.requested() != Some(false) || request.is_none();
    let manners = TimeLimits::after(
        attempt.phases.tcp.unwrap_or_default(),
        conduct.patience(target),
        listens,
    );
    let talked = talk::talk(&mut stream, codec, request.as_deref(), &manners).await;
    attempt.opinion = Some(opinion);
    attempt.raw = codec == Codec::Raw;
    attempt.asked = request.is_some() && talked.asked;
    attempt.asked_again = talked.asked_again && attempt.tls13 != Some(true);
    attempt.tickets = talked.tickets;
    attempt.phases.first_byte = talked.first_byte;
    attempt.reply = talked.reply;
    attempt.ending = talked.ending;
}
