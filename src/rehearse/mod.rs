//! Tries out a rotation before it happens: every order of its steps, and every intermediate state.
//!
//! Certificates change in several places, but not at once: the client's certificate and key, the
//! CAs and revocation lists that Envoy verifies with, the server's chain, and the CAs that the
//! server verifies with. A [`Rotation`] has each of them before and after; a [`RotationPlan`]
//! lists which orders keep the connection working.

mod plan;
mod rotation;
mod state;

pub use plan::{Gap, RotationPlan};
pub use rotation::{Given, Member, Rotation, RotationStep, SERVER_CHAIN, SERVER_TRUST, rotations};
pub use state::{Break, RotatingPlace, Stage};
