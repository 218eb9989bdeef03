//! What to probe: the endpoint, our certificate, the trust anchors, and their origins.

mod address;
mod aim;
mod alternative;
mod bare;
mod files;
mod identity;
mod misfit;
mod missed;
mod overlay;
mod reach;
mod spiffe;
mod starttls;
mod target;
mod trust;

pub use address::{AddressRules, ConnectTo, NoAddress, Resolve};
pub use aim::{Aim, all, distinct};
pub use alternative::Alternative;
pub use bare::place;
pub use files::Files;
pub use identity::{Identity, NotLoaded};
pub use misfit::{ContextPart, Misfits};
pub use missed::Missed;
pub use overlay::Overlay;
pub use reach::{Endpoint, Opening, Reach, Reached, Stream, Unreached, Via};
pub use spiffe::Expected;
pub use starttls::StartTls;
pub use target::{Conduct, Target, TargetOrigin};
pub(crate) use trust::NOT_AVAILABLE;
pub use trust::{Opinion, Trust, Upgrade};
