//! Reading one OTel item.

use serde_json::{Map, Value};

use crate::Record;
use crate::document::TextForm;
use crate::fold::fact::{Fact, Place, SessionFact, StepFact, StepKey};
use crate::fold::piece::Piece;
use crate::fold::slot::{HOOK, LOG, STAND_IN, offer, offer_latest};
use crate::source::{surface, value};

/// The attributes of a log record, data point or span.
pub(super) struct Attributes<'a> {
    pub(super) record: &'a Record,
    member: &'static str,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(record: &'a Record, member: &'static str) -> Self {
        Self { record, member }
    }

    fn pointer(&self, name: &str) -> String {
        format!("/{}/attributes/{name}", self.member)
    }

    pub(super) fn str(&self, name: &str) -> Option<&'a str> {
        value::text(&self.record.body, &self.pointer(name))
    }

    pub(super) fn string(&self, name: &str) -> Option<String> {
        self.str(name).map(str::to_owned)
    }

    pub(super) fn count(&self, name: &str) -> Option<u64> {
        value::count(&self.record.body, &self.pointer(name))
    }

    pub(super) fn float(&self, name: &str) -> Option<f64> {
        value::float(&self.record.body, &self.pointer(name))
    }

    pub(super) fn boolean(&self, name: &str) -> Option<bool> {
        value::boolean(&self.record.body, &self.pointer(name))
    }

    pub(super) fn ms_as_us(&self, name: &str) -> Option<i64> {
        value::ms_as_us(&self.record.body, &self.pointer(name))
    }

    /// The JSON object in a string attribute.
    pub(super) fn json(&self, name: &str) -> Option<Map<String, Value>> {
        serde_json::from_str(self.str(name)?).ok()
    }

    /// A text attribute. `length` is the attribute that tells its whole length, should the client have cut it.
    pub(super) fn text(&self, name: &str, length: &str) -> Option<Piece> {
        let piece = Piece::text(self.record, &self.pointer(name), TextForm::Value)?;
        Some(self.whole(piece, name, length))
    }

    /// The JSON in a string attribute; `length` as for [`Attributes::text`].
    pub(super) fn piece_json(&self, name: &str, length: &str) -> Option<Piece> {
        let piece = Piece::json(self.record, &self.pointer(name), TextForm::JsonInString)?;
        Some(self.whole(piece, name, length))
    }

    /// What telemetry tells of a call's input: in the string attribute `name`, or (without a name) among the attributes.
    pub(super) fn tool_parameters(&self, name: &str) -> Option<Piece> {
        let pointer = if name.is_empty() {
            format!("/{}/attributes", self.member)
        } else {
            self.pointer(name)
        };
        Piece::tool_parameters(self.record, &pointer)
    }

    fn whole(&self, piece: Piece, name: &str, length: &str) -> Piece {
        if !self.str(name).is_some_and(is_shortened) {
            return piece;
        }
        Piece {
            bytes: self.count(length).unwrap_or(piece.bytes),
            shortened: true,
            ..piece
        }
    }

    /// A text member of the item itself, such as `trace_id`.
    pub(super) fn member(&self, name: &str) -> Option<String> {
        value::string(&self.record.body, &format!("/{}/{name}", self.member))
    }

    /// A text attribute of the resource.
    pub(super) fn resource(&self, name: &str) -> Option<String> {
        value::string(&self.record.body, &format!("/resource/attributes/{name}"))
    }

    /// A name for what has none: the record's natural key.
    pub(super) fn derived(&self) -> String {
        format!("derived:{}", hex::encode(self.record.natural_key))
    }
}

/// True where the client's telemetry says that it cut (measured, 2.1.330): `[TRUNCATED - Content exceeds 60KB limit]` at
/// the end of a text, `…[200000 chars]` in place of a long member.
pub(super) fn is_shortened(text: &str) -> bool {
    text.contains("[TRUNCATED - ")
        || text.match_indices("…[").any(|(place, mark)| {
            let rest = text[place + mark.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < text.len() - place - mark.len() && rest.starts_with(" chars]")
        })
}

/// True of a request that the client made for itself: a title, a name, what a fetched page says, the summary of a compaction.
/// By the classes of the client's own metrics (measured, 2.1.330): `main`, `subagent`, and `auxiliary` for all others. Spans
/// write a dot for the colon.
pub(super) fn is_auxiliary(query_source: Option<&str>) -> bool {
    query_source.is_some_and(|source| {
        let of_agent = source
            .strip_prefix("agent")
            .is_some_and(|rest| rest.starts_with([':', '.']));
        !(of_agent
            || source == "sdk"
            || source == "hook_agent"
            || source.starts_with("repl_main_thread"))
    })
}

pub(super) fn step(key: StepKey, place: Place, of: &Attributes<'_>) -> StepFact {
    let mut fact = StepFact::new(key, place);
    fact.agent_id = of.string("agent_id");
    fact
}

/// Client and person, as every item repeats them.
pub(super) fn client_facts(of: &Attributes<'_>, facts: &mut Vec<Fact>) {
    let mut session = |fact: Option<SessionFact>| facts.extend(fact.map(Fact::Session));
    let earliest = of.record.at_us.unwrap_or(0).saturating_neg();
    session(
        of.resource("service.name")
            .and_then(|name| offer(LOG, name))
            .map(SessionFact::ClientName),
    );
    session(
        of.resource("service.version")
            .map(SessionFact::ClientVersion),
    );
    // An account says more than an installation's random id.
    session(
        of.string("user.account_uuid")
            .or_else(|| of.string("user.account_id"))
            .and_then(|id| offer(HOOK, id))
            .or_else(|| of.string("user.id").and_then(|id| offer(LOG, id)))
            .or_else(|| of.resource("enduser.id").and_then(|id| offer(STAND_IN, id)))
            .map(SessionFact::UserId),
    );
    session(
        of.string("user.email")
            .and_then(|email| offer(LOG, email))
            .map(SessionFact::UserEmail),
    );
    if of.str("vcs.ref.head.type") == Some("branch") {
        session(
            of.string("vcs.ref.head.name")
                .and_then(|branch| offer_latest(LOG, of.record.at_us.unwrap_or(0), branch))
                .map(SessionFact::GitBranch),
        );
    }
    let by_service = of
        .resource("service.name")
        .as_deref()
        .and_then(surface::of_service);
    let by_entrypoint = of
        .string("app.entrypoint")
        .map(|name| surface::of_entrypoint(&name));
    let by_terminal = of.string("terminal.type").map(|kind| match kind.as_str() {
        "non-interactive" => crate::document::Surface::Headless,
        _ => crate::document::Surface::Terminal,
    });
    let named = by_service
        .and_then(|surface| offer_latest(surface::OWN, earliest, surface))
        .or_else(|| by_entrypoint.and_then(|surface| offer_latest(HOOK, earliest, surface)));
    let guessed = by_terminal.and_then(|surface| offer_latest(LOG, earliest, surface));
    session(named.or(guessed).map(SessionFact::Surface));
}
