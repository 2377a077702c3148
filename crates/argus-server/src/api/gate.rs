//! Before every handler of the API: which permission its route asks for, who is asking, whether they have it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use super::routes::ROUTES;
use crate::app::App;
use crate::auth::origin;
use crate::auth::permission::Permission;
use crate::auth::principal::{Access, Principal};
use crate::problem;
use crate::refusal::{ErrorCode, Refusal};

static TABLE: LazyLock<HashMap<(&str, &str), Permission>> = LazyLock::new(|| {
    ROUTES
        .iter()
        .map(|row| ((row.method, row.path), row.permission))
        .collect()
});

/// Lets a request through to its handler, or refuses it; gives every answer the headers that all have.
pub(crate) async fn gate(
    State(app): State<Arc<App>>,
    path: MatchedPath,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let workspace = params
        .iter()
        .find(|(name, _)| *name == "workspace")
        .map(|(_, value)| value.to_owned());
    let passed = pass(&app, path.as_str(), workspace, &mut request).await;
    let mut response = match passed {
        Ok(()) => next.run(request).await,
        Err(refusal) => problem::response(&refusal, &app.request_id()),
    };
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = problem::response(&refusal, &app.request_id());
    }
    // What one person may read is in no shared cache, and in the browser's own only to be asked for again.
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

async fn pass(
    app: &Arc<App>,
    path: &str,
    workspace: Option<String>,
    request: &mut Request,
) -> Result<(), Refusal> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let method = if *request.method() == Method::HEAD {
        "GET"
    } else {
        request.method().as_str()
    };
    let Some(permission) = TABLE.get(&(method, path)).copied() else {
        let detail = "this path is not asked with this method";
        return Err(Refusal::new(ErrorCode::MethodNotAllowed, detail));
    };
    if permission == Permission::Public {
        return if reads {
            Ok(())
        } else {
            origin::check(request.headers(), request.uri())
        };
    }
    let (of_app, headers, uri) = (
        app.clone(),
        request.headers().clone(),
        request.uri().clone(),
    );
    let (principal, access) = app
        .blocking(move || {
            let principal = Principal::of(&of_app.store, &headers)?;
            principal.note_use(&of_app.store);
            if principal.is_by_cookie() && !reads {
                origin::check(&headers, &uri)?;
            }
            let access = match workspace {
                Some(name) => Some(access(&of_app, &principal, &name, permission)?),
                None => None,
            };
            Ok((principal, access))
        })
        .await?;
    request.extensions_mut().insert(principal);
    if let Some(access) = access {
        request.extensions_mut().insert(access);
    }
    Ok(())
}

fn access(
    app: &App,
    principal: &Principal,
    workspace: &str,
    permission: Permission,
) -> Result<Access, Refusal> {
    let access = principal.access(&app.store, workspace)?.ok_or_else(|| {
        Refusal::new(
            ErrorCode::NotFound,
            "there is no such workspace, or you are no member of it",
        )
    })?;
    access.require(permission)?;
    Ok(access)
}
