//! `POST /v1/envelopes`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use argus_session::Item;
use argus_store::{Outcome, Workspace};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::{DecodedEnvelopes, EnvelopesError, Form, Refused, decode};
use crate::app::App;
use crate::ingest::accept::{self, Delivered, Taken};
use crate::ingest::otlp;
use crate::own_metrics::Door;
use crate::refusal::{ErrorCode, Refusal};
use crate::{auth, body, problem};

/// How metrics and logs call what comes through here.
const SIGNAL: &str = "envelopes";

/// Takes a batch of envelopes. 200 once those that are taken are on the disk, with what became of each of the others.
pub(crate) async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    let started = Instant::now();
    let request_id = app.request_id();
    let result = deliver(&app, request, started).await;
    let code = result
        .as_ref()
        .err()
        .map_or("ok", |refusal| refusal.code.as_str());
    app.metrics.request(Door::Envelopes, SIGNAL, code);
    let duration_us = started.elapsed().as_micros();
    match result {
        Ok(receipt) => {
            let Receipt {
                accepted, known, ..
            } = receipt;
            let (suppressed, refused) = (receipt.suppressed.len(), receipt.refused.len());
            tracing::debug!(
                request_id,
                signal = SIGNAL,
                accepted,
                known,
                suppressed,
                refused,
                duration_us,
                "taken"
            );
            for (outcome, count) in [
                ("accepted", accepted),
                ("known", known),
                ("suppressed", suppressed),
                ("rejected", refused),
            ] {
                app.metrics.items(SIGNAL, outcome, count);
            }
            respond(&receipt.into_json())
        }
        Err(refusal) => {
            let code = refusal.code.as_str();
            tracing::warn!(request_id, signal = SIGNAL, code, detail = %refusal.detail, duration_us, "refused");
            problem::response(&refusal, &request_id)
        }
    }
}

async fn deliver(app: &Arc<App>, request: Request, started: Instant) -> Result<Receipt, Refusal> {
    if request.method() != Method::POST {
        let refusal = Refusal::new(
            ErrorCode::MethodNotAllowed,
            "envelopes are delivered with POST",
        );
        return Err(refusal.with_header("allow", "POST"));
    }
    let (parts, content) = request.into_parts();
    let ingest = auth::ingest::ingest(&app.store, &parts.headers)?;
    let form = form(&parts.headers).ok_or_else(|| {
        let detail = "the Content-Type is neither application/json nor application/x-ndjson";
        Refusal::new(ErrorCode::UnsupportedMediaType, detail)
    })?;
    let coding = otlp::http::coding(&parts.headers)?;
    app.check_queue(&ingest.workspace)?;
    let mut charge = app.budget.open(&ingest.key_id);
    let limits = &app.limits;
    let body = body::read(
        &parts.headers,
        content,
        limits.encoded_bytes_max,
        &mut charge,
        limits.body_timeout,
    )
    .await?;
    let delivered = Delivered {
        ingest,
        coding,
        body,
        charge,
        started,
    };
    let workspace = delivered.ingest.workspace.clone();
    let taken = accept::take(app, delivered, move |bytes| {
        decode(form, bytes)
            .map(split)
            .map_err(|error| undecodable(&error))
    })
    .await?;
    Ok(Receipt::new(taken, &workspace))
}

fn undecodable(error: &EnvelopesError) -> Refusal {
    let code = if error.is_too_large() {
        ErrorCode::TooLarge
    } else {
        ErrorCode::InvalidRequest
    };
    Refusal::new(code, error.to_string())
}

fn form(headers: &HeaderMap) -> Option<Form> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Some(Form::Json)
    } else {
        essence
            .eq_ignore_ascii_case("application/x-ndjson")
            .then_some(Form::Lines)
    }
}

/// What an answer needs of the envelopes that became items: their places and sessions.
struct Places {
    places: Vec<(usize, Option<String>)>,
    refused: Vec<Refused>,
}

fn split(decoded: DecodedEnvelopes) -> (Vec<Item>, Places) {
    let places = decoded
        .items
        .iter()
        .map(|(index, item)| (*index, item.session_id.clone()))
        .collect();
    let items = decoded.items.into_iter().map(|(_, item)| item).collect();
    (
        items,
        Places {
            places,
            refused: decoded.refused,
        },
    )
}

/// What became of a batch.
struct Receipt {
    accepted: usize,
    known: usize,
    suppressed: Vec<(usize, Option<String>)>,
    /// Sessions of which nothing is taken any more.
    purge: Vec<String>,
    refused: Vec<Refused>,
}

impl Receipt {
    fn new(taken: Taken<Places>, workspace: &Workspace) -> Self {
        let count =
            |is: fn(&Outcome) -> bool| taken.outcomes.iter().filter(|outcome| is(outcome)).count();
        let suppressed: Vec<(usize, Option<String>)> = taken
            .rest
            .places
            .into_iter()
            .zip(&taken.outcomes)
            .filter(|(_, outcome)| matches!(outcome, Outcome::Suppressed))
            .map(|(place, _)| place)
            .collect();
        // An item may be suppressed that came again under another session's id: that session is not.
        let sessions: BTreeSet<String> = suppressed
            .iter()
            .filter_map(|(_, session)| session.clone())
            .collect();
        let sessions: Vec<String> = sessions.into_iter().collect();
        let (gone, _) = workspace.opted_out(&sessions);
        Self {
            accepted: count(|outcome| matches!(outcome, Outcome::New(_) | Outcome::Conflict(_))),
            known: count(|outcome| matches!(outcome, Outcome::Known)),
            purge: gone.into_iter().map(str::to_owned).collect(),
            suppressed,
            refused: taken.rest.refused,
        }
    }

    fn into_json(self) -> Value {
        let suppressed = self
            .suppressed
            .into_iter()
            .map(|(index, session)| json!({"index": index, "session_id": session}));
        let refused = self
            .refused
            .into_iter()
            .map(|refused| json!({"index": refused.index, "code": refused.code, "detail": refused.detail}));
        json!({
            "accepted": self.accepted,
            "known": self.known,
            "suppressed": suppressed.collect::<Vec<_>>(),
            "purge": self.purge,
            "refused": refused.collect::<Vec<_>>(),
        })
    }
}

fn respond(receipt: &Value) -> Response {
    let mut response = Response::new(Body::from(receipt.to_string()));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
