//! Queries and sentences that several rules share.

mod consequence;
mod file_use;
mod request;
mod secret_absence;

pub(crate) use consequence::{
    dependents, fallback, filings, frozen, frozen_severity, restriction, tell_all_let_down,
    tell_freezes, tell_let_down, tell_refused, tell_upstreams, validation,
};
pub(crate) use file_use::{FileUse, by_cause, file_uses};
pub(crate) use request::requested;
pub(crate) use secret_absence::{
    Absence, Cause, absences, is_pending, uses, without_istio_certificates,
};
