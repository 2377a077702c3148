//! `GET …/export`: sessions as files.

mod archive;

use std::io::Write;
use std::sync::Arc;

use argus_export::{Export, ExportError, Format, Table, View, Which, file_name};
use argus_session::filter::Filter;
use argus_store::{ExportNote, SessionQuery, Sort};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::IntoParams;

use super::extract::Params;
use super::sessions::open;
use crate::app::App;
use crate::auth::principal::Access;
use crate::export;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportParams {
    /// The format.
    #[param(value_type = ExportFormat)]
    format: String,
    /// Of csv, which table.
    #[serde(default)]
    #[param(value_type = Option<ExportTable>)]
    table: Option<String>,
    /// One session.
    session: Option<String>,
    /// The sessions that fit a filter, in the language of the list of sessions; newest first. Empty: all.
    filter: Option<String>,
    /// Whether what tools gave back is part of it.
    #[serde(default = "yes")]
    outputs: bool,
    /// Whether what the model thought is part of it.
    #[serde(default = "yes")]
    thinking: bool,
}

const fn yes() -> bool {
    true
}

/// Formats of exports: a document on each line; a table; Markdown, and a replay in one file. The last two are a file each for one
/// session, an archive of them for several.
#[derive(Debug, utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
    Md,
    Html,
}

/// Tables of csv.
#[derive(Debug, utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum ExportTable {
    Sessions,
    Turns,
    Steps,
    Verdicts,
    Scores,
}

/// Sessions as files.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/export", tag = "sharing", operation_id = "export_sessions",
    params(("workspace" = String, Path), ExportParams),
    responses((status = 200, description = "The file, to be saved. Who exported which sessions is noted before its first byte", content_type = "application/octet-stream"),
        (status = 400, description = "The format, table or filter is none"), (status = 404, description = "No such session that the reader may read, or none fits")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<ExportParams>,
) -> Result<Response, Refusal> {
    // As many at a time as the limit says: each is read and written at its reader's pace.
    let Ok(held) = app.downloads.clone().try_acquire_owned() else {
        let detail = "as many downloads run as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let wanted = Wanted::new(&access, params)?;
    let of_app = app.clone();
    let wanted = app.blocking(move || begin(&of_app, access, wanted)).await?;
    Ok(answer(&app, wanted, held))
}

/// What was asked for.
struct Wanted {
    format: Format,
    table: Table,
    which: Which,
    view: View,
}

impl Wanted {
    fn new(access: &Access, params: ExportParams) -> Result<Self, Refusal> {
        let wrong = |detail: String| Refusal::new(ErrorCode::InvalidRequest, detail);
        let format = Format::from_name(&params.format)
            .ok_or_else(|| wrong("this is no format: there are html, jsonl, csv, md".to_owned()))?;
        let table = params.table.as_deref().unwrap_or(Table::Sessions.as_str());
        let table = Table::from_name(table).ok_or_else(|| {
            wrong("this is no table: there are sessions, turns, steps, verdicts, scores".to_owned())
        })?;
        let which = match (params.session, params.filter) {
            (Some(id), None) => Which::Session(id),
            (None, Some(filter)) => {
                let filter = Filter::parse(&filter)
                    .map_err(|error| wrong(format!("this is no filter: {error}")))?;
                Which::Query(Box::new(SessionQuery {
                    filter,
                    sort: Sort::Started,
                    scope: access.scope.clone(),
                    reader: access.reader(),
                    ..SessionQuery::default()
                }))
            }
            _ => {
                return Err(wrong(
                    "name either \"session\" or \"filter\"; an empty filter is for all".to_owned(),
                ));
            }
        };
        Ok(Self {
            format,
            table,
            which,
            view: View {
                tool_outputs: params.outputs,
                thinking: params.thinking,
                text_bytes_max: format.text_bytes_max(),
                ..View::all()
            },
        })
    }

    fn is_archive(&self) -> bool {
        self.format.is_file_each() && matches!(self.which, Which::Query(_))
    }

    fn file_name(&self) -> String {
        match &self.which {
            Which::Session(id) if self.format.is_file_each() => file_name(id, self.format),
            _ if self.is_archive() => "argus-sessions.zip".to_owned(),
            _ if self.format == Format::Csv => format!("argus-{}.csv", self.table.as_str()),
            _ => format!("argus-sessions.{}", self.format.as_str()),
        }
    }
}

/// An export that may begin: its first sessions are noted.
struct Begun {
    wanted: Wanted,
    access: Access,
    note: ExportNote,
}

/// Whether there is anything to export, and that it is noted, before anything of it leaves.
fn begin(app: &Arc<App>, access: Access, wanted: Wanted) -> Result<Begun, Refusal> {
    let note = ExportNote {
        format: wanted.format.as_str().to_owned(),
        table: (wanted.format == Format::Csv).then(|| wanted.table.as_str().to_owned()),
        began_at_us: app.store.now_us(),
        part: 0,
    };
    match &wanted.which {
        Which::Session(id) => {
            open(app, &access, id)?;
            access.workspace.note_export(
                &note,
                std::slice::from_ref(id),
                &access.principal.actor(),
            )?;
        }
        Which::Query(query) => {
            let first = access.workspace.sessions(&SessionQuery {
                limit: 1,
                ..query.as_ref().clone()
            })?;
            if first.items.is_empty() {
                let detail = "no session that you may read fits this filter: nothing was exported";
                return Err(Refusal::new(ErrorCode::NotFound, detail));
            }
            // That it begins is noted here, where it can still be refused; which sessions, page by page.
            access
                .workspace
                .note_export(&note, &[], &access.principal.actor())?;
        }
    }
    Ok(Begun {
        wanted,
        access,
        note,
    })
}

fn answer(app: &Arc<App>, begun: Begun, held: OwnedSemaphorePermit) -> Response {
    let (is_archive, name) = (begun.wanted.is_archive(), begun.wanted.file_name());
    let media_type = if is_archive {
        "application/zip"
    } else {
        begun.wanted.format.media_type()
    };
    let of_app = app.clone();
    let mut response = Response::new(export::body(held, move |out| write(&of_app, begun, out)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    // A browser saves it: it is no page of this server.
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    response
}

fn write(app: &Arc<App>, begun: Begun, out: &mut dyn Write) -> Result<(), ExportError> {
    let Begun {
        wanted,
        access,
        mut note,
    } = begun;
    let (workspace, actor, reader) = (&access.workspace, access.principal.actor(), access.reader());
    let said = |id: &str| export::said(app, workspace, id, &access.scope, &reader, None);
    let export = Export {
        workspace,
        format: wanted.format,
        table: wanted.table,
        view: &wanted.view,
        made_at_us: note.began_at_us,
        said: &said,
    };
    let is_noted = matches!(wanted.which, Which::Session(_));
    let mut noted = |ids: &[String]| -> Result<(), ExportError> {
        if !is_noted {
            note.part += 1;
            workspace.note_export(&note, ids, &actor)?;
        }
        Ok(())
    };
    if wanted.is_archive() {
        return archive::write(&export, &wanted.which, &mut noted, out);
    }
    export.begin(out)?;
    export.pages(&wanted.which, &mut |ids| {
        noted(ids)?;
        for id in ids {
            export.session(out, id)?;
        }
        Ok(())
    })
}
