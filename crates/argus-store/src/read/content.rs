//! One text or payload of a step, whole: what a page shows in part.

use argus_session::Step;
use argus_session::document::{PayloadRedaction, Redaction, Resolve, Text};
use serde_json::Value;

use super::WorkspaceBodies;
use crate::StoreError;
use crate::workspace::Workspace;

/// Which text of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentField {
    /// Its own text.
    Text,
    /// What the tool was given.
    Input,
    /// What the model saw.
    Output,
    /// The client's structured result.
    Result,
    /// The tool's error.
    Error,
}

impl ContentField {
    /// Every field.
    pub const ALL: [Self; 5] = [
        Self::Text,
        Self::Input,
        Self::Output,
        Self::Result,
        Self::Error,
    ];

    /// Its name in the document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Input => "input",
            Self::Output => "output",
            Self::Result => "result",
            Self::Error => "error",
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

/// A text or payload, whole.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Plain text, and what was replaced in it.
    Text(String, Vec<Redaction>),
    /// JSON that is no string, and what was replaced in its strings.
    Json(Value, Vec<PayloadRedaction>),
}

impl Content {
    /// The text that is shown of it: JSON that is no string is written with indents.
    #[must_use]
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text, _) => text,
            Self::Json(json, _) => serde_json::to_string_pretty(&json).unwrap_or_default(),
        }
    }
}

impl Workspace {
    /// A text or payload of a step, whole; `None` when there is no such step, or it has no such text.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn step_content(
        &self,
        session_id: &str,
        step_id: &str,
        field: ContentField,
    ) -> Result<Option<Content>, StoreError> {
        let Some((_, step)) = self.step_unresolved(session_id, step_id)? else {
            return Ok(None);
        };
        let bodies = WorkspaceBodies(self);
        let of_text = |text: Option<Text>| {
            let mut text = text?;
            text.resolve(&bodies, usize::MAX);
            let redactions = text.text_redactions;
            text.text.map(|text| Content::Text(text, redactions))
        };
        let Step { text, tool, .. } = step;
        let tool = tool.unwrap_or_default();
        let payload = match field {
            ContentField::Text => return Ok(of_text(text)),
            ContentField::Error => return Ok(of_text(tool.error)),
            ContentField::Input => tool.input,
            ContentField::Output => tool.output,
            ContentField::Result => tool.result,
        };
        Ok(payload.and_then(|mut payload| {
            payload.resolve(&bodies, usize::MAX);
            let redactions = payload.redactions;
            payload.json.map(|json| match json {
                Value::String(text) => {
                    let redactions = redactions.into_iter().map(PayloadRedaction::in_string);
                    Content::Text(text, redactions.collect())
                }
                other => Content::Json(other, redactions),
            })
        }))
    }
}
