//! Anthropic's inference hooks (Enterprise): before a request to the model, the whole conversation so far. Unverified: read
//! by the published description.
//!
//! A call becomes an item for itself, without the messages, and one for each message. A message that came before has the
//! natural key and the content that it had then: what a call repeats is known, and kept once. What the client changes of an
//! old message when it sends it again (reminders, marks for the cache) is therefore no part of it: a reminder is an item of
//! its own, kept once a session, and the marks are left out.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;

use super::said::{Said, tagged};
use super::surface;
use crate::fold::fact::{Fact, Line, SessionFact};
use crate::fold::slot::{HOOK, STAND_IN, Weight, offer, offer_latest};
use crate::record::FilePosition;
use crate::source::value::{string, text};
use crate::{Item, Meta, NaturalKey, Record, Source, canonical};

/// Before telemetry's word, after the client's own.
const WEIGHT: Weight = HOOK - 5;
/// A message may have been said long before the call in which it came first.
const TIME: Weight = 1;

/// The items of a call. `request_id` is the webhook's id, for a call without one of its own; `at_us` when it was sent, as its
/// header says; `line_key` as for transcripts.
///
/// `None` when the body is no JSON object.
#[must_use]
pub fn items(body: Value, webhook_id: &str, at_us: i64, line_key: &[u8; 32]) -> Option<Vec<Item>> {
    let Value::Object(mut call) = body else {
        return None;
    };
    let messages = match call.remove("messages") {
        Some(Value::Array(messages)) => messages,
        Some(other) => {
            call.insert("messages_unread".to_owned(), other);
            Vec::new()
        }
        None => Vec::new(),
    };
    let value = Value::Object(call);
    let session_id = string(&value, "/session_id");
    let request_id = string(&value, "/request_id").unwrap_or_else(|| webhook_id.to_owned());
    let session = session_id.as_deref().unwrap_or("").to_owned();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut items = Vec::with_capacity(messages.len() + 1);
    let mut prints = Vec::with_capacity(messages.len());
    // Where it stood is no part of the content.
    let item = |key: String, place: usize, body: Map<String, Value>| Item {
        source: Source::InferenceHook,
        key: NaturalKey::given(&key),
        session_id: session_id.clone(),
        at_us: Some(at_us),
        body: Value::Object(body),
        meta: Meta {
            file: Some(FilePosition {
                id: request_id.clone(),
                offset: place as u64,
            }),
            ..Meta::default()
        },
    };
    for (place, message) in messages.into_iter().enumerate() {
        let (message, reminders) = parted(message);
        for reminder in reminders {
            let key = format!("beside\0{session}\0{}", print(&reminder, line_key));
            items.push(item(key, place, tagged("beside", "block", reminder)));
        }
        let print = print(&message, line_key);
        let nth = seen.entry(print.clone()).or_insert(0);
        let key = format!("message\0{session}\0{print}\0{nth}");
        *nth += 1;
        items.push(item(key, place, tagged("message", "message", message)));
        prints.push(print);
    }
    let Value::Object(call) = value else {
        return None;
    };
    let email = call
        .get("actor")
        .and_then(|actor| string(actor, "/email_address"));
    let mut body = tagged("call", "call", Value::Object(call));
    // Under the name that redaction knows for who somebody is.
    body.extend(email.map(|email| ("user.email".to_owned(), Value::from(email))));
    let messages = prints.len();
    body.insert("messages".to_owned(), Value::from(prints));
    items.push(item(format!("call\0{request_id}"), messages, body));
    Some(items)
}

/// A message without what the client puts beside it, and that.
fn parted(mut message: Value) -> (Value, Vec<Value>) {
    let mut reminders = Vec::new();
    if let Some(Value::Array(blocks)) = message.get_mut("content") {
        for block in std::mem::take(blocks) {
            let block = bare(block);
            if is_reminder(&block) {
                reminders.push(block);
            } else {
                blocks.push(block);
            }
        }
    }
    (message, reminders)
}

/// A keyed fingerprint: what lies in a call's item gives nothing to guess by.
fn print(said: &Value, line_key: &[u8; 32]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(line_key).expect("HMAC takes a key of any length");
    mac.update(b"argus-inference-hook-v1\0");
    mac.update(&canonical::to_vec(said));
    hex::encode(&mac.finalize().into_bytes()[..16])
}

fn is_reminder(block: &Value) -> bool {
    text(block, "/text").is_some_and(|text| text.starts_with("<system-reminder>"))
}

fn bare(mut block: Value) -> Value {
    if let Some(map) = block.as_object_mut() {
        map.shift_remove("cache_control");
    }
    block
}

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    match text(&record.body, "/type") {
        Some("message") => message(record, facts),
        Some("call") => call(record, facts),
        Some("beside") => facts.push(Fact::Count("inference_hook.beside".to_owned())),
        _ => facts.push(Fact::Count("inference_hook.unknown".to_owned())),
    }
}

fn message(record: &Record, facts: &mut Vec<Fact>) {
    let said = Said {
        record,
        pointer: "/message",
        role: text(&record.body, "/message/role").unwrap_or("unknown"),
        line: Line {
            witness: Source::InferenceHook,
            at: record.at_us.unwrap_or(0),
            place: record.meta.file.as_ref().map_or(0, |file| file.offset),
            id: hex::encode(record.natural_key),
        },
        uuid: None,
        message_id: None,
        by_agent_of: None,
        weight: WEIGHT,
        time_weight: TIME,
        is_whole: true,
    };
    said.facts(facts);
}

fn call(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let at = record.at_us.unwrap_or(0);
    let mut session = |fact: Option<SessionFact>| facts.extend(fact.map(Fact::Session));
    session(
        string(body, "/call/model")
            .and_then(|model| offer_latest(STAND_IN, at, model))
            .map(SessionFact::Model),
    );
    session(
        string(body, "/user.email")
            .and_then(|email| offer(HOOK, email))
            .map(SessionFact::UserEmail),
    );
    session(
        string(body, "/call/actor/id")
            .and_then(|id| offer(STAND_IN, id))
            .map(SessionFact::UserId),
    );
    session(
        text(body, "/call/source/application")
            .map(surface::of_product)
            .and_then(|surface| offer_latest(STAND_IN, at.saturating_neg(), surface))
            .map(SessionFact::Surface),
    );
    facts.push(Fact::Count("inference_hook.call".to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_that_comes_again_is_the_same_item() {
        let of = |messages: Value| {
            let body = json!({"type": "prompt", "request_id": "r", "session_id": "s", "messages": messages});
            items(body, "w", 5, &[1; 32]).unwrap()
        };
        let first = json!({"role": "user", "content": [{"type": "text", "text": "yes"}]});
        let again = json!({"role": "user", "content": [
            {"type": "text", "text": "<system-reminder>later</system-reminder>"},
            {"type": "text", "text": "yes", "cache_control": {"type": "ephemeral"}}]});
        let answer = json!({"role": "assistant", "content": [{"type": "text", "text": "Done."}]});
        let one = of(json!([first]));
        let two = of(json!([again, answer, first]));
        assert_eq!((&one[0].key, &one[0].body), (&two[1].key, &two[1].body));
        assert_ne!(two[1].key, two[3].key, "said twice is two messages");
        assert_eq!(two.len(), 5);
        assert_eq!(two[0].body["type"], "beside");
        assert_eq!(one.last().unwrap().key, NaturalKey::given("call\0r"));
        let list = two.last().unwrap().body["messages"]
            .as_array()
            .unwrap()
            .len();
        assert_eq!(list, 3);
        assert!(!two.last().unwrap().body.to_string().contains("yes"));
    }
}
