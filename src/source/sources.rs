//! Several texts, by id and in the order in which they are read.

use std::cmp::Ordering;
use std::sync::Arc;

use super::extract::Extract;
use super::shelves::Shelves;
use super::source::{Source, is_of_cluster};
use super::{SourceId, SourceOrigin, Span};

/// Texts in the order in which they are read.
///
/// An id belongs to its origin permanently: texts may be added and removed, and spans stay valid.
/// Clones share the texts.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    /// By id; removed texts are kept for spans that still refer to them.
    all: Shelves<Source>,
    /// The current texts, in order.
    order: Vec<SourceId>,
    /// The position of each id in the order.
    ranks: Vec<u32>,
    /// Whether any of them comes from a cluster.
    hold_cluster: bool,
}

/// The rank of a removed text.
const OUT: u32 = u32::MAX;

impl Sources {
    /// Adds the text of a file after all others.
    pub fn add(&mut self, name: String, text: String) -> SourceId {
        self.add_extract(SourceOrigin::File(name.into()), Extract { text, ..Extract::default() })
    }

    /// Adds the kept part of a text after all others.
    pub fn add_extract(&mut self, origin: SourceOrigin, extract: Extract) -> SourceId {
        let id = SourceId(self.all.len() as u32);
        self.hold_cluster |= is_of_cluster(&origin);
        self.all.push(Arc::new(Source::new(id, origin, extract)));
        self.ranks.push(self.order.len() as u32);
        self.order.push(id);
        id
    }

    /// Adds a text in its order by origin, or replaces the text of that origin.
    pub fn put(&mut self, origin: SourceOrigin, extract: Extract) -> SourceId {
        let behind = |other: &SourceId| self.get(*other).origin.cmp(&origin) == Ordering::Less;
        let rank = self.order.partition_point(behind);
        let there = self.order.get(rank).filter(|there| self.get(**there).origin == origin);
        let known = there.copied().or_else(|| {
            // Comparing names is cheaper than comparing paths by components.
            let name = origin.name();
            let mut all = self.all.iter();
            let known = all.find(|source| source.name == name && source.origin == origin);
            known.map(|source| source.id)
        });
        let id = known.unwrap_or(SourceId(self.all.len() as u32));
        let source = Arc::new(Source::new(id, origin, extract));
        if known.is_some() {
            self.all.set(id.index(), source);
        } else {
            self.all.push(source);
            self.ranks.push(OUT);
        }
        if !self.counts(id) {
            self.order.insert(rank, id);
            self.count();
        }
        id
    }

    /// Removes a text; its id stays reserved.
    pub fn remove(&mut self, id: SourceId) {
        self.order.retain(|other| *other != id);
        self.count();
    }

    /// Only these texts, in this order.
    #[must_use]
    pub fn only(&self, order: Vec<SourceId>) -> Self {
        let mut only = Self { order, ..self.clone() };
        only.count();
        only
    }

    fn count(&mut self) {
        self.ranks.fill(OUT);
        for (rank, id) in self.order.iter().enumerate() {
            self.ranks[id.0 as usize] = rank as u32;
        }
        let hold_cluster = self.iter().any(|source| is_of_cluster(&source.origin));
        self.hold_cluster = hold_cluster;
    }

    /// Whether any of the current texts comes from a cluster.
    pub fn hold_cluster(&self) -> bool {
        self.hold_cluster
    }

    /// Keeps another part of the same text.
    pub fn replace(&mut self, id: SourceId, extract: Extract) {
        let origin = self.get(id).origin.clone();
        self.all.set(id.index(), Arc::new(Source::new(id, origin, extract)));
    }

    /// The position of a text in the order; removed ones come last.
    pub fn rank(&self, id: SourceId) -> u32 {
        self.ranks.get(id.0 as usize).copied().unwrap_or(OUT)
    }

    /// Whether a text is current rather than removed.
    pub fn counts(&self, id: SourceId) -> bool {
        self.rank(id) != OUT
    }

    /// The sort key of spans: the order of their texts, then bytes.
    pub fn order(&self, span: Span) -> (u32, u32, u32) {
        (self.rank(span.source), span.start, span.end)
    }

    /// The current text of that origin.
    pub fn find(&self, origin: &SourceOrigin) -> Option<SourceId> {
        self.order.iter().copied().find(|id| self.get(*id).origin == *origin)
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        self.by_index(id.index())
    }

    /// The number of ids ever assigned.
    pub fn ids_ever(&self) -> usize {
        self.all.len()
    }

    /// The source with this index among all that ever existed.
    ///
    /// # Panics
    /// If the index is out of bounds.
    pub fn by_index(&self, index: usize) -> &Source {
        &self.all[index]
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.get(span.source).text;
        text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// All current texts, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Source> + Clone {
        self.order.iter().map(|id| self.get(*id))
    }

    /// Their ids, in order, as a slice for parallel work.
    pub fn ids(&self) -> &[SourceId] {
        &self.order
    }

    /// The number of current texts.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_valid_when_texts_are_added_and_removed() {
        let extract = |text: &str| Extract { text: text.to_owned(), ..Extract::default() };
        let file = |name: &str| SourceOrigin::File(name.into());
        let mut sources = Sources::default();
        let (b, d) = (sources.put(file("b"), extract("b")), sources.put(file("d"), extract("d")));
        let before = sources.clone();
        let c = sources.put(file("c"), extract("c"));
        sources.remove(d);
        assert_eq!(sources.put(file("b"), extract("new b")), b);
        let texts = |sources: &Sources| -> Vec<String> {
            sources.iter().map(|source| source.text.clone()).collect()
        };
        assert_eq!(texts(&sources), ["new b", "c"]);
        assert_eq!(texts(&before), ["b", "d"]);
        assert_eq!((sources.rank(b), sources.rank(c)), (0, 1));
        assert_eq!(sources.get(d).text, "d", "spans of removed texts stay valid");
        assert_eq!(sources.put(file("d"), extract("d again")), d);
        assert_eq!(sources.find(&file("d")), Some(d));
        assert_eq!(texts(&sources.only(vec![d, b])), ["d again", "new b"]);
    }
}
