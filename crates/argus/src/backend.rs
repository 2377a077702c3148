//! Who writes: the running server, through its local socket, or this process.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use argus_server::local::{APPEND_ITEMS_MAX, LocalAnswer, LocalClient, LocalRequest};
use argus_session::Item;
use argus_store::{
    Actor, CaptureRule, Delivery, Erasure, ExportNote, Grant, HookSecretInfo, KeyInfo, KeyScope,
    NewHookSecret, NewKey, RebuildReport, RescanReport, Store, StoreError, Workspace,
    WorkspaceMode,
};

use crate::error::{CommandError, Kind};
use crate::system;

/// How long a command waits for what it wrote to be readable.
const PROJECTED_WAIT: Duration = Duration::from_secs(600);

/// What appending did, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Appended {
    pub(crate) new: usize,
    pub(crate) known: usize,
    pub(crate) suppressed: usize,
}

/// The one who writes this data folder.
#[derive(Debug)]
pub(crate) enum Backend {
    /// A server runs: it writes.
    Server(LocalClient),
    /// None runs: this process does.
    Own(Arc<Store>),
}

impl Backend {
    /// Finds who writes.
    pub(crate) fn open(data: &Path) -> Result<Self, CommandError> {
        if let Some(client) = LocalClient::connect(data, &system::account())? {
            return Ok(Self::Server(client));
        }
        match Store::open(data, system::store_options()) {
            Ok(store) => Ok(Self::Own(Arc::new(store))),
            // A server may have started in between.
            Err(error @ StoreError::Locked { .. }) => {
                match LocalClient::connect(data, &system::account())? {
                    Some(client) => Ok(Self::Server(client)),
                    None => Err(error.into()),
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    /// As [`Backend::open`], for commands that make no data folder where there is none.
    pub(crate) fn open_existing(data: &Path) -> Result<Self, CommandError> {
        if !data.is_dir() {
            return Err(StoreError::NoStore(data.to_owned()).into());
        }
        Self::open(data)
    }

    pub(crate) fn append(
        &mut self,
        workspace: &str,
        projects: &[String],
        items: Vec<Item>,
    ) -> Result<Appended, CommandError> {
        let mut sum = Appended::default();
        match self {
            Self::Own(store) => {
                let delivery = Delivery {
                    projects: projects.to_vec(),
                    key_id: None,
                    user: None,
                };
                let workspace = required(store, workspace)?;
                let batch = items
                    .into_iter()
                    .map(|item| workspace.prepare(item, &delivery))
                    .collect::<Result<_, _>>()?;
                let report = workspace.append(batch)?;
                sum = Appended {
                    new: report.new_records(),
                    known: report.known(),
                    suppressed: report.suppressed(),
                };
            }
            Self::Server(client) => {
                let mut items = items.into_iter().peekable();
                while items.peek().is_some() {
                    let batch = items
                        .by_ref()
                        .take(APPEND_ITEMS_MAX)
                        .map(Into::into)
                        .collect();
                    let request = LocalRequest::Append {
                        workspace: workspace.to_owned(),
                        projects: projects.to_vec(),
                        items: batch,
                    };
                    let LocalAnswer::Appended {
                        new,
                        known,
                        suppressed,
                    } = client.call(request)?
                    else {
                        return Err(odd());
                    };
                    sum.new += new;
                    sum.known += known;
                    sum.suppressed += suppressed;
                }
            }
        }
        Ok(sum)
    }

    /// The key for lines without a `uuid`; of a running server's workspace too.
    pub(crate) fn line_key(&self, data: &Path, workspace: &str) -> Result<[u8; 32], CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.line_key()),
            Self::Server(_) => {
                let store = Store::open_read_only(data, system::store_options())?;
                Ok(required(&store, workspace)?.line_key())
            }
        }
    }

    /// Waits until what was written can be read and searched for; false when that takes too long.
    pub(crate) fn wait_indexed(&mut self, workspace: &str) -> Result<bool, CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.wait_indexed(PROJECTED_WAIT)),
            Self::Server(client) => {
                let timeout_ms = u64::try_from(PROJECTED_WAIT.as_millis()).unwrap_or(u64::MAX);
                let request = LocalRequest::WaitIndexed {
                    workspace: workspace.to_owned(),
                    timeout_ms,
                };
                let LocalAnswer::Indexed(wait) = client.call(request)? else {
                    return Err(odd());
                };
                Ok(wait.is_done)
            }
        }
    }

    pub(crate) fn create_workspace(
        &mut self,
        name: &str,
        mode: WorkspaceMode,
    ) -> Result<(), CommandError> {
        match self {
            Self::Own(store) => store.create_workspace(name, mode, &actor()).map(|_| ())?,
            Self::Server(client) => {
                client.call(LocalRequest::CreateWorkspace {
                    name: name.to_owned(),
                    mode,
                })?;
            }
        }
        Ok(())
    }

    pub(crate) fn create_key(
        &mut self,
        workspace: &str,
        scope: KeyScope,
        projects: &[String],
    ) -> Result<NewKey, CommandError> {
        match self {
            Self::Own(store) => Ok(store.create_key(workspace, scope, projects, None, &actor())?),
            Self::Server(client) => {
                let request = LocalRequest::CreateKey {
                    workspace: workspace.to_owned(),
                    scope,
                    projects: projects.to_vec(),
                };
                let LocalAnswer::Key { key } = client.call(request)? else {
                    return Err(odd());
                };
                Ok(key)
            }
        }
    }

    /// The key that a project's capture plugin carries, made where there is none in force.
    pub(crate) fn enrolment_key(
        &mut self,
        workspace: &str,
        project: &str,
    ) -> Result<NewKey, CommandError> {
        match self {
            Self::Own(store) => Ok(store.enrolment_key(workspace, project, &actor())?),
            Self::Server(client) => {
                let request = LocalRequest::EnrolmentKey {
                    workspace: workspace.to_owned(),
                    project: project.to_owned(),
                };
                let LocalAnswer::Key { key } = client.call(request)? else {
                    return Err(odd());
                };
                Ok(key)
            }
        }
    }

    /// A workspace for reading, of a running server too.
    pub(crate) fn reading(&self, data: &Path, workspace: &str) -> Result<Workspace, CommandError> {
        match self {
            Self::Own(store) => required(store, workspace),
            Self::Server(_) => reading(data, workspace),
        }
    }

    pub(crate) fn keys(&mut self, workspace: &str) -> Result<Vec<KeyInfo>, CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.keys()?),
            Self::Server(client) => {
                let LocalAnswer::Keys { keys } = client.call(LocalRequest::ListKeys {
                    workspace: workspace.to_owned(),
                })?
                else {
                    return Err(odd());
                };
                Ok(keys)
            }
        }
    }

    pub(crate) fn revoke_key(
        &mut self,
        workspace: &str,
        key_id: &str,
    ) -> Result<bool, CommandError> {
        match self {
            Self::Own(store) => Ok(store.revoke_key(workspace, key_id, &actor())?),
            Self::Server(client) => {
                let request = LocalRequest::RevokeKey {
                    workspace: workspace.to_owned(),
                    key_id: key_id.to_owned(),
                };
                let LocalAnswer::Revoked { was_in_force } = client.call(request)? else {
                    return Err(odd());
                };
                Ok(was_in_force)
            }
        }
    }

    pub(crate) fn create_hook_secret(
        &mut self,
        workspace: &str,
        project: &str,
        given: Option<&str>,
    ) -> Result<NewHookSecret, CommandError> {
        match self {
            Self::Own(store) => {
                Ok(required(store, workspace)?.create_hook_secret(project, given, &actor())?)
            }
            Self::Server(client) => {
                let request = LocalRequest::CreateHookSecret {
                    workspace: workspace.to_owned(),
                    project: project.to_owned(),
                    given: given.map(str::to_owned),
                };
                let LocalAnswer::HookSecret { secret } = client.call(request)? else {
                    return Err(odd());
                };
                Ok(secret)
            }
        }
    }

    pub(crate) fn hook_secrets(
        &mut self,
        workspace: &str,
    ) -> Result<Vec<HookSecretInfo>, CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.hook_secret_list()?),
            Self::Server(client) => {
                let LocalAnswer::HookSecrets { secrets } =
                    client.call(LocalRequest::ListHookSecrets {
                        workspace: workspace.to_owned(),
                    })?
                else {
                    return Err(odd());
                };
                Ok(secrets)
            }
        }
    }

    pub(crate) fn revoke_hook_secret(
        &mut self,
        workspace: &str,
        id: &str,
    ) -> Result<bool, CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.revoke_hook_secret(id, &actor())?),
            Self::Server(client) => {
                let request = LocalRequest::RevokeHookSecret {
                    workspace: workspace.to_owned(),
                    id: id.to_owned(),
                };
                let LocalAnswer::Revoked { was_in_force } = client.call(request)? else {
                    return Err(odd());
                };
                Ok(was_in_force)
            }
        }
    }

    pub(crate) fn erase(
        &mut self,
        workspace: &str,
        session_id: &str,
    ) -> Result<Erasure, CommandError> {
        match self {
            Self::Own(store) => {
                Ok(required(store, workspace)?.erase_session(session_id, &actor())?)
            }
            Self::Server(client) => {
                let request = LocalRequest::Erase {
                    workspace: workspace.to_owned(),
                    session_id: session_id.to_owned(),
                };
                let LocalAnswer::Erased { erasure } = client.call(request)? else {
                    return Err(odd());
                };
                Ok(erasure)
            }
        }
    }

    /// Sets the capture rule of a workspace, or of a project; no rule: the one that holds where none was set.
    pub(crate) fn set_capture_rule(
        &mut self,
        workspace: &str,
        project: Option<&str>,
        rule: Option<CaptureRule>,
    ) -> Result<(), CommandError> {
        match self {
            Self::Own(store) => {
                required(store, workspace)?.set_capture_rule(project, rule, &actor())?;
            }
            Self::Server(client) => {
                client.call(LocalRequest::SetCaptureRule {
                    workspace: workspace.to_owned(),
                    project: project.map(str::to_owned),
                    rule,
                })?;
            }
        }
        Ok(())
    }

    /// Notes that the account that runs the command read a session.
    pub(crate) fn view(&mut self, workspace: &str, session_id: &str) -> Result<(), CommandError> {
        match self {
            Self::Own(store) => required(store, workspace)?.view(session_id, &actor())?,
            Self::Server(client) => {
                client.call(LocalRequest::View {
                    workspace: workspace.to_owned(),
                    session_id: session_id.to_owned(),
                })?;
            }
        }
        Ok(())
    }

    /// Notes that the account that runs the command exports sessions.
    pub(crate) fn note_export(
        &mut self,
        workspace: &str,
        note: &ExportNote,
        sessions: &[String],
    ) -> Result<(), CommandError> {
        match self {
            Self::Own(store) => {
                required(store, workspace)?.note_export(note, sessions, &actor())?;
            }
            Self::Server(client) => {
                client.call(LocalRequest::NoteExport {
                    workspace: workspace.to_owned(),
                    note: note.clone(),
                    sessions: sessions.to_vec(),
                })?;
            }
        }
        Ok(())
    }

    pub(crate) fn put_member(
        &mut self,
        workspace: &str,
        email: &str,
        grant: &Grant,
    ) -> Result<(), CommandError> {
        match self {
            Self::Own(store) => {
                let account = store.account_by_email(email)?.ok_or_else(|| {
                    CommandError::user(format!("no account \"{email}\""))
                        .hint("`argus account list` shows those there are; others are invited in the web UI")
                })?;
                required(store, workspace)?.put_member(&account.id, grant, &actor())?;
            }
            Self::Server(client) => {
                client.call(LocalRequest::PutMember {
                    workspace: workspace.to_owned(),
                    email: email.to_owned(),
                    grant: grant.clone(),
                })?;
            }
        }
        Ok(())
    }

    /// A one-time link by which an account sets a new password: only a running server can take it.
    pub(crate) fn reset_link(&mut self, email: &str) -> Result<String, CommandError> {
        let Self::Server(client) = self else {
            return Err(CommandError::user(
                "no server runs on this data folder: the link would lead nowhere",
            )
            .hint("start `argus serve`, then ask again in another terminal"));
        };
        let request = LocalRequest::ResetLink {
            email: email.to_owned(),
        };
        let LocalAnswer::Link { url } = client.call(request)? else {
            return Err(odd());
        };
        Ok(url)
    }

    /// Looks through stored records under the rules in force.
    pub(crate) fn rescan(&mut self, workspace: &str) -> Result<RescanReport, CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.rescan(&mut |_| {}, &actor())?),
            Self::Server(client) => {
                let LocalAnswer::Rescanned { report } = client.call(LocalRequest::Rescan {
                    workspace: workspace.to_owned(),
                })?
                else {
                    return Err(odd());
                };
                Ok(report)
            }
        }
    }

    pub(crate) fn rebuild(&mut self, workspace: &str) -> Result<RebuildReport, CommandError> {
        match self {
            Self::Own(store) => Ok(required(store, workspace)?.rebuild(&actor())?),
            Self::Server(client) => {
                let LocalAnswer::Rebuilt { report } = client.call(LocalRequest::Rebuild {
                    workspace: workspace.to_owned(),
                })?
                else {
                    return Err(odd());
                };
                Ok(report)
            }
        }
    }
}

/// A workspace for reading, beside whoever writes.
pub(crate) fn reading(data: &Path, workspace: &str) -> Result<Workspace, CommandError> {
    let store = Store::open_read_only(data, system::store_options())?;
    required(&store, workspace)
}

pub(crate) fn required(store: &Store, workspace: &str) -> Result<Workspace, CommandError> {
    store.workspace(workspace)?.ok_or_else(|| {
        CommandError::user(format!("no workspace \"{workspace}\""))
            .hint("`argus workspace list` shows those there are")
    })
}

fn actor() -> Actor {
    Actor::local(&system::account())
}

fn odd() -> CommandError {
    CommandError::new(
        Kind::Server,
        "the running server's answer is of another release",
    )
    .hint("restart the server")
}

/// The names of accounts by their ids.
pub(crate) fn account_names(data: &Path) -> Result<BTreeMap<String, String>, CommandError> {
    let store = Store::open_read_only(data, system::store_options())?;
    let accounts = store.accounts()?;
    Ok(accounts
        .into_iter()
        .map(|account| (account.id, account.name))
        .collect())
}
