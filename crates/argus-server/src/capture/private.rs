//! `POST /v1/capture/private`: a person's word, by their capture client, that sessions are private.

use std::sync::Arc;

use argus_store::{
    Asker, DeviceId, MadePrivate, OptOut, PrivateOutcome, StoreError, WorkspaceMode, device_id,
};
use axum::extract::{Request, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Asked, asked, check_count, check_version, respond};
use crate::app::App;
use crate::auth::ingest::Ingest;
use crate::refusal::{ErrorCode, Refusal};

/// Most sessions of one request.
const SESSIONS_MAX: usize = 100;
/// What stands before a device's secret where its id is made.
const DEVICE_DOMAIN: &[u8] = b"argus-device-v1";

/// The word. When it was said (`said_at`) is the client's to remember: what holds here holds from now on.
#[derive(Debug, Deserialize)]
struct Word {
    version: u32,
    #[serde(default)]
    device: Option<Proof>,
    sessions: Vec<String>,
}

/// Which device asks, and that it is that one.
#[derive(Deserialize)]
struct Proof {
    /// 32 hex digits.
    id: String,
    /// 64 hex digits.
    secret: String,
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proof({})", self.id)
    }
}

/// What became of it.
#[derive(Debug, Serialize)]
struct Done {
    /// Of all of them together: the least that was done for one that is the asker's.
    outcome: PrivateOutcome,
    notice: Option<String>,
    sessions: Vec<DoneFor>,
}

/// What became of one session.
#[derive(Debug, Serialize)]
struct DoneFor {
    session_id: String,
    outcome: PrivateOutcome,
    detail: Option<&'static str>,
}

/// Carries a word out. 200 once it holds.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    let result = private(&app, request).await;
    respond(&app, "private", result)
}

async fn private(app: &Arc<App>, request: Request) -> Result<Done, Refusal> {
    let Asked { ingest, body } = asked::<Word>(app, request).await?;
    check_version(body.version)?;
    check_count(&body.sessions, SESSIONS_MAX)?;
    if body.sessions.is_empty() {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            "no session is named: `sessions` has at least one id",
        ));
    }
    let asker = Asker::Key {
        id: ingest.key_id.clone(),
        person: ingest.delivery.user.clone(),
        projects: ingest.delivery.projects.clone(),
        device: body.device.as_ref().map(proved).transpose()?,
    };
    app.blocking(move || carry_out(&ingest, &asker, body.sessions))
        .await
}

/// The device that a secret proves.
fn proved(proof: &Proof) -> Result<DeviceId, Refusal> {
    let wrong = || {
        Refusal::new(
            ErrorCode::InvalidRequest,
            "the device's secret does not fit its id: the id is the first 32 hex digits of the SHA-256 of \"argus-device-v1\" and the secret's 32 bytes",
        )
    };
    let secret: [u8; 32] = hex::decode(&proof.secret)
        .ok()
        .and_then(|secret| secret.try_into().ok())
        .ok_or_else(wrong)?;
    let mut hash = Sha256::new();
    hash.update(DEVICE_DOMAIN);
    hash.update(secret);
    let hash = hash.finalize();
    let id = device_id(&proof.id).ok_or_else(wrong)?;
    if hash[..id.len()] == id {
        Ok(id)
    } else {
        Err(wrong())
    }
}

fn carry_out(ingest: &Ingest, asker: &Asker, sessions: Vec<String>) -> Result<Done, Refusal> {
    let workspace = &ingest.workspace;
    let is_locked = workspace.mode() == WorkspaceMode::RetentionLocked;
    let rule = workspace.capture_rule(&ingest.delivery.projects)?;
    let mut done = Vec::with_capacity(sessions.len());
    let mut least: Option<MadePrivate> = None;
    for session_id in sessions {
        let made = match workspace.make_private(&session_id, asker) {
            // What is no id names no session.
            Err(StoreError::Invalid(_)) => MadePrivate {
                outcome: PrivateOutcome::Refused,
                notice: None,
            },
            made => made?,
        };
        done.push(DoneFor {
            session_id,
            outcome: made.outcome,
            detail: detail(made.outcome, is_locked),
        });
        let is_theirs = made.outcome != PrivateOutcome::Refused;
        if is_theirs
            && least
                .as_ref()
                .is_none_or(|least| strictness(made.outcome) > strictness(least.outcome))
        {
            least = Some(made);
        }
    }
    let least = least.unwrap_or(MadePrivate {
        outcome: match rule.opt_out {
            OptOut::Allowed => PrivateOutcome::Private,
            OptOut::ContentOff => PrivateOutcome::ContentOff,
            OptOut::Forbidden => PrivateOutcome::Forbidden,
        },
        notice: rule.notice,
    });
    Ok(Done {
        outcome: least.outcome,
        notice: least.notice,
        sessions: done,
    })
}

const fn strictness(outcome: PrivateOutcome) -> u8 {
    match outcome {
        PrivateOutcome::Private => 0,
        PrivateOutcome::ContentOff => 1,
        PrivateOutcome::Forbidden => 2,
        PrivateOutcome::Refused => 3,
    }
}

const fn detail(outcome: PrivateOutcome, is_locked: bool) -> Option<&'static str> {
    match outcome {
        PrivateOutcome::Private | PrivateOutcome::ContentOff => None,
        PrivateOutcome::Forbidden if is_locked => {
            Some("this workspace keeps what is captured until its time")
        }
        PrivateOutcome::Forbidden => Some("this workspace's policy does not allow it"),
        PrivateOutcome::Refused => Some(
            "this session is not known to be of this person, this device or this key: ask from the machine that sent it",
        ),
    }
}
