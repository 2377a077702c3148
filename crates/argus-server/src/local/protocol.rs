//! Requests and answers of the local socket.

use argus_session::{Item, Meta, NaturalKey, Source};
use argus_store::{
    CaptureRule, Erasure, ExportNote, Grant, HookSecretInfo, KeyInfo, KeyScope, NewHookSecret,
    NewKey, RebuildReport, RescanReport, WorkspaceInfo, WorkspaceMode, WorkspaceStatus,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest line, in bytes.
pub const LINE_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Most items of one [`LocalRequest::Append`].
pub const APPEND_ITEMS_MAX: usize = 4_096;

/// A request, and the account for whom it is made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// The operating system's account that runs the command. A claim: whoever can open the socket is that account, or root.
    pub account: String,
    /// What is asked.
    #[serde(flatten)]
    pub request: LocalRequest,
}

/// What can be asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum LocalRequest {
    /// Makes a workspace.
    CreateWorkspace {
        /// Its name.
        name: String,
        /// Whether it erases.
        mode: WorkspaceMode,
    },
    /// Makes a key.
    CreateKey {
        /// Of this workspace.
        workspace: String,
        /// For this.
        scope: KeyScope,
        /// Bound to these projects.
        projects: Vec<String>,
    },
    /// Gives the key that a project's capture plugin carries, made where there is none in force.
    EnrolmentKey {
        /// Of this workspace.
        workspace: String,
        /// For this project.
        project: String,
    },
    /// Lists keys.
    ListKeys {
        /// Of this workspace.
        workspace: String,
    },
    /// Revokes a key.
    RevokeKey {
        /// Of this workspace.
        workspace: String,
        /// Its id.
        key_id: String,
    },
    /// Appends items; answered when they are on the disk.
    Append {
        /// Into this workspace.
        workspace: String,
        /// For these projects.
        projects: Vec<String>,
        /// At most [`APPEND_ITEMS_MAX`].
        items: Vec<LocalItem>,
    },
    /// Erases a session.
    Erase {
        /// In this workspace.
        workspace: String,
        /// Its id.
        session_id: String,
    },
    /// Sets the capture rule of a workspace, or of a project.
    SetCaptureRule {
        /// The workspace.
        workspace: String,
        /// The project; none: every one that has no rule of its own.
        project: Option<String>,
        /// The rule; none: the one that holds where none was set.
        rule: Option<CaptureRule>,
    },
    /// Makes the projections anew.
    Rebuild {
        /// Of this workspace.
        workspace: String,
    },
    /// Looks through stored records under the redaction rules in force.
    Rescan {
        /// Of this workspace.
        workspace: String,
    },
    /// Waits until what was appended is projected and can be searched for.
    WaitIndexed {
        /// In this workspace.
        workspace: String,
        /// At most so long.
        timeout_ms: u64,
    },
    /// Notes that the account read a session.
    View {
        /// The workspace.
        workspace: String,
        /// The session.
        session_id: String,
    },
    /// Notes that the account exports sessions.
    NoteExport {
        /// The workspace.
        workspace: String,
        /// What is exported.
        note: ExportNote,
        /// The sessions.
        sessions: Vec<String>,
    },
    /// Makes an account a member, or gives a member another grant.
    PutMember {
        /// The workspace.
        workspace: String,
        /// The account's e-mail address.
        email: String,
        /// What it may do.
        grant: Grant,
    },
    /// Makes a one-time link by which an account sets a new password.
    ResetLink {
        /// The account's e-mail address.
        email: String,
    },
    /// Keeps a secret for an inference hook.
    CreateHookSecret {
        /// In this workspace.
        workspace: String,
        /// The project that its calls belong to.
        project: String,
        /// The one that Anthropic shows; without: a new one.
        given: Option<String>,
    },
    /// Lists a workspace's secrets for inference hooks.
    ListHookSecrets {
        /// The workspace.
        workspace: String,
    },
    /// Revokes a secret for an inference hook.
    RevokeHookSecret {
        /// The secret's workspace.
        workspace: String,
        /// The secret.
        id: String,
    },
    /// A workspace's figures.
    Status {
        /// Of this workspace.
        workspace: String,
    },
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LocalAnswer {
    /// To [`LocalRequest::CreateWorkspace`].
    Workspace {
        /// The new one.
        workspace: WorkspaceInfo,
    },
    /// To [`LocalRequest::CreateKey`] and [`LocalRequest::EnrolmentKey`].
    Key {
        /// The new one, with its token.
        key: NewKey,
    },
    /// To [`LocalRequest::ListKeys`].
    Keys {
        /// Newest first.
        keys: Vec<KeyInfo>,
    },
    /// To [`LocalRequest::CreateHookSecret`].
    HookSecret {
        /// The new one, shown once.
        secret: NewHookSecret,
    },
    /// To [`LocalRequest::ListHookSecrets`].
    HookSecrets {
        /// Newest first.
        secrets: Vec<HookSecretInfo>,
    },
    /// To [`LocalRequest::RevokeKey`] and [`LocalRequest::RevokeHookSecret`].
    Revoked {
        /// False when it was revoked before.
        was_in_force: bool,
    },
    /// To [`LocalRequest::Append`]: counts of items.
    Appended {
        /// Stored.
        new: usize,
        /// Stored before.
        known: usize,
        /// Not stored: of erased sessions.
        suppressed: usize,
    },
    /// To [`LocalRequest::Erase`].
    Erased {
        /// What it did.
        erasure: Erasure,
    },
    /// To [`LocalRequest::Rebuild`].
    Rebuilt {
        /// What it made.
        report: RebuildReport,
    },
    /// To [`LocalRequest::Rescan`].
    Rescanned {
        /// What it did.
        report: RescanReport,
    },
    /// To [`LocalRequest::WaitIndexed`].
    Indexed(Wait),
    /// To [`LocalRequest::Status`].
    Status {
        /// The figures.
        status: WorkspaceStatus,
    },
    /// To [`LocalRequest::View`], [`LocalRequest::PutMember`] and [`LocalRequest::SetCaptureRule`].
    Done,
    /// To [`LocalRequest::ResetLink`].
    Link {
        /// The link.
        url: String,
    },
    /// To any: it was not done.
    Refused {
        /// The code of [`crate::ErrorCode`].
        code: String,
        /// Whose fault it is and what to do.
        detail: String,
    },
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// False when the time was over first.
    pub is_done: bool,
}

/// A source item on its way through the socket.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LocalItem {
    source: Source,
    /// The natural key's bytes, base64: they need not be text.
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_us: Option<i64>,
    body: Value,
    #[serde(default)]
    meta: Meta,
}

impl From<Item> for LocalItem {
    fn from(item: Item) -> Self {
        Self {
            source: item.source,
            key: STANDARD.encode(item.key.as_bytes()),
            session_id: item.session_id,
            at_us: item.at_us,
            body: item.body,
            meta: item.meta,
        }
    }
}

impl LocalItem {
    /// The item again; nothing when its key is no base64.
    #[must_use]
    pub fn into_item(self) -> Option<Item> {
        Some(Item {
            source: self.source,
            // The constructor takes any bytes.
            key: NaturalKey::canonical(STANDARD.decode(&self.key).ok()?),
            session_id: self.session_id,
            at_us: self.at_us,
            body: self.body,
            meta: self.meta,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_item_passes_unchanged() {
        let item = argus_session::source::hook::item(
            json!({"session_id": "s", "x": 1.5}),
            "k\0\u{ff}",
            Meta::default(),
        );
        let request = Request {
            account: "someone".to_owned(),
            request: LocalRequest::Append {
                workspace: "default".to_owned(),
                projects: vec!["p".to_owned()],
                items: vec![item.clone().into()],
            },
        };
        let line = serde_json::to_string(&request).unwrap();
        let Ok(Request {
            request: LocalRequest::Append { items, .. },
            account,
        }) = serde_json::from_str(&line)
        else {
            panic!("{line}");
        };
        let again = items.into_iter().next().unwrap().into_item().unwrap();
        assert_eq!(account, "someone");
        assert_eq!(
            (again.key, again.body, again.session_id),
            (item.key, item.body, item.session_id)
        );
    }
}
