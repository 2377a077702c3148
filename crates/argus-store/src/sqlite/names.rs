//! The kinds of names by which sessions are found, as numbers in `session_names`.

use argus_session::filter::Key;

/// The number of a filter key whose values are names. Stored: never changes.
pub(crate) fn number(key: Key) -> Option<i64> {
    Some(match key {
        Key::User => 1,
        Key::Project => 2,
        Key::Model => 3,
        Key::Skill => 4,
        Key::Tool => 5,
        Key::Mcp => 6,
        Key::Outcome => 7,
        Key::Error => 8,
        Key::Source => 9,
        Key::Surface => 10,
        Key::Version => 11,
        // 12 is taken: see below.
        Key::Coverage => 13,
        Key::SkillVersion => 14,
        Key::FirstTurn => 15,
        Key::Kind => 16,
        // 17 is taken: see below.
        _ => return None,
    })
}

/// The number under which stands whose credentials delivered a session: one name each, empty for a credential that is nobody's
/// own. No filter asks for it; what a member may read does.
pub(crate) const CREDENTIAL: i64 = 12;

/// The number under which [`super::bits`] has every session that is listed, with an empty name. No filter asks for it.
pub(crate) const LISTED: i64 = 17;
