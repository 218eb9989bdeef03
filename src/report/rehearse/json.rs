//! `rehearse rotation -o json`, version 1.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::rehearse::{Break, Rotation, Stage};

use super::text::{broken, instruction};
use crate::report::form::schema_of;

/// What `mtlsctl rehearse rotation -o json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "mtlsctl rehearse rotation -o json")]
struct Report {
    version: u32,
    rotations: Vec<Entry>,
}

#[derive(Serialize, JsonSchema)]
struct Entry {
    /// The contexts that share a part of it.
    contexts: Vec<Context>,
    unknown: Vec<String>,
    steps: Vec<String>,
    orders: usize,
    safe_orders: usize,
    /// The checklist; null if every order has a gap.
    way: Option<Vec<Step>>,
    gaps: Vec<Gap>,
}

#[derive(Serialize, JsonSchema)]
struct Context {
    context: String,
    upstreams: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Step {
    place: String,
    bundle: bool,
    restart: bool,
    instruction: String,
}

#[derive(Serialize, JsonSchema)]
struct Gap {
    /// Places that already have the new content.
    done: Vec<String>,
    breaks: Vec<Broken>,
}

#[derive(Serialize, JsonSchema)]
struct Broken {
    who: &'static str,
    message: String,
    /// The contexts for which it breaks.
    contexts: Vec<String>,
}

/// All rotations.
///
/// # Errors
/// Serializer errors, which a report cannot cause.
pub fn rehearse_json(rotations: &[Rotation]) -> Result<String, serde_json::Error> {
    let report = Report { version: 1, rotations: rotations.iter().map(entry).collect() };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

/// The JSON Schema of what [`rehearse_json`] writes.
pub fn rehearse_schema() -> Value {
    schema_of::<Report>()
}

fn entry(rotation: &Rotation) -> Entry {
    let plan = rotation.plan();
    let place = |step: &usize| plan.steps[*step].place.clone();
    let way = plan.way.as_ref().map(|way| {
        let steps = way.iter().map(|step| Step {
            place: step.place.clone(),
            bundle: step.stage == Stage::Both,
            restart: step.needs_restart.is_some(),
            instruction: instruction(step),
        });
        steps.collect()
    });
    let gaps = plan.gaps.iter().map(|gap| Gap {
        done: gap.done.iter().map(place).collect(),
        breaks: gap.breaks.iter().map(|one| told(rotation, one)).collect(),
    });
    let contexts = rotation.contexts.iter().map(|one| Context {
        context: one.context.to_string(),
        upstreams: one.upstreams.iter().map(ToString::to_string).collect(),
    });
    Entry {
        contexts: contexts.collect(),
        unknown: rotation.unknown.clone(),
        steps: plan.steps.iter().map(|step| step.place.clone()).collect(),
        orders: plan.orders,
        safe_orders: plan.safe_orders,
        gaps: gaps.collect(),
        way,
    }
}

fn told(rotation: &Rotation, (one, members): &(Break, Vec<usize>)) -> Broken {
    let who = match one {
        Break::Configuration(_) => "configuration",
        Break::Envoy(_) => "envoy",
        Break::Server(_) => "server",
        Break::Unknown(_) => "unknown",
    };
    let contexts = members.iter().map(|member| rotation.contexts[*member].context.to_string());
    Broken { who, message: broken(one), contexts: contexts.collect() }
}
