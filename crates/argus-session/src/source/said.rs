//! A message in the API's shape (role, content blocks), as told by a witness that knows the order of what was said and not
//! the client's own ids: Cowork's audit log, an inference hook, the Compliance API.
//!
//! What else it may know (the record's uuid, the API's message id, tool use ids) joins it to what others saw; the fold does
//! the rest by order and by equal text (`fold/lines.rs`, `fold/turn/said.rs`).

use serde_json::{Map, Value};

use super::{is_client_output, is_interrupt, is_skill_body, prompt_form};
use crate::Record;
use crate::document::{TextForm, TokenTotals, tag};
use crate::fold::fact::{
    BlockKind, Fact, Line, LinePlace, Place, RequestFact, SessionFact, Signals, StepFact, StepKey,
    ToolFact,
};
use crate::fold::piece::{Piece, call_print};
use crate::fold::slot::{LOG, STAND_IN, Weight, offer, offer_latest};
use crate::source::value::{boolean, count, string, text};

/// An item's body: `{"type": kind, name: value}`.
pub(super) fn tagged(kind: &str, name: &str, value: Value) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("type".to_owned(), Value::from(kind));
    body.insert(name.to_owned(), value);
    body
}

/// A record with one message in it.
pub(super) struct Said<'a> {
    pub(super) record: &'a Record,
    /// Where the message stands in the body: its `role` and `content` are below.
    pub(super) pointer: &'a str,
    /// `user` or `assistant`.
    pub(super) role: &'a str,
    pub(super) line: Line,
    /// The uuid that the client's own record of it may have.
    pub(super) uuid: Option<String>,
    /// The API's id of the message.
    pub(super) message_id: Option<String>,
    /// The call that a sub-agent works for, whose message it is.
    pub(super) by_agent_of: Option<String>,
    /// How much its word counts for texts and payloads.
    pub(super) weight: Weight,
    /// How much its word counts for times.
    pub(super) time_weight: Weight,
    /// True when the message is all that the answer consists of: one without a call ends the turn.
    pub(super) is_whole: bool,
}

impl Said<'_> {
    pub(super) fn facts(&self, facts: &mut Vec<Fact>) {
        facts.push(Fact::Session(SessionFact::Real));
        match self.role {
            "user" => self.user(facts),
            "assistant" => self.assistant(facts),
            other => self.count(&format!("role.{other}"), facts),
        }
    }

    fn count(&self, what: &str, facts: &mut Vec<Fact>) {
        facts.push(Fact::Count(format!("{}.{what}", self.record.source)));
    }

    fn content(&self) -> Option<&Value> {
        self.record
            .body
            .pointer(self.pointer)
            .and_then(|message| message.get("content"))
    }

    fn at(&self, place: usize) -> String {
        format!("{}/content/{place}", self.pointer)
    }

    fn blocks(&self) -> &[Value] {
        self.content()
            .and_then(Value::as_array)
            .map_or(&[], |blocks| blocks)
    }

    fn place(&self, equal: Option<crate::fold::piece::Print>) -> Place {
        Place::Line(Box::new(LinePlace {
            line: self.line.clone(),
            uuid: self.uuid.clone(),
            message_id: self.message_id.clone(),
            equal,
        }))
    }

    fn step(&self, key: StepKey) -> StepFact {
        let mut fact = StepFact::new(key, self.place(None));
        fact.at = self
            .record
            .at_us
            .and_then(|at| offer_latest(self.time_weight, at.saturating_neg(), at));
        fact.agent_id.clone_from(&self.by_agent_of);
        fact
    }

    fn spoken(&self, prompt: Option<crate::fold::piece::Print>, facts: &mut Vec<Fact>) {
        if self.by_agent_of.is_none() {
            facts.push(Fact::Line {
                line: self.line.clone(),
                prompt,
            });
        }
    }

    fn user(&self, facts: &mut Vec<Fact>) {
        let mut has_results = false;
        for (place, block) in self.blocks().iter().enumerate() {
            match text(block, "/type") {
                Some("tool_result") => {
                    has_results = true;
                    self.tool_result(place, facts);
                }
                Some("text") => {}
                other => self.count(&format!("user.{}", other.unwrap_or("unknown")), facts),
            }
        }
        if has_results {
            self.spoken(None, facts);
        }
        let is_beside = has_results || self.by_agent_of.is_some();
        match self.content() {
            Some(Value::String(shown)) => {
                self.user_text(
                    shown,
                    &format!("{}/content", self.pointer),
                    is_beside,
                    facts,
                );
            }
            Some(Value::Array(_)) => self.user_blocks(is_beside, facts),
            _ => self.count("user.empty", facts),
        }
    }

    /// Of several texts the first that is not the client's own is the prompt; the others are counted.
    fn user_blocks(&self, mut is_beside: bool, facts: &mut Vec<Fact>) {
        for (place, block) in self.blocks().iter().enumerate() {
            if let (Some("text"), Some(shown)) = (text(block, "/type"), text(block, "/text")) {
                let pointer = format!("{}/text", self.at(place));
                is_beside |= self.user_text(shown, &pointer, is_beside, facts);
            }
        }
    }

    /// True when it was a prompt.
    fn user_text(
        &self,
        shown: &str,
        pointer: &str,
        is_beside: bool,
        facts: &mut Vec<Fact>,
    ) -> bool {
        if is_interrupt(shown) {
            let mut fact = self.step(StepKey::Signal(format!("said:{}", self.line.id)));
            fact.signals = Signals::INTERRUPTED;
            facts.push(Fact::Step(Box::new(fact)));
            self.spoken(None, facts);
            return false;
        }
        if is_beside || is_clients_own(shown) {
            self.count("user.beside", facts);
            return false;
        }
        let (signals, form) = prompt_form(shown);
        let Some(piece) = Piece::text(self.record, pointer, form) else {
            return false;
        };
        self.spoken(Some(piece.print), facts);
        let key = StepKey::Prompt(format!("{}:{}", self.record.source, self.line.id));
        let mut fact = self.step(key);
        fact.place = self.place(Some(piece.print));
        fact.aliases.extend(self.uuid.clone());
        fact.signals = signals;
        fact.name = tag(shown, "command-name").and_then(|name| offer(self.weight, name.to_owned()));
        fact.is_report = offer(self.weight, super::is_report(shown));
        fact.text = offer(self.weight, piece);
        facts.push(Fact::Step(Box::new(fact)));
        true
    }

    fn assistant(&self, facts: &mut Vec<Fact>) {
        self.spoken(None, facts);
        self.request(facts);
        let content = self.content();
        if let Some(Value::String(_)) = content {
            self.said(
                &format!("{}/content", self.pointer),
                0,
                BlockKind::Text,
                facts,
            );
            return;
        }
        for (place, block) in self.blocks().iter().enumerate() {
            let pointer = self.at(place);
            match text(block, "/type") {
                Some("text") => {
                    self.said(&format!("{pointer}/text"), place, BlockKind::Text, facts);
                }
                Some("thinking") => {
                    self.said(
                        &format!("{pointer}/thinking"),
                        place,
                        BlockKind::Thinking,
                        facts,
                    );
                }
                Some("tool_use" | "server_tool_use" | "mcp_tool_use") => {
                    self.tool_use(&pointer, block, facts);
                }
                other => self.count(&format!("assistant.{}", other.unwrap_or("unknown")), facts),
            }
        }
    }

    fn said(&self, pointer: &str, place: usize, kind: BlockKind, facts: &mut Vec<Fact>) {
        // A sub-agent's texts stand in its own transcript; here nothing would join them to those.
        if self.by_agent_of.is_some() {
            return self.count("agent.text", facts);
        }
        let Some(piece) = Piece::text(self.record, pointer, TextForm::Value) else {
            return;
        };
        let mut fact = self.step(StepKey::Said(format!("{}#{place}", self.line.id)));
        fact.request_id.clone_from(&self.message_id);
        fact.aliases.extend(self.uuid.clone());
        fact.block = Some((kind, None));
        fact.text = offer(self.weight, piece);
        let calls = self
            .blocks()
            .iter()
            .any(|block| text(block, "/type").is_some_and(|kind| kind.ends_with("tool_use")));
        if self.is_whole && kind == BlockKind::Text && !calls {
            fact.signals = Signals::ENDED_TURN;
        }
        facts.push(Fact::Step(Box::new(fact)));
    }

    /// The request that the answer is of, where the message tells its id and what it took.
    fn request(&self, facts: &mut Vec<Fact>) {
        let body = &self.record.body;
        let at = |name: &str| format!("{}/{name}", self.pointer);
        let Some(message_id) = self.message_id.clone() else {
            return;
        };
        if self.by_agent_of.is_some() {
            return;
        }
        let known = |name: &str| count(body, &at(&format!("usage/{name}")));
        let tokens = body.pointer(&at("usage")).map(|_| TokenTotals {
            input_tokens: known("input_tokens"),
            output_tokens: known("output_tokens"),
            cache_read_tokens: known("cache_read_input_tokens"),
            cache_creation_tokens: known("cache_creation_input_tokens"),
        });
        let stop_reason = string(body, &at("stop_reason"));
        let mut fact = self.step(StepKey::SaidRequest(message_id.clone()));
        fact.request_id = Some(message_id);
        fact.signals = match stop_reason.as_deref() {
            Some("refusal") => Signals::REFUSED,
            Some("end_turn" | "stop_sequence" | "max_tokens") => Signals::ENDED_TURN,
            _ => Signals::default(),
        };
        let latest = self.record.at_us.unwrap_or(0);
        fact.request = Some(RequestFact {
            model: string(body, &at("model")).and_then(|model| offer(self.weight, model)),
            tokens: tokens.and_then(|tokens| offer_latest(STAND_IN, latest, tokens)),
            stop_reason: stop_reason.and_then(|reason| offer_latest(LOG, latest, reason)),
            ..RequestFact::default()
        });
        facts.push(Fact::Step(Box::new(fact)));
    }

    fn tool_use(&self, pointer: &str, block: &Value, facts: &mut Vec<Fact>) {
        let Some(use_id) = string(block, "/id") else {
            return self.count("assistant.tool_use_without_id", facts);
        };
        // Anthropic's inference hooks write `tool_name`.
        let name = string(block, "/name").or_else(|| string(block, "/tool_name"));
        let mut fact = self.step(StepKey::Tool(use_id));
        fact.aliases.extend(self.uuid.clone());
        let is_text = block.get("input").is_some_and(Value::is_string);
        let form = if is_text {
            TextForm::JsonInString
        } else {
            TextForm::Value
        };
        fact.tool = Some(ToolFact {
            call_print: name
                .as_deref()
                .zip(block.get("input"))
                .map(|(name, input)| call_print(name, input)),
            input: Piece::json(self.record, &format!("{pointer}/input"), form)
                .and_then(|piece| offer(self.weight, piece)),
            name: name.and_then(|name| offer(self.weight, name)),
            ..ToolFact::default()
        });
        facts.push(Fact::Step(Box::new(fact)));
    }

    fn tool_result(&self, place: usize, facts: &mut Vec<Fact>) {
        let pointer = self.at(place);
        let body = &self.record.body;
        let Some(use_id) = string(body, &format!("{pointer}/tool_use_id")) else {
            return self.count("user.tool_result_without_id", facts);
        };
        let content = format!("{pointer}/content");
        let failed = boolean(body, &format!("{pointer}/is_error"));
        let mut fact = self.step(StepKey::Tool(use_id));
        // The call's time is that of its `tool_use`; this is its end.
        fact.at = self.record.at_us.and_then(|at| offer(0, at));
        fact.aliases.extend(self.uuid.clone());
        fact.tool = Some(ToolFact {
            name: string(body, &format!("{pointer}/tool_name"))
                .and_then(|name| offer(self.weight, name)),
            output: Piece::json(self.record, &content, TextForm::Value)
                .and_then(|piece| offer(self.weight, piece)),
            is_error: offer(self.weight, failed.unwrap_or(false)),
            error: failed
                .filter(|failed| *failed)
                .and_then(|_| Piece::text(self.record, &content, TextForm::ContentBlocks))
                .and_then(|piece| offer(STAND_IN, piece)),
            ..ToolFact::default()
        });
        facts.push(Fact::Step(Box::new(fact)));
    }
}

/// Text of a user message that no person wrote: reminders, what local commands said, skills, the summary of a compaction.
fn is_clients_own(shown: &str) -> bool {
    is_client_output(shown)
        || is_skill_body(shown)
        || shown.starts_with("<system-reminder>")
        || shown.starts_with("This session is being continued from a previous conversation")
}
