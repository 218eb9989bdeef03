//! The certificate files that contexts name, each with the trail that leads to it.

use std::collections::HashMap;

use crate::diagnostic::ObjectName;
use crate::document::{Located, Text};
use crate::source::Span;
use crate::world::{Context, ContextId, FilePolicy, MountTrail, World};

use super::consequence::tell_let_down;
use crate::rule::Finding;

/// A `*_file` of a context.
pub(crate) struct FileUse<'w> {
    pub(crate) id: ContextId,
    pub(crate) context: &'w Context,
    pub(crate) object: ObjectName,
    /// The field's name, as Emissary's messages have it.
    pub(crate) field: &'static str,
    /// The field, with `$NAME` replaced.
    pub(crate) file: &'w Located<Text>,
    pub(crate) trail: MountTrail<'w>,
}

/// All of them, in the order of their contexts; none if the files themselves are available.
pub(crate) fn file_uses(world: &World) -> Vec<FileUse<'_>> {
    if world.settings.files != FilePolicy::Assume {
        return Vec::new();
    }
    let mut uses = Vec::new();
    for (index, context) in world.contexts.iter().enumerate() {
        let id = ContextId(index);
        for (field, file) in context.settings.files() {
            let (object, trail) = (world.context_object(id), world.trail(file));
            uses.push(FileUse { id, context, object, field, file, trail });
        }
    }
    uses
}

/// One use per cause: uses for which `cause` returns the same value are reported once, together.
pub(crate) fn by_cause<'w>(
    world: &'w World,
    cause: impl Fn(&FileUse<'w>) -> Option<Span>,
) -> Vec<(Span, Vec<FileUse<'w>>)> {
    let mut causes: Vec<(Span, Vec<FileUse<'w>>)> = Vec::new();
    let mut places: HashMap<Span, usize> = HashMap::new();
    for one in file_uses(world) {
        let Some(place) = cause(&one) else { continue };
        let at = *places.entry(place).or_insert(causes.len());
        if at == causes.len() {
            causes.push((place, Vec::new()));
        }
        causes[at].1.push(one);
    }
    causes
}

impl FileUse<'_> {
    /// What happens to the context without the file.
    pub(crate) fn tell_loss<'f>(&self, finding: Finding<'f>, world: &World) -> Finding<'f> {
        let finding = finding.about_name(self.object.clone());
        if self.trail.is_absent() && self.context.lacks_file(self.field) {
            return tell_let_down(finding, world, self.id);
        }
        finding
            .note(format!("without the file, Ambassador drops the context `{}`", self.context.name))
    }

    /// "`/etc/certs/key.pem`", or that and the number of others.
    pub(crate) fn and_more(&self, uses: &[Self]) -> String {
        match uses.len() {
            0 | 1 => format!("`{}`", self.file.value),
            2 => format!("`{}` and another file", self.file.value),
            count => format!("`{}` and {} more files", self.file.value, count - 1),
        }
    }
}
