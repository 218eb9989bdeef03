//! The configuration of `lint`.

use std::path::PathBuf;

use crate::cli::config::{Layers, Settle, Shown, choice};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::{Formats, Output};

use super::args::{LintArgs, ReportScope};
use super::format::Format;

impl Shown for ReportScope {
    fn shown(&self) -> String {
        choice(self)
    }
}

impl Shown for Output<Format> {
    fn shown(&self) -> String {
        match &self.path {
            Some(path) => format!("{}={}", self.format.name(), path.display()),
            None => self.format.name().to_owned(),
        }
    }
}

impl Settle for LintArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        let stdin = self.world.stdin_filename.clone();
        self.paths().into_iter().chain(stdin).collect()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.note("outputs", &mut self.output.outputs);
        self.layout.settle(layers);
        self.rules.settle(layers);
        layers.settle("fail_on", &mut self.fail_on, |config| config.fail_on.clone());
        self.baseline.settle(layers);
        layers.note("show_suppressed", &mut self.show_suppressed);
        layers.note("report_scope", &mut self.report_scope);
        layers.note("root", &mut self.root);
        layers.note("unsafe_fixes", &mut self.fixing.unsafe_fixes);
        layers.note("exit_zero", &mut self.exit_zero);
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
        levels(layers);
    }
}

/// Levels and overrides, which can only be set in a configuration.
fn levels(layers: &mut Layers<'_>) {
    let Some(file) = layers.file() else { return };
    for (glob, level) in &file.config.rules.0 {
        let name = format!("rules.{}", glob.value.0);
        layers.add(name, format!("{level:?}").to_lowercase(), file.place(glob.span));
    }
    for (at, over) in file.config.overrides.iter().enumerate() {
        let levels = over.rules.0.iter();
        let levels: Vec<String> =
            levels.map(|(glob, level)| format!("{}: {level:?}", glob.value.0)).collect();
        let value = levels.join(", ").to_lowercase();
        layers.add(format!("overrides[{at}]"), value, file.place(over.key()));
    }
}
