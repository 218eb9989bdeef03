//! Converts locations of a folder's texts to the editor's.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range as Bytes;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ls_types::{Location, Position, Range, Uri};

use crate::lint::Judged;
use crate::source::{SourceId, Span, absolute};

use super::buffer::Buffer;
use super::position::{Encoding, Lines};
use super::root::Texts;

/// A checked folder, and the position encoding.
pub(super) struct View<'v> {
    pub(super) folder: &'v Path,
    pub(super) texts: &'v Texts,
    pub(super) judged: &'v Judged,
    buffers: &'v BTreeMap<PathBuf, Buffer>,
    pub(super) encoding: Encoding,
    lines: RefCell<HashMap<SourceId, Rc<Lines>>>,
}

impl<'v> View<'v> {
    pub(super) fn new(
        folder: &'v Path,
        texts: &'v Texts,
        judged: &'v Judged,
        buffers: &'v BTreeMap<PathBuf, Buffer>,
        encoding: Encoding,
    ) -> Self {
        Self { folder, texts, judged, buffers, encoding, lines: RefCell::default() }
    }

    /// The editor's text of a source.
    pub(super) fn text(&self, id: SourceId) -> &'v str {
        match self.texts.standing.get(&id) {
            Some(standing) => &standing.current,
            None => &self.judged.world.sources.get(id).text,
        }
    }

    /// The lines of that text.
    pub(super) fn lines(&self, id: SourceId) -> Rc<Lines> {
        let known = self.lines.borrow().get(&id).cloned();
        known.unwrap_or_else(|| {
            let lines = Rc::new(Lines::of(self.text(id)));
            self.lines.borrow_mut().insert(id, Rc::clone(&lines));
            lines
        })
    }

    /// The bytes of a location in that text; `None` if it was edited since it was last readable.
    pub(super) fn bytes(&self, span: Span) -> Option<Bytes<usize>> {
        let place = span.start as usize..span.end as usize;
        match self.texts.standing.get(&span.source) {
            Some(standing) => standing.now(place),
            None => Some(place),
        }
    }

    /// A location as a range.
    pub(super) fn range(&self, span: Span) -> Option<Range> {
        let bytes = self.bytes(span)?;
        Some(self.range_of(span.source, bytes))
    }

    /// Bytes of the editor's text as a range.
    pub(super) fn range_of(&self, id: SourceId, bytes: Bytes<usize>) -> Range {
        self.lines(id).range(self.text(id), bytes.start, bytes.end, self.encoding)
    }

    /// The byte of the editor's text at a position.
    pub(super) fn byte(&self, id: SourceId, position: Position) -> usize {
        self.lines(id).byte(self.text(id), position, self.encoding)
    }

    /// The byte of the effective text at a position; `None` if it was edited since it was last
    /// readable.
    pub(super) fn counted_byte(&self, id: SourceId, position: Position) -> Option<u32> {
        let byte = self.byte(id, position);
        match self.texts.standing.get(&id) {
            Some(standing) => standing.then(byte).map(|byte| byte as u32),
            None => Some(byte as u32),
        }
    }

    /// The path of a source's file.
    pub(super) fn path(&self, id: SourceId) -> Option<PathBuf> {
        path_in(self.judged, id, self.folder)
    }

    /// The editor's URI of a source.
    pub(super) fn uri(&self, id: SourceId) -> Option<Uri> {
        let path = self.path(id)?;
        uri(&path, self.buffers)
    }

    /// A location with its file.
    pub(super) fn location(&self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.source)?, range: self.range(span)? })
    }
}

/// The path of a source's file, if there is such a source.
pub(super) fn path_in(judged: &Judged, id: SourceId, folder: &Path) -> Option<PathBuf> {
    let sources = &judged.world.sources;
    let source = (id.index() < sources.ids_ever()).then(|| sources.get(id))?;
    Some(absolute(&folder.join(source.origin.file()?)))
}

/// The editor's URI of a file: the one it was opened with, else the usual form.
pub(super) fn uri(path: &Path, buffers: &BTreeMap<PathBuf, Buffer>) -> Option<Uri> {
    match buffers.get(path) {
        Some(buffer) => Some(buffer.uri.clone()),
        None => Uri::from_file_path(path),
    }
}

/// The file of a URI; `None` if it is not a file (`untitled:`, `git:`).
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(|path| absolute(&path))
}
