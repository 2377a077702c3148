//! `GET …/report` and `GET …/report.html`: what was used in a project in a period, and what of it was reviewed.

use std::sync::Arc;

use argus_export::report::{self, Report, ReportQuery, time_of};
use argus_store::ExportNote;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::extract::Params;
use super::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::export::share::{self, Framed};
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportParams {
    /// The project; without: all that the reader may read.
    project: Option<String>,
    /// The first moment: a day (its first moment in UTC), or RFC 3339.
    from: String,
    /// The first moment that is no part of it.
    to: String,
    /// Of the page: to be saved as a file instead of looked at.
    #[serde(default)]
    download: bool,
}

impl ReportParams {
    fn query(&self, access: &Access) -> Result<ReportQuery, Refusal> {
        let time = |name: &str, text: &str| {
            time_of(text).ok_or_else(|| {
                let detail = format!("\"{name}\" is a day such as 2026-11-01, or an RFC 3339 time");
                Refusal::new(ErrorCode::InvalidRequest, detail)
            })
        };
        let (from_us, to_us) = (time("from", &self.from)?, time("to", &self.to)?);
        if from_us >= to_us {
            let detail = "the period ends before it begins: \"to\" is the first moment that is no part of it";
            return Err(Refusal::new(ErrorCode::InvalidRequest, detail));
        }
        Ok(ReportQuery {
            project: self.project.clone(),
            from_us,
            to_us,
            scope: access.scope.clone(),
            reader: access.reader(),
        })
    }
}

/// A report.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/report", tag = "sharing", operation_id = "get_report",
    params(("workspace" = String, Path), ReportParams),
    responses((status = 200, body = Report), (status = 400, description = "The period is none")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<ReportParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let report = gather(&app, access, &params).await?;
    reply::json(&headers, &report)
}

/// A report as a page that is made for print.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/report.html", tag = "sharing", operation_id = "get_report_page",
    params(("workspace" = String, Path), ReportParams),
    responses((status = 200, description = "The page, in one file", content_type = "text/html"), (status = 400, description = "The period is none")))]
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<ReportParams>,
) -> Result<Response, Refusal> {
    let report = gather(&app, access, &params).await?;
    let mut page = Vec::new();
    report::write_report(&mut page, &report, Some(&app.base_url))?;
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    // Its links lead to the sessions, in windows of their own.
    share::bind_with(
        headers,
        report::report_policy(),
        Framed::ByOwnPages,
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    );
    if params.download {
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"argus-report.html\""),
        );
    }
    Ok(response)
}

/// Gathers a report; who takes it out is noted, with the sessions.
async fn gather(app: &Arc<App>, access: Access, params: &ReportParams) -> Result<Report, Refusal> {
    let query = params.query(&access)?;
    // As many at a time as the limit says: each looks at every session of its period.
    let Ok(held) = app.downloads.clone().try_acquire_owned() else {
        let detail = "as many downloads run as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let of_app = app.clone();
    app.blocking(move || {
        let _held = held;
        let began_at_us = of_app.store.now_us();
        let note = ExportNote {
            format: "report".to_owned(),
            table: None,
            began_at_us,
            part: 0,
        };
        let actor = access.principal.actor();
        let names = |account: &str| {
            let found = of_app.store.account(account).ok().flatten();
            found.map(|account| account.name)
        };
        let report = report::gather(&access.workspace, &query, began_at_us, &names, &mut |ids| {
            Ok(access.workspace.note_report(&note, ids, &actor)?)
        })?;
        Ok(report)
    })
    .await
}
