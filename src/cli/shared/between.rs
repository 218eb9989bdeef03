//! `A..B`: two values for one flag, for commands that compare an input under both.

use std::str::FromStr;

/// The two values; the same if only one was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Between<T> {
    /// The first one.
    pub(crate) before: T,
    /// The second one.
    pub(crate) after: T,
}

impl<T: FromStr<Err: ToString> + Clone> FromStr for Between<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = |text: &str| text.parse::<T>().map_err(|error| error.to_string());
        match text.split_once("..") {
            Some((before, after)) => Ok(Self { before: parse(before)?, after: parse(after)? }),
            None => {
                let value = parse(text)?;
                Ok(Self { before: value.clone(), after: value })
            }
        }
    }
}
