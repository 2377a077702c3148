//! The store: one workspace's records, leaves, acts, keys and projections, in SQLite files of its own.
//!
//! Records and acts are the truth: appended in one transaction with their leaf, acknowledged when that is on the disk.
//! Everything else is a projection, made by folding records, that can be thrown away and made again. Captured text
//! stands in record bodies only, sealed under a key of its session; projections hold structure, numbers, names and
//! references.
//!
//! One thread writes a workspace ([`writer`]), one projects ([`projection`]); reads are plain connections. No async, no
//! HTTP, no global clock or randomness. Rows of records, leaves and projections are written through
//! `sqlite`; what has a table to itself, reads pages or works on a whole workspace has its statements beside it.

mod accounts;
mod acts;
mod api_keys;
mod blobs;
mod body_cache;
mod check;
mod control;
mod data_folder;
mod delivery;
mod devices;
mod enrolment;
mod erase;
mod error;
mod exports;
mod inference_hooks;
mod invitations;
mod key_ring;
mod limits;
mod members;
mod opt_out;
mod prepare;
mod projection;
mod query;
mod queues;
mod read;
mod rebuild;
mod redaction;
mod reviews;
mod rubrics;
mod saved_views;
mod scope;
mod scores;
mod seal;
mod search;
mod shares;
mod source_state;
mod sqlite;
mod status;
mod store;
mod token;
mod views;
mod workspace;
mod writer;

pub use accounts::{Account, SignIn};
pub use acts::{ActKind, Actor, ActorKind};
pub use api_keys::{KeyDevice, KeyGrant, KeyInfo, KeyScope, NewKey};
pub use check::{ContentState, RecordCheck};
pub use delivery::Delivery;
pub use devices::{Device, DeviceId, DeviceSeen, device_id};
pub use erase::Erasure;
pub use error::StoreError;
pub use exports::{EXPORTED_SESSIONS_MAX, ExportNote};
pub use inference_hooks::{HookSecret, HookSecretInfo, NewHookSecret};
pub use invitations::{Invitation, NewInvitation};
pub use members::{Grant, Member, Role};
pub use opt_out::{
    Asker, CapturePolicy, CaptureRule, MadePrivate, OptOut, PrivateOutcome, StoredCapturePolicy,
    Tombstone, TombstoneKind,
};
pub use prepare::Prepared;
pub use query::{Folded, Page, SessionPage, SessionQuery, Sort, StepRange};
pub use queues::state::{ItemState, Part as QueuePart, Submission};
pub use queues::{
    Decision, DecisionText, FillReport, Gold, GoldJudgement, ItemQuery, JudgedItem, JudgedItems,
    Judgement, Mine, MyQueue, NewGold, NextItem, Queue, QueueItem, QueueKind, QueueSettings,
    QueueViewer, Rates, Reason, Rule, SampledStratum, SeenPart, SessionDecision, StateCounts,
    TrustQuery,
};
pub use read::list::kinds_of;
pub use read::{
    AgentPlaces, Changes, Content, ContentField, Conversation, CoverageMachine, CoverageSums,
    FlatStep, McpServerSeen, NameCount, Outline, RecordDetail, RecordProof, RecordRange, RecordRow,
    RecordSlice, SessionThen, SessionVersion, SkillFile, SkillFileContent, SkillFileText,
    SkillVersion, StepPlace, WorkspaceCoverage,
};
pub use rebuild::RebuildReport;
pub use redaction::{
    FailureCount, KindCount, RecordRedaction, RedactionCounts, RedactionPolicy, RescanReport,
    SessionRedactions, Trial, TrialRule, TrialSample, VersionCount,
};
pub use reviews::{
    Anchor, AnchorState, Comment, CommentChange, CommentEdit, CommentVersion, CorrectedAnswer,
    Judgements, Mention, Mentions, NewAnchor, NewAnswer, NewComment, NewReview, NewTag, NewVerdict,
    Review, ReviewChange, ReviewChanges, ReviewKind, ReviewReader, ReviewSummary, StandingReview,
    Tag, Verdict, VerdictWord,
};
pub use rubrics::{NewPrecedent, Precedent, StoredRubric};
pub use saved_views::{SavedView, ViewContent};
pub use scope::ReadScope;
pub use scores::{NewScore, ScoreBody};
pub use search::{
    Found, FoundStep, Hit, NotIndexed, SearchGroup, SearchLag, SearchPage, SearchQuery, WordsReach,
};
pub use shares::{
    FoundShare, LookedAt, NewShare, SHARE_US_MAX, SHARES_PER_SESSION_MAX, Share, ShareContent,
    ShareOpening,
};
pub use status::WorkspaceStatus;
pub use store::{Store, StoreOptions, WorkspaceInfo, WorkspaceMode};
pub use workspace::Workspace;
pub use writer::{AppendReport, Outcome};
