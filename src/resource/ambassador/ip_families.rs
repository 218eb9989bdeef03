//! `enable_ipv4` and `enable_ipv6` of Mappings, TCPMappings and the `ambassador` Module.

use crate::document::Field;

/// The address families that an object enables or disables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IpFamilies {
    /// `enable_ipv4`.
    pub v4: Option<bool>,
    /// `enable_ipv6`.
    pub v6: Option<bool>,
}

impl IpFamilies {
    pub(crate) fn read<'t>(at: impl Fn(&str) -> Option<Field<'t>>) -> Self {
        let flag = |name: &str| Some(at(name)?.boolean()?.value);
        Self { v4: flag("enable_ipv4"), v6: flag("enable_ipv6") }
    }
}
