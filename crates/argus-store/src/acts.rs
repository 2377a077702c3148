//! Acts: what a person or the system did. Each has a leaf, and no change is written without its act.

use serde::{Deserialize, Serialize};

/// Kinds of acts. Their numbers are part of leaf v1 and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// The workspace was made.
    WorkspaceCreated,
    /// A key was made.
    KeyCreated,
    /// A key was revoked.
    KeyRevoked,
    /// A session was erased.
    SessionErased,
    /// The projections were made anew.
    Rebuilt,
    /// A person signed in.
    SignedIn,
    /// A person ended one of their sign-ins; a new password ends all of them without naming each.
    SignInEnded,
    /// A person, or a key, read a session.
    SessionViewed,
    /// A person was made a member.
    MemberAdded,
    /// A member's role or projects changed.
    MemberChanged,
    /// A person is a member no longer.
    MemberRemoved,
    /// A person was invited.
    Invited,
    /// An invitation was withdrawn.
    InvitationWithdrawn,
    /// A person's password was set anew.
    PasswordSet,
    /// What the workspace redacts was changed.
    RedactionChanged,
    /// Stored records were looked through under newer redaction rules.
    Rescanned,
    /// A session was made private by its person: erased, or its content switched off, as the workspace's policy says.
    SessionMadePrivate,
    /// Who may make sessions private, and with what effect, was changed.
    CapturePolicyChanged,
    /// A person let a device deliver in their name.
    DeviceApproved,
    /// A secret for an inference hook was made.
    InferenceHookAdded,
    /// A secret for an inference hook was revoked.
    InferenceHookRevoked,
    /// A person judged a session or a turn good or wrong, or took that back.
    VerdictGiven,
    /// A tag was put on a session or a turn, or taken off.
    TagChanged,
    /// A comment was written, changed, resolved or taken back.
    CommentChanged,
    /// A person wrote what the answer should have been.
    AnswerCorrected,
    /// A person scored a session or a turn by a rubric.
    ScoreGiven,
    /// A rubric was made, or a version of it.
    RubricChanged,
    /// A review queue was made, changed or closed.
    QueueChanged,
    /// Sessions were put into a review queue.
    QueueItemsAdded,
    /// An item of a review queue was reserved, completed, skipped, given to somebody else, decided or revealed.
    QueueItemChanged,
    /// A judgement was made the reference that reviewers are compared with.
    GoldSet,
    /// A saved view was made, changed or removed.
    SavedViewChanged,
    /// Sessions were exported.
    Exported,
    /// A link was made that shows a session to whoever has it.
    ShareLinkMade,
    /// A share link was revoked.
    ShareLinkRevoked,
    /// A share link was opened.
    ShareLinkOpened,
}

impl ActKind {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::WorkspaceCreated => 1,
            Self::KeyCreated => 2,
            Self::KeyRevoked => 3,
            Self::SessionErased => 4,
            Self::Rebuilt => 5,
            Self::SignedIn => 6,
            Self::SignInEnded => 7,
            Self::SessionViewed => 8,
            Self::MemberAdded => 9,
            Self::MemberChanged => 10,
            Self::MemberRemoved => 11,
            Self::Invited => 12,
            Self::InvitationWithdrawn => 13,
            Self::PasswordSet => 14,
            Self::RedactionChanged => 15,
            Self::Rescanned => 16,
            Self::SessionMadePrivate => 17,
            Self::CapturePolicyChanged => 18,
            Self::DeviceApproved => 19,
            Self::InferenceHookAdded => 24,
            Self::InferenceHookRevoked => 25,
            Self::VerdictGiven => 20,
            Self::TagChanged => 21,
            Self::CommentChanged => 22,
            Self::AnswerCorrected => 23,
            Self::ScoreGiven => 26,
            Self::RubricChanged => 27,
            Self::QueueChanged => 28,
            Self::QueueItemsAdded => 29,
            Self::QueueItemChanged => 30,
            Self::GoldSet => 31,
            Self::SavedViewChanged => 32,
            Self::Exported => 33,
            Self::ShareLinkMade => 34,
            Self::ShareLinkRevoked => 35,
            Self::ShareLinkOpened => 36,
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which one: the operating system's account, a key's id, a part of the system.
    pub id: String,
}

/// Kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// The operating system's account that runs the command line.
    LocalAccount,
    /// A person who signed in, by the account's id.
    Account,
    /// A key.
    Key,
    /// Argus itself.
    System,
    /// Whoever has a share link.
    ShareLink,
}

impl Actor {
    /// Argus itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            kind: ActorKind::System,
            id: "argus".to_owned(),
        }
    }

    /// A person who signed in.
    #[must_use]
    pub fn account(id: &str) -> Self {
        Self {
            kind: ActorKind::Account,
            id: id.to_owned(),
        }
    }

    /// A key.
    #[must_use]
    pub fn key(id: &str) -> Self {
        Self {
            kind: ActorKind::Key,
            id: id.to_owned(),
        }
    }

    /// Whoever has the share link with this id.
    #[must_use]
    pub fn share_link(id: &str) -> Self {
        Self {
            kind: ActorKind::ShareLink,
            id: id.to_owned(),
        }
    }

    /// The operating system's account.
    #[must_use]
    pub fn local(account: &str) -> Self {
        Self {
            kind: ActorKind::LocalAccount,
            id: account.to_owned(),
        }
    }
}

/// An act as it is written: its leaf holds a commitment to this.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Act {
    pub(crate) kind: ActKind,
    pub(crate) actor: Actor,
    pub(crate) at_us: i64,
    /// What it was done to, such as a key's id. Never captured text, never an erased session's id.
    pub(crate) detail: serde_json::Value,
}
