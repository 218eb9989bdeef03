//! Explains a line of Envoy's access log by its flags and status.

use std::collections::BTreeMap;

use super::access::Access;
use super::dictionary::{Flag, HttpStatus};
use crate::explain::matching::entry::{Side, weight};
use crate::explain::matching::said::Said;

pub(super) fn of_access(access: &Access) -> Vec<Said> {
    let mut said: Vec<Said> =
        access.flags.iter().filter_map(|name| Flag::named(name)).map(of_flag).collect();
    if let Some(status) = access.status.and_then(HttpStatus::of) {
        let tells = access.flags.is_empty();
        if tells {
            let mut one = of_status(status);
            if access.is_line && access.is_passed_on {
                one.remarks.push(
                    "`via_upstream` means that it is the server's own response, so TCP and TLS \
                     worked; Envoy only forwarded it"
                        .to_owned(),
                );
            } else if access.is_line {
                one.remarks.push(
                    "There is no response flag, so Envoy reports no problem: this is the server's \
                     own response, or that of a route or filter"
                        .to_owned(),
                );
            }
            said.push(one);
        }
    }
    said
}

fn of_flag(flag: &Flag) -> Said {
    Said {
        id: format!("envoy/flag/{}", flag.short),
        title: format!("{} ({})", flag.short, flag.long),
        speaker: "Envoy, in its access log",
        side: if flag.short.starts_with('U') || flag.short == "DF" {
            Side::Client
        } else {
            Side::Server
        },
        weight: flag.weight,
        grade: flag.grade,
        cause: format!("{}; {}", flag.what, flag.cause),
        other: String::new(),
        next: flag.next.to_owned(),
        remarks: Vec::new(),
        rules: flag.rules.to_vec(),
        names: BTreeMap::new(),
        seen: "Envoy's list of response flags, 1.14 to 1.40".to_owned(),
        span: (0, 0),
    }
}

fn of_status(status: &HttpStatus) -> Said {
    Said {
        id: format!("http/{}", status.number),
        title: format!("HTTP {} {}", status.number, status.name),
        speaker: "Envoy, or the server behind it",
        side: Side::Either,
        weight: weight::FRAME + 8,
        grade: status.grade,
        cause: status.cause.to_owned(),
        other: String::new(),
        next: status.next.to_owned(),
        remarks: Vec::new(),
        rules: status.rules.to_vec(),
        names: BTreeMap::new(),
        seen: "each tested against real servers".to_owned(),
        span: (0, 0),
    }
}
