//! Rules that hold for objects of every kind.

pub(super) mod ambassador_id_string;
pub(super) mod ambassador_id_unmatched;
pub(super) mod annotation_ignored;
pub(super) mod annotation_unreadable;
pub(super) mod configuration_crashes_ambassador;
pub(super) mod field_unknown;
pub(super) mod kustomize_name_not_followed;
pub(super) mod object_api_version_outdated;
pub(super) mod object_api_version_unknown;
pub(super) mod object_defined_twice;
pub(super) mod object_given_twice;
pub(super) mod object_kind_case;
pub(super) mod object_name_invalid;
pub(super) mod object_name_not_text;
pub(super) mod object_outside_watch;
pub(super) mod object_refused_by_schema;
pub(super) mod object_without_name;
pub(super) mod patch_not_applied;
pub(super) mod value_with_dollar;
