//! A rotation tried out before it happens: every order of its steps, and every state in between.
//!
//! Certificates change in several places, and not at once: the client's pair, the CAs and revocation
//! lists that Envoy verifies with, the server's chain, and the CAs that the server verifies with. A
//! [`Rotation`] knows each of them before and after; a [`RotationPlan`] says which orders keep the connection.

mod plan;
mod rotation;
mod state;

pub use plan::{Gap, RotationPlan};
pub use rotation::{Given, Member, Rotation, RotationStep, SERVER_CHAIN, SERVER_TRUST, rotations};
pub use state::{Break, RotatingPlace, Stage};
