//! Anthropic's Compliance API (Enterprise): sessions as Anthropic recorded them. Unverified: read by the published
//! description.
//!
//! Its session ids (`clls_…`, `cse_…`) are not the clients': such a session is one of its own. Whether a client told of it
//! too is found out by who compares them (the puller of the server) and kept as an item: see [`match_item`].

use serde_json::{Value, json};

use super::said::{Said, tagged};
use super::surface;
use crate::document::Link;
use crate::fold::fact::{Fact, Line, SessionFact};
use crate::fold::slot::{HOOK, LOG, Weight, offer, offer_latest};
use crate::record::FilePosition;
use crate::source::value::{boolean, count, string, text};
use crate::{Item, Meta, NaturalKey, Record, Source, time};

/// Texts and payloads are cut at some size.
const WEIGHT: Weight = LOG + 5;

/// Which list a session stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// On a person's computer.
    Local,
    /// In the cloud.
    Remote,
}

impl SessionKind {
    /// The word in the API's paths.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Remote => "remote",
        }
    }
}

/// The item of a session as it was listed; `None` when it has no id.
#[must_use]
pub fn session_item(session: Value, kind: SessionKind) -> Option<Item> {
    let id = string(&session, "/id")?;
    let at_us = created_at(&session);
    // Of a session that went on, what is listed is another item.
    let updated = text(&session, "/updated_at").unwrap_or_default();
    let key = NaturalKey::given(&format!("session\0{id}\0{updated}"));
    let email = string(&session, "/user/email_address");
    let mut body = tagged("session", "session", session);
    // Under the name that redaction knows for who somebody is.
    body.extend(email.map(|email| ("user.email".to_owned(), Value::from(email))));
    body.insert("kind".to_owned(), Value::from(kind.as_str()));
    Some(Item {
        source: Source::ComplianceApi,
        key,
        at_us,
        body: Value::Object(body),
        session_id: Some(id),
        meta: Meta::default(),
    })
}

/// The item of a message; `place` is how many came before it in its session. `None` when it has no id.
#[must_use]
pub fn message_item(session_id: &str, message: Value, place: u64) -> Option<Item> {
    let id = string(&message, "/id")?;
    let at_us = created_at(&message);
    let body = tagged("message", "message", message);
    Some(Item {
        source: Source::ComplianceApi,
        key: NaturalKey::given(&format!("message\0{session_id}\0{id}")),
        session_id: Some(session_id.to_owned()),
        at_us,
        body: Value::Object(body),
        // Not in the content: where a message stands changes when older ones are not kept any more.
        meta: Meta {
            file: Some(FilePosition {
                id: session_id.to_owned(),
                offset: place,
            }),
            ..Meta::default()
        },
    })
}

/// What was found equal in a session and a client's, enough to say that they are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The client's session.
    pub session_id: String,
    /// Tool use ids that are in both.
    pub tool_use_ids: usize,
    /// Texts that are in both.
    pub texts: usize,
    /// Whether both name one person.
    pub is_same_user: bool,
}

/// The item that says that a client told of the session too.
#[must_use]
pub fn match_item(session_id: &str, found: &Match, at_us: i64) -> Item {
    let Match {
        session_id: other,
        tool_use_ids,
        texts,
        is_same_user,
    } = found;
    Item {
        source: Source::ComplianceApi,
        key: NaturalKey::given(&format!("match\0{session_id}\0{other}")),
        session_id: Some(session_id.to_owned()),
        at_us: None,
        body: json!({
            "type": "match", "session_id": other, "tool_use_ids": tool_use_ids, "texts": texts, "same_user": is_same_user,
        }),
        meta: Meta {
            captured_at_us: Some(at_us),
            ..Meta::default()
        },
    }
}

fn created_at(of: &Value) -> Option<i64> {
    text(of, "/created_at").and_then(time::parse_rfc3339_us)
}

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    match text(&record.body, "/type") {
        Some("session") => session(record, facts),
        Some("message") => message(record, facts),
        Some("match") => matched(record, facts),
        _ => facts.push(Fact::Count("compliance_api.unknown".to_owned())),
    }
}

fn session(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let mut session = |fact: Option<SessionFact>| facts.extend(fact.map(Fact::Session));
    session(Some(SessionFact::Real));
    session(
        string(body, "/user.email")
            .and_then(|email| offer(HOOK, email))
            .map(SessionFact::UserEmail),
    );
    session(
        text(body, "/session/updated_at")
            .and_then(time::parse_rfc3339_us)
            .map(|at| SessionFact::Seen {
                at,
                in_transcript: false,
            }),
    );
    session(
        string(body, "/session/user/id")
            .and_then(|id| offer(LOG, id))
            .map(SessionFact::UserId),
    );
    let named = text(body, "/session/product_surface").map(surface::of_product);
    session(
        named
            .and_then(|named| offer_latest(surface::OWN, 0, named))
            .map(SessionFact::Surface),
    );
    session(offer(LOG, "compliance-api".to_owned()).map(SessionFact::ClientName));
    facts.push(Fact::Count("compliance_api.session".to_owned()));
}

fn message(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    // Nothing that anyone said: Anthropic's own note that content is missing or was made up.
    if let Some(kind @ ("content_unavailable" | "synthetic_marker")) =
        text(body, "/message/provenance").or_else(|| text(body, "/message/provenance/type"))
    {
        return facts.push(Fact::Count(format!("compliance_api.{kind}")));
    }
    if boolean(body, "/message/content_unavailable").unwrap_or(false) {
        return facts.push(Fact::Count("compliance_api.content_unavailable".to_owned()));
    }
    let at = record.at_us.unwrap_or(0);
    facts.extend(
        string(body, "/message/model")
            .and_then(|model| offer_latest(LOG, at, model))
            .map(SessionFact::Model)
            .map(Fact::Session),
    );
    let said = Said {
        record,
        pointer: "/message",
        role: text(body, "/message/role").unwrap_or("unknown"),
        line: Line {
            witness: Source::ComplianceApi,
            // Times may tie or be out of order; the order of the list is certain.
            at: 0,
            place: record.meta.file.as_ref().map_or(0, |file| file.offset),
            id: hex::encode(record.natural_key),
        },
        uuid: None,
        message_id: None,
        by_agent_of: None,
        weight: WEIGHT,
        time_weight: LOG,
        is_whole: true,
    };
    said.facts(facts);
}

fn matched(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let Some(session_id) = string(body, "/session_id") else {
        return facts.push(Fact::Count("compliance_api.unknown".to_owned()));
    };
    let evidence = if count(body, "/tool_use_ids").unwrap_or(0) > 0 {
        "compliance_api.tool_use_ids"
    } else {
        "compliance_api.texts"
    };
    facts.push(Fact::Session(SessionFact::Link(Link {
        kind: "same".to_owned(),
        session_id: Some(session_id),
        evidence: evidence.to_owned(),
    })));
}
