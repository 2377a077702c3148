//! Saved views of the session list.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod presets;
pub(crate) mod remove;

use argus_store::{SavedView, ViewContent};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::permission::Permission;
use crate::auth::principal::{Access, Principal};
use crate::refusal::{ErrorCode, Refusal};

/// A view.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = View)]
pub(crate) struct ViewView {
    id: String,
    name: String,
    /// Of the filter language.
    filter: String,
    /// By what it is sorted: `started`, `cost`, `duration` or `errors`.
    sort: String,
    /// Kinds of sessions that it leaves out: `automated`, `single_turn`.
    fold: Vec<String>,
    /// Whether others see it.
    shared: bool,
    /// Whether it comes with the program: it cannot be changed.
    preset: bool,
    /// Whether it is the asking person's own.
    mine: bool,
    /// Whether the asking person may change and delete it.
    may_change: bool,
}

/// What a view is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ViewInput {
    name: String,
    /// Of the filter language.
    #[serde(default)]
    filter: String,
    /// `started` (which it is without), `cost`, `duration` or `errors`.
    #[serde(default = "started")]
    sort: String,
    /// `automated`, `single_turn`.
    #[serde(default)]
    fold: Vec<String>,
    /// Whether others see it: only for those who set up how is judged.
    #[serde(default)]
    shared: bool,
}

fn started() -> String {
    "started".to_owned()
}

impl ViewInput {
    fn content(&self) -> ViewContent {
        ViewContent {
            name: self.name.clone(),
            filter: self.filter.clone(),
            sort: self.sort.clone(),
            fold: self.fold.clone(),
        }
    }
}

impl ViewView {
    fn of(access: &Access, view: SavedView) -> Self {
        let mine = account(access) == Some(view.account.as_str());
        Self {
            may_change: may_change(access, &view),
            id: view.id,
            name: view.content.name,
            filter: view.content.filter,
            sort: view.content.sort,
            fold: view.content.fold,
            shared: view.is_shared,
            preset: false,
            mine,
        }
    }
}

/// The person who asks; `None` for a key.
fn account(access: &Access) -> Option<&str> {
    match &access.principal {
        Principal::Account { account, .. } => Some(&account.id),
        Principal::Key(_) => None,
    }
}

fn may_share(access: &Access) -> bool {
    access.permissions.contains(&Permission::ReviewsManage)
}

fn may_change(access: &Access, view: &SavedView) -> bool {
    account(access) == Some(view.account.as_str())
        || (account(access).is_some() && view.is_shared && may_share(access))
}

/// The view with this id, for changing it.
///
/// # Errors
/// Not found for one that the asking person does not see; forbidden for one that is not theirs to change.
fn changeable(access: &Access, id: &str) -> Result<SavedView, Refusal> {
    if presets::PRESETS.iter().any(|preset| preset.id == id) {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "this view comes with the program and cannot be changed: save one of your own under another name",
        ));
    }
    let view = access
        .workspace
        .saved_view(id, account(access), &access.scope)?
        .ok_or_else(|| Refusal::new(ErrorCode::NotFound, "there is no such view"))?;
    if !may_change(access, &view) {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "this view is somebody else's: save one of your own, or ask an owner or admin to change it",
        ));
    }
    Ok(view)
}

/// # Errors
/// Forbidden for keys, and for sharing without the permission.
fn check_may_save(access: &Access, shared: bool) -> Result<(), Refusal> {
    if account(access).is_none() {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "a key has no views of its own: sign in to save one",
        ));
    }
    if shared && !may_share(access) {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "your role does not share views: save it for yourself, or ask an owner or admin to share one",
        ));
    }
    Ok(())
}
