//! `POST /v1/inference-hook/{workspace}`.

use std::sync::Arc;
use std::time::Instant;

use argus_session::Item;
use argus_session::source::inference_hook;
use argus_store::{Delivery, Outcome, Workspace};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use bytes::Bytes;
use serde_json::Value;

use super::losses::Loser;
use super::signature::{Signed, TIME_APART_MAX_S};
use crate::app::App;
use crate::auth::ingest::Ingest;
use crate::budget::Charge;
use crate::inflate::Coding;
use crate::ingest::accept::{self, Delivered};
use crate::ingest::known::{Known, Print};
use crate::own_metrics::Door;
use crate::refusal::{ErrorCode, Refusal};
use crate::{body, problem};

/// How metrics and logs call what comes through here.
const SIGNAL: &str = "inference_hook";

/// A call whose signature holds.
struct Call {
    workspace: Workspace,
    secret_id: String,
    project: String,
    webhook_id: String,
    at_us: i64,
    body: Bytes,
    charge: Charge,
    started: Instant,
}

/// Takes a call. 200 with `{"action":"allow"}` for every call that is Anthropic's: what cannot be stored in time must not
/// hold up anybody's work. What becomes of it is counted.
pub(crate) async fn handle(
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    request: Request,
) -> Response {
    let started = Instant::now();
    let request_id = app.request_id();
    let call = match verified(&app, &workspace, request, started).await {
        Ok(call) => call,
        Err(refusal) => {
            let code = refusal.code.as_str();
            app.metrics.request(Door::InferenceHook, SIGNAL, code);
            tracing::warn!(request_id, signal = SIGNAL, code, detail = %refusal.detail, "refused");
            return problem::response(&refusal, &request_id);
        }
    };
    app.metrics.request(Door::InferenceHook, SIGNAL, "ok");
    // It goes on when its time is over, and when its client is gone. The time is that of the whole request: somebody waits.
    let storing = tokio::spawn(store(app.clone(), call));
    let left = app
        .limits
        .hook_answer_within
        .saturating_sub(started.elapsed());
    let in_time = tokio::time::timeout(left, storing).await;
    if in_time.is_err() {
        app.metrics.items(SIGNAL, "late", 1);
        tracing::warn!(request_id, signal = SIGNAL, "answered before it was stored");
    }
    allow()
}

fn allow() -> Response {
    let mut response = Response::new(Body::from(r#"{"action":"allow"}"#));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

/// The call, if it is signed by one of the workspace's secrets.
async fn verified(
    app: &Arc<App>,
    name: &str,
    request: Request,
    started: Instant,
) -> Result<Call, Refusal> {
    if request.method() != Method::POST {
        let refusal = Refusal::new(
            ErrorCode::MethodNotAllowed,
            "inference hooks are called with POST",
        );
        return Err(refusal.with_header("allow", "POST"));
    }
    let (parts, content) = request.into_parts();
    let header = |name: &str| text(&parts.headers, name);
    let (Some(id), Some(timestamp), Some(signatures)) = (
        header("webhook-id"),
        header("webhook-timestamp"),
        header("webhook-signature"),
    ) else {
        return Err(unsigned(
            "no signature: the headers webhook-id, webhook-timestamp and webhook-signature are needed",
        ));
    };
    let signed = Signed {
        id,
        timestamp,
        signatures,
    };
    let sent_s = signed.sent_s(app.clock.now_us()).ok_or_else(|| {
        unsigned(&format!(
            "the webhook-timestamp is more than {TIME_APART_MAX_S} s from this server's time: its clock may be wrong"
        ))
    })?;
    // The same words for every reason: who cannot sign learns nothing of workspaces.
    let not_ours = || {
        unsigned(
            "the signature is by no secret of this workspace: make one with `argus inference-hook secret` and enter it where the hook is configured",
        )
    };
    let workspace = app.store.workspace(name)?;
    let secrets = match &workspace {
        Some(workspace) => workspace.hook_secrets()?,
        None => Vec::new(),
    };
    // A body has to be read before its signature can be looked at; and it is read where there is nobody who could have signed
    // it, since its time would tell. What may be held of all of them is the budget's to say.
    let mut charge = app.budget.open(SIGNAL);
    let limits = &app.limits;
    let body = body::read(
        &parts.headers,
        content,
        limits.hook_bytes_max,
        &mut charge,
        limits.hook_body_timeout,
    )
    .await?;
    let secret = signed.by(&secrets, &body).ok_or_else(not_ours)?;
    let workspace = workspace.ok_or_else(not_ours)?;
    Ok(Call {
        secret_id: secret.id.clone(),
        project: secret.project.clone(),
        webhook_id: id.to_owned(),
        at_us: sent_s.saturating_mul(1_000_000),
        workspace,
        body,
        charge,
        started,
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get(name)?
        .to_str()
        .ok()
        .filter(|text| !text.is_empty())
}

fn unsigned(detail: &str) -> Refusal {
    Refusal::new(ErrorCode::Unauthenticated, detail.to_owned())
}

/// What decoding gives beside the items: what is on the disk once they are.
struct Decoded {
    prints: Vec<Print>,
}

/// Stores a call, and says what earlier ones lost.
async fn store(app: Arc<App>, call: Call) {
    // Once it is known whose it is: who cannot sign takes no turn from those who can.
    let _turn = app.hooks.clone().acquire_owned().await;
    let (body, at_us) = (call.body.clone(), call.at_us);
    let (workspace, project) = (call.workspace.name().to_owned(), call.project.clone());
    match stored(&app, call).await {
        Ok(()) => {}
        Err(refusal) => {
            app.metrics.items(SIGNAL, "lost", 1);
            tracing::error!(signal = SIGNAL, code = refusal.code.as_str(), detail = %refusal.detail, "a call was let go on and not stored");
            let reason = match refusal.code {
                ErrorCode::InvalidRequest => "unreadable",
                _ => "refused",
            };
            let loser = Loser {
                workspace,
                project,
                session_id: session_id(&body),
                reason,
            };
            app.hook_losses.add(loser, at_us, body.len());
        }
    }
}

async fn stored(app: &Arc<App>, call: Call) -> Result<(), Refusal> {
    app.check_queue(&call.workspace)?;
    let workspace = call.workspace.name().to_owned();
    let project = call.project.clone();
    let lost = app.hook_losses.take(&workspace, &project);
    let lost_items = lost.items();
    let ingest = Ingest {
        delivery: Delivery {
            projects: vec![project.clone()],
            key_id: Some(call.secret_id.clone()),
            user: None,
        },
        key_id: call.secret_id,
        workspace: call.workspace,
    };
    let line_key = ingest.workspace.line_key();
    let delivered = Delivered {
        ingest,
        coding: Coding::Identity,
        body: call.body,
        charge: call.charge,
        started: call.started,
    };
    let (known, webhook_id, at_us) = (app.known.clone(), call.webhook_id, call.at_us);
    let decode = move |body: &[u8]| {
        let items = read(body, &webhook_id, at_us, &line_key)?;
        let mut prints = Vec::with_capacity(items.len());
        let mut new = lost_items;
        for item in items {
            let print = Known::print(&workspace, &project, &item.key);
            if !known.has(&print) {
                prints.push(print);
                new.push(item);
            }
        }
        Ok((new, Decoded { prints }))
    };
    let taken = accept::take(app, delivered, decode).await?;
    lost.said();
    app.known.add(taken.rest.prints);
    let count =
        |is: fn(&Outcome) -> bool| taken.outcomes.iter().filter(|outcome| is(outcome)).count();
    for (outcome, count) in [
        (
            "accepted",
            count(|outcome| matches!(outcome, Outcome::New(_) | Outcome::Conflict(_))),
        ),
        ("known", count(|outcome| matches!(outcome, Outcome::Known))),
        (
            "suppressed",
            count(|outcome| matches!(outcome, Outcome::Suppressed)),
        ),
    ] {
        app.metrics.items(SIGNAL, outcome, count);
    }
    Ok(())
}

fn read(
    body: &[u8],
    webhook_id: &str,
    at_us: i64,
    line_key: &[u8; 32],
) -> Result<Vec<Item>, Refusal> {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    value
        .and_then(|value| inference_hook::items(value, webhook_id, at_us, line_key))
        .ok_or_else(|| {
            let detail = "the call's body is no JSON object: it was let go on, and counted as lost";
            Refusal::new(ErrorCode::InvalidRequest, detail)
        })
}

/// The session that a call names, of a body that may be no JSON at all.
fn session_id(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Named {
        session_id: Option<String>,
    }
    let named: Named = serde_json::from_slice(body).ok()?;
    named.session_id
}
