//! Validation and pruning of a document in a single pass.

use crate::document::{Entry, Field, Located, Scalar, Text};

use super::form::{SpecForm, message_path};
use super::model::Schema;
use super::release::Lifetime;
use super::violation::{Violation, ViolationKind};

/// Maximum number of values checked in one object.
pub(in super::super) const MAX_VALUES: u32 = 100_000;

/// The result for a document.
#[derive(Debug, Default)]
pub struct Inspection {
    /// Why the object is rejected, in document order; missing fields come last.
    pub violations: Vec<Violation>,
    /// Fields that are silently dropped, in all releases or in some.
    pub unknown: Vec<PrunedField>,
    /// The first value that was not checked, if there are too many.
    pub unseen: Option<Located<()>>,
}

/// A field unknown to the schema.
#[derive(Debug, Clone)]
pub struct PrunedField {
    /// Its name, with the place of its value and its key.
    pub name: Located<Text>,
    /// The schema of the object it is in, for suggestions.
    pub object: &'static Schema,
    /// The releases that have it; `None` if there are none.
    pub lifetime: Option<&'static Lifetime>,
}

/// Validates a document against its schema, and finds the fields that are pruned.
///
/// Messages are those of kube-openapi, which Emissary passes on unchanged. Current API servers
/// report a missing field as `spec.service: Required value` and an invalid choice as `Unsupported
/// value: …`.
///
/// Each value has at most one violation: a value of the wrong type is not also checked against
/// choices, and a failed `oneOf` is reported only as a whole. A null in an object counts as absent,
/// because the API server prunes it first. Emissary does not, so it rejects a null in an annotation
/// wherever the schema names a type. A null in a list is a type error for both.
///
/// For `v1` and `v2` the API server keeps unknown fields of the spec itself; the conversion to
/// `v3alpha1` drops them, and they are reported here. A bare file that Emissary reads from disk is
/// neither validated nor pruned. If the aliases of a tree are exhausted, it may lack fields, so
/// violations of required fields are not reliable.
pub fn inspect(document: &Field<'_>, form: SpecForm, schema: &'static Schema) -> Inspection {
    let refuses_nulls = form == SpecForm::Bare;
    let mut walk = Walk { document, refuses_nulls, left: MAX_VALUES, found: Inspection::default() };
    if let Some(spec) = form.spec(document) {
        match &spec.entries {
            Some(entries) => walk.object(&spec.whole, entries, schema),
            None => walk.value(&spec.whole, schema),
        }
    }
    walk.found
}

struct Walk<'w, 't> {
    document: &'w Field<'t>,
    /// Whether a null is a type error instead of an absent value.
    refuses_nulls: bool,
    left: u32,
    found: Inspection,
}

impl Walk<'_, '_> {
    /// Checks a value; recursion is limited by the schema.
    fn value(&mut self, field: &Field<'_>, schema: &'static Schema) {
        let Some(left) = self.left.checked_sub(1) else {
            self.found.unseen.get_or_insert_with(|| field.located(()));
            return;
        };
        self.left = left;
        let actual = field.type_name();
        if let Some(expected) = schema.type_name()
            && expected != actual
        {
            return self.refuse(field, ViolationKind::Type { expected, actual });
        }
        match schema {
            Schema::Any | Schema::String | Schema::Integer => {}
            Schema::Boolean | Schema::AnyObject => {}
            Schema::Choice(values) => {
                if !field.text().is_some_and(|text| values.contains(&text.as_str())) {
                    self.refuse(field, ViolationKind::Choice(values.join(" ")));
                }
            }
            Schema::Pattern(pattern) => {
                if !field.text().is_some_and(|text| (pattern.matches)(&text)) {
                    self.refuse(field, ViolationKind::Pattern(pattern.text));
                }
            }
            Schema::Range(least, most) => match field.scalar() {
                Some(Scalar::Integer(number)) if number < *least => {
                    self.refuse(field, ViolationKind::Less(*least));
                }
                Some(Scalar::Integer(number)) if number > *most => {
                    self.refuse(field, ViolationKind::Greater(*most));
                }
                _ => {}
            },
            Schema::Code(values) => {
                if !field.integer().is_some_and(|number| values.contains(&number)) {
                    let values: Vec<String> = values.iter().map(i64::to_string).collect();
                    self.refuse(field, ViolationKind::Choice(values.join(" ")));
                }
            }
            Schema::NonEmptyList(_) if field.items().next().is_none() => {
                self.refuse(field, ViolationKind::NoItem);
            }
            Schema::List(item) | Schema::NonEmptyList(item) => {
                for field in field.items() {
                    self.value(&field, item);
                }
            }
            Schema::Map(value) => {
                for entry in field.entries().iter().filter(|entry| entry.value.is_set()) {
                    self.value(&entry.value, value);
                }
            }
            Schema::Object(_) => {
                self.object(field, &field.entries(), schema);
            }
            Schema::Single(object) => self.single(field, object),
            Schema::OneOf(choices) => {
                let fits = |choice: &&Schema| choice.type_name() == Some(actual);
                match choices.iter().find(fits) {
                    Some(choice) => self.value(field, choice),
                    None => self.refuse(field, ViolationKind::NoneOf),
                }
            }
        }
    }

    fn object(&mut self, whole: &Field<'_>, entries: &[Entry<'_>], schema: &'static Schema) {
        for Entry { key, value } in entries.iter().filter(|entry| entry.value.is_set()) {
            let known = schema.field(key);
            let lifetime = known.and_then(|field| field.lifetime.as_ref());
            if known.is_none() || lifetime.is_some() {
                if self.found.unknown.len() >= MAX_VALUES as usize {
                    self.found.unseen.get_or_insert_with(|| value.located(()));
                } else {
                    let name = value.located(Text::from(&**key));
                    self.found.unknown.push(PrunedField { name, object: schema, lifetime });
                }
            }
            if let Some(field) = known {
                self.value(value, &field.schema);
            }
        }
        if self.refuses_nulls {
            for Entry { key, value } in entries.iter().filter(|entry| !entry.value.is_set()) {
                let expected = schema.field(key).and_then(|own| own.schema.type_name());
                if let Some(expected) = expected
                    && !schema.required().any(|name| name == *key)
                {
                    self.refuse(value, ViolationKind::Type { expected, actual: "null" });
                }
            }
        }
        for name in schema.required() {
            let entry = entries.iter().find(|entry| entry.key == name);
            if entry.is_none_or(|entry| !entry.value.is_set()) {
                let path = format!("{}.{name}", message_path(self.document, whole));
                // A null is where the value belongs; without one, the object is the only place to
                // show.
                let place = entry.map_or(whole, |entry| &entry.value).located(());
                let kind = ViolationKind::Required;
                self.found.violations.push(Violation { path, kind, place });
            }
        }
    }

    fn single(&mut self, field: &Field<'_>, schema: &'static Schema) {
        // Counted after pruning, without nulls and unknown fields.
        let known = |entry: &&Entry<'_>| {
            entry.value.is_set()
                && (matches!(schema, Schema::Map(_)) || schema.field(&entry.key).is_some())
        };
        match field.entries().iter().filter(known).count() {
            0 => self.refuse(field, ViolationKind::Properties { none: true }),
            1 => self.value(field, schema),
            _ => self.refuse(field, ViolationKind::Properties { none: false }),
        }
    }

    fn refuse(&mut self, field: &Field<'_>, kind: ViolationKind) {
        let path = message_path(self.document, field);
        self.found.violations.push(Violation { path, kind, place: field.located(()) });
    }
}
