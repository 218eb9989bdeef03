//! Real TLS servers as values: started with their own folder, stopped when dropped.

#![allow(dead_code, unused_imports, reason = "each test file takes what it needs")]

mod door;
mod envoy;
mod mesh;
mod pki;
mod process;
mod server;

pub(crate) use door::{Door, Mode, Tls};
pub(crate) use envoy::{Envoy, answering, listener, virtual_tls};
pub(crate) use mesh::{Consul, Sidecar, sidecar};
pub(crate) use pki::{Authority, Pair, Pki, State, Wanted};
pub(crate) use process::{Process, folder, free_port, responder};
pub(crate) use server::{Kind, Server, multiplexing};
