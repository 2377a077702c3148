//! The API's description: OpenAPI 3.1, made from the handlers, with each route's permission beside it.

use serde_json::{Value, json};
use utoipa::OpenApi;

use super::routes::ROUTES;
use super::{
    agreement, capture_policy, coverage, device, devices, export, gold, invitations, keys, links,
    mcp_servers, members, mentions, my_queue, names, own, plugin, projects, queue_items, queues,
    rates, redaction, report, reviewers, reviews, rubrics, scores, search, sessions, shares,
    sign_in, sign_out, skills, tombstones, views, workspaces,
};
use crate::auth::permission::Permission;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Argus",
        description = "Sessions of Claude Code and Claude Cowork, merged from everything that told of them. Errors are problem details (RFC 9457).",
        license(name = "Apache-2.0")
    ),
    components(schemas(
        sessions::events::ReviewsChanged,
        sessions::list::SortName,
        export::ExportFormat,
        export::ExportTable
    )),
    paths(
        sign_in::get::get,
        sign_in::post::post,
        sign_out::post,
        links::inspect::inspect,
        links::accept::accept,
        own::get::get,
        own::password::change,
        own::sign_ins::list,
        own::end_sign_in::end,
        device::inspect::inspect,
        device::decide::decide,
        workspaces::list::list,
        workspaces::get::get,
        sessions::list::list,
        sessions::get::get,
        sessions::turns::list,
        sessions::turn::get,
        sessions::steps::list,
        sessions::step::get,
        sessions::content::get,
        sessions::download::get,
        sessions::errors::list,
        sessions::step_kinds::list,
        sessions::find::get,
        search::get,
        sessions::conversation::get,
        sessions::records::list::list,
        sessions::records::get::get,
        sessions::records::download::get,
        sessions::records::of_step::list,
        sessions::timeline::get,
        sessions::uses::get,
        sessions::files::list::list,
        sessions::files::diff::get,
        sessions::make_private::post,
        sessions::events::stream,
        reviews::get::get,
        reviews::verdict::post,
        reviews::tag::post,
        reviews::comment::post,
        reviews::change_comment::patch,
        reviews::answer::post,
        reviewers::list,
        mentions::list::list,
        mentions::read::post,
        names::list,
        projects::list,
        members::list::list,
        members::change::change,
        members::remove::remove,
        invitations::list::list,
        invitations::create::create,
        invitations::withdraw::withdraw,
        redaction::get::get,
        redaction::put::put,
        redaction::trial::trial,
        redaction::counts::get,
        capture_policy::get::get,
        capture_policy::put::put,
        tombstones::list,
        views::list::list,
        views::create::create,
        views::change::change,
        views::remove::remove,
        devices::list,
        plugin::get::get,
        plugin::archive::get,
        plugin::archive::get_by_link,
        plugin::marketplace::get,
        plugin::marketplace::get_by_link,
        skills::list::list,
        skills::version::get,
        skills::text::get,
        mcp_servers::list,
        coverage::get,
        scores::give,
        rubrics::list::list,
        rubrics::create::create,
        rubrics::compute::compute,
        rubrics::get::get,
        rubrics::change::change,
        rubrics::retire::retire,
        rubrics::precedents::add,
        queues::list::list,
        queues::create::create,
        queues::get::get,
        queues::change::change,
        queues::close::close,
        queues::fill::fill,
        queues::next::next,
        queues::items::list,
        queues::items::add,
        queue_items::get::get,
        queue_items::complete::complete,
        queue_items::skip::skip,
        queue_items::release::release,
        queue_items::reassign::reassign,
        queue_items::adjudicate::adjudicate,
        queue_items::reveal::reveal,
        my_queue::list,
        gold::list,
        gold::set,
        agreement::get,
        rates::get,
        export::get,
        report::get,
        report::page,
        shares::create::create,
        shares::preview::look,
        shares::preview::page,
        shares::list::list,
        shares::revoke::revoke,
        shares::openings::list,
        shares::open::open,
        keys::list::list,
        keys::create::create,
        keys::revoke::revoke,
    )
)]
struct Api;

/// The description, as `/api/openapi.json` gives it.
#[must_use]
pub fn openapi() -> Value {
    let mut document = serde_json::to_value(Api::openapi()).unwrap_or_default();
    document["components"]["securitySchemes"] = json!({
        "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-argus"},
        "read_key": {"type": "http", "scheme": "bearer"},
    });
    document["components"]["schemas"]["Problem"] = problem();
    for row in ROUTES {
        let operation = &mut document["paths"][row.path][row.method.to_ascii_lowercase().as_str()];
        if operation.is_null() {
            continue;
        }
        operation["x-permission"] = json!(row.permission);
        operation["security"] = match row.permission {
            Permission::Public => json!([]),
            _ => json!([{"cookie": []}, {"read_key": []}]),
        };
        operation["responses"]["default"] = json!({
            "description": "What was refused, whose fault it is and what to do.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        });
    }
    document
}

fn problem() -> Value {
    let codes: Vec<&str> = crate::ErrorCode::ALL
        .iter()
        .map(|code| code.as_str())
        .collect();
    json!({
        "type": "object",
        "description": "Problem details (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code", "retryable", "request_id"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "Whose fault it is and what to do."},
            "code": {"type": "string", "enum": codes},
            "retryable": {"type": "boolean", "description": "True when the same request may go through later."},
            "request_id": {"type": "string"},
            "tombstone": {
                "type": "object",
                "description": "What stands where the session was, with `session_private` and `session_erased`.",
                "required": ["kind", "at", "policy"],
                "properties": {
                    "kind": {"type": "string", "enum": ["private", "erased"]},
                    "at": {"type": "string", "format": "date-time"},
                    "policy": {"type": ["string", "null"], "description": "The policy that its person's word was carried out by."},
                },
            },
            "errors": {
                "type": "array",
                "description": "Which part of the body is wrong, where it can be said.",
                "items": {
                    "type": "object", "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "JSON pointer into the body."},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    })
}
