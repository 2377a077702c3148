//! `POST /v1/capture/hello`: what holds for a capture client, and what it has to forget.

use std::sync::Arc;

use argus_redact::Policy;
use argus_store::{DeviceSeen, OptOut, StoreError, device_id};
use axum::extract::{Request, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::{Asked, PROTOCOL_VERSION, asked, check_count, check_version, respond};
use crate::app::App;
use crate::auth::ingest::Ingest;
use crate::refusal::{ErrorCode, Refusal};

/// Most sessions that a client names at once.
const SESSIONS_MAX: usize = 1_000;

/// What a client says of itself. Members that this release does not know are left unread.
#[derive(Debug, Deserialize)]
struct Hello {
    version: u32,
    client: Client,
    device: Device,
    /// Sessions that it holds anything of.
    #[serde(default)]
    sessions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Client {
    version: String,
    os: String,
    arch: String,
}

#[derive(Debug, Deserialize)]
struct Device {
    /// 32 hex digits.
    id: String,
    #[serde(default)]
    name: String,
}

/// What holds for it.
#[derive(Debug, Serialize)]
struct Welcome {
    version: u32,
    workspace: String,
    projects: Vec<String>,
    person: Option<String>,
    /// Hex: for the natural keys of transcript lines without a `uuid`.
    line_key: String,
    redaction: Redaction,
    /// What becomes of a session that is made private: the strictest rule of the key's projects.
    opt_out: OptOut,
    notice: Option<String>,
    /// Of the sessions that were named: nothing of these is taken any more.
    purge: Vec<String>,
    /// Of these no content.
    content_off: Vec<String>,
    server: Server,
}

/// The workspace's redaction, so that the client redacts as the server will.
#[derive(Debug, Serialize)]
struct Redaction {
    /// Hex: for the fingerprints in placeholders.
    key: String,
    revision: u16,
    policy: Policy,
}

#[derive(Debug, Serialize)]
struct Server {
    version: &'static str,
}

/// Answers a client that starts, or asks again.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    let result = hello(&app, request).await;
    respond(&app, "hello", result)
}

async fn hello(app: &Arc<App>, request: Request) -> Result<Welcome, Refusal> {
    let Asked { ingest, body } = asked::<Hello>(app, request).await?;
    check_version(body.version)?;
    check_count(&body.sessions, SESSIONS_MAX)?;
    let id = device_id(&body.device.id).ok_or_else(|| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            "a device's id is 32 hex digits: the first half of the SHA-256 of its secret",
        )
    })?;
    let seen = DeviceSeen {
        id,
        name: body.device.name,
        os: body.client.os,
        arch: body.client.arch,
        client_version: body.client.version,
    };
    app.blocking(move || welcome(&ingest, &seen, &body.sessions))
        .await
}

fn welcome(ingest: &Ingest, seen: &DeviceSeen, sessions: &[String]) -> Result<Welcome, Refusal> {
    let (workspace, delivery) = (&ingest.workspace, &ingest.delivery);
    let person = delivery.user.as_deref();
    match workspace.note_device(seen, &ingest.key_id, person) {
        // That nothing more is noted is no reason to leave a client without its rules.
        Err(StoreError::Invalid(detail)) => tracing::warn!(detail, "a device was not noted"),
        noted => noted?,
    }
    let redaction = workspace.redaction_policy()?;
    let rule = workspace.capture_rule(&delivery.projects)?;
    let (purge, content_off) = workspace.opted_out(sessions);
    let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    Ok(Welcome {
        version: PROTOCOL_VERSION,
        workspace: workspace.name().to_owned(),
        projects: delivery.projects.clone(),
        person: delivery.user.clone(),
        line_key: hex::encode(workspace.line_key()),
        redaction: Redaction {
            key: hex::encode(workspace.fingerprint_key()),
            revision: redaction.revision,
            policy: redaction.policy,
        },
        opt_out: rule.opt_out,
        notice: rule.notice,
        purge: owned(purge),
        content_off: owned(content_off),
        server: Server {
            version: env!("CARGO_PKG_VERSION"),
        },
    })
}
