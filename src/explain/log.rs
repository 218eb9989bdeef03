//! Reads a whole log as a stream and counts known lines by cause.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Read};

use super::line::read;
use super::shape::shape;
use super::sieve;
use crate::explain::matching::entry::weight;
use crate::explain::matching::said::Said;

/// Bytes read at a time.
const CHUNK: usize = 1 << 20;
/// Longer lines are read in parts of this size, so that memory is bounded.
const LONGEST_LINE: usize = 256 * 1024;
/// How many causes are distinguished; further ones are counted as one.
const MOST_CAUSES: usize = 2_000;
/// How many upstreams are counted by name, for all causes together.
const MOST_UPSTREAMS: usize = 1 << 14;
/// How many clusters of a cause are looked up in manifests.
const MOST_CLUSTERS: usize = 32;
/// Placeholders with transient values, in which lines with the same cause differ.
const PASSING: [&str; 4] = ["client", "address", "seconds", "id"];
/// Those of them that appear in the explanation.
const CLIENTS: [&str; 2] = ["client", "address"];
/// Free-text placeholders, which may contain such values.
const WORDS: [&str; 3] = ["reason", "text", "detail"];
/// How many kinds of lines are remembered, so that each is analysed only once.
const MOST_SHAPES: usize = 1 << 15;

/// The summary of a log.
#[derive(Debug, Clone, Default)]
pub struct LogReading {
    /// All lines.
    pub lines: u64,
    /// Known lines.
    pub known: u64,
    /// Lines whose causes exceed the limit.
    pub left_out: u64,
    /// Its causes, the worst first, then the most frequent.
    pub causes: Vec<LoggedCause>,
    /// The only non-empty line; in a longer log, the first candidate that is not known.
    pub only: Option<String>,
}

/// A cause and its lines.
#[derive(Debug, Clone)]
pub struct LoggedCause {
    /// Their explanation.
    pub said: Said,
    /// Their number.
    pub count: u64,
    /// When the first of them was written, as given in it.
    pub first: Option<String>,
    /// When the last was.
    pub last: Option<String>,
    /// Upstreams that they name, with the number of lines for each.
    pub upstreams: BTreeMap<String, u64>,
    /// Lines that name an upstream beyond the limit.
    pub uncounted: u64,
    /// Clusters and hosts that they name, as written, to look up in manifests.
    pub clusters: BTreeSet<String>,
}

/// Reads a log to its end; `seen` is called with the number of bytes read.
///
/// # Errors
/// Errors of the reader.
pub fn read_log(input: &mut dyn Read, seen: &mut dyn FnMut(u64)) -> io::Result<LogReading> {
    let mut scan = Scan::default();
    let mut buffer = vec![0; CHUNK + LONGEST_LINE];
    let (mut kept, mut done) = (0, 0);
    loop {
        let until = buffer.len().min(kept + CHUNK);
        let read = match input.read(&mut buffer[kept..until]) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        done += read as u64;
        let filled = kept + read;
        if read == 0 {
            if filled > 0 {
                scan.part(&buffer[..filled]);
                scan.reading.lines += 1;
            }
            seen(done);
            return Ok(scan.finish());
        }
        // Text after the last line break waits for the next part, unless it is already too long.
        let whole = match memchr::memrchr(b'\n', &buffer[..filled]) {
            Some(end) => end + 1,
            None if filled >= LONGEST_LINE => filled,
            None => 0,
        };
        scan.part(&buffer[..whole]);
        buffer.copy_within(whole..filled, 0);
        kept = filled - whole;
        seen(done);
    }
}

#[derive(Default)]
struct Scan {
    reading: LogReading,
    /// The cause of a kind of line, by its shape; `None` if it is unknown.
    shapes: HashMap<u64, Option<usize>>,
    /// Whether a part has been searched.
    seen: bool,
    /// The index of a cause, by its id and names.
    places: HashMap<(String, String), usize>,
    /// How many upstreams are counted by name.
    upstreams: usize,
}

impl Scan {
    /// Processes whole lines.
    fn part(&mut self, bytes: &[u8]) {
        let before = self.reading.lines;
        self.reading.lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
        if before == 0 && !self.seen && self.reading.lines <= 64 && self.reading.only.is_none() {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_LINE)]);
            let mut lines = text.lines().filter(|line| !line.trim().is_empty());
            if let (Some(only), None) = (lines.next(), lines.next()) {
                self.reading.only = Some(only.to_owned());
            }
        } else {
            self.reading.only = None;
        }
        self.seen = true;
        for start in sieve::lines(bytes) {
            let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
            self.line(&bytes[start..end]);
        }
    }

    fn line(&mut self, bytes: &[u8]) {
        let line = String::from_utf8_lossy(
            &bytes[..bytes.len().min(crate::explain::matching::clean::LONGEST)],
        );
        let shape = shape(&line);
        let place = match self.shapes.get(&shape) {
            Some(place) => *place,
            None => {
                let place = read(&line).said.into_iter().next().and_then(|said| self.place(said));
                if self.shapes.len() >= MOST_SHAPES {
                    self.shapes.clear();
                }
                self.shapes.insert(shape, place);
                place
            }
        };
        let Some(place) = place else { return };
        self.reading.known += 1;
        let Some(cause) = self.reading.causes.get_mut(place) else {
            self.reading.left_out += 1;
            return;
        };
        cause.count += 1;
        of_several(&mut cause.said, &line);
        let moment = super::moment::moment(&line);
        if cause.first.is_none() {
            cause.first.clone_from(&moment);
        }
        cause.last = moment.or_else(|| cause.last.take());
        if let Some(upstream) = super::facts::upstream_of(&line) {
            match cause.upstreams.get_mut(&upstream) {
                Some(count) => *count += 1,
                None if self.upstreams < MOST_UPSTREAMS => {
                    self.upstreams += 1;
                    cause.upstreams.insert(upstream, 1);
                }
                None => cause.uncounted += 1,
            }
        }
        if cause.clusters.len() < MOST_CLUSTERS
            && let Some(cluster) = super::facts::cluster_of(&line)
            && !cause.clusters.contains(cluster)
        {
            cause.clusters.insert(cluster.to_owned());
        }
    }

    /// The index of a line's cause; an invalid index if there are too many.
    fn place(&mut self, said: Said) -> Option<usize> {
        let names = said
            .names
            .iter()
            .filter(|(name, _)| !PASSING.contains(name))
            .map(|(name, value)| match WORDS.contains(name) {
                true => format!("{name}={}", shape(value)),
                false => format!("{name}={value}"),
            })
            .collect::<Vec<_>>()
            .join("\0");
        let key = (said.id.clone(), names);
        if let Some(place) = self.places.get(&key) {
            return Some(*place);
        }
        let place = self.reading.causes.len();
        if place >= MOST_CAUSES {
            return Some(usize::MAX);
        }
        self.places.insert(key, place);
        self.reading.causes.push(LoggedCause {
            said,
            count: 0,
            first: None,
            last: None,
            upstreams: BTreeMap::new(),
            uncounted: 0,
            clusters: BTreeSet::new(),
        });
        Some(place)
    }

    fn finish(mut self) -> LogReading {
        self.reading.causes.sort_by(|one, other| {
            // The text that a program puts around every failure is less specific than its content,
            // and more frequent.
            let rank = |cause: &LoggedCause| {
                let is_frame = cause.said.weight <= weight::FRAME + 5;
                (cause.said.grade, !is_frame, cause.count)
            };
            rank(other).cmp(&rank(one))
        });
        self.reading
    }
}

/// Marks that there are other clients (`10.0.0.9:5000 and others`) if another line with the same
/// cause names a different one.
fn of_several(told: &mut Said, line: &str) {
    for name in CLIENTS {
        let Some(value) = told.names.get(name) else { continue };
        if value.ends_with(OTHERS) || line.contains(value.as_str()) {
            continue;
        }
        let several = format!("{value}{OTHERS}");
        for text in [&mut told.title, &mut told.cause, &mut told.other, &mut told.next] {
            *text = text.replace(value.as_str(), &several);
        }
        told.names.insert(name, several);
    }
}

const OTHERS: &str = " and others";

#[cfg(test)]
mod tests {
    use super::*;

    fn log(text: &str) -> LogReading {
        read_log(&mut text.as_bytes(), &mut |_| {}).expect("memory can be read")
    }

    #[test]
    fn equal_causes_are_counted_with_their_moments_and_upstreams() {
        let mut text = String::new();
        for minute in 11..20 {
            text += &format!(
                "ACCESS [2026-11-30T10:{minute}:12.000Z] \"GET /{minute} HTTP/1.1\" 503 UF,URX 0 91 {minute} - \"-\" \"-\" \"-\" \"gw\" \"10.0.0.7:443\"\n"
            );
            text += "ACCESS [2026-11-30T10:11:12.000Z] \"GET / HTTP/1.1\" 200 - 0 91 2 - \"-\" \"-\" \"-\" \"gw\" \"10.0.0.7:443\"\n";
        }
        text += "2026-11-30 10:30:00 diagd [P1] INFO: no update performed (invalid envoy configuration generated), continuing with current configuration...";
        let reading = log(&text);
        assert_eq!((reading.lines, reading.known, reading.causes.len()), (19, 10, 2));
        assert_eq!(reading.causes[0].said.id, "emissary/validation-failed");
        let failed = &reading.causes[1];
        assert_eq!((failed.said.id.as_str(), failed.count), ("envoy/flag/UF", 9));
        assert_eq!(failed.first.as_deref(), Some("2026-11-30 10:11:12"));
        assert_eq!(failed.last.as_deref(), Some("2026-11-30 10:19:12"));
        assert_eq!(failed.upstreams.get("10.0.0.7:443"), Some(&9));
    }

    #[test]
    fn clients_and_seconds_tell_no_causes_apart_and_names_do() {
        let mut text = String::new();
        for client in 1..9 {
            text += &format!("http: TLS handshake error from 10.0.0.{client}:500{client}: EOF\n");
            text += &format!(
                "StreamAggregatedResources gRPC config stream to xds closed since {client}s ago: 14, x\n"
            );
        }
        text +=
            "Originate-TLS context one is not defined\nOriginate-TLS context two is not defined\n";
        let reading = log(&text);
        let counted: Vec<(&str, u64)> =
            reading.causes.iter().map(|cause| (cause.said.id.as_str(), cause.count)).collect();
        assert_eq!(
            counted,
            [
                ("emissary/context-undefined", 1),
                ("emissary/context-undefined", 1),
                ("go/handshake-eof", 8),
                ("envoy/sds-fetch", 8)
            ]
        );
        let eof = &reading.causes[2].said;
        assert!(eof.cause.contains("client 10.0.0.1:5001 and others opened"), "{}", eof.cause);
    }

    #[test]
    fn a_line_without_end_needs_no_memory() {
        let long = "x".repeat(3 * CHUNK) + " UF,URX ";
        assert_eq!(log(&long).lines, 1);
    }
}
