//! Arguments and output that several commands share.

mod between;
pub(crate) mod candidates;
mod closed_pipe;
pub(crate) mod cluster_args;
pub(super) mod common;
mod config_args;
pub(crate) mod duration;
mod opening;
mod output;
mod pairs;
mod tell;
mod threshold;
mod upstream_name;
mod world_args;
mod worlds;

pub(crate) use between::Between;
pub(crate) use closed_pipe::ClosedPipe;
pub(crate) use cluster_args::{ClusterArgs, FromCluster};
pub(crate) use common::{GlobalArgs, columns, look, terminal_width};
pub(crate) use config_args::ConfigArgs;
pub(crate) use opening::{Kept, Opened};
pub(crate) use output::{
    Formats, Output, OutputArgs, candidates, deliver, deliver_streamed, formats,
};
pub(crate) use pairs::{Pair, pairs};
pub(crate) use tell::{tell, told, warn_all};
pub(crate) use upstream_name::{ambiguous, named, unknown};
pub(crate) use world_args::{FilesChoice, IngestChoice, WorldArgs};
pub(crate) use worlds::{Worlds, below, beside_text, one_at_a_time, tell_division};
