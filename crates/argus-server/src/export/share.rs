//! The page of a share link: what its preview and the link itself show, written by the same code from the same store.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use argus_export::{ExportError, Format, Masks, Said, SessionReader, Shown, View, html};
use argus_store::{ReadScope, ReviewKind, ReviewReader, ShareContent, Workspace};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::said;
use crate::app::App;
use crate::refusal::{ErrorCode, Refusal};

/// What a link lets through.
///
/// # Errors
/// When a word or a pattern cannot be masked.
pub(crate) fn view(content: &ShareContent) -> Result<View, Refusal> {
    let masks = Masks::new(&content.words, &content.patterns)
        .map_err(|error| Refusal::new(ErrorCode::InvalidRequest, error.to_string()))?;
    Ok(View {
        turns: content
            .turns
            .as_ref()
            .map(|turns| turns.iter().cloned().collect()),
        up_to: content.looked_at.as_ref().map(|looked| looked.record),
        tool_outputs: content.tool_outputs,
        thinking: content.thinking,
        // Whoever has the link is told nothing of the person and the machine.
        people: false,
        reviews: content.reviews,
        masks,
        text_bytes_max: Format::Html.text_bytes_max(),
    })
}

/// Writes the page and gives what it shows; `None` when the session is gone.
///
/// # Errors
/// When the store cannot be read, or it cannot be written.
pub(crate) fn write(
    app: &Arc<App>,
    workspace: &Workspace,
    id: &str,
    content: &ShareContent,
    out: &mut dyn Write,
) -> Result<Option<Shown>, ShareError> {
    let view = view(content)?;
    let Some(reader) = SessionReader::open(workspace, id, &view)? else {
        return Ok(None);
    };
    let said = if view.reviews {
        let looked_at = content.looked_at.as_ref().map(|looked| &looked.reviews);
        said(
            app,
            workspace,
            id,
            &ReadScope::all(),
            &nobody_in_particular(),
            looked_at,
        )?
    } else {
        Said::default()
    };
    let about = html::About {
        made_at_us: app.store.now_us(),
        said: &said,
        is_share: true,
    };
    html::write(out, &reader, &about)?;
    Ok(Some(reader.shown()))
}

/// Who looks at a link: of what is reviewed blind, nothing is shown.
fn nobody_in_particular() -> ReviewReader {
    ReviewReader::nobody()
}

/// The reviews that a link made now shows, by id: what stands, and is hidden from nobody.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn shown_reviews(
    workspace: &Workspace,
    session: &str,
) -> Result<BTreeSet<u64>, Refusal> {
    let all = workspace.reviews(
        session,
        &ReviewKind::ALL,
        &ReadScope::all(),
        &nobody_in_particular(),
    )?;
    let all = all.unwrap_or_default().into_iter();
    Ok(all
        .filter(|review| review.is_current && review.stands)
        .map(|review| review.id)
        .collect())
}

/// Why a page could not be written.
#[derive(Debug)]
pub(crate) enum ShareError {
    Refused(Refusal),
    Failed(ExportError),
}

impl From<Refusal> for ShareError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ExportError> for ShareError {
    fn from(error: ExportError) -> Self {
        Self::Failed(error)
    }
}

impl From<ShareError> for Refusal {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::Refused(refusal) => refusal,
            ShareError::Failed(error) => error.into(),
        }
    }
}

impl From<ShareError> for ExportError {
    fn from(error: ShareError) -> Self {
        match error {
            // What was shared was looked at before: a release later it may not be what it was.
            ShareError::Refused(refusal) => Self::Io(io::Error::other(refusal.detail.into_owned())),
            ShareError::Failed(error) => error,
        }
    }
}

/// Counts what is written.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    pub(crate) bytes: u64,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Who may show a page within theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framed {
    ByNobody,
    ByOwnPages,
}

/// Binds a page that was made of captured text: it runs nothing, loads nothing, is of no origin, is in no cache and no index.
pub(crate) fn bind(headers: &mut HeaderMap, framed: Framed) {
    bind_with(headers, html::policy(), framed, "sandbox");
}

/// The same for a page with another style sheet, in another sandbox.
pub(crate) fn bind_with(headers: &mut HeaderMap, policy: &str, framed: Framed, sandbox: &str) {
    let (ancestors, options) = match framed {
        Framed::ByNobody => ("'none'", "DENY"),
        Framed::ByOwnPages => ("'self'", "SAMEORIGIN"),
    };
    let policy = format!("{policy}; frame-ancestors {ancestors}; {sandbox}");
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("content-security-policy", &policy);
    set("x-frame-options", options);
    // A sandboxed page is in no group of its own: a browser refuses one that says so.
    set("cross-origin-opener-policy", "unsafe-none");
    set("x-robots-tag", "noindex, nofollow, noarchive");
    set("cache-control", "private, no-store");
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
}
