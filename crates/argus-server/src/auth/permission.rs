//! What each role may do: one table.

use argus_store::Role;
use serde::Serialize;
use utoipa::ToSchema;

/// What a route asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) enum Permission {
    /// Nobody need be signed in.
    #[serde(rename = "public")]
    Public,
    /// Somebody must be: about themselves only.
    #[serde(rename = "self")]
    Own,
    /// To see that the workspace is there.
    #[serde(rename = "workspace.read")]
    WorkspaceRead,
    /// To read sessions, within the grant.
    #[serde(rename = "sessions.read")]
    SessionsRead,
    /// To see who is a member.
    #[serde(rename = "members.read")]
    MembersRead,
    /// To invite, to change roles, to remove.
    #[serde(rename = "members.write")]
    MembersWrite,
    /// To see keys (never their secrets).
    #[serde(rename = "keys.read")]
    KeysRead,
    /// To make and revoke keys.
    #[serde(rename = "keys.write")]
    KeysWrite,
    /// To see what is redacted, and what redaction did.
    #[serde(rename = "redaction.read")]
    RedactionRead,
    /// To change what is redacted.
    #[serde(rename = "redaction.write")]
    RedactionWrite,
    /// To see what becomes of sessions that are made private, what stands where sessions were, and which devices capture.
    #[serde(rename = "capture.read")]
    CaptureRead,
    /// To change what becomes of sessions that are made private.
    #[serde(rename = "capture.write")]
    CaptureWrite,
    /// To judge what one may read: verdicts, tags, comments, scores, work on queues.
    #[serde(rename = "reviews.write")]
    ReviewsWrite,
    /// To set up how is judged: rubrics, queues, references, shared views.
    #[serde(rename = "reviews.manage")]
    ReviewsManage,
    /// To take sessions out as files and reports.
    #[serde(rename = "sessions.export")]
    SessionsExport,
    /// To show sessions to people without a sign-in, by a link.
    #[serde(rename = "shares.write")]
    SharesWrite,
}

use Permission::{
    CaptureRead, CaptureWrite, KeysRead, KeysWrite, MembersRead, MembersWrite, RedactionRead,
    RedactionWrite, ReviewsManage, ReviewsWrite, SessionsExport, SessionsRead, SharesWrite,
    WorkspaceRead,
};

/// What a read key may do.
pub(crate) const OF_READ_KEY: &[Permission] = &[WorkspaceRead, SessionsRead];

/// What a role may do in its workspace.
pub(crate) const fn of_role(role: Role) -> &'static [Permission] {
    match role {
        Role::Owner | Role::Admin => &[
            WorkspaceRead,
            SessionsRead,
            MembersRead,
            MembersWrite,
            KeysRead,
            KeysWrite,
            RedactionRead,
            RedactionWrite,
            CaptureRead,
            CaptureWrite,
            ReviewsWrite,
            ReviewsManage,
            SessionsExport,
            SharesWrite,
        ],
        Role::Auditor => &[
            WorkspaceRead,
            SessionsRead,
            MembersRead,
            KeysRead,
            RedactionRead,
            CaptureRead,
            SessionsExport,
        ],
        Role::Reviewer => &[
            WorkspaceRead,
            SessionsRead,
            RedactionRead,
            ReviewsWrite,
            SessionsExport,
        ],
        Role::Viewer | Role::Member => &[WorkspaceRead, SessionsRead],
    }
}
