//! Connections: TCP, the TLS handshake, one request, and a record of what happened.

mod attempt;
mod command;
mod dial;
mod did;
mod direct;
mod envoys_hello;
mod menu;
pub(crate) mod plain;
mod pod;
mod relay;
mod reply;
mod request;
mod resumption;
mod signature;
pub(crate) mod starttls;
mod stumble;
mod talk;
mod tap;
mod witness;

pub use attempt::{Attempt, Broken, Ending, Handshake, Phases, Presented};
pub use command::Proxy;
pub(crate) use dial::dial;
pub use did::Did;
pub use direct::Direct;
pub use menu::Chosen;
pub(crate) use menu::chosen;
pub use pod::InPod;
pub use reply::Reply;
pub(crate) use resumption::ends_resumption;
pub use signature::SignatureCheck;
pub use witness::{Fit, Request};
