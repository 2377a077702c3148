//! Where things lie: one state folder a server, and the folders of Claude.

use std::io;
use std::path::{Path, PathBuf};

use crate::{platform, system};

/// The state folder of one server.
#[derive(Debug, Clone)]
pub(crate) struct StateFolder {
    root: PathBuf,
}

impl StateFolder {
    /// The state folder of the server with this id, made if it is not there.
    ///
    /// # Errors
    /// No place can be written to.
    pub(crate) fn open(server_id: &str) -> io::Result<Self> {
        let mut last = io::Error::other("no home folder and no temporary folder");
        for base in bases() {
            let folder = Self {
                root: base.join(server_id),
            };
            match folder.make() {
                Ok(()) => return Ok(folder),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// The state folders of a server that are there: what is said to be private is written into each.
    ///
    /// # Errors
    /// None can be made.
    pub(crate) fn all(server_id: &str) -> io::Result<Vec<Self>> {
        let first = Self::open(server_id)?;
        let mut all: Vec<Self> = bases()
            .into_iter()
            .map(|base| Self {
                root: base.join(server_id),
            })
            .filter(|folder| folder.root != first.root && platform::is_own(&folder.root))
            .collect();
        all.insert(0, first);
        Ok(all)
    }

    /// The state folder at a place.
    ///
    /// # Errors
    /// It cannot be made.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> io::Result<Self> {
        let folder = Self {
            root: root.to_owned(),
        };
        folder.make()?;
        Ok(folder)
    }

    fn make(&self) -> io::Result<()> {
        for folder in [
            self.root.clone(),
            self.events(),
            self.spool(),
            self.cursors(),
        ] {
            platform::create_private_folder(&folder)?;
        }
        // A folder that somebody else put there could be read by them.
        if !platform::is_own(&self.root) {
            return Err(io::Error::other(format!(
                "{} belongs to somebody else",
                self.root.display()
            )));
        }
        // Made before, but on a disk that has become read-only.
        let trial = self.root.join(format!(".trial.{}", std::process::id()));
        platform::create_private(&trial)?;
        std::fs::remove_file(trial)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What hooks and commands leave for the follower.
    pub(crate) fn events(&self) -> PathBuf {
        self.root.join("events")
    }

    /// What waits for the server.
    pub(crate) fn spool(&self) -> PathBuf {
        self.root.join("spool")
    }

    /// How far each file was read.
    pub(crate) fn cursors(&self) -> PathBuf {
        self.root.join("cursors")
    }

    /// What the server said last.
    pub(crate) fn hello(&self) -> PathBuf {
        self.root.join("hello.json")
    }

    /// The person's token.
    pub(crate) fn token(&self) -> PathBuf {
        self.root.join("token.json")
    }

    /// A sign-in that was begun.
    pub(crate) fn login(&self) -> PathBuf {
        self.root.join("login.json")
    }

    /// Sessions and processes that are private.
    pub(crate) fn private(&self) -> PathBuf {
        self.root.join("private.json")
    }

    /// Held while the above is changed.
    pub(crate) fn private_lock(&self) -> PathBuf {
        self.root.join("private.lock")
    }

    /// What was lost and not yet said.
    pub(crate) fn lost(&self) -> PathBuf {
        self.root.join("lost.json")
    }

    /// What the follower does.
    pub(crate) fn status(&self) -> PathBuf {
        self.root.join("status.json")
    }

    /// Sessions that are followed.
    pub(crate) fn live(&self) -> PathBuf {
        self.root.join("live.json")
    }

    /// Where hooks told of sessions.
    pub(crate) fn folders(&self) -> PathBuf {
        self.root.join("folders.json")
    }

    /// Hashes of skill folders.
    pub(crate) fn skills(&self) -> PathBuf {
        self.root.join("skills.json")
    }

    /// What was sent once: trees of skills, inventories.
    pub(crate) fn sent(&self) -> PathBuf {
        self.root.join("sent.json")
    }

    /// How far a backfill came.
    pub(crate) fn import(&self) -> PathBuf {
        self.root.join("import.json")
    }

    /// Held by the one follower.
    pub(crate) fn follower_lock(&self) -> PathBuf {
        self.root.join("follower.lock")
    }

    /// The follower's log.
    pub(crate) fn log(&self) -> PathBuf {
        self.root.join("follower.log")
    }
}

/// The configuration that the last hook came with, so that commands in a terminal find the server.
pub(crate) fn remembered_config() -> Vec<PathBuf> {
    bases()
        .into_iter()
        .map(|base| base.join("config.json"))
        .collect()
}

/// The machine's secret, one for all servers.
pub(crate) fn device_files() -> Vec<PathBuf> {
    bases()
        .into_iter()
        .map(|base| base.join("device.json"))
        .collect()
}

/// Where state may lie, best first: a home folder may be read-only.
pub(crate) fn bases() -> Vec<PathBuf> {
    if let Some(folder) = system::folder("ARGUS_CAPTURE_HOME") {
        return vec![folder];
    }
    let mut bases = Vec::new();
    if let Some(state) = system::folder("XDG_STATE_HOME") {
        bases.push(state.join("argus-capture"));
    } else if let Some(local) = system::folder("LOCALAPPDATA") {
        bases.push(local.join("Argus").join("capture"));
    } else if let Some(home) = system::home() {
        bases.push(if cfg!(target_os = "macos") {
            home.join("Library/Application Support/Argus/capture")
        } else {
            home.join(".local/state/argus-capture")
        });
    }
    if let Some(data) = system::folder("CLAUDE_PLUGIN_DATA") {
        bases.push(data.join("argus-capture"));
    }
    let who = system::variable("USER").unwrap_or_else(|| "user".to_owned());
    let temporary = std::env::temp_dir().join(format!("argus-capture-{who}"));
    // Anybody can make a folder there: one that is not ours alone is not used, nor is what lies in it believed.
    let is_there = std::fs::symlink_metadata(&temporary).is_ok();
    if !is_there || platform::is_own(&temporary) && !platform::is_open_to_others(&temporary) {
        bases.push(temporary);
    }
    bases
}

/// Claude Code's configuration folder.
pub(crate) fn claude_config() -> PathBuf {
    system::folder("CLAUDE_CONFIG_DIR").unwrap_or_else(|| {
        system::home().map_or_else(|| PathBuf::from(".claude"), |home| home.join(".claude"))
    })
}

/// The folder in which the Cowork app keeps its sessions, where there is one.
pub(crate) fn cowork() -> Option<PathBuf> {
    const NAME: &str = "local-agent-mode-sessions";
    let app = if let Some(named) = system::folder("ARGUS_COWORK_FOLDER") {
        return Some(named);
    } else if cfg!(target_os = "macos") {
        system::home()?.join("Library/Application Support/Claude")
    } else if let Some(roaming) = system::folder("APPDATA") {
        roaming.join("Claude")
    } else {
        return None;
    };
    Some(app.join(NAME)).filter(|folder| folder.is_dir())
}
