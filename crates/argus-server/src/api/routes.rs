//! Every route of the API, with the permission that it asks for. A route without a row is answered to nobody.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, patch, post, put};

use super::{
    agreement, capture_policy, coverage, device, devices, export, gate, gold, invitations, keys,
    links, mcp_servers, members, mentions, my_queue, names, own, plugin, projects, queue_items,
    queues, rates, redaction, report, reviewers, reviews, rubrics, scores, search, sessions,
    shares, sign_in, sign_out, skills, tombstones, views, workspaces,
};
use crate::app::App;
use crate::auth::permission::Permission::{
    self, CaptureRead, CaptureWrite, KeysRead, KeysWrite, MembersRead, MembersWrite, Own, Public,
    RedactionRead, RedactionWrite, ReviewsManage, ReviewsWrite, SessionsExport, SessionsRead,
    SharesWrite, WorkspaceRead,
};

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) permission: Permission,
}

const fn row(method: &'static str, path: &'static str, permission: Permission) -> Row {
    Row {
        method,
        path,
        permission,
    }
}

/// Paths as both the router and the description write them.
macro_rules! workspace {
    ($path:literal) => {
        concat!("/api/v1/workspaces/{workspace}", $path)
    };
}

const SIGN_IN: &str = "/api/v1/sign-in";
const SIGN_OUT: &str = "/api/v1/sign-out";
const LINK_INSPECT: &str = "/api/v1/links/inspect";
const LINK_ACCEPT: &str = "/api/v1/links/accept";
const OWN: &str = "/api/v1/self";
const PASSWORD: &str = "/api/v1/self/password";
const SIGN_INS: &str = "/api/v1/self/sign-ins";
const A_SIGN_IN: &str = "/api/v1/self/sign-ins/{sign_in}";
const DEVICE_INSPECT: &str = "/api/v1/device/inspect";
const DEVICE_DECIDE: &str = "/api/v1/device/decide";
const WORKSPACES: &str = "/api/v1/workspaces";
const WORKSPACE: &str = workspace!("");
const SESSIONS: &str = workspace!("/sessions");
const SESSION: &str = workspace!("/sessions/{session}");
const TURNS: &str = workspace!("/sessions/{session}/turns");
const TURN: &str = workspace!("/sessions/{session}/turns/{turn}");
const STEPS: &str = workspace!("/sessions/{session}/steps");
const STEP: &str = workspace!("/sessions/{session}/steps/{step}");
const CONTENT: &str = workspace!("/sessions/{session}/steps/{step}/content");
const DOWNLOAD: &str = workspace!("/sessions/{session}/steps/{step}/download");
const ERRORS: &str = workspace!("/sessions/{session}/errors");
const STEP_KINDS: &str = workspace!("/sessions/{session}/step-kinds");
const FIND: &str = workspace!("/sessions/{session}/find");
const SEARCH: &str = workspace!("/search");
const CONVERSATION: &str = workspace!("/sessions/{session}/conversation");
const RECORDS: &str = workspace!("/sessions/{session}/records");
const RECORD: &str = workspace!("/sessions/{session}/records/{record}");
const RECORD_DOWNLOAD: &str = workspace!("/sessions/{session}/records/{record}/download");
const STEP_RECORDS: &str = workspace!("/sessions/{session}/steps/{step}/records");
const TIMELINE: &str = workspace!("/sessions/{session}/timeline");
const USES: &str = workspace!("/sessions/{session}/uses");
const FILES: &str = workspace!("/sessions/{session}/files");
const FILE_DIFF: &str = workspace!("/sessions/{session}/files/diff");
const PRIVATE: &str = workspace!("/sessions/{session}/private");
const EVENTS: &str = workspace!("/events");
const REVIEWS: &str = workspace!("/sessions/{session}/reviews");
const VERDICTS: &str = workspace!("/sessions/{session}/verdicts");
const TAGS: &str = workspace!("/sessions/{session}/tags");
const COMMENTS: &str = workspace!("/sessions/{session}/comments");
const COMMENT: &str = workspace!("/sessions/{session}/comments/{comment}");
const ANSWERS: &str = workspace!("/sessions/{session}/answers");
const REVIEWERS: &str = workspace!("/reviewers");
const MENTIONS: &str = workspace!("/mentions");
const MENTIONS_READ: &str = workspace!("/mentions/read");
const NAMES: &str = workspace!("/names/{key}");
const PROJECTS: &str = workspace!("/projects");
const MEMBERS: &str = workspace!("/members");
const MEMBER: &str = workspace!("/members/{account}");
const INVITATIONS: &str = workspace!("/invitations");
const INVITATION: &str = workspace!("/invitations/{invitation}");
const REDACTION: &str = workspace!("/redaction");
const REDACTION_TRIAL: &str = workspace!("/redaction/trial");
const REDACTION_COUNTS: &str = workspace!("/redaction/counts");
const CAPTURE_POLICY: &str = workspace!("/capture-policy");
const TOMBSTONES: &str = workspace!("/tombstones");
const VIEWS: &str = workspace!("/views");
const VIEW: &str = workspace!("/views/{view}");
const DEVICES: &str = workspace!("/devices");
const PLUGIN: &str = workspace!("/plugin");
const PLUGIN_ARCHIVE: &str = "/plugin/{workspace}/argus-plugin.zip";
const PLUGIN_ARCHIVE_BY_LINK: &str = "/plugin/{workspace}/{token}/argus-plugin.zip";
const PLUGIN_MARKETPLACE: &str = "/plugin/{workspace}/marketplace.json";
const PLUGIN_MARKETPLACE_BY_LINK: &str = "/plugin/{workspace}/{token}/marketplace.json";
const SKILLS: &str = workspace!("/skills");
const SKILL_VERSION: &str = workspace!("/skills/{skill}/versions/{hash}");
const SKILL_TEXT: &str = workspace!("/skills/{skill}/versions/{hash}/text");
const MCP_SERVERS: &str = workspace!("/mcp-servers");
const COVERAGE: &str = workspace!("/coverage");
const SCORES: &str = workspace!("/sessions/{session}/scores");
const RUBRICS: &str = workspace!("/rubrics");
const RUBRICS_COMPUTE: &str = workspace!("/rubrics/compute");
const RUBRIC: &str = workspace!("/rubrics/{rubric}");
const RUBRIC_RETIRE: &str = workspace!("/rubrics/{rubric}/retire");
const RUBRIC_PRECEDENTS: &str = workspace!("/rubrics/{rubric}/precedents");
const QUEUES: &str = workspace!("/queues");
const QUEUE: &str = workspace!("/queues/{queue}");
const QUEUE_CLOSE: &str = workspace!("/queues/{queue}/close");
const QUEUE_FILL: &str = workspace!("/queues/{queue}/fill");
const QUEUE_NEXT: &str = workspace!("/queues/{queue}/next");
const QUEUE_ITEMS: &str = workspace!("/queues/{queue}/items");
const ITEM: &str = workspace!("/queue-items/{item}");
const ITEM_COMPLETE: &str = workspace!("/queue-items/{item}/complete");
const ITEM_SKIP: &str = workspace!("/queue-items/{item}/skip");
const ITEM_RELEASE: &str = workspace!("/queue-items/{item}/release");
const ITEM_REASSIGN: &str = workspace!("/queue-items/{item}/reassign");
const ITEM_ADJUDICATE: &str = workspace!("/queue-items/{item}/adjudicate");
const ITEM_REVEAL: &str = workspace!("/queue-items/{item}/reveal");
const MY_QUEUE: &str = workspace!("/my-queue");
const GOLD: &str = workspace!("/gold");
const AGREEMENT: &str = workspace!("/agreement");
const RATES: &str = workspace!("/rates");
const KEYS: &str = workspace!("/keys");
const KEY: &str = workspace!("/keys/{key}");

const EXPORT: &str = workspace!("/export");
const REPORT: &str = workspace!("/report");
const REPORT_PAGE: &str = workspace!("/report.html");
const SESSION_SHARES: &str = workspace!("/sessions/{session}/shares");
const SHARE_PREVIEW: &str = workspace!("/sessions/{session}/shares/preview");
const SHARE_PREVIEW_PAGE: &str = workspace!("/share-previews/{preview}");
const SHARES: &str = workspace!("/shares");
const SHARE: &str = workspace!("/shares/{share}");
const SHARE_OPENINGS: &str = workspace!("/shares/{share}/openings");
const SHARED: &str = "/share/{token}";

/// The table.
pub(crate) const ROUTES: &[Row] = &[
    row("GET", SIGN_IN, Public),
    row("POST", SIGN_IN, Public),
    row("POST", SIGN_OUT, Own),
    row("POST", LINK_INSPECT, Public),
    row("POST", LINK_ACCEPT, Public),
    row("GET", OWN, Own),
    row("POST", PASSWORD, Own),
    row("GET", SIGN_INS, Own),
    row("DELETE", A_SIGN_IN, Own),
    row("POST", DEVICE_INSPECT, Own),
    row("POST", DEVICE_DECIDE, Own),
    row("GET", WORKSPACES, Own),
    row("GET", WORKSPACE, WorkspaceRead),
    row("GET", SESSIONS, SessionsRead),
    row("GET", SESSION, SessionsRead),
    row("GET", TURNS, SessionsRead),
    row("GET", TURN, SessionsRead),
    row("GET", STEPS, SessionsRead),
    row("GET", STEP, SessionsRead),
    row("GET", CONTENT, SessionsRead),
    row("GET", DOWNLOAD, SessionsRead),
    row("GET", ERRORS, SessionsRead),
    row("GET", STEP_KINDS, SessionsRead),
    row("GET", FIND, SessionsRead),
    row("GET", SEARCH, SessionsRead),
    row("GET", CONVERSATION, SessionsRead),
    row("GET", RECORDS, SessionsRead),
    row("GET", RECORD, SessionsRead),
    row("GET", RECORD_DOWNLOAD, SessionsRead),
    row("GET", STEP_RECORDS, SessionsRead),
    row("GET", TIMELINE, SessionsRead),
    row("GET", USES, SessionsRead),
    row("GET", FILES, SessionsRead),
    row("GET", FILE_DIFF, SessionsRead),
    row("POST", PRIVATE, SessionsRead),
    row("GET", REVIEWS, SessionsRead),
    row("POST", VERDICTS, ReviewsWrite),
    row("POST", TAGS, ReviewsWrite),
    row("POST", COMMENTS, ReviewsWrite),
    row("PATCH", COMMENT, ReviewsWrite),
    row("POST", ANSWERS, ReviewsWrite),
    row("GET", REVIEWERS, ReviewsWrite),
    row("GET", MENTIONS, SessionsRead),
    row("POST", MENTIONS_READ, ReviewsWrite),
    row("GET", EVENTS, SessionsRead),
    row("GET", NAMES, SessionsRead),
    row("GET", PROJECTS, SessionsRead),
    row("GET", MEMBERS, MembersRead),
    row("PATCH", MEMBER, MembersWrite),
    row("DELETE", MEMBER, MembersWrite),
    row("GET", INVITATIONS, MembersRead),
    row("POST", INVITATIONS, MembersWrite),
    row("DELETE", INVITATION, MembersWrite),
    row("GET", REDACTION, RedactionRead),
    row("PUT", REDACTION, RedactionWrite),
    row("POST", REDACTION_TRIAL, RedactionWrite),
    row("GET", REDACTION_COUNTS, RedactionRead),
    row("GET", CAPTURE_POLICY, CaptureRead),
    row("PUT", CAPTURE_POLICY, CaptureWrite),
    row("GET", TOMBSTONES, CaptureRead),
    // A view of one's own is for everybody who reads sessions; sharing asks for more, and says so.
    row("GET", VIEWS, SessionsRead),
    row("POST", VIEWS, SessionsRead),
    row("PUT", VIEW, SessionsRead),
    row("DELETE", VIEW, SessionsRead),
    row("GET", DEVICES, CaptureRead),
    row("GET", PLUGIN, KeysRead),
    // With a key that delivers in it: for who may make keys, and for who has a download key's address.
    row("GET", PLUGIN_ARCHIVE, KeysWrite),
    row("GET", PLUGIN_MARKETPLACE, KeysWrite),
    row("GET", PLUGIN_ARCHIVE_BY_LINK, Public),
    row("GET", PLUGIN_MARKETPLACE_BY_LINK, Public),
    row("GET", SKILLS, SessionsRead),
    row("GET", SKILL_VERSION, SessionsRead),
    row("GET", SKILL_TEXT, SessionsRead),
    row("GET", MCP_SERVERS, SessionsRead),
    row("GET", COVERAGE, CaptureRead),
    row("POST", SCORES, ReviewsWrite),
    row("GET", RUBRICS, SessionsRead),
    row("POST", RUBRICS, ReviewsManage),
    row("POST", RUBRICS_COMPUTE, ReviewsWrite),
    row("GET", RUBRIC, SessionsRead),
    row("PUT", RUBRIC, ReviewsManage),
    row("POST", RUBRIC_RETIRE, ReviewsManage),
    row("POST", RUBRIC_PRECEDENTS, ReviewsManage),
    row("GET", QUEUES, SessionsRead),
    row("POST", QUEUES, ReviewsManage),
    row("GET", QUEUE, SessionsRead),
    row("PUT", QUEUE, ReviewsManage),
    row("POST", QUEUE_CLOSE, ReviewsManage),
    row("POST", QUEUE_FILL, ReviewsManage),
    row("POST", QUEUE_NEXT, ReviewsWrite),
    row("GET", QUEUE_ITEMS, SessionsRead),
    row("POST", QUEUE_ITEMS, ReviewsManage),
    row("GET", ITEM, SessionsRead),
    row("POST", ITEM_COMPLETE, ReviewsWrite),
    row("POST", ITEM_SKIP, ReviewsWrite),
    row("POST", ITEM_RELEASE, ReviewsWrite),
    row("POST", ITEM_REASSIGN, ReviewsWrite),
    row("POST", ITEM_ADJUDICATE, ReviewsManage),
    row("POST", ITEM_REVEAL, ReviewsManage),
    row("GET", MY_QUEUE, ReviewsWrite),
    row("GET", GOLD, ReviewsManage),
    row("POST", GOLD, ReviewsManage),
    row("GET", AGREEMENT, SessionsRead),
    row("GET", RATES, SessionsRead),
    row("GET", EXPORT, SessionsExport),
    row("GET", REPORT, SessionsExport),
    row("GET", REPORT_PAGE, SessionsExport),
    row("POST", SESSION_SHARES, SharesWrite),
    row("POST", SHARE_PREVIEW, SharesWrite),
    row("GET", SHARE_PREVIEW_PAGE, SharesWrite),
    row("GET", SHARES, SharesWrite),
    row("DELETE", SHARE, SharesWrite),
    row("GET", SHARE_OPENINGS, SharesWrite),
    row("GET", SHARED, Public),
    row("GET", KEYS, KeysRead),
    row("POST", KEYS, KeysWrite),
    row("DELETE", KEY, KeysWrite),
];

/// Longest body that the API takes: a form's worth.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// The API's routes, behind the gate.
pub(crate) fn router(app: Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route(SIGN_IN, get(sign_in::get::get).post(sign_in::post::post))
        .route(SIGN_OUT, post(sign_out::post))
        .route(LINK_INSPECT, post(links::inspect::inspect))
        .route(LINK_ACCEPT, post(links::accept::accept))
        .route(OWN, get(own::get::get))
        .route(PASSWORD, post(own::password::change))
        .route(SIGN_INS, get(own::sign_ins::list))
        .route(A_SIGN_IN, delete(own::end_sign_in::end))
        .route(DEVICE_INSPECT, post(device::inspect::inspect))
        .route(DEVICE_DECIDE, post(device::decide::decide))
        .route(WORKSPACES, get(workspaces::list::list))
        .route(WORKSPACE, get(workspaces::get::get))
        .route(SESSIONS, get(sessions::list::list))
        .route(SESSION, get(sessions::get::get))
        .route(TURNS, get(sessions::turns::list))
        .route(TURN, get(sessions::turn::get))
        .route(STEPS, get(sessions::steps::list))
        .route(STEP, get(sessions::step::get))
        .route(CONTENT, get(sessions::content::get))
        .route(DOWNLOAD, get(sessions::download::get))
        .route(ERRORS, get(sessions::errors::list))
        .route(STEP_KINDS, get(sessions::step_kinds::list))
        .route(FIND, get(sessions::find::get))
        .route(SEARCH, get(search::get))
        .route(CONVERSATION, get(sessions::conversation::get))
        .route(RECORDS, get(sessions::records::list::list))
        .route(RECORD, get(sessions::records::get::get))
        .route(RECORD_DOWNLOAD, get(sessions::records::download::get))
        .route(STEP_RECORDS, get(sessions::records::of_step::list))
        .route(TIMELINE, get(sessions::timeline::get))
        .route(USES, get(sessions::uses::get))
        .route(FILES, get(sessions::files::list::list))
        .route(FILE_DIFF, get(sessions::files::diff::get))
        .route(PRIVATE, post(sessions::make_private::post))
        .route(REVIEWS, get(reviews::get::get))
        .route(VERDICTS, post(reviews::verdict::post))
        .route(TAGS, post(reviews::tag::post))
        .route(COMMENTS, post(reviews::comment::post))
        .route(COMMENT, patch(reviews::change_comment::patch))
        .route(
            ANSWERS,
            post(reviews::answer::post).layer(DefaultBodyLimit::max(reviews::ANSWER_BYTES_MAX)),
        )
        .route(REVIEWERS, get(reviewers::list))
        .route(MENTIONS, get(mentions::list::list))
        .route(MENTIONS_READ, post(mentions::read::post))
        .route(EVENTS, get(sessions::events::stream))
        .route(NAMES, get(names::list))
        .route(PROJECTS, get(projects::list))
        .route(MEMBERS, get(members::list::list))
        .route(
            MEMBER,
            patch(members::change::change).delete(members::remove::remove),
        )
        .route(
            INVITATIONS,
            get(invitations::list::list).post(invitations::create::create),
        )
        .route(INVITATION, delete(invitations::withdraw::withdraw))
        .route(
            REDACTION,
            get(redaction::get::get)
                .put(redaction::put::put)
                .layer(DefaultBodyLimit::max(redaction::BODY_BYTES_MAX)),
        )
        .route(
            REDACTION_TRIAL,
            post(redaction::trial::trial).layer(DefaultBodyLimit::max(redaction::BODY_BYTES_MAX)),
        )
        .route(REDACTION_COUNTS, get(redaction::counts::get))
        .route(
            CAPTURE_POLICY,
            get(capture_policy::get::get)
                .put(capture_policy::put::put)
                .layer(DefaultBodyLimit::max(capture_policy::BODY_BYTES_MAX)),
        )
        .route(TOMBSTONES, get(tombstones::list))
        .route(VIEWS, get(views::list::list).post(views::create::create))
        .route(
            VIEW,
            put(views::change::change).delete(views::remove::remove),
        )
        .route(DEVICES, get(devices::list))
        .route(PLUGIN, get(plugin::get::get))
        .route(PLUGIN_ARCHIVE, get(plugin::archive::get))
        .route(PLUGIN_ARCHIVE_BY_LINK, get(plugin::archive::get_by_link))
        .route(PLUGIN_MARKETPLACE, get(plugin::marketplace::get))
        .route(
            PLUGIN_MARKETPLACE_BY_LINK,
            get(plugin::marketplace::get_by_link),
        )
        .route(SKILLS, get(skills::list::list))
        .route(SKILL_VERSION, get(skills::version::get))
        .route(SKILL_TEXT, get(skills::text::get))
        .route(MCP_SERVERS, get(mcp_servers::list))
        .route(COVERAGE, get(coverage::get))
        .merge(judging())
        .route(EXPORT, get(export::get))
        .route(REPORT, get(report::get))
        .route(REPORT_PAGE, get(report::page))
        .route(SESSION_SHARES, post(shares::create::create))
        .route(SHARE_PREVIEW, post(shares::preview::look))
        .route(SHARE_PREVIEW_PAGE, get(shares::preview::page))
        .route(SHARES, get(shares::list::list))
        .route(SHARE, delete(shares::revoke::revoke))
        .route(SHARE_OPENINGS, get(shares::openings::list))
        .route(SHARED, get(shares::open::open))
        .route(KEYS, get(keys::list::list).post(keys::create::create))
        .route(KEY, delete(keys::revoke::revoke))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .route_layer(axum::middleware::from_fn_with_state(app, gate::gate))
}

/// Routes of rubrics, scores and queues, whose bodies may be longer than a form.
fn judging() -> Router<Arc<App>> {
    Router::new()
        .route(SCORES, post(scores::give))
        .route(
            RUBRICS,
            get(rubrics::list::list).post(rubrics::create::create),
        )
        .route(RUBRICS_COMPUTE, post(rubrics::compute::compute))
        .route(RUBRIC, get(rubrics::get::get).put(rubrics::change::change))
        .route(RUBRIC_RETIRE, post(rubrics::retire::retire))
        .route(RUBRIC_PRECEDENTS, post(rubrics::precedents::add))
        .route(QUEUES, get(queues::list::list).post(queues::create::create))
        .route(QUEUE, get(queues::get::get).put(queues::change::change))
        .route(QUEUE_CLOSE, post(queues::close::close))
        .route(QUEUE_FILL, post(queues::fill::fill))
        .route(QUEUE_NEXT, post(queues::next::next))
        .route(
            QUEUE_ITEMS,
            get(queues::items::list).post(queues::items::add),
        )
        .route(ITEM, get(queue_items::get::get))
        .route(ITEM_COMPLETE, post(queue_items::complete::complete))
        .route(ITEM_SKIP, post(queue_items::skip::skip))
        .route(ITEM_RELEASE, post(queue_items::release::release))
        .route(ITEM_REASSIGN, post(queue_items::reassign::reassign))
        .route(ITEM_ADJUDICATE, post(queue_items::adjudicate::adjudicate))
        .route(ITEM_REVEAL, post(queue_items::reveal::reveal))
        .route(MY_QUEUE, get(my_queue::list))
        .route(GOLD, get(gold::list).post(gold::set))
        .route(AGREEMENT, get(agreement::get))
        .route(RATES, get(rates::get))
        .layer(DefaultBodyLimit::max(rubrics::BODY_BYTES_MAX))
}
