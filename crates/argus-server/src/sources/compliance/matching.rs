//! Whether a client told of a session too. Anthropic's ids are not the clients': what is in both decides.

use std::collections::BTreeSet;

use argus_session::filter::Filter;
use argus_session::source::compliance::Match;
use argus_session::{SessionDocument, Source, time};
use argus_store::{ReadScope, SessionQuery, StoreError, Workspace};
use sha2::{Digest, Sha256};

/// How far apart the two clocks may be.
const SLACK_US: i64 = 10 * 60 * 1_000_000;
/// Most sessions of one time and person that are compared.
const CANDIDATES_MAX: usize = 50;
/// Of a text that is compared, in bytes; and the shortest, in characters without white space: "yes" is said by everybody.
const TEXT_BYTES_MAX: usize = 4_096;
const TEXT_CHARACTERS_MIN: usize = 40;
/// Equal texts of one person at one time that say as much as one tool use id.
const TEXTS_MIN: usize = 2;

/// What of a session tells it from others.
#[derive(Debug, Default)]
struct Traits {
    email: Option<String>,
    tool_use_ids: BTreeSet<String>,
    texts: BTreeSet<[u8; 32]>,
}

/// The client's session that `session_id` is the same as, where the evidence is enough to say so: a tool use id, which is
/// random, or several texts of the same person at the same time. Of two that are equally alike by texts alone, neither.
pub(super) fn find(workspace: &Workspace, session_id: &str) -> Result<Option<Match>, StoreError> {
    let Some(document) = workspace.document(session_id, TEXT_BYTES_MAX)? else {
        return Ok(None);
    };
    let (Some(from), Some(to)) = (document.session.started_at, document.session.ended_at) else {
        return Ok(None);
    };
    let filter = format!(
        "from:{} to:{}",
        time::rfc3339(from.saturating_sub(SLACK_US)),
        time::rfc3339(to.saturating_add(SLACK_US))
    );
    let query = SessionQuery {
        filter: Filter::parse(&filter).map_err(|error| StoreError::Invalid(error.to_string()))?,
        limit: CANDIDATES_MAX,
        scope: ReadScope::all(),
        ..SessionQuery::default()
    };
    let own = traits(&document);
    let mut found = Vec::new();
    for candidate in workspace.sessions(&query)?.items {
        let is_clients = candidate
            .sources
            .iter()
            .any(|source| *source != Source::ComplianceApi);
        if candidate.id == session_id || !is_clients {
            continue;
        }
        if let Some(document) = workspace.document(&candidate.id, TEXT_BYTES_MAX)? {
            found.push(compare(&own, &candidate.id, &traits(&document)));
        }
    }
    Ok(best(found))
}

fn compare(own: &Traits, session_id: &str, other: &Traits) -> Match {
    Match {
        session_id: session_id.to_owned(),
        tool_use_ids: own.tool_use_ids.intersection(&other.tool_use_ids).count(),
        texts: own.texts.intersection(&other.texts).count(),
        is_same_user: own.email.is_some() && own.email == other.email,
    }
}

fn best(mut found: Vec<Match>) -> Option<Match> {
    found.retain(|found| found.tool_use_ids > 0 || found.is_same_user && found.texts >= TEXTS_MIN);
    found.sort_by_key(|found| std::cmp::Reverse((found.tool_use_ids, found.texts)));
    let mut found = found.into_iter();
    let best = found.next()?;
    let is_alone = found
        .next()
        .is_none_or(|next| (next.tool_use_ids, next.texts) < (best.tool_use_ids, best.texts));
    is_alone.then_some(best)
}

fn traits(document: &SessionDocument) -> Traits {
    let mut traits = Traits {
        email: document
            .session
            .user
            .email
            .as_ref()
            .map(|email| email.to_lowercase()),
        ..Traits::default()
    };
    let prompts = document
        .turns
        .iter()
        .filter_map(|turn| turn.prompt.text.as_ref());
    let steps = || document.turns.iter().flat_map(|turn| &turn.steps);
    let texts = steps().filter_map(|step| step.text.as_ref());
    traits.texts.extend(
        prompts
            .chain(texts)
            .filter_map(|text| print(text.text.as_deref()?)),
    );
    traits
        .tool_use_ids
        .extend(steps().filter_map(|step| step.tool.as_ref()?.use_id.clone()));
    traits
}

/// The fingerprint of a text without its white space, which clients and API treat differently.
fn print(text: &str) -> Option<[u8; 32]> {
    let characters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (characters.chars().count() >= TEXT_CHARACTERS_MIN).then(|| Sha256::digest(&characters).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(session_id: &str, tool_use_ids: usize, texts: usize, is_same_user: bool) -> Match {
        Match {
            session_id: session_id.to_owned(),
            tool_use_ids,
            texts,
            is_same_user,
        }
    }

    #[test]
    fn weak_evidence_joins_nothing() {
        let best = |found: Vec<Match>| best(found).map(|found| found.session_id);
        assert_eq!(best(vec![found("a", 0, 9, false)]), None);
        assert_eq!(best(vec![found("a", 0, 1, true)]), None);
        assert_eq!(best(vec![found("a", 0, 2, true)]).as_deref(), Some("a"));
        assert_eq!(
            best(vec![found("a", 0, 9, true), found("b", 1, 0, false)]).as_deref(),
            Some("b")
        );
        assert_eq!(
            best(vec![found("a", 0, 3, true), found("b", 0, 3, true)]),
            None
        );
        assert_eq!(
            best(vec![found("a", 2, 3, true), found("b", 1, 3, true)]).as_deref(),
            Some("a")
        );
    }

    #[test]
    fn short_texts_tell_nothing_and_white_space_makes_no_difference() {
        let text = "Write the missing month into missing.txt, and say which one it was.";
        assert_eq!(print("yes, please"), None);
        assert!(print(text).is_some());
        assert_eq!(print(text), print(&text.replace(' ', "\n  ")));
    }
}
