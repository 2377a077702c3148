//! What a machine has: MCP servers of every scope without their secrets, plugins with their versions.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::device::Device;
use crate::{git, platform};

/// Longest part of an address's path that is told.
const PATH_PART_BYTES_MAX: usize = 20;
/// Largest file of settings that is read.
const SETTINGS_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// A plugin that is installed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plugin {
    /// Its name, without the marketplace.
    pub(crate) name: String,
    pub(crate) marketplace: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) enabled: Option<bool>,
    /// Where it lies.
    pub(crate) path: Option<PathBuf>,
}

/// A server, by what may be said of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct McpServer {
    name: String,
    /// `local`, `project`, `user`, `plugin`, `managed`.
    scope: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    transport: String,
    /// The command's name, or the address without user, query and fragment.
    origin: String,
    enabled: Option<bool>,
    env_names: Vec<String>,
    header_names: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plugin: Option<String>,
}

/// Plugins that are installed for this configuration folder.
pub(crate) fn plugins(claude_config: &Path) -> Vec<Plugin> {
    #[derive(Deserialize)]
    struct Installed {
        #[serde(default)]
        plugins: BTreeMap<String, Value>,
    }
    let folder = claude_config.join("plugins");
    let enabled = settings(&claude_config.join("settings.json"))
        .and_then(|settings| settings.get("enabledPlugins")?.as_object().cloned())
        .unwrap_or_default();
    let marketplaces = settings(&folder.join("known_marketplaces.json")).unwrap_or(Value::Null);
    let installed = settings(&folder.join("installed_plugins.json"))
        .and_then(|value| serde_json::from_value::<Installed>(value).ok());
    let Some(installed) = installed else {
        return Vec::new();
    };
    installed
        .plugins
        .into_iter()
        .map(|(id, entry)| {
            // Version 2 has a list of installations, version 1 one.
            let entry = match entry {
                Value::Array(entries) => entries.into_iter().next_back().unwrap_or(Value::Null),
                entry => entry,
            };
            let text = |name: &str| entry.get(name).and_then(Value::as_str);
            let (name, marketplace) = id.split_once('@').unwrap_or((id.as_str(), ""));
            Plugin {
                name: name.to_owned(),
                marketplace: (!marketplace.is_empty()).then(|| marketplace.to_owned()),
                version: text("version").map(str::to_owned),
                enabled: enabled.get(&id).and_then(Value::as_bool),
                path: in_place(&marketplaces, marketplace, name)
                    .or_else(|| text("installPath").map(PathBuf::from))
                    .filter(|path| path.is_dir()),
            }
        })
        .collect()
}

/// A plugin of a folder marketplace is read where it lies there.
fn in_place(marketplaces: &Value, marketplace: &str, name: &str) -> Option<PathBuf> {
    let source = marketplaces.get(marketplace)?.get("source")?;
    if source.get("source")?.as_str()? != "directory" {
        return None;
    }
    let root = PathBuf::from(source.get("path")?.as_str()?);
    let listed = settings(&root.join(".claude-plugin/marketplace.json"))?;
    let entry = listed
        .get("plugins")?
        .as_array()?
        .iter()
        .find(|entry| entry.get("name").and_then(Value::as_str) == Some(name))?;
    Some(root.join(entry.get("source")?.as_str()?))
}

/// MCP servers of every scope, for a session in `cwd`.
pub(crate) fn mcp_servers(
    claude_config: &Path,
    cwd: Option<&Path>,
    plugins: &[Plugin],
) -> Vec<McpServer> {
    let mut servers = Vec::new();
    // `~/.claude.json` lies beside the folder `~/.claude`, and in a folder of its own choice where one was chosen.
    let state = settings(&claude_config.join(".claude.json"))
        .or_else(|| settings(&claude_config.parent()?.join(".claude.json")))
        .unwrap_or(Value::Null);
    add(
        &mut servers,
        state.get("mcpServers"),
        "user",
        None,
        None,
        &|_| None,
    );
    if let Some(cwd) = cwd {
        let project = state
            .get("projects")
            .and_then(|projects| projects.get(cwd.to_string_lossy().as_ref()))
            .unwrap_or(&Value::Null);
        let here = cwd.to_string_lossy().into_owned();
        let is_off = |name: &str| lists(project, "disabledMcpServers", name).then_some(false);
        add(
            &mut servers,
            project.get("mcpServers"),
            "local",
            Some(&here),
            None,
            &is_off,
        );
        let approved = |name: &str| {
            if lists(project, "disabledMcpjsonServers", name) {
                Some(false)
            } else if lists(project, "enabledMcpjsonServers", name) {
                Some(true)
            } else {
                None
            }
        };
        let root = git::root(cwd).unwrap_or(cwd);
        for folder in cwd
            .ancestors()
            .take_while(|folder| folder.starts_with(root))
        {
            let of_project = settings(&folder.join(".mcp.json")).unwrap_or(Value::Null);
            add(
                &mut servers,
                of_project.get("mcpServers"),
                "project",
                Some(&here),
                None,
                &approved,
            );
        }
    }
    let managed = settings(&managed_folder().join("managed-mcp.json")).unwrap_or(Value::Null);
    add(
        &mut servers,
        managed.get("mcpServers"),
        "managed",
        None,
        None,
        &|_| Some(true),
    );
    for plugin in plugins {
        let Some(path) = &plugin.path else { continue };
        let of_file = settings(&path.join(".mcp.json")).unwrap_or(Value::Null);
        // With the member, or the servers at once.
        let listed = of_file.get("mcpServers").unwrap_or(&of_file);
        let enabled = plugin.enabled;
        add(
            &mut servers,
            Some(listed),
            "plugin",
            None,
            Some(&plugin.name),
            &|_| enabled,
        );
        let manifest = settings(&path.join(".claude-plugin/plugin.json")).unwrap_or(Value::Null);
        add(
            &mut servers,
            manifest.get("mcpServers"),
            "plugin",
            None,
            Some(&plugin.name),
            &|_| enabled,
        );
    }
    servers.sort();
    servers.dedup();
    servers
}

/// True where the person's settings switch the capture plugin off.
pub(crate) fn is_switched_off(claude_config: &Path) -> bool {
    let enabled = settings(&claude_config.join("settings.json"))
        .and_then(|settings| settings.get("enabledPlugins")?.as_object().cloned())
        .unwrap_or_default();
    enabled
        .iter()
        .any(|(id, is_on)| id.starts_with("argus@") && is_on.as_bool() == Some(false))
}

/// Where an administrator's settings lie.
pub(crate) fn managed_folder() -> PathBuf {
    PathBuf::from(if cfg!(target_os = "macos") {
        "/Library/Application Support/ClaudeCode"
    } else if cfg!(windows) {
        r"C:\Program Files\ClaudeCode"
    } else {
        "/etc/claude-code"
    })
}

fn lists(project: &Value, list: &str, name: &str) -> bool {
    project
        .get(list)
        .and_then(Value::as_array)
        .is_some_and(|names| names.iter().any(|held| held.as_str() == Some(name)))
}

fn add(
    servers: &mut Vec<McpServer>,
    listed: Option<&Value>,
    scope: &'static str,
    project: Option<&str>,
    plugin: Option<&str>,
    enabled: &dyn Fn(&str) -> Option<bool>,
) {
    let Some(listed) = listed.and_then(Value::as_object) else {
        return;
    };
    for (name, entry) in listed.iter().filter(|(_, entry)| entry.is_object()) {
        servers.push(McpServer {
            name: name.clone(),
            scope,
            project: project.map(str::to_owned),
            transport: transport(entry),
            origin: origin(entry),
            enabled: enabled(name),
            env_names: names(entry.get("env")),
            header_names: names(entry.get("headers")),
            plugin: plugin.map(str::to_owned),
        });
    }
}

fn transport(entry: &Value) -> String {
    match entry.get("type").and_then(Value::as_str) {
        Some("streamable-http") => "http".to_owned(),
        Some(kind @ ("stdio" | "http" | "sse" | "ws")) => kind.to_owned(),
        Some(_) => "unknown".to_owned(),
        None if entry.get("url").is_some() => "http".to_owned(),
        None => "stdio".to_owned(),
    }
}

/// What tells two servers of one name apart and holds no secret: arguments may.
fn origin(entry: &Value) -> String {
    if let Some(url) = entry.get("url").and_then(Value::as_str) {
        let url = git::without_userinfo(url);
        // Some addresses have a token in their path.
        let parts = url.split('/').map(|part| {
            let is_long = part.len() > PATH_PART_BYTES_MAX && !part.contains('.');
            if is_long { "…" } else { part }
        });
        return parts.collect::<Vec<_>>().join("/");
    }
    let command = entry
        .get("command")
        .and_then(Value::as_str)
        .unwrap_or_default();
    command
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn names(of: Option<&Value>) -> Vec<String> {
    of.and_then(Value::as_object)
        .map(|members| members.keys().cloned().collect())
        .unwrap_or_default()
}

fn settings(path: &Path) -> Option<Value> {
    if fs::metadata(path).ok()?.len() > SETTINGS_BYTES_MAX {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The `inventory` item, and a hash of what it says.
pub(crate) fn body(device: &Device, servers: &[McpServer], plugins: &[Plugin]) -> (Value, String) {
    let plugins: Vec<Value> = plugins
        .iter()
        .map(|plugin| {
            json!({
                "id": plugin.name, "version": plugin.version, "marketplace": plugin.marketplace,
                "enabled": plugin.enabled,
            })
        })
        .collect();
    let mut body = Map::new();
    body.insert("type".to_owned(), Value::from("inventory"));
    body.insert(
        "device".to_owned(),
        json!({"id": device.id(), "name": device.name, "os": platform::OS, "arch": platform::ARCH}),
    );
    body.insert("mcp_servers".to_owned(), json!(servers));
    body.insert("plugins".to_owned(), Value::from(plugins));
    let body = Value::Object(body);
    let hash = hex::encode(Sha256::digest(body.to_string()));
    (body, hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_of_every_scope_are_named_without_their_secrets() {
        let root = tempfile::tempdir().unwrap();
        let (config, cwd, plugin) = (
            root.path().join("config"),
            root.path().join("work"),
            root.path().join("plugin"),
        );
        for folder in [&config, &cwd, &plugin] {
            fs::create_dir_all(folder).unwrap();
        }
        let state = json!({
            "mcpServers": {"mail": {"type": "streamable-http", "url": "https://u:p@mail.example/mcp?token=SECRET", "headers": {"Authorization": "SECRET"}}},
            "projects": {cwd.to_string_lossy(): {
                "mcpServers": {"db": {"command": "/usr/bin/db-mcp", "args": ["--password", "SECRET"], "env": {"DB_URL": "SECRET"}}},
                "disabledMcpServers": ["db"], "enabledMcpjsonServers": ["ledger"],
            }},
        });
        fs::write(config.join(".claude.json"), state.to_string()).unwrap();
        fs::write(
            cwd.join(".mcp.json"),
            json!({"mcpServers": {"ledger": {"command": "node"}, "new": {"command": "x"}}})
                .to_string(),
        )
        .unwrap();
        fs::write(
            plugin.join(".mcp.json"),
            json!({"mcpServers": {"p": {"type": "sse", "url": "https://p.example"}}}).to_string(),
        )
        .unwrap();
        let plugins = [Plugin {
            name: "plug".to_owned(),
            path: Some(plugin),
            enabled: Some(true),
            ..Plugin::default()
        }];
        let servers = mcp_servers(&config, Some(&cwd), &plugins);
        let said = serde_json::to_string(&servers).unwrap();
        assert!(!said.contains("SECRET"), "{said}");
        let short: Vec<(&str, &str, &str, &str, Option<bool>)> = servers
            .iter()
            .map(|server| {
                (
                    server.name.as_str(),
                    server.scope,
                    server.transport.as_str(),
                    server.origin.as_str(),
                    server.enabled,
                )
            })
            .collect();
        assert_eq!(
            short,
            [
                ("db", "local", "stdio", "db-mcp", Some(false)),
                ("ledger", "project", "stdio", "node", Some(true)),
                ("mail", "user", "http", "https://mail.example/mcp", None),
                ("new", "project", "stdio", "x", None),
                ("p", "plugin", "sse", "https://p.example", Some(true)),
            ]
        );
    }

    #[test]
    fn plugins_of_both_forms_of_the_list_are_read() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("plugins");
        fs::create_dir_all(&folder).unwrap();
        let market = root.path().join("market");
        fs::create_dir_all(market.join(".claude-plugin")).unwrap();
        fs::create_dir_all(market.join("own")).unwrap();
        fs::write(
            market.join(".claude-plugin/marketplace.json"),
            json!({"plugins": [{"name": "own", "source": "./own"}]}).to_string(),
        )
        .unwrap();
        fs::write(
            folder.join("known_marketplaces.json"),
            json!({"m": {"source": {"source": "directory", "path": market}}}).to_string(),
        )
        .unwrap();
        let installed = json!({"version": 2, "plugins": {
            "own@m": [{"scope": "user", "version": "1.0", "installPath": "/nowhere"}],
            "old@n": {"version": "2.0", "installPath": "/nowhere"},
        }});
        fs::write(folder.join("installed_plugins.json"), installed.to_string()).unwrap();
        fs::write(
            root.path().join("settings.json"),
            json!({"enabledPlugins": {"own@m": true}}).to_string(),
        )
        .unwrap();
        let mut found = plugins(root.path());
        found.sort_by(|one, other| one.name.cmp(&other.name));
        assert_eq!(found[0].version.as_deref(), Some("2.0"));
        assert_eq!(found[1].enabled, Some(true));
        assert_eq!(found[1].path, Some(market.join("./own")));
    }
}
