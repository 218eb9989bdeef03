//! The worlds of a run: how several are announced, and how reports separate them.

use std::io;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::console::Console;
use crate::diagnostic::nearest;
use crate::failure::Failure;
use crate::lint::Division;
use crate::report::one_line;
use crate::source::Sources;
use crate::world::World;

/// The worlds of an input, at least one.
#[derive(Debug)]
pub(crate) struct Worlds {
    /// Each with its name, which is empty if there is only one.
    pub(crate) each: Vec<(String, World)>,
    /// The texts of all of them.
    pub(crate) sources: Arc<Sources>,
    /// Why there are several.
    pub(crate) division: Option<Division>,
}

impl Worlds {
    /// Prints that an input has several worlds, each checked separately.
    ///
    /// # Errors
    /// A closed standard error.
    pub(crate) fn tell(&self, console: &mut Console<'_>) -> Result<(), Failure> {
        let names = self.each.iter().map(|(name, _)| name.as_str());
        tell_division(names, self.division.as_ref(), console)
    }

    /// The only world.
    ///
    /// # Errors
    /// Several worlds, if the command accepts only one.
    pub(crate) fn only(mut self) -> Result<World, Failure> {
        match (self.each.pop(), self.each.is_empty()) {
            (Some((_, world)), true) => Ok(world),
            (last, _) => {
                let names = self.each.into_iter().chain(last).map(|(name, _)| name);
                Err(one_at_a_time(&names.collect::<Vec<_>>()))
            }
        }
    }

    /// Whether none of them has Ambassador objects.
    pub(crate) fn hold_nothing(&self) -> bool {
        self.each.iter().all(|(_, world)| world.resources.ambassador_objects() == 0)
    }
}

/// Prints the worlds of an input, if there are several.
///
/// # Errors
/// A closed standard error.
pub(crate) fn tell_division<'n>(
    names: impl ExactSizeIterator<Item = &'n str>,
    division: Option<&Division>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Some(division) = division else { return Ok(()) };
    let names: Vec<&str> = names.collect();
    writeln!(console.err, "{}", one_line(&division.told(&names)))?;
    Ok(())
}

/// The failure of a command that accepts one world but got several.
pub(crate) fn one_at_a_time(names: &[String]) -> Failure {
    Failure::Usage {
        message: format!("the input has {} worlds, but this command accepts only one", names.len()),
        hint: format!("choose one with --world: {}", one_line(&names.join(", "))),
    }
}

/// The failure for an unknown world.
pub(crate) fn no_such_world(word: &str, names: &[String]) -> Failure {
    let hint = match nearest(word, names.iter().map(String::as_str)) {
        _ if names.is_empty() => "the input has only one world; omit --world".to_owned(),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the input has: {}", one_line(&names.join(", "))),
    };
    Failure::Usage { message: format!("no world of the input is called `{word}`"), hint }
}

/// A text report, under the name of its world if there are several.
pub(crate) fn titled(name: &str, text: &str) -> String {
    if name.is_empty() {
        return text.to_owned();
    }
    let name = one_line(name);
    let line = "=".repeat(name.chars().count());
    format!("{name}\n{line}\n{text}")
}

/// All text reports, one after the other.
pub(crate) fn below<'n>(reports: impl IntoIterator<Item = (&'n str, String)>) -> String {
    let titled = reports.into_iter().map(|(name, text)| titled(name, &text));
    let texts: Vec<String> = titled.collect();
    texts.join("\n")
}

/// JSON reports as one: a single one unchanged, several under `worlds` by name.
///
/// # Errors
/// Invalid JSON.
pub(crate) fn beside_text<'n>(
    documents: impl IntoIterator<Item = (&'n str, String)>,
) -> io::Result<String> {
    let mut documents: Vec<(&str, String)> = documents.into_iter().collect();
    if let [("", document)] = documents.as_mut_slice() {
        return Ok(std::mem::take(document));
    }
    let mut worlds = Vec::new();
    for (name, document) in documents {
        let mut document: Map<String, Value> = serde_json::from_str(&document)?;
        document.remove("version");
        document.insert("world".to_owned(), Value::from(name));
        worlds.push(document);
    }
    Ok(serde_json::to_string_pretty(&Beside { version: 1, worlds })? + "\n")
}

/// The reports of several worlds.
#[derive(Serialize)]
struct Beside {
    version: u32,
    worlds: Vec<Map<String, Value>>,
}
