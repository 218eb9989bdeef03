//! From texts to findings: the basis of the command line, `--watch`, the graph and the language
//! server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::resource::Documents;
use crate::source::{SourceId, SourceOrigin, Sources};
use crate::world::{Settings, World};

use super::baseline::Baseline;
use super::scope::Scope;
use crate::lint::config::{Application, ConfigFile};
use crate::lint::lint::{Kept, Unwanted, check, check_after};
use crate::lint::outcome::LintOutcome;
use crate::lint::selection::RuleSelection;
use crate::lint::worlds::{Division, One, Planned, WorldPlan, divide, merge};

/// Texts that were read, and how to check them. Texts may be added, changed and removed; each is
/// read once.
#[derive(Debug, Clone)]
pub struct Session {
    documents: Documents,
    settings: Settings,
    policy: Policy,
    /// Whether the texts are already one of several worlds.
    is_one: bool,
}

/// The worlds of the texts, or why there is only one.
type Apart = Result<(Vec<Planned>, Division), One>;

/// Which findings are reported.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The rules that run.
    pub selection: RuleSelection,
    /// Whether ignores in manifests and overrides are applied.
    pub honours_ignores: bool,
    /// Levels, overrides and worlds.
    pub config: Option<Arc<ConfigFile>>,
    /// Whether the texts are everything that the configuration covers, so that overrides without a
    /// match are unused.
    pub is_everything: bool,
    /// Known findings.
    pub baseline: Option<Baseline>,
    /// The files in which findings are reported.
    pub scope: Option<Scope>,
}

/// One of several worlds.
#[derive(Debug)]
pub struct SingleWorld {
    /// Its name; empty if there is only one.
    pub name: String,
    /// Its aliases: an Ambassador's id and namespace, an environment that contains it.
    pub aliases: Vec<String>,
    /// Its texts, and how to check them.
    pub session: Session,
    /// The resolved world.
    pub world: World,
}

impl SingleWorld {
    /// The part that a word refers to, by its name, its last folders, or an alias.
    ///
    /// # Errors
    /// All names, or those that match the word.
    pub fn called(parts: Vec<Self>, word: &str) -> Result<Self, Vec<String>> {
        let ends = |name: &str| name.strip_suffix(word).is_some_and(|rest| rest.ends_with('/'));
        let fits = |part: &Self| ends(&part.name) || part.aliases.iter().any(|alias| alias == word);
        let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
        let (exact, others): (Vec<Self>, Vec<Self>) =
            parts.into_iter().partition(|part| part.name == word);
        let mut named: Vec<Self> = match exact.is_empty() {
            true => others.into_iter().filter(fits).collect(),
            false => exact,
        };
        match named.len() {
            0 => Err(names),
            1 => named.pop().ok_or(names),
            _ => Err(named.into_iter().map(|part| part.name).collect()),
        }
    }

    /// Its findings, without suppressed ones and those outside the scope.
    pub fn judge(self) -> Judged {
        self.session.settled(self.session.judge_worlds(Memory::None, self.world, Err(One::ByNames)))
    }
}

/// Checked texts.
#[derive(Debug)]
pub struct Judged {
    /// Everything as one world, which reports quote from; the only world if there is just one.
    pub world: World,
    /// The worlds of the texts; empty if there is only one.
    pub worlds: Vec<(String, World)>,
    /// Why there are several.
    pub division: Option<Division>,
    /// The findings.
    pub outcome: LintOutcome,
    /// The findings of the rules in each world, for the next run.
    kept: Vec<Kept>,
    /// Whether it stays one world as long as it has the same objects.
    is_one_by_names: bool,
}

/// What a check knows about the previous one.
#[derive(Clone, Copy)]
enum Memory<'j> {
    /// There is no other.
    None,
    /// One of many: the previous one, if any, and whether this one was cancelled.
    Kept(Option<&'j Judged>, Unwanted<'j>),
}

impl<'j> Memory<'j> {
    fn before(self) -> Option<&'j Judged> {
        match self {
            Self::None => None,
            Self::Kept(before, _) => before,
        }
    }
}

impl Session {
    /// Checks with this policy.
    pub fn new(documents: Documents, settings: Settings, policy: Policy) -> Self {
        Self { documents, settings, policy, is_one: false }
    }

    /// What was read.
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// The caller's settings for the Ambassador.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The same texts with another policy.
    pub fn set_policy(&mut self, policy: Policy) {
        self.policy = policy;
    }

    /// The same texts at another time.
    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// Replaces the text of an origin, or adds it.
    pub fn put(&mut self, origin: SourceOrigin, text: String) -> SourceId {
        self.documents.put(origin, text)
    }

    /// Removes a text.
    pub fn remove(&mut self, id: SourceId) {
        self.documents.remove(id);
    }

    /// The same session with other texts; unchanged ones are not read again.
    #[must_use]
    pub fn over(&self, texts: Sources) -> Self {
        Self { documents: self.documents.over(texts), ..self.clone() }
    }

    /// A session for each world of the texts, and why there are several; if there is only one, this
    /// session without a name.
    pub fn apart(&self) -> (Vec<SingleWorld>, Option<Division>) {
        let (world, apart) = self.worlds_after(None);
        let Ok((planned, division)) = apart else {
            let (name, session) = (String::new(), self.clone());
            return (vec![SingleWorld { name, aliases: Vec::new(), session, world }], None);
        };
        (planned.into_iter().map(|planned| self.alone(planned)).collect(), Some(division))
    }

    /// The session of the world that a word refers to.
    ///
    /// # Errors
    /// The names of all worlds, or those that match the word; none if there is only one world.
    pub fn only(&self, word: &str) -> Result<Self, Vec<String>> {
        let (_, apart) = self.worlds_after(None);
        let planned = apart.map(|(planned, _)| planned).unwrap_or_default();
        let parts = planned.into_iter().map(|planned| self.alone(planned)).collect();
        SingleWorld::called(parts, word).map(|part| part.session)
    }

    /// The texts of one world.
    fn alone(&self, Planned { plan, world }: Planned) -> SingleWorld {
        let WorldPlan { name, aliases, texts, settings } = plan;
        let documents = self.documents.over(Sources::clone(&texts));
        let session = Self { documents, settings, policy: self.policy.clone(), is_one: true };
        SingleWorld { name, aliases, session, world }
    }

    /// Everything as one world.
    pub fn world(&self) -> World {
        World::build(&self.documents, self.settings.clone())
    }

    /// Everything as one world, and its worlds if there are several. After a previous check: what
    /// was one world by its objects' names stays one if it has the same objects.
    fn worlds_after(&self, before: Option<&Judged>) -> (World, Apart) {
        let sources = Arc::clone(self.documents.sources());
        let old = before.map(|before| &before.world);
        let whole = World::after(old, &self.documents, sources, self.settings.clone());
        let was_one =
            |before: &Judged| before.is_one_by_names && whole.has_the_objects_of(&before.world);
        let apart = match self.is_one || before.is_some_and(was_one) {
            true => Err(One::ByNames),
            false => divide(&self.documents, &whole, self.policy.config.as_deref()),
        };
        (whole, apart)
    }

    /// The findings, without suppressed ones and those outside the scope.
    pub fn judge(&self) -> Judged {
        self.settled(self.judge_all())
    }

    /// The same after a previous check with this policy, reusing results whose inputs have not
    /// changed.
    pub fn judge_after(&self, before: Option<&Judged>) -> Judged {
        self.settled(self.judge_with(Memory::Kept(before, &|| false)))
    }

    /// The same, unless cancelled; returns `None` then. Cancellation is polled from several
    /// threads.
    pub fn judge_after_while(
        &self,
        before: Option<&Judged>,
        is_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Option<Judged> {
        // Once something was skipped, the result is incomplete, even if cancellation is withdrawn.
        let is_dropped = AtomicBool::new(false);
        let unwanted = || {
            is_dropped.load(Ordering::Relaxed)
                || !is_wanted() && {
                    is_dropped.store(true, Ordering::Relaxed);
                    true
                }
        };
        let judged = self.judge_with(Memory::Kept(before, &unwanted));
        (!is_dropped.load(Ordering::Relaxed)).then(|| self.settled(judged))
    }

    fn settled(&self, mut judged: Judged) -> Judged {
        if let Some(baseline) = &self.policy.baseline {
            baseline.clone().apply(&mut judged.outcome, &judged.world.sources);
        }
        self.narrow(&mut judged);
        judged
    }

    /// The same, before the baseline and the scope are applied.
    pub fn judge_all(&self) -> Judged {
        self.judge_with(Memory::None)
    }

    fn judge_with(&self, memory: Memory<'_>) -> Judged {
        let (world, apart) = self.worlds_after(memory.before());
        self.judge_worlds(memory, world, apart)
    }

    fn judge_worlds(&self, memory: Memory<'_>, mut world: World, apart: Apart) -> Judged {
        let is_one_by_names = matches!(apart, Err(One::ByNames));
        let (planned, division) = match apart {
            Ok((planned, division)) => (planned, Some(division)),
            Err(_) => (Vec::new(), None),
        };
        let policy = &self.policy;
        let before = memory.before();
        let named = planned.into_iter().map(|planned| (planned.plan.name, planned.world));
        let worlds: Vec<(String, World)> = named.collect();
        let mut kept = Vec::new();
        let mut check = |world: &World, before: Option<(&World, &Kept)>| {
            let (selection, honours_ignores) = (&policy.selection, policy.honours_ignores);
            let Memory::Kept(_, unwanted) = memory else {
                return check(world, selection, honours_ignores);
            };
            let (outcome, own) = check_after(world, selection, honours_ignores, before, unwanted);
            kept.push(own);
            outcome
        };
        let mut outcome = if worlds.is_empty() {
            let before = before.filter(|before| before.worlds.is_empty());
            check(&world, before.and_then(|before| Some((&before.world, before.kept.first()?))))
        } else {
            let outcomes = worlds.iter().map(|(name, own)| {
                let old =
                    before.into_iter().flat_map(|before| before.worlds.iter().zip(&before.kept));
                let mut old = old.filter(|((known, _), _)| known == name);
                check(own, old.next().map(|((_, world), kept)| (world, kept)))
            });
            let outcomes = outcomes.collect();
            merge(&worlds, outcomes, &world.sources)
        };
        if let (Some(file), Some(now)) = (&policy.config, self.settings.now) {
            let call = Application {
                selection: &policy.selection,
                honour_ignores: policy.honours_ignores,
                whole: policy.is_everything,
                today: now.date(),
            };
            file.apply(&mut outcome, Arc::make_mut(&mut world.sources), call);
        }
        Judged { world, worlds, division, outcome, kept, is_one_by_names }
    }

    /// Drops findings outside the scope.
    pub fn narrow(&self, judged: &mut Judged) {
        if let Some(scope) = &self.policy.scope {
            let sources = &judged.world.sources;
            judged.outcome.findings.retain(|found| scope.holds(found, sources));
            judged.outcome.suppressed.retain(|one| scope.holds(&one.finding, sources));
        }
    }
}

impl Judged {
    /// All worlds: the only one, or each of several.
    pub fn each(&self) -> impl Iterator<Item = &World> {
        let only = self.worlds.is_empty().then_some(&self.world);
        only.into_iter().chain(self.worlds.iter().map(|(_, world)| world))
    }

    /// Whether no Ambassador reads any of it.
    pub fn reads_nothing(&self) -> bool {
        self.each().all(World::reads_nothing)
    }

    /// The number of upstreams in all worlds together.
    pub fn upstreams(&self) -> usize {
        self.each().map(|world| world.upstreams.len()).sum()
    }
}
