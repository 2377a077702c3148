//! The store as a whole: a data folder and its workspaces.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use argus_session::{Clock, Random};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::control::Control;
use crate::data_folder::DataFolder;
use crate::limits::NAME_BYTES_MAX;
use crate::token::{self, TokenKind};
use crate::{ActKind, Actor, KeyGrant, StoreError, Workspace};

/// What the store takes from outside.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Arc<dyn Random>,
}

/// Whether a workspace erases. Chosen when it is made, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkspaceMode {
    /// Sessions can be erased.
    Privacy,
    /// Nothing can be erased before its time.
    RetentionLocked,
}

impl WorkspaceMode {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::RetentionLocked => "retention-locked",
        }
    }

    /// The mode with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Privacy, Self::RetentionLocked]
            .into_iter()
            .find(|mode| mode.as_str() == name)
    }
}

/// A workspace, by what the list says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceInfo {
    /// Its folder's name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it erases.
    pub mode: WorkspaceMode,
    /// When it was made, microseconds UTC.
    pub created_at_us: i64,
}

/// The workspace that the first start makes.
const FIRST_WORKSPACE: &str = "default";
/// Most tokens whose grants are remembered.
const GRANTS_CACHED_MAX: usize = 10_000;

/// A data folder, open.
#[derive(Debug)]
pub struct Store {
    folder: DataFolder,
    control: Arc<Control>,
    options: StoreOptions,
    writes: bool,
    workspaces: Mutex<HashMap<String, Workspace>>,
    grants: Mutex<Grants>,
}

/// What tokens grant, remembered until a key is made or revoked.
#[derive(Debug, Default)]
struct Grants {
    /// Moves with every change of a key: what was looked up before one is not remembered after it.
    generation: u64,
    by_token: HashMap<[u8; 32], Option<KeyGrant>>,
}

impl Store {
    /// Opens a data folder for writing: takes its lock, brings it to this release's format, makes the workspace
    /// `default` (in `privacy` mode) at the first start.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another process writes it, [`StoreError::NewerFormat`] when a later release made it.
    pub fn open(data: &Path, options: StoreOptions) -> Result<Self, StoreError> {
        let folder = DataFolder::open(data)?;
        if !folder.control_db().is_file() && folder.has_workspaces() {
            return Err(StoreError::Corrupt {
                table: "control.db",
                what: "the file is gone, and with it which workspaces there are".to_owned(),
            });
        }
        let control = Control::open(&folder.control_db())?;
        let store = Self::with(folder, control, options, true);
        if store.control.workspaces()?.is_empty() {
            store.create_workspace(FIRST_WORKSPACE, WorkspaceMode::Privacy, &Actor::system())?;
        }
        // Every workspace is opened at once: its projector goes on where it was.
        for workspace in store.control.workspaces()? {
            store.workspace(&workspace.name)?;
        }
        Ok(store)
    }

    /// Opens a data folder for reading, beside a process that may write it.
    ///
    /// # Errors
    /// [`StoreError::NoStore`] when there is none, [`StoreError::NewerFormat`] when a later release made it.
    pub fn open_read_only(data: &Path, options: StoreOptions) -> Result<Self, StoreError> {
        let folder = DataFolder::open_read_only(data)?;
        let control = Control::open_read_only(&folder.control_db())?;
        Ok(Self::with(folder, control, options, false))
    }

    fn with(folder: DataFolder, control: Control, options: StoreOptions, writes: bool) -> Self {
        Self {
            folder,
            control: Arc::new(control),
            options,
            writes,
            workspaces: Mutex::new(HashMap::new()),
            grants: Mutex::default(),
        }
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.root()
    }

    /// The workspaces, oldest first.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn workspaces(&self) -> Result<Vec<WorkspaceInfo>, StoreError> {
        self.control.workspaces()
    }

    /// Makes a workspace.
    ///
    /// # Errors
    /// When the name is taken or is none: letters, digits, `-`, `_`, `.`.
    pub fn create_workspace(
        &self,
        name: &str,
        mode: WorkspaceMode,
        actor: &Actor,
    ) -> Result<WorkspaceInfo, StoreError> {
        if !self.writes {
            return Err(StoreError::ReadOnly);
        }
        check_name("workspace", name)?;
        if self
            .control
            .workspaces()?
            .iter()
            .any(|workspace| workspace.name == name)
        {
            return Err(StoreError::Exists {
                what: "workspace",
                name: name.to_owned(),
            });
        }
        let mut id = [0; 8];
        self.options.random.fill(&mut id);
        let info = WorkspaceInfo {
            id: hex::encode(id),
            name: name.to_owned(),
            mode,
            created_at_us: self.options.clock.now_us(),
        };
        let workspace = Workspace::open(&self.path_of(&info), &info, &self.options, &self.control)?;
        workspace.act(
            ActKind::WorkspaceCreated,
            actor,
            serde_json::json!({"name": name, "mode": mode.as_str()}),
        )?;
        self.control.add_workspace(&info)?;
        self.lock().insert(name.to_owned(), workspace);
        Ok(info)
    }

    /// The workspace with this name.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn workspace(&self, name: &str) -> Result<Option<Workspace>, StoreError> {
        if let Some(workspace) = self.lock().get(name) {
            return Ok(Some(workspace.clone()));
        }
        let Some(info) = self
            .control
            .workspaces()?
            .into_iter()
            .find(|workspace| workspace.name == name)
        else {
            return Ok(None);
        };
        let path = self.path_of(&info);
        let mut open = self.lock();
        if let Some(workspace) = open.get(name) {
            return Ok(Some(workspace.clone()));
        }
        // A workspace is listed when both are there: one that is gone is lost, and must not be made anew as if it never was.
        for file in ["keys.db", "workspace.db"] {
            if !path.join(file).is_file() {
                return Err(StoreError::Corrupt {
                    table: file,
                    what: format!("the file of workspace \"{name}\" is gone"),
                });
            }
        }
        let workspace = if self.writes {
            Workspace::open(&path, &info, &self.options, &self.control)?
        } else {
            Workspace::open_read_only(&path, &info, &self.options, &self.control)?
        };
        open.insert(name.to_owned(), workspace.clone());
        Ok(Some(workspace))
    }

    /// Makes a key of a workspace; with `user`, a person's own. The token is in the answer and nowhere else.
    ///
    /// # Errors
    /// When there is no such workspace, or no project is given where one is needed.
    pub fn create_key(
        &self,
        workspace: &str,
        scope: crate::KeyScope,
        projects: &[String],
        user: Option<&str>,
        actor: &Actor,
    ) -> Result<crate::NewKey, StoreError> {
        self.create_key_for(workspace, scope, projects, (user, None), actor)
    }

    /// Makes a person's own key to deliver, for a device that they let have one. The token is in the answer and nowhere else.
    ///
    /// # Errors
    /// When there is no such workspace, or no project is given.
    pub fn create_device_key(
        &self,
        workspace: &str,
        projects: &[String],
        user: &str,
        device: &crate::KeyDevice,
        actor: &Actor,
    ) -> Result<crate::NewKey, StoreError> {
        let of = (Some(user), Some(device));
        self.create_key_for(workspace, crate::KeyScope::Ingest, projects, of, actor)
    }

    fn create_key_for(
        &self,
        workspace: &str,
        scope: crate::KeyScope,
        projects: &[String],
        (user, device): (Option<&str>, Option<&crate::KeyDevice>),
        actor: &Actor,
    ) -> Result<crate::NewKey, StoreError> {
        for project in projects {
            check_name("project", project)?;
        }
        let found = self.required(workspace)?;
        let new = found.create_key(scope, projects, user, device, actor)?;
        let (_, prefix) = token::read(&new.token).ok_or(StoreError::Closed)?;
        self.control.add_key_prefix(prefix, workspace)?;
        self.forget_grants();
        Ok(new)
    }

    /// Revokes a key; true when it was in force.
    ///
    /// # Errors
    /// When there is no such workspace or key.
    pub fn revoke_key(
        &self,
        workspace: &str,
        key_id: &str,
        actor: &Actor,
    ) -> Result<bool, StoreError> {
        let revoked = self.required(workspace)?.revoke_key(key_id, actor)?;
        self.forget_grants();
        Ok(revoked)
    }

    /// What a token grants; `None` when it is not a key in force.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_key(&self, token: &str) -> Result<Option<KeyGrant>, StoreError> {
        let Some((kind, prefix)) = token::read(token) else {
            return Ok(None);
        };
        if matches!(kind, TokenKind::Invitation | TokenKind::ShareLink) {
            return Ok(None);
        }
        let hash: [u8; 32] = Sha256::digest(token).into();
        let generation = {
            let grants = self.grants();
            if let Some(grant) = grants.by_token.get(&hash) {
                return Ok(grant.clone());
            }
            grants.generation
        };
        let grant = match self.control.workspace_of_prefix(prefix)? {
            Some(name) => match self.workspace(&name)? {
                Some(workspace) => workspace.find_key(prefix, &hash)?,
                None => None,
            },
            None => None,
        };
        // Only what was found: guesses must not push keys out.
        if grant.is_some() {
            let mut grants = self.grants();
            if grants.by_token.len() >= GRANTS_CACHED_MAX {
                grants.by_token.clear();
            }
            if grants.generation == generation {
                grants.by_token.insert(hash, grant.clone());
            }
        }
        Ok(grant)
    }

    pub(crate) fn control(&self) -> &Control {
        &self.control
    }

    pub(crate) fn random(&self) -> &dyn Random {
        self.options.random.as_ref()
    }

    /// The time, microseconds UTC.
    #[must_use]
    pub fn now_us(&self) -> i64 {
        self.options.clock.now_us()
    }

    pub(crate) fn required(&self, workspace: &str) -> Result<Workspace, StoreError> {
        self.workspace(workspace)?
            .ok_or_else(|| StoreError::NotFound {
                what: "workspace",
                name: workspace.to_owned(),
            })
    }

    pub(crate) fn forget_grants(&self) {
        let mut grants = self.grants();
        grants.generation += 1;
        grants.by_token.clear();
    }

    fn path_of(&self, info: &WorkspaceInfo) -> PathBuf {
        self.folder.workspace(&info.id)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Workspace>> {
        self.workspaces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn grants(&self) -> std::sync::MutexGuard<'_, Grants> {
        self.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Names of workspaces and projects go into addresses and lists.
pub(crate) fn check_name(what: &str, name: &str) -> Result<(), StoreError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.len() > NAME_BYTES_MAX || !name.chars().all(is_plain) {
        return Err(StoreError::Invalid(format!(
            "a {what}'s name has 1 to {NAME_BYTES_MAX} letters, digits, -, _ or ."
        )));
    }
    Ok(())
}
