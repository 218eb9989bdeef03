//! Environment variables as a value, so that tests can supply their own.

type Lookup<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// Where variables are looked up; an empty one counts as absent, as with Consul's own client.
pub(crate) struct Environment<'a>(Lookup<'a>);

impl Environment<'_> {
    /// The process's own.
    pub(crate) fn of_process() -> Self {
        Self(Box::new(|name| std::env::var(name).ok()))
    }

    #[cfg(test)]
    pub(super) fn made_up(pairs: &'static [(&'static str, &'static str)]) -> Self {
        Self(Box::new(move |name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        }))
    }

    /// A variable that is set and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    /// A flag, else a variable.
    pub(crate) fn or<T: From<String>>(&self, flag: Option<T>, name: &str) -> Option<T> {
        flag.or_else(|| self.get(name).map(T::from))
    }
}
