//! Nobody who works notices.

use std::fs;
use std::process::Command;

use argus_e2e::{Captured, Result, Run};
use serde_json::{Value, json};

use crate::setup::{Machine, Programs, said};

/// Members of the client's JSON that differ between any two runs.
const ANEW: [&str; 9] = [
    "uuid",
    "timestamp",
    "request_id",
    "session_id",
    "cwd",
    "memory_paths",
    "id",
    "plugins",
    "messaging_socket_path",
];

/// Text, JSON and stream-json of the client with the plugin and without, and its exit code (the kit checks that).
pub(crate) fn unchanged(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let scenario = json!({
        "name": "unchanged", "allow": ["Bash(echo:*)"],
        "runs": [
            {"prompt": "Say it.", "raw": true},
            {"prompt": "Say it.", "raw": true, "args": ["--output-format", "json"]},
            {"prompt": "Run it."},
        ],
        "prompts": [
            {"match": "Say", "replies": [[{"text": "It is said."}]]},
            {"match": "Run", "replies": [
                [{"text": "Running."}, {"tool": "Bash", "input": {"command": "echo hi", "description": "Say hi"}}],
                [{"text": "It ran."}],
            ]},
        ],
    });
    let path = machine.scenario("unchanged", &scenario)?;
    let with = machine.run(programs, &path, "with", false)?;
    let without = programs.kit.capture(
        &path,
        &machine.folder.path().join("without"),
        &Captured::default(),
    )?;
    for number in 0..3 {
        let (one, other) = (printed(&with, number)?, printed(&without, number)?);
        if one != other {
            return Err(format!(
                "call {number} printed {}",
                difference(&one, &other)
            ));
        }
        for run in [&with, &without] {
            let path = run.printed.join(format!("stderr-{number}.txt"));
            let errors = fs::read_to_string(&path).map_err(said(&path))?;
            if !errors.is_empty() {
                return Err(format!("call {number} wrote to stderr: {errors}"));
            }
        }
    }
    let (one, other) = (requests(&with)?, requests(&without)?);
    if one != other {
        return Err(format!("the model was asked {}", difference(&one, &other)));
    }
    machine.arrived()?;
    machine.is_all_there(&with)
}

/// What a call printed, without what is another in every run, `hook_*` lines and the lists of `init`.
fn printed(run: &Run, number: usize) -> Result<String> {
    let path = run.printed.join(format!("stdout-{number}.jsonl"));
    let text = fs::read_to_string(&path).map_err(said(&path))?;
    let lines = text.lines().filter_map(|line| {
        let Ok(mut value) = serde_json::from_str::<Value>(line) else {
            return Some(line.to_owned());
        };
        let subtype = value["subtype"].as_str().unwrap_or_default().to_owned();
        if subtype.starts_with("hook_") {
            return None;
        }
        if subtype == "init" {
            for list in [
                "slash_commands",
                "skills",
                "plugins",
                "agents",
                "tools",
                "mcp_servers",
            ] {
                value[list] = Value::Null;
            }
        }
        settle(&mut value);
        Some(value.to_string())
    });
    Ok(without_folder(&lines.collect::<Vec<_>>().join("\n"), run))
}

/// What the model was asked, as far as it is the same in any two runs.
fn requests(run: &Run) -> Result<String> {
    let mut bodies = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(&run.requests)
        .map_err(said(&run.requests))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(said(&path))?;
        let Ok(value) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        let body = value.get("body").unwrap_or(&value);
        let mut part =
            json!({"system": body["system"], "tools": body["tools"], "messages": body["messages"]});
        settle(&mut part);
        bodies.push(part.to_string());
    }
    Ok(without_folder(&bodies.join("\n"), run))
}

/// The folder of a run stands in what the client prints and asks.
fn without_folder(text: &str, run: &Run) -> String {
    let out = run.project.ancestors().nth(2).unwrap_or(&run.project);
    let folder = out.to_string_lossy();
    let dashed = folder.replace(['/', '.', ' '], "-");
    let text = text.replace(folder.as_ref(), "RUN").replace(&dashed, "RUN");
    // So does the commit that the kit makes in it.
    let commit = Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .current_dir(&run.project)
        .output();
    match commit.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()) {
        Ok(commit) if !commit.is_empty() => text.replace(&commit, "COMMIT"),
        _ => text,
    }
}

fn settle(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if ANEW.contains(&name.as_str()) || name.ends_with("_ms") {
                    *member = Value::Null;
                } else {
                    settle(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(settle),
        _ => {}
    }
}

/// Where two texts part, with what stands around it.
fn difference(one: &str, other: &str) -> String {
    let at = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let around = |text: &str| {
        let bytes = &text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 160)];
        String::from_utf8_lossy(bytes).into_owned()
    };
    format!("…{}… instead of …{}…", around(one), around(other))
}
