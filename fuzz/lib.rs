//! Shared by fuzz targets: a world read from one text, and its invariants.

pub mod second_yaml;

use mtlsctl::document::Relevance;
use mtlsctl::source::{Source, Sources, Span};
use mtlsctl::world::{Horizon, Settings, World};
use time::macros::datetime;

/// Reads a text as the only file of a world, with every document.
pub fn world(text: &str) -> World {
    let mut sources = Sources::default();
    sources.add("input.yaml".to_owned(), text.to_owned());
    let now = Some(datetime!(2026-06-01 0:00 UTC));
    let settings = Settings { now, horizon: Horizon::of_files(), ..Settings::default() };
    World::read(sources, settings, &Relevance::everything())
}

/// The text of a place, which must be inside its source and on character boundaries.
pub fn slice(source: &Source, span: Span) -> &str {
    let range = span.start as usize..span.end as usize;
    source.text.get(range).unwrap_or_else(|| panic!("{span:?} is no place in {:?}", source.text))
}
