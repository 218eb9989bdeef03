//! Private and public keys, read as strictly as BoringSSL reads them, and compared.

mod elliptic;
mod fault;
mod form;
mod info;
mod private_key;
mod public_key;
mod rewrite;
mod rsa;

pub use fault::KeyFault;
pub(crate) use fault::TRAILING_DATA;
pub use form::KeyForm;
pub use private_key::{KeyError, PrivateKey};
pub use public_key::{KeyKind, PublicKey};
pub use rewrite::as_pkcs8;
