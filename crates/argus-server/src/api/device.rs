//! A device that asks for a key in a person's name, and the person's answer.

pub(crate) mod decide;
pub(crate) mod inspect;

use std::net::IpAddr;

use argus_session::project::UNASSIGNED;
use argus_store::{Account, Grant, Workspace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::time::Time;
use crate::app::App;
use crate::auth::device_codes::{EXPIRES_S, Request};
use crate::auth::principal::Principal;
use crate::refusal::{ErrorCode, Refusal};

/// A device's code, as the device shows it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceCode {
    code: String,
}

/// What a device asks for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeviceRequest)]
pub(crate) struct DeviceRequestView {
    /// What the device calls itself.
    device_name: String,
    /// 32 hex digits, where its client said one.
    #[schema(required = true)]
    device_id: Option<String>,
    workspace: String,
    /// The projects for which it will deliver.
    projects: Vec<String>,
    asked_at: Time,
    expires_at: Time,
    /// In whose name: the asker's e-mail address.
    person: String,
}

/// A request that a person may answer.
struct Found {
    request: Request,
    workspace: Workspace,
    account: Account,
}

/// The request of a code, for a member of its workspace.
///
/// # Errors
/// Not found when there is none or it is of a workspace that is not the asker's; forbidden for a key, and for who is bound to
/// other projects; rate-limited when there were too many tries.
fn find(
    app: &App,
    principal: Principal,
    address: Option<IpAddr>,
    code: &str,
) -> Result<Found, Refusal> {
    let Principal::Account { account, .. } = principal else {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "a device is let in by a person: sign in",
        ));
    };
    app.device_attempts
        .count(&account.email, address, app.store.now_us())?;
    let request = app.device_codes.find(code).ok_or_else(no_code)?;
    let workspace = app
        .store
        .workspace(&request.workspace)?
        .ok_or_else(no_code)?;
    let member = workspace.member(&account.id)?.ok_or_else(no_code)?;
    check_projects(&member.grant, &request.projects)?;
    Ok(Found {
        request,
        workspace,
        account,
    })
}

/// # Errors
/// Forbidden for who is bound to projects that are not the device's.
fn check_projects(grant: &Grant, projects: &[String]) -> Result<(), Refusal> {
    let is_within = grant.projects.as_ref().is_none_or(|own| {
        projects
            .iter()
            .all(|project| project == UNASSIGNED || own.contains(project))
    });
    if is_within {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::Forbidden,
        "this device delivers for projects that you are not bound to: an owner or admin can change that",
    ))
}

fn no_code() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "no device waits with this code: it was answered, or is older than a quarter of an hour, or the server was restarted since; ask for a new one on the device",
    )
}

impl Found {
    fn view(self) -> DeviceRequestView {
        DeviceRequestView {
            device_name: self.request.device.name,
            device_id: self.request.device.id,
            workspace: self.request.workspace,
            projects: self.request.projects,
            asked_at: Time(self.request.asked_at_us),
            expires_at: Time(self.request.asked_at_us + EXPIRES_S * 1_000_000),
            person: self.account.email,
        }
    }
}
