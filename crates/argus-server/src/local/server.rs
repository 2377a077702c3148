//! The server's end.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use argus_session::Item;
use argus_store::{Account, Actor, Delivery, Store, StoreError, Workspace};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};

use super::{
    APPEND_ITEMS_MAX, LINE_BYTES_MAX, LocalAnswer, LocalError, LocalItem, LocalRequest, Request,
    Wait, socket_path,
};
use crate::auth::links::Links;
use crate::refusal::{ErrorCode, Refusal};

/// Commands that work through the server at a time.
const CONNECTIONS_MAX: usize = 16;
/// Longest path of a socket, without its end, as Linux and macOS both take it.
const PATH_BYTES_MAX: usize = 103;
/// Longest wait that is taken on.
const WAIT_MAX: Duration = Duration::from_secs(600);

/// What commands work through.
#[derive(Debug)]
pub(crate) struct LocalApp {
    pub(crate) store: Arc<Store>,
    pub(crate) links: Arc<Links>,
    pub(crate) base_url: String,
}

/// The socket, bound; its file is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    path: PathBuf,
    listener: UnixListener,
}

impl Drop for Listener {
    fn drop(&mut self) {
        // A file that stays is replaced by the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Listener {
    /// Makes the socket of a data folder. Whoever holds the store's lock is the only server on it: a file that is there
    /// was left behind.
    pub(crate) fn bind(data: &Path) -> Result<Self, LocalError> {
        let path = socket_path(data);
        if path.as_os_str().len() > PATH_BYTES_MAX - ".new".len() {
            return Err(LocalError::PathTooLong(path));
        }
        // It has its rights before it has its name.
        let unnamed = data.join("argus.sock.new");
        let bound = (|| {
            match std::fs::remove_file(&unnamed) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let listener = UnixListener::bind(&unnamed)?;
            std::fs::set_permissions(&unnamed, std::fs::Permissions::from_mode(0o600))?;
            std::fs::rename(&unnamed, &path)?;
            Ok(listener)
        })();
        match bound {
            Ok(listener) => Ok(Self { path, listener }),
            Err(source) => Err(LocalError::Io { path, source }),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Answers until it is told to stop; a request that is being worked on is finished.
    pub(crate) async fn serve(self, app: Arc<LocalApp>, mut stop: watch::Receiver<bool>) {
        let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        let mut connections = tokio::task::JoinSet::new();
        loop {
            let next = async {
                let slot = slots.clone().acquire_owned().await;
                (slot, self.listener.accept().await)
            };
            let (slot, accepted) = tokio::select! {
                next = next => next,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            while connections.try_join_next().is_some() {}
            let Ok((stream, _)) = accepted else {
                tokio::task::yield_now().await;
                continue;
            };
            let (app, stop) = (app.clone(), stop.clone());
            connections.spawn(async move {
                let _slot = slot;
                if let Err(error) = converse(stream, app, stop).await {
                    tracing::debug!(%error, "a command's connection ended");
                }
            });
        }
        while connections.join_next().await.is_some() {}
    }
}

async fn converse(
    stream: UnixStream,
    app: Arc<LocalApp>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let limit = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
    let mut read = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let mut limited = (&mut read).take(limit);
        let count = tokio::select! {
            count = limited.read_until(b'\n', &mut line) => count?,
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        };
        if count == 0 {
            return Ok(());
        }
        let is_whole = line.ends_with(b"\n");
        let app = app.clone();
        let answer = if is_whole {
            let work = move || answer(&app, &line);
            tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
                refused(&Refusal::new(
                    ErrorCode::Internal,
                    "the server failed at this request: its log says how",
                ))
            })
        } else {
            refused(&Refusal::new(
                ErrorCode::TooLarge,
                format!("a line is cut, or longer than {LINE_BYTES_MAX} bytes"),
            ))
        };
        let mut bytes = serde_json::to_vec(&answer)?;
        bytes.push(b'\n');
        write.write_all(&bytes).await?;
        if !is_whole {
            return Ok(());
        }
    }
}

fn answer(app: &LocalApp, line: &[u8]) -> LocalAnswer {
    let Ok(Request { account, request }) = serde_json::from_slice(line) else {
        let detail =
            "the running server does not know this request: it is of another release; restart it";
        return refused(&Refusal::new(ErrorCode::InvalidRequest, detail));
    };
    perform(app, request, &Actor::local(&account)).unwrap_or_else(|refusal| refused(&refusal))
}

fn refused(refusal: &Refusal) -> LocalAnswer {
    LocalAnswer::Refused {
        code: refusal.code.as_str().to_owned(),
        detail: refusal.detail.to_string(),
    }
}

fn perform(app: &LocalApp, request: LocalRequest, actor: &Actor) -> Result<LocalAnswer, Refusal> {
    let store = &app.store;
    let workspace = |name: &str| -> Result<Workspace, Refusal> {
        let found = store.workspace(name)?;
        Ok(found.ok_or_else(|| StoreError::NotFound {
            what: "workspace",
            name: name.to_owned(),
        })?)
    };
    Ok(match request {
        LocalRequest::CreateWorkspace { name, mode } => LocalAnswer::Workspace {
            workspace: store.create_workspace(&name, mode, actor)?,
        },
        LocalRequest::CreateKey {
            workspace,
            scope,
            projects,
        } => LocalAnswer::Key {
            key: store.create_key(&workspace, scope, &projects, None, actor)?,
        },
        LocalRequest::EnrolmentKey {
            workspace: name,
            project,
        } => LocalAnswer::Key {
            key: store.enrolment_key(&name, &project, actor)?,
        },
        LocalRequest::ListKeys { workspace: name } => LocalAnswer::Keys {
            keys: workspace(&name)?.keys()?,
        },
        LocalRequest::RevokeKey { workspace, key_id } => LocalAnswer::Revoked {
            was_in_force: store.revoke_key(&workspace, &key_id, actor)?,
        },
        LocalRequest::CreateHookSecret {
            workspace: name,
            project,
            given,
        } => LocalAnswer::HookSecret {
            secret: workspace(&name)?.create_hook_secret(&project, given.as_deref(), actor)?,
        },
        LocalRequest::ListHookSecrets { workspace: name } => LocalAnswer::HookSecrets {
            secrets: workspace(&name)?.hook_secret_list()?,
        },
        LocalRequest::RevokeHookSecret {
            workspace: name,
            id,
        } => LocalAnswer::Revoked {
            was_in_force: workspace(&name)?.revoke_hook_secret(&id, actor)?,
        },
        LocalRequest::Append {
            workspace: name,
            projects,
            items,
        } => append(&workspace(&name)?, projects, items)?,
        LocalRequest::Erase {
            workspace: name,
            session_id,
        } => LocalAnswer::Erased {
            erasure: workspace(&name)?.erase_session(&session_id, actor)?,
        },
        LocalRequest::SetCaptureRule {
            workspace: name,
            project,
            rule,
        } => {
            workspace(&name)?.set_capture_rule(project.as_deref(), rule, actor)?;
            LocalAnswer::Done
        }
        LocalRequest::Rebuild { workspace: name } => LocalAnswer::Rebuilt {
            report: workspace(&name)?.rebuild(actor)?,
        },
        LocalRequest::Rescan { workspace: name } => LocalAnswer::Rescanned {
            report: workspace(&name)?.rescan(&mut |_| {}, actor)?,
        },
        LocalRequest::WaitIndexed {
            workspace: name,
            timeout_ms,
        } => {
            let timeout = Duration::from_millis(timeout_ms).min(WAIT_MAX);
            LocalAnswer::Indexed(Wait {
                is_done: workspace(&name)?.wait_indexed(timeout),
            })
        }
        LocalRequest::View {
            workspace: name,
            session_id,
        } => {
            workspace(&name)?.view(&session_id, actor)?;
            LocalAnswer::Done
        }
        LocalRequest::NoteExport {
            workspace: name,
            note,
            sessions,
        } => {
            workspace(&name)?.note_export(&note, &sessions, actor)?;
            LocalAnswer::Done
        }
        LocalRequest::PutMember {
            workspace: name,
            email,
            grant,
        } => {
            let account = account(store, &email)?;
            workspace(&name)?.put_member(&account.id, &grant, actor)?;
            LocalAnswer::Done
        }
        LocalRequest::ResetLink { email } => {
            let account = account(store, &email)?;
            LocalAnswer::Link {
                url: format!("{}/link#{}", app.base_url, app.links.reset(&account.id)),
            }
        }
        LocalRequest::Status { workspace: name } => LocalAnswer::Status {
            status: workspace(&name)?.status()?,
        },
    })
}

fn account(store: &Store, email: &str) -> Result<Account, Refusal> {
    let found = store.account_by_email(email)?;
    Ok(found.ok_or_else(|| StoreError::NotFound {
        what: "account",
        name: email.to_owned(),
    })?)
}

fn append(
    workspace: &Workspace,
    projects: Vec<String>,
    items: Vec<LocalItem>,
) -> Result<LocalAnswer, Refusal> {
    if items.len() > APPEND_ITEMS_MAX {
        let detail = format!("more than {APPEND_ITEMS_MAX} items at once: send fewer");
        return Err(Refusal::new(ErrorCode::TooLarge, detail));
    }
    let delivery = Delivery {
        projects,
        key_id: None,
        user: None,
    };
    let items: Option<Vec<Item>> = items.into_iter().map(LocalItem::into_item).collect();
    let items = items
        .ok_or_else(|| Refusal::new(ErrorCode::InvalidRequest, "an item's key is no base64"))?;
    let batch = items
        .into_iter()
        .map(|item| workspace.prepare(item, &delivery))
        .collect::<Result<Vec<_>, _>>()?;
    let report = workspace.append(batch)?;
    Ok(LocalAnswer::Appended {
        new: report.new_records(),
        known: report.known(),
        suppressed: report.suppressed(),
    })
}
