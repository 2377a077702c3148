//! The word `private`: before, between and after what it is about.

use argus_e2e::{Person, Result, Run};
use serde_json::{Value, json};

use crate::setup::{Machine, Programs, files_with};

/// What only the private session says.
const MARK: &str = "marigold-umbrella";

/// A conversation of several calls of the client in one session, with the word somewhere among them.
fn scenario(word_at: usize) -> Value {
    let mut prompts: Vec<String> = (0..3).map(|number| format!("{MARK} {number}")).collect();
    prompts.insert(word_at, "/argus:private".to_owned());
    let runs: Vec<Value> = prompts
        .iter()
        .enumerate()
        .map(|(number, prompt)| {
            if number == 0 {
                json!({"prompt": prompt})
            } else {
                json!({"prompt": prompt, "args": ["--resume", "{{SESSION:0}}"]})
            }
        })
        .collect();
    json!({
        "name": format!("private-{word_at}"), "runs": runs,
        "prompts": [{"match": MARK, "replies": [[{"text": format!("Said {MARK}.")}]]}],
    })
}

fn with_word(programs: &Programs, word_at: usize) -> Result<String> {
    let machine = Machine::new(programs)?;
    let path = machine.scenario("private", &scenario(word_at))?;
    let run = machine.run(programs, &path, "run", true)?;
    machine.settled()?;
    is_gone(&machine, &run)
}

/// Nothing of it is there, and nothing comes back.
fn is_gone(machine: &Machine, run: &Run) -> Result<String> {
    let server = machine.server.as_ref().ok_or("the server is gone")?;
    server.projected()?;
    let documents = machine.documents()?;
    if documents
        .iter()
        .any(|document| document.to_string().contains(MARK))
    {
        return Err(format!("the session is there: {documents:?}"));
    }
    // Backfills do not bring it back.
    let transcripts = run.transcripts.to_string_lossy();
    let said = machine
        .argus
        .run(&["import", &transcripts, "--project", "e2e"])?;
    server.projected()?;
    if machine
        .documents()?
        .iter()
        .any(|document| document.to_string().contains(MARK))
    {
        return Err(format!("an import brought it back: {said}"));
    }
    machine.client(&[
        "import",
        "--claude-config",
        &run.transcripts.join("..").to_string_lossy(),
    ])?;
    server.projected()?;
    if machine
        .documents()?
        .iter()
        .any(|document| document.to_string().contains(MARK))
    {
        return Err("the client's import brought it back".to_owned());
    }
    let mut found = Vec::new();
    files_with(&machine.state(), MARK, &mut found)?;
    if !found.is_empty() {
        return Err(format!("on this machine still: {found:?}"));
    }
    let owner = Person::owner(server)?;
    let (status, tombstones) = owner.get("/api/v1/workspaces/default/tombstones")?;
    let tombstones = String::from_utf8_lossy(&tombstones).into_owned();
    if status != 200 || !tombstones.contains("private") || tombstones.contains(MARK) {
        return Err(format!("tombstones: {status} {tombstones}"));
    }
    Ok("nothing of it is there, and nothing brings it back".to_owned())
}

pub(crate) fn before(programs: &Programs) -> Result<String> {
    with_word(programs, 0)
}

pub(crate) fn between(programs: &Programs) -> Result<String> {
    with_word(programs, 1)
}

pub(crate) fn after(programs: &Programs) -> Result<String> {
    with_word(programs, 3)
}

/// In a terminal: the word holds for what comes after `/clear`, and ends with `/argus:resume` and another `/clear`.
pub(crate) fn process(programs: &Programs) -> Result<String> {
    let machine = Machine::new(programs)?;
    let say = |text: &str, sign: &str| {
        vec![
            json!({"type": text}),
            json!({"key": "Enter"}),
            json!({"wait": sign}),
            json!({"sleep": 1.0}),
        ]
    };
    let mut steps = vec![
        json!({"wait": "for shortcuts|❯", "timeout": 30}),
        json!({"sleep": 1.5}),
    ];
    steps.extend(say(&format!("{MARK} one"), &format!("Said {MARK}")));
    steps.extend(say("/argus:private", "this session is private"));
    steps.push(json!({"type": "/clear"}));
    steps.push(json!({"key": "Enter"}));
    steps.push(json!({"sleep": 2.0}));
    steps.extend(say(&format!("{MARK} two"), &format!("Said {MARK}")));
    steps.extend(say("/argus:resume", "capture goes on"));
    steps.push(json!({"type": "/clear"}));
    steps.push(json!({"key": "Enter"}));
    steps.push(json!({"sleep": 2.0}));
    steps.extend(say("Public words.", "Said publicly"));
    steps.extend([json!({"type": "/exit"}), json!({"key": "Enter"})]);
    let scenario = json!({
        "name": "private-process", "mode": "interactive", "runs": [{"steps": steps}],
        "prompts": [
            {"match": MARK, "replies": [[{"text": format!("Said {MARK}.")}]]},
            {"match": "Public", "replies": [[{"text": "Said publicly."}]]},
        ],
    });
    let path = machine.scenario("process", &scenario)?;
    let run = machine.run(programs, &path, "run", true)?;
    machine.settled()?;
    let is_there = machine
        .documents()?
        .iter()
        .any(|document| document.to_string().contains("Said publicly"));
    if !is_there {
        return Err(format!("what came after is not there: {}", machine.log()?));
    }
    is_gone(&machine, &run)
}
