//! `GET …/sessions/{session}/timeline`: lanes and marks along active time, in bins, so that an answer is small however many steps
//! there are.

use std::sync::Arc;

use argus_session::timeline::{self, Lane, Mark, Span, TimelineQuery};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::reading::read;
use crate::api::extract::{Params, Segments};
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most bins.
const BINS_MAX: usize = 2_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimelineParams {
    /// Where the part begins: microseconds of active time from the session's start.
    #[serde(default)]
    from: i64,
    /// Where it ends; the end without it.
    to: Option<i64>,
    /// How many bins the part is put into, 1 to 2,000: what begins in one bin comes as one.
    #[serde(default = "default_bins")]
    #[param(default = 600, minimum = 1, maximum = 2000)]
    bins: usize,
}

const fn default_bins() -> usize {
    600
}

/// A part of a session's timeline. Positions are microseconds of active time from the session's start: periods of more than five
/// minutes in which nothing ran are cut out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimelineView {
    /// The stretches of time that the axis is made of, at most 500.
    segments: Vec<SegmentView>,
    /// Length of the whole axis.
    length: i64,
    /// Where the part begins.
    from: i64,
    /// Where it ends.
    to: i64,
    lanes: Vec<LaneView>,
    marks: Vec<MarkView>,
    /// Steps without a time: they have no place.
    unplaced: u64,
    version: String,
}

/// A stretch of time in which something ran.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SegmentView {
    from: Time,
    to: Time,
    /// Where it begins on the axis.
    position: i64,
}

/// A lane.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LaneView {
    #[schema(value_type = LaneName)]
    lane: &'static str,
    spans: Vec<SpanView>,
}

/// Lanes.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum LaneName {
    Turns,
    ModelRequests,
    Tools,
    SubAgents,
}

/// One thing, or several that begin in one bin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpanView {
    /// Where it begins.
    from: i64,
    /// Where the last of them ends.
    to: i64,
    /// How many.
    count: u64,
    /// How many of them failed; of turns, steps that failed.
    errors: u64,
    /// The place of the first one's first step.
    step: u64,
    /// The place of its turn.
    turn: u32,
    /// The tool's name or the sub-agent's id; null where there is none, or they differ.
    #[schema(required = true)]
    name: Option<String>,
}

/// A mark: one, or several of a kind in one bin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarkView {
    #[schema(value_type = MarkName)]
    kind: &'static str,
    /// Where the first is.
    at: i64,
    count: u64,
    /// The place of the first one's step.
    step: u64,
    /// The skill's or the failed tool's name, of the first.
    #[schema(required = true)]
    name: Option<String>,
}

/// What is marked.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum MarkName {
    Error,
    Skill,
    Compaction,
}

impl From<Lane> for LaneView {
    fn from(lane: Lane) -> Self {
        Self {
            lane: lane.kind.as_str(),
            spans: lane.spans.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Span> for SpanView {
    fn from(span: Span) -> Self {
        Self {
            from: span.from,
            to: span.to,
            count: span.count,
            errors: span.errors,
            step: span.step,
            turn: span.turn,
            name: span.name,
        }
    }
}

impl From<Mark> for MarkView {
    fn from(mark: Mark) -> Self {
        let kind = mark.kind;
        Self {
            kind: kind.as_str(),
            at: mark.at,
            count: mark.count,
            step: mark.step,
            name: mark.name,
        }
    }
}

/// Lanes and marks along a session's active time.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/timeline", tag = "sessions", operation_id = "get_timeline",
    params(("workspace" = String, Path), ("session" = String, Path), TimelineParams),
    responses((status = 200, body = TimelineView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<TimelineParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(app, access, id, headers, move |session| {
        let marks = session.marks()?;
        let found = timeline::timeline(
            &marks,
            TimelineQuery {
                from: params.from,
                to: params.to,
                bins: params.bins.clamp(1, BINS_MAX),
            },
        );
        let segments = found.axis.segments().iter().map(|segment| SegmentView {
            from: Time(segment.from_us),
            to: Time(segment.to_us),
            position: segment.position,
        });
        Ok(TimelineView {
            segments: segments.collect(),
            length: found.axis.length(),
            from: found.from,
            to: found.to,
            lanes: found.lanes.into_iter().map(Into::into).collect(),
            marks: found.marks.into_iter().map(Into::into).collect(),
            unplaced: found.unplaced,
            version: session.version(),
        })
    })
    .await
}
