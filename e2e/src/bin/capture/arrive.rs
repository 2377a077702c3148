//! Whole sessions arrive.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use argus_e2e::{Captured, Result, copy};
use serde_json::{Value, json};

use crate::setup::{Machine, Programs, files_with, pause, said};

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
    if !skills.contains("release-notes") || !skills.contains("tree") || !skills.contains("stable") {
        return Err(format!("no version of the skill that ran: {skills}"));
    }
    // Transcript and telemetry have every turn and call, and no hook went quiet.
    let coverage = &document["coverage"];
    if coverage["grade"] != "complete" {
        return Err(format!("not complete: {coverage}"));
    }
    let owner = machine.owner()?;
    let asked = |path: &str| -> Result<Value> {
        let (status, body) = owner.get(&format!("/api/v1/workspaces/default/{path}"))?;
        if status != 200 {
            return Err(format!("{path}: {status}"));
        }
        serde_json::from_slice(&body).map_err(|error| error.to_string())
    };
    let versions = asked("skills")?;
    let version = versions["items"]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["name"] == "release-notes"))
        .ok_or_else(|| format!("the skill is not listed: {versions}"))?;
    if version["ran"] != 1 || version["files"].as_u64().unwrap_or(0) == 0 {
        return Err(format!("without its run or its files: {version}"));
    }
    let servers = asked("mcp-servers")?;
    let ledger = servers["items"]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["name"] == "ledger"))
        .ok_or_else(|| format!("the server is not listed: {servers}"))?;
    if ledger["listed"] != true || ledger["calls"].as_u64().unwrap_or(0) == 0 {
        return Err(format!("not listed by the machine, or not used: {ledger}"));
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

/// The client's disk fills up in the middle of a session, is full for all of another, and has room again in a third: the
/// sessions go on as always, and all of them are there in the end.
pub(crate) fn full_disk(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let disk = Disk::mount(&machine.state())?;
    let filler = disk.folder.join("filler");
    let run = |prompt: &str| json!({"prompt": prompt});
    let with_tool = |text: &str, command: String| {
        json!({"match": text, "replies": [
            [{"text": "Now."}, {"tool": "Bash", "input": {"command": command, "description": "Disk"}}],
            [{"text": format!("Done with {text}.")}],
        ]})
    };
    let fill = format!("dd if=/dev/zero of={} bs=4k; true", filler.display());
    let scenario = json!({
        "name": "disk", "allow": ["Bash"],
        "runs": [run("Say one."), run("Fill it up."), run("Say two."), run("Free it."), run("Say three.")],
        "prompts": [
            with_tool("Fill", fill),
            with_tool("Free", format!("rm {}", filler.display())),
            {"match": "Say", "replies": [[{"text": "Said."}]]},
        ],
    });
    let path = machine.scenario("disk", &scenario)?;
    let run = machine.run(programs, &path, "run", false)?;
    let log = machine.log()?;
    if !log.contains("cannot be written") {
        return Err(format!(
            "the disk was not full: {log} {:?}",
            std::fs::read_dir(&run.printed).map(Iterator::count)
        ));
    }
    machine.arrived()?;
    machine.is_all_there(&run)
}

/// A home folder that cannot be written to: state goes elsewhere.
pub(crate) fn read_only_home(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let state = machine.state();
    // Neither the first place nor one below it can be made: a file stands in the way.
    std::fs::write(&state, "in the way").map_err(said(&state))?;
    let captured = Captured {
        plugin: Some(&machine.plugin),
        environment: vec![(
            "XDG_STATE_HOME".to_owned(),
            state.to_string_lossy().into_owned(),
        )],
        ..Captured::default()
    };
    let run = programs
        .kit
        .capture("tools", &machine.folder.path().join("run"), &captured)?;
    let deadline = Instant::now() + Duration::from_secs(30);
    while machine.documents()?.is_empty() && Instant::now() < deadline {
        pause(Duration::from_millis(200));
    }
    // It may be on its way still: what is missing would be new.
    pause(Duration::from_secs(2));
    let transcripts = run.transcripts.to_string_lossy();
    let imported = machine
        .argus
        .run(&["import", &transcripts, "--project", "e2e"])?;
    if imported.contains(" 0 new records") && !imported.contains(" 0 known") {
        Ok(imported
            .lines()
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned())
    } else {
        Err(format!("an import has more than was captured: {imported}"))
    }
}

/// A small disk of its own.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    fn mount(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(said(folder))?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=600k,mode=700", "tmpfs"])
            .arg(folder)
            .status()
            .map_err(|error| format!("mount: {error}"))?;
        if !mounted.success() {
            return Err("no disk can be mounted here: this needs the rights of root".to_owned());
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: the follower may have it open.
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}

/// Sessions of Cowork, which no hook tells of, by a follower that runs for good; the client's import has them too.
pub(crate) fn cowork(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let app = machine.folder.path().join("Claude");
    std::fs::create_dir_all(&app).map_err(said(&app))?;
    let root = app.join("local-agent-mode-sessions");
    let environment = [
        ("HOME", machine.folder.path()),
        ("ARGUS_CAPTURE_HOME", &machine.state()),
        ("ARGUS_COWORK_FOLDER", &root),
    ];
    let mut follower = Command::new(&programs.capture)
        .args(["watch", "--foreground", "--config"])
        .arg(machine.plugin.join("argus.json"))
        .env_clear()
        .envs(environment)
        .stderr(std::process::Stdio::null())
        .spawn()
        .map_err(|error| format!("argus-capture: {error}"))?;
    // What was there before is for the import.
    let deadline = Instant::now() + Duration::from_secs(30);
    while machine.status()?["is_running"] != true && Instant::now() < deadline {
        pause(Duration::from_millis(100));
    }
    let recordings = programs.recordings();
    for recording in ["cowork-compacted", "cowork-dispatch"] {
        copy(
            &recordings.join(recording).join("local-agent-mode-sessions"),
            &root,
        )?;
    }
    let deadline = Instant::now() + Duration::from_secs(30);
    while machine.documents()?.len() < 2 && Instant::now() < deadline {
        pause(Duration::from_millis(200));
    }
    let arrived = machine.arrived();
    let _ = follower.kill();
    let _ = follower.wait();
    arrived?;
    let documents = machine.documents()?;
    if documents.len() != 2
        || documents
            .iter()
            .any(|document| document["client"]["surface"] != "cowork")
    {
        return Err(format!("{} sessions; {}", documents.len(), machine.log()?));
    }
    let imported = machine
        .argus
        .run(&["import", &app.to_string_lossy(), "--project", "e2e"])?;
    if !imported.contains(" 0 new records") || imported.contains(" 0 known") {
        return Err(format!("an import has more than was captured: {imported}"));
    }
    Ok(imported
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned())
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
