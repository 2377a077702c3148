//! `argus doctor`: whether all is well, and what is not.

use std::net::TcpListener;

use argus_server::local::LocalClient;
use argus_server::plugin::{PLATFORMS, clients};
use argus_store::{RecordCheck, Store, WorkspaceStatus};

use crate::commands::plugin;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{output, system};

/// Checks the data folder, the port, every ledger and every content. Takes as long as reading the whole store does.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Figures as JSON, one workspace a line.
    #[arg(long)]
    json: bool,
}

/// What is found of one workspace.
#[derive(Debug, serde::Serialize)]
struct Found {
    #[serde(flatten)]
    status: WorkspaceStatus,
    /// The tree made anew from the leaves is the one that is stored.
    is_whole: bool,
    /// Every leaf against what it stands for.
    check: RecordCheck,
}

/// Which platforms the capture plugin has programs for.
fn programs(config: &Config) -> Result<String, CommandError> {
    let found = match clients(&plugin::config(config)?.client_folders) {
        Ok(found) => found,
        // The plugin's trouble, not the store's.
        Err(error) => return Ok(error.to_string()),
    };
    let (there, missing): (Vec<&str>, Vec<&str>) = PLATFORMS
        .into_iter()
        .partition(|platform| found.iter().any(|client| client.platform == *platform));
    Ok(match (there.is_empty(), missing.is_empty()) {
        (true, _) => "has no program of the capture client".to_owned(),
        (false, true) => "has programs for every platform".to_owned(),
        (false, false) => format!(
            "has programs for {}; none for {}",
            there.join(", "),
            missing.join(", ")
        ),
    })
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    let data = &config.data.value;
    let store = Store::open_read_only(data, system::store_options())?;
    let runs = LocalClient::connect(data, &system::account())?.is_some();
    let mut damaged = false;
    if !args.json {
        output::line(&format!(
            "data folder  {} ({})",
            data.display(),
            config.data.origin
        ));
        output::line(&format!(
            "server       {}",
            if runs {
                "runs on this data folder"
            } else {
                "does not run"
            }
        ));
        if !runs {
            let free = TcpListener::bind(config.listen.value).is_ok();
            output::line(&format!(
                "port         {} is {}",
                config.listen.value,
                if free {
                    "free"
                } else {
                    "taken by another program"
                }
            ));
        }
    }
    if !args.json {
        output::line(&format!("plugin       {}", programs(config)?));
    }
    for info in store.workspaces()? {
        let Some(workspace) = store.workspace(&info.name)? else {
            continue;
        };
        let status = workspace.status()?;
        let is_whole = workspace.check_ledger()?;
        let check = workspace.check_records()?;
        damaged |= !is_whole || check.damaged > 0;
        if args.json {
            output::json(
                &Found {
                    status,
                    is_whole,
                    check,
                },
                false,
            );
            continue;
        }
        output::line(&format!("\nworkspace    {} ({})", status.name, status.mode));
        output::line(&format!(
            "ledger       {} leaves, root {}: {}",
            status.leaves,
            &status.root[..16],
            if is_whole {
                "whole"
            } else {
                "DOES NOT MATCH ITS LEAVES"
            }
        ));
        output::line(&format!(
            "contents     {} match their leaves, {} erased, {} destroyed by redaction",
            check.intact, check.erased, check.superseded
        ));
        if check.damaged > 0 {
            let ids: Vec<String> = check.damaged_ids.iter().map(u64::to_string).collect();
            output::line(&format!(
                "             {} DO NOT MATCH: {}{}",
                check.damaged,
                ids.join(", "),
                if check.damaged > check.damaged_ids.len() as u64 {
                    ", …"
                } else {
                    ""
                }
            ));
        }
        output::line(&format!(
            "sessions     {} listed, {} throw-away ids, {} suppressed hashes",
            status.sessions, status.phantoms, status.suppressed
        ));
        let by_source: Vec<String> = status
            .records
            .iter()
            .map(|(source, count)| format!("{source} {count}"))
            .collect();
        output::line(&format!(
            "records      {}",
            if by_source.is_empty() {
                "none".to_owned()
            } else {
                by_source.join(", ")
            }
        ));
        output::line(&format!(
            "             {} without a session, {} with content dropped, {} superseded or erased",
            status.sessionless, status.dropped, status.inactive
        ));
        output::line(&format!(
            "projection   {}",
            if status.lag == 0 {
                "up to date".to_owned()
            } else {
                format!("{} behind", output::counted(status.lag, "record"))
            }
        ));
        output::line(&format!(
            "search index {}",
            match status.search_lag {
                0 => "up to date".to_owned(),
                behind => format!("{} behind", output::counted(behind, "record")),
            }
        ));
        output::line(&format!("database     {} bytes", status.database_bytes));
    }
    if damaged {
        return Err(CommandError::new(Kind::Tampered, "what is stored is not what was written: the store was changed outside argus, or its disk failed")
            .hint("keep a copy of the data folder before anything else"));
    }
    Ok(())
}
