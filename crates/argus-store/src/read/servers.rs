//! MCP servers: what machines list, and what sessions used.
//!
//! A reader who is bound sees the servers of sessions that they may read: what a machine lists is of all that its person does.

use std::collections::{BTreeMap, BTreeSet};

use argus_session::machine::ListedServer;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use crate::limits::{MACHINES_READ_MAX, SERVER_ROWS_MAX};
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// An MCP server: on a machine, or (not listed by one) in sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct McpServerSeen {
    /// Its name.
    pub name: String,
    /// The machine; `None` where no capture client tells it.
    pub device: Option<String>,
    /// What the machine's owner calls it.
    pub device_name: Option<String>,
    /// What the machine lists of it; `None` for one that only sessions saw.
    pub listed: Option<ListedServer>,
    /// Scope and transport, as sessions saw them.
    pub scope: Option<String>,
    /// See above.
    pub transport: Option<String>,
    /// Sessions that saw a server of this name, on this machine.
    pub sessions: u64,
    /// Their calls of its tools.
    pub calls: u64,
    /// When the last of those was.
    pub last_used_us: Option<i64>,
    /// When one of those sessions last went on.
    pub last_session_us: Option<i64>,
}

/// What sessions saw of a server.
#[derive(Debug, Clone, Default)]
struct Used {
    scope: Option<String>,
    transport: Option<String>,
    sessions: u64,
    calls: u64,
    last_used_us: Option<i64>,
    last_session_us: Option<i64>,
}

impl Used {
    fn add(&mut self, more: &Self) {
        self.scope = self.scope.take().or_else(|| more.scope.clone());
        self.transport = self.transport.take().or_else(|| more.transport.clone());
        self.sessions += more.sessions;
        self.calls += more.calls;
        self.last_used_us = self.last_used_us.max(more.last_used_us);
        self.last_session_us = self.last_session_us.max(more.last_session_us);
    }
}

/// By machine, then by name.
type ByMachine = BTreeMap<Option<String>, BTreeMap<String, Used>>;

impl Workspace {
    /// The MCP servers that a reader may see, by name, then by machine.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn mcp_servers(&self, scope: &ReadScope) -> Result<Vec<McpServerSeen>, StoreError> {
        let is_bound = *scope != ReadScope::all();
        let mut used = self.read(|connection| used(connection, scope, is_bound))?;
        let mut servers = Vec::new();
        if !is_bound {
            for (_, device, machine) in self.all_machines(MACHINES_READ_MAX)? {
                let here = used.entry(Some(device.clone())).or_default();
                let mut found: BTreeSet<String> = BTreeSet::new();
                for listed in machine.servers {
                    let mut of = Used::default();
                    for (name, more) in called(&listed)
                        .iter()
                        .filter_map(|name| here.get_key_value(name))
                    {
                        of.add(more);
                        found.insert(name.clone());
                    }
                    servers.push(McpServerSeen {
                        name: listed.name.clone(),
                        device: Some(device.clone()),
                        device_name: machine.name.clone(),
                        listed: Some(listed),
                        ..seen(of)
                    });
                }
                here.retain(|name, _| !found.contains(name));
            }
        }
        for (device, by_name) in used {
            for (name, of) in by_name {
                servers.push(McpServerSeen {
                    name,
                    device: device.clone(),
                    ..seen(of)
                });
            }
        }
        servers.sort_by(|a, b| {
            let place =
                |of: &McpServerSeen| (of.name.clone(), of.device.clone(), of.listed.clone());
            place(a).cmp(&place(b))
        });
        servers.truncate(SERVER_ROWS_MAX);
        Ok(servers)
    }
}

fn seen(of: Used) -> McpServerSeen {
    McpServerSeen {
        scope: of.scope,
        transport: of.transport,
        sessions: of.sessions,
        calls: of.calls,
        last_used_us: of.last_used_us,
        last_session_us: of.last_session_us,
        ..McpServerSeen::default()
    }
}

/// The names under which sessions know a server. In the names of tools, every character but letters, digits, `_` and `-` is
/// `_`; a plugin's server stands behind its plugin's name.
fn called(listed: &ListedServer) -> BTreeSet<String> {
    let plain = |name: &str| {
        name.replace(
            |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-',
            "_",
        )
    };
    let full = match &listed.plugin {
        Some(plugin) => format!("plugin:{plugin}:{}", listed.name),
        None => listed.name.clone(),
    };
    [plain(&full), full].into()
}

fn used(
    connection: &Connection,
    scope: &ReadScope,
    is_bound: bool,
) -> Result<ByMachine, StoreError> {
    let mut values: Vec<Sql> = Vec::new();
    let mut conditions = scope.conditions("v.session", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    });
    conditions.push("s.listed = 1".to_owned());
    // A session that went on on two machines counts for both.
    let (machine, join) = if is_bound {
        ("NULL", "")
    } else {
        (
            "lower(hex(d.device))",
            "LEFT JOIN session_devices d ON d.session = v.session",
        )
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {machine}, v.name, max(v.scope), max(v.transport), count(*), sum(v.calls), max(v.last_used_us), max(s.ended_at_us)
         FROM session_servers v JOIN sessions s ON s.n = v.session {join} WHERE {} GROUP BY 1, 2",
        conditions.join(" AND ")
    ))?;
    let rows = statement.query_map(params_from_iter(&values), |row| {
        let device: Option<String> = row.get(0)?;
        Ok((
            device.filter(|device| !device.is_empty()),
            row.get::<_, String>(1)?,
            Used {
                scope: row.get(2)?,
                transport: row.get(3)?,
                sessions: row.get(4)?,
                calls: row.get(5)?,
                last_used_us: row.get(6)?,
                last_session_us: row.get(7)?,
            },
        ))
    })?;
    let mut by_machine = ByMachine::new();
    for row in rows {
        let (device, name, of) = row?;
        by_machine.entry(device).or_default().insert(name, of);
    }
    Ok(by_machine)
}
