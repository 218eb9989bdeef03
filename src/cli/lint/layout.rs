//! The layout of `lint` findings for people: order, headings and limits.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};

use crate::cli::config::{Layers, Shown, choice};
use crate::cli::shared::Output;
use crate::console::Console;
use crate::report::{Arrangement, GroupBy};

use super::format::{Format, Layout};

/// Layout flags.
#[derive(Debug, Clone, Args)]
pub(super) struct LayoutArgs {
    /// Group findings by file, rule or object (headings in text, order in concise).
    #[arg(long, value_enum, value_name = "WHAT", env = "MTLSCTL_GROUP_BY")]
    group_by: Option<Heading>,
    /// Show the number of findings per rule instead of the findings (text, concise).
    #[arg(long, env = "MTLSCTL_STATISTICS")]
    statistics: bool,
    /// Show at most N findings per rule, and how many more there are (text, concise).
    #[arg(long, value_name = "N", env = "MTLSCTL_MAX_PER_RULE")]
    max_per_rule: Option<NonZeroUsize>,
}

/// What to group by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Heading {
    /// The file of the finding's primary location.
    File,
    /// The rule.
    Rule,
    /// The Kubernetes object.
    Object,
}

impl LayoutArgs {
    /// The layout of one report. On a terminal the worst finding is next to the prompt; files and
    /// pipes are read from the top, in file order.
    pub(super) fn of(&self, output: &Output<Format>, console: &Console<'_>) -> Layout {
        let is_screen = output.path.is_none() && console.out_is_terminal;
        let arrangement = Arrangement {
            worst_last: is_screen && output.format == Format::Text,
            group_by: self.group_by.map(|heading| match heading {
                Heading::File => GroupBy::File,
                Heading::Rule => GroupBy::Rule,
                Heading::Object => GroupBy::Object,
            }),
            max_per_rule: self.max_per_rule.map(NonZeroUsize::get),
            tells_more: is_screen,
        };
        Layout { arrangement, statistics: self.statistics }
    }

    /// Where each of them comes from.
    pub(super) fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.note("group_by", &mut self.group_by);
        layers.note("statistics", &mut self.statistics);
        layers.note("max_per_rule", &mut self.max_per_rule);
    }
}

impl Shown for Heading {
    fn shown(&self) -> String {
        choice(self)
    }
}
