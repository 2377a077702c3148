//! Captured text in a document: in full, or as a reference into a record.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::redactions::{PayloadRedaction, Redaction};
use crate::RecordId;

/// Where a text stands: a place in the body of one record, or several whose texts follow each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TextRef {
    /// The record.
    pub record: RecordId,
    /// JSON pointer (RFC 6901) into its body.
    pub pointer: String,
    /// How what stands there is read.
    #[serde(default, skip_serializing_if = "TextForm::is_value")]
    pub form: TextForm,
}

/// How the JSON at a reference is turned into a text or a payload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum TextForm {
    /// As it stands.
    #[default]
    Value,
    /// A string that holds JSON.
    JsonInString,
    /// A list of content blocks of the Messages API; as a text: their `text`s, joined by line ends.
    ContentBlocks,
    /// The transcript's tags of a slash command; as a text: `/name arguments`.
    Command,
    /// The transcript's tag of a `!command`; as a text: `!command`.
    BashInput,
    /// What the person wrote behind `/compact`; as a text: the whole command.
    CompactInstructions,
    /// What telemetry tells of a tool's input, under names of its own; as a payload: under the tool's.
    ToolParameters,
    /// A tool's error as the transcript has it; as a text: without the `Error: ` in front.
    ErrorText,
}

impl TextForm {
    fn is_value(&self) -> bool {
        *self == Self::Value
    }
}

/// A text of the session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Text {
    /// The text; cut to `text_bytes` in full by whoever serves it; absent in projections and when only its length is
    /// known (telemetry without content).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub text: Option<String>,
    /// Length of the whole text in bytes of UTF-8, or as the client counted it when only that is known.
    pub text_bytes: u64,
    /// Where it stands; absent when only its length is known. More than one: the pieces of a text that was streamed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text_ref: Vec<TextRef>,
    /// True when the only witness shortened it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub text_shortened: bool,
    /// What redaction replaced in the text as it is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text_redactions: Vec<Redaction>,
}

/// A JSON value of the session: a tool's input, output or result.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Payload {
    /// The value; absent in projections and when only its size is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// Size in bytes: of a string its UTF-8, of other JSON its compact form, or as the client counted it.
    pub bytes: u64,
    /// Where it stands; absent when only its size is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json_ref: Option<TextRef>,
    /// True when the only witness shortened it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
    /// What redaction replaced in the value's strings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redactions: Vec<PayloadRedaction>,
}
