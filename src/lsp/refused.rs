//! The parameters of a request and its answer, or why there is none.

use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why a request failed.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) code: ErrorCode,
    pub(super) why: String,
}

impl Refused {
    /// With a reason for the user.
    pub(super) fn because(why: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, why: why.into() }
    }
}

/// Reads the parameters of a request.
pub(super) fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refused> {
    // The error may quote the input, which may be a manifest.
    serde_json::from_value(params).map_err(|_| Refused {
        code: ErrorCode::InvalidParams,
        why: "invalid parameters for this method".to_owned(),
    })
}

/// Writes the answer to a request.
pub(super) fn result(value: &impl Serialize) -> Result<Value, Refused> {
    serde_json::to_value(value)
        .map_err(|error| Refused { code: ErrorCode::InternalError, why: error.to_string() })
}
