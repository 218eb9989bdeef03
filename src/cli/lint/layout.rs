//! How the findings of `lint` are laid out for people: order, headings, and how many.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};

use crate::cli::config::{Layers, Shown, choice};
use crate::cli::shared::Output;
use crate::console::Console;
use crate::report::{Arrangement, GroupBy};

use super::format::{Format, Layout};

/// Flags about the layout.
#[derive(Debug, Clone, Args)]
pub(super) struct LayoutArgs {
    /// Put findings under a heading for each file, rule or object (text, and the order of concise).
    #[arg(long, value_enum, value_name = "WHAT", env = "MTLSCTL_GROUP_BY")]
    group_by: Option<Heading>,
    /// Show how many findings each rule has instead of the findings (text, concise).
    #[arg(long, env = "MTLSCTL_STATISTICS")]
    statistics: bool,
    /// Show at most N of each rule, and how many more there are (text, concise).
    #[arg(long, value_name = "N", env = "MTLSCTL_MAX_PER_RULE")]
    max_per_rule: Option<NonZeroUsize>,
}

/// What headings stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Heading {
    /// The file of the finding's first place.
    File,
    /// The rule.
    Rule,
    /// The Kubernetes object.
    Object,
}

impl LayoutArgs {
    /// The layout of one report. On a terminal the worst is next to the prompt; files and pipes are read
    /// from the top, in the order of their files.
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
