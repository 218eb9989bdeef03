//! Applies each kind of change to a draft.

use super::super::change::{Change, NewValue};
use super::block;
use super::draft::Draft;

impl Draft<'_, '_> {
    /// Applies a change; `None` if it cannot be made without side effects.
    pub(super) fn change(&mut self, change: &Change) -> Option<()> {
        match change {
            Change::Set { at, value } => {
                let node = self.parsed.scalar(*at)?;
                self.set(node, value)
            }
            Change::Join { key } => {
                let entry = self.parsed.entry(*key)?;
                let value = NewValue::Text(self.items(entry.value)?.join(","));
                block::replace(self, entry, &value)
            }
            Change::Scheme { beside, name, scheme } => {
                let entry = self.parsed.entry(*beside)?;
                let other = self
                    .parsed
                    .keys(entry.mapping)
                    .find(|entry| self.parsed.is_called(entry.key, name));
                self.set_scheme(other?.value, scheme)
            }
            Change::WrapInList { at } => {
                let node = self.parsed.scalar(*at)?;
                self.enlist(node)
            }
            Change::Rename { key, name } => {
                let entry = self.parsed.entry(*key)?;
                if self.parsed.has_key(entry.mapping, name) || self.parsed.is_shared(entry.key) {
                    return None;
                }
                self.set(entry.key, &NewValue::Text(name.clone()))
            }
            Change::Remove { key } => {
                let entry = self.parsed.entry(*key)?;
                block::remove(self, entry)
            }
            Change::Add { after, name, value } => {
                let entry = self.parsed.entry(*after)?;
                if self.parsed.has_key(entry.mapping, name) {
                    return None;
                }
                block::add(self, entry, name, value)
            }
        }
    }
}
