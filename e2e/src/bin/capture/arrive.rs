//! Whole sessions arrive.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use argus_e2e::Result;
use serde_json::json;

use crate::setup::{Machine, Programs, files_with, pause};

fn whole(programs: &Programs, scenario: &str) -> Result<String> {
    let machine = Machine::new(programs)?;
    let run = machine.run(programs, scenario, "run", false)?;
    machine.arrived()?;
    machine.is_all_there(&run)
}

pub(crate) fn tools(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let run = machine.run(programs, "tools", "run", true)?;
    machine.arrived()?;
    let seen = machine.is_all_there(&run)?;
    let documents = machine.documents()?;
    let [document] = &documents[..] else {
        return Err(format!("{} sessions instead of one", documents.len()));
    };
    // The project of the kit has one skill, and the session runs it.
    let skills = document["skills"].to_string();
    if !skills.contains("release-notes") || !skills.contains("tree") {
        return Err(format!("no version of the skill that ran: {skills}"));
    }
    Ok(seen)
}

pub(crate) fn sub_agents(programs: &Programs) -> Result<String> {
    whole(programs, "subagent")
}

pub(crate) fn resumed(programs: &Programs) -> Result<String> {
    whole(programs, "resumed")
}

pub(crate) fn terminal(programs: &Programs) -> Result<String> {
    whole(programs, "interactive")
}

pub(crate) fn server_away(programs: &Programs) -> Result<String> {
    let mut machine = Machine::new(programs)?;
    machine.configure_for_absence()?;
    machine.stop_server()?;
    let run = machine.run(programs, "tools", "run", false)?;
    // Everything waits on this machine.
    let waits = (0..100).any(|_| {
        pause(Duration::from_millis(200));
        machine.status().is_ok_and(|state| {
            state["status"]["waiting"]
                .as_u64()
                .is_some_and(|count| count > 20)
                && state["status"]["following"]
                    .as_array()
                    .is_some_and(Vec::is_empty)
        })
    });
    if !waits {
        return Err(format!("nothing waits: {}", machine.status()?));
    }
    machine.start_server()?;
    machine.arrived()?;
    machine.is_all_there(&run)
}

pub(crate) fn follower_killed(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let (is_over, killed) = (AtomicBool::new(false), std::sync::atomic::AtomicU32::new(0));
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                pause(Duration::from_millis(350));
                let Ok(state) = machine.status() else {
                    continue;
                };
                if state["is_running"] == true
                    && let Some(pid) = state["status"]["pid"].as_u64()
                    && Command::new("kill")
                        .args(["-9", &pid.to_string()])
                        .status()
                        .is_ok()
                {
                    killed.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let run = machine.run(programs, "resumed", "run", false);
        is_over.store(true, Ordering::Relaxed);
        run
    })?;
    let killed = killed.load(Ordering::Relaxed);
    if killed < 2 {
        return Err(format!("the follower was killed {killed} times only"));
    }
    // The next hook of any session brings it back.
    machine.run(programs, "simple", "again", false)?;
    machine.arrived()?;
    Ok(format!(
        "{}, killed {killed} times",
        machine.is_all_there(&run)?
    ))
}

pub(crate) fn client_killed(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let scenario = json!({
        "name": "killed", "allow": ["Bash(echo:*)"],
        "runs": [{"prompt": "Wait for it.", "kill": ["KILL", 4.0], "expect_rc": -9}],
        "prompts": [{"match": "Wait", "replies": [
            [{"text": "I wait."}, {"tool": "Bash", "input": {"command": "echo hi", "description": "Say hi"}}],
            [{"text": "Never said.", "sleep": 30}],
        ]}],
    });
    let scenario = machine.scenario("killed", &scenario)?;
    let run = machine.run(programs, &scenario, "run", false)?;
    machine.arrived()?;
    let seen = machine.is_all_there(&run)?;
    if machine.documents()?.len() != 1 {
        return Err("the session is not there".to_owned());
    }
    Ok(seen)
}

pub(crate) fn two_at_once(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| machine.run(programs, "tools", "one", false));
        let other = machine.run(programs, "subagent", "other", false);
        (one.join(), other)
    });
    let one = one.map_err(|_| "the first run failed".to_owned())??;
    machine.arrived()?;
    let seen = [machine.is_all_there(&one)?, machine.is_all_there(&other?)?];
    let documents = machine.documents()?;
    if documents.len() != 2 {
        return Err(format!("{} sessions instead of two", documents.len()));
    }
    Ok(seen.join("; "))
}

/// A session with a secret: neither what waits on this machine nor what the server has holds it.
pub(crate) fn no_secret(programs: &Programs) -> Result<String> {
    let mut machine = Machine::new(programs)?;
    machine.configure_for_absence()?;
    machine.stop_server()?;
    // Made here, so that no file of the repository holds one.
    let secret = format!("gh{}_{}", "p", "4fK9aQ2xW7mZ1tR8bN3vC6yH5jL0sD2gPqEo");
    let scenario = json!({
        "name": "secret", "allow": ["Bash(cat:*)", "Write"], "files": {"token.txt": format!("token {secret}\n")},
        "runs": [{"prompt": format!("Use {secret} please.")}],
        "prompts": [{"match": "Use", "replies": [
            [{"text": "Looking."}, {"tool": "Bash", "input": {"command": format!("cat token.txt # {secret}"), "description": "Show"}}],
            [{"text": format!("It is {secret}.")}],
        ]}],
    });
    let scenario = machine.scenario("secret", &scenario)?;
    let run = machine.run(programs, &scenario, "run", false)?;
    let waits = (0..100).any(|_| {
        pause(Duration::from_millis(200));
        machine.status().is_ok_and(|state| {
            state["status"]["waiting"]
                .as_u64()
                .is_some_and(|count| count > 5)
                && state["status"]["following"]
                    .as_array()
                    .is_some_and(Vec::is_empty)
        })
    });
    let mut found = Vec::new();
    files_with(&machine.state(), &secret, &mut found)?;
    if !waits || !found.is_empty() {
        return Err(format!("on this machine: {found:?}; {}", machine.status()?));
    }
    files_with(&run.transcripts, &secret, &mut found)?;
    if found.is_empty() {
        return Err("the transcript has no secret: this shows nothing".to_owned());
    }
    found.clear();
    machine.start_server()?;
    machine.arrived()?;
    files_with(machine.argus.data(), &secret, &mut found)?;
    let shown = machine.documents()?;
    if !found.is_empty()
        || shown
            .iter()
            .any(|document| document.to_string().contains(&secret))
    {
        return Err(format!("on the server: {found:?}"));
    }
    machine.is_all_there(&run)
}
