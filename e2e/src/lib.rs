//! Argus as its users see it: the program, its data folder, a running server. Shared by the end-to-end programs, which know
//! nothing of the crates behind it.

mod argus;
mod kit;
mod machine;
mod made;
mod person;
mod random;
mod server;
mod wait;

pub use argus::Argus;
pub use kit::{Captured, Content, Hooks, Kit, Protocol, Run, Telemetry};
pub use machine::{Machine, Programs, copy, files_with, pause, said};
pub use made::{api_request_log, logs_request};
pub use person::Person;
pub use random::{Random, fresh_seed};
pub use server::{Sender, Server};
pub use wait::wait_for;

/// An error is a sentence: whatever fails here fails the run.
pub type Result<T> = std::result::Result<T, String>;

/// What `main` is given: `--name value` pairs.
///
/// # Errors
/// A word that is no `--name`, or a name without a value.
pub fn options(arguments: impl Iterator<Item = String>) -> Result<Vec<(String, String)>> {
    let mut arguments = arguments;
    let mut found = Vec::new();
    while let Some(word) = arguments.next() {
        let name = word
            .strip_prefix("--")
            .ok_or_else(|| format!("\"{word}\" is no option"))?;
        let value = arguments
            .next()
            .ok_or_else(|| format!("--{name} needs a value"))?;
        found.push((name.to_owned(), value));
    }
    Ok(found)
}

/// The value of an option.
///
/// # Errors
/// It was not given.
pub fn required<'a>(options: &'a [(String, String)], name: &str) -> Result<&'a str> {
    options
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
        .ok_or_else(|| format!("--{name} is missing"))
}
