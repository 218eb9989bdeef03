//! An upstream without TLS: the plaintext request and its response.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

use super::attempt::{Attempt, Ending, Presented};
use super::dial;
use super::reply::Reply;
use super::request;
use crate::probe::hello::Codec;
use crate::probe::target::{Conduct, Target};

/// The time limit for a plaintext response; a server that expects TLS reports that or closes the
/// connection immediately.
const ANSWER: Duration = Duration::from_secs(1);
const ENOUGH: usize = 8 * 1024;
/// The first bytes of a TLS alert.
const ALERT: [u8; 2] = [21, 3];

/// Connects and sends the request without TLS.
pub(crate) async fn ask(target: &Target, conduct: &Conduct, codec: Codec) -> Attempt {
    let mut attempt = Attempt::new(Presented::Nothing);
    let mut tcp = match dial::reach(target, conduct, &mut attempt).await {
        Ok((tcp, _)) => tcp,
        Err(ending) => {
            attempt.ending = ending;
            return attempt;
        }
    };
    let Some(request) = request::bytes(codec, target).filter(|_| conduct.request) else {
        return attempt;
    };
    attempt.asked = tcp.write_all(&request).await.is_ok();
    let start = Instant::now();
    let deadline = start + ANSWER.min(conduct.patience(target));
    let mut heard = Vec::new();
    let mut buffer = [0; 2048];
    attempt.ending = loop {
        match timeout_at(deadline, tcp.read(&mut buffer)).await {
            Ok(Ok(count @ 1..)) => {
                attempt.phases.first_byte.get_or_insert_with(|| start.elapsed());
                heard.extend_from_slice(&buffer[..count]);
                let reply = Reply::read(codec, &heard);
                if reply.whole || heard.len() >= ENOUGH || heard.starts_with(&ALERT) {
                    break Ending::Answered;
                }
            }
            _ if !heard.is_empty() => break Ending::Answered,
            Ok(ended) => break Ending::Closed { reset: ended.is_err(), in_answer: true },
            Err(_) => break Ending::Silence,
        }
    };
    let mut reply = Reply::read(codec, &heard);
    reply.wants_tls |= heard.starts_with(&ALERT);
    attempt.reply = (!heard.is_empty()).then_some(reply);
    attempt
}
