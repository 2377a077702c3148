//! The filter of a command: in the filter language, by somebody who did not sign in.

use argus_session::filter::{Filter, Key, Value};

use crate::error::{CommandError, Kind};

/// Reads a text in the filter language; `what` it is called when it is wrong.
///
/// # Errors
/// The user's, when the text is none, or asks for what is somebody's who signed in.
pub(super) fn parsed(text: &str, what: &str) -> Result<Filter, CommandError> {
    let filter = Filter::parse(text)
        .map_err(|error| CommandError::new(Kind::Usage, format!("this is no {what}: {error}")))?;
    let is_mine = filter.terms.iter().any(|term| {
        term.key == Key::Reviewer
            && term
                .values
                .iter()
                .any(|value| matches!(value, Value::Text(who) if who == "me"))
    });
    if is_mine {
        return Err(CommandError::new(
            Kind::Usage,
            "reviewer:me is whoever signed in, and on the command line nobody is",
        )
        .hint("name a person, or their e-mail address"));
    }
    Ok(filter)
}
