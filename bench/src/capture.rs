//! What capture costs who works: the real client with the plugin beside the same without, in turns.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use argus_e2e::{Captured, Machine, Person, Programs, Result, Run, pause, said};
use serde_json::{Value, json};

use crate::process;
use crate::report::Section;

/// How often each is run.
pub(crate) struct Rounds {
    pub(crate) one_prompt: usize,
    pub(crate) ten_tools: usize,
}

const HOOK_CALLS: usize = 60;

pub(crate) fn capture(programs: &Programs, rounds: &Rounds) -> Result<Section> {
    let machine = Machine::new(programs)?;
    let one = scenario(&machine, "one-prompt", 0)?;
    let ten = scenario(&machine, "ten-tools", 10)?;
    // Whatever is done once is done before.
    pair(programs, &machine, &one, 0)?;
    let mut hooks_ms = Vec::new();
    let mut short = Times::default();
    for round in 0..rounds.one_prompt {
        let (with, without) = pair(programs, &machine, &one, round)?;
        hooks_ms.extend(hook_times(&with.0)?);
        short.add(with.1, without.1);
    }
    let owner = Person::owner(machine.server.as_ref().ok_or("no server")?)?;
    let mut long = Times::default();
    let mut visible_ms = Vec::new();
    for round in 0..rounds.ten_tools {
        let watch = Watch::default();
        let (with, without) = std::thread::scope(|scope| {
            scope.spawn(|| watch.look(&owner));
            // Without first, then with: the follower lives still when it is looked at.
            let outcome = pair(programs, &machine, &ten, 2 * round + 1);
            // What came last is on its way still.
            pause(Duration::from_secs(3));
            watch.is_over.store(true, Ordering::Relaxed);
            outcome
        })?;
        hooks_ms.extend(hook_times(&with.0)?);
        visible_ms.extend(watch.times()?);
        long.add(with.1, without.1);
    }
    let (rss_mb, cpu) = follower(&machine)?;
    let own_ms = own_times(programs, &machine)?;
    machine.arrived()?;
    let row = |what: &str, with: String, without: String, more: String| {
        vec![what.to_owned(), with, without, more]
    };
    let ms = |value: f64| format!("{value:.1}");
    Ok(Section {
        title: "Capture beside the client",
        note: format!(
            "The real client against a scripted model, with the plugin and without, in turns: {} sessions of one prompt, {} of ten \
             tools whose answers take 2 s each; medians. A hook as the client times it, and the program alone ({HOOK_CALLS} calls, \
             through the plugin's script). Visible: from a step's own time until the API has it. The follower's CPU is of one \
             processor, over its whole life.",
            rounds.one_prompt, rounds.ten_tools
        ),
        head: vec!["what", "with", "without", "more by"],
        rows: vec![
            row(
                "one prompt, ms; more by in ms",
                ms(short.with()),
                ms(short.without()),
                ms(short.with() - short.without()),
            ),
            row(
                "ten tools, ms; more by in %",
                ms(long.with()),
                ms(long.without()),
                ms((long.with() / long.without() - 1.0) * 100.0),
            ),
            row(
                "a hook, ms",
                ms(median(&mut hooks_ms)),
                String::new(),
                String::new(),
            ),
            row(
                "the program of a hook, ms",
                ms(own_ms),
                String::new(),
                String::new(),
            ),
            row(
                "a step visible after, ms",
                ms(median(&mut visible_ms)),
                String::new(),
                String::new(),
            ),
            row(
                "the last step visible after, ms",
                ms(visible_ms.last().copied().unwrap_or(f64::NAN)),
                String::new(),
                String::new(),
            ),
            row(
                "the follower's memory, MB",
                rss_mb.to_string(),
                String::new(),
                String::new(),
            ),
            row(
                "the follower's CPU, %",
                format!("{cpu:.2}"),
                String::new(),
                String::new(),
            ),
        ],
    })
}

#[derive(Default)]
struct Times {
    with_ms: Vec<f64>,
    without_ms: Vec<f64>,
}

impl Times {
    fn add(&mut self, with_ms: f64, without_ms: f64) {
        self.with_ms.push(with_ms);
        self.without_ms.push(without_ms);
    }

    fn with(&self) -> f64 {
        median(&mut self.with_ms.clone())
    }

    fn without(&self) -> f64 {
        median(&mut self.without_ms.clone())
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn scenario(machine: &Machine, name: &str, tools: usize) -> Result<String> {
    let mut replies: Vec<Value> = (0..tools)
        .map(|number| {
            json!([
                {"text": format!("Step {number}."), "sleep": 2},
                {"tool": "Bash", "input": {"command": format!("echo {number}"), "description": "Say a number"}},
            ])
        })
        .collect();
    replies.push(json!([{"text": "All done."}]));
    let scenario = json!({
        "name": name, "allow": ["Bash(echo:*)"], "runs": [{"prompt": "Begin."}],
        "prompts": [{"match": "Begin", "replies": replies}],
    });
    machine.scenario(name, &scenario)
}

type Timed = (Run, f64);

/// One run with the plugin and one without, which of them first by turns.
fn pair(
    programs: &Programs,
    machine: &Machine,
    scenario: &str,
    round: usize,
) -> Result<(Timed, Timed)> {
    let one = |has_plugin: bool, name: &str| -> Result<Timed> {
        let captured = Captured {
            plugin: has_plugin.then_some(machine.plugin.as_path()),
            environment: machine.environment(),
            ..Captured::default()
        };
        let out = machine.folder.path().join(name);
        let run = programs.kit.capture(scenario, &out, &captured)?;
        let ms = duration_ms(&out)?;
        Ok((run, ms))
    };
    if round.is_multiple_of(2) {
        let with = one(true, "with")?;
        Ok((with, one(false, "without")?))
    } else {
        let without = one(false, "without")?;
        Ok((one(true, "with")?, without))
    }
}

/// How long the client's process lived.
fn duration_ms(out: &Path) -> Result<f64> {
    let path = out.join("run.json");
    let text = fs::read_to_string(&path).map_err(said(&path))?;
    let run: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let time = |name: &str| run["runs"][0][name].as_f64().unwrap_or(f64::NAN);
    Ok((time("t1_ns") - time("t0_ns")) / 1e6)
}

/// How long hooks took, as the client wrote it in the transcript.
fn hook_times(run: &Run) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for project in fs::read_dir(&run.transcripts)
        .map_err(said(&run.transcripts))?
        .flatten()
    {
        for file in fs::read_dir(project.path()).into_iter().flatten().flatten() {
            let text = fs::read_to_string(file.path()).unwrap_or_default();
            for line in text.lines() {
                let Ok(record) = serde_json::from_str::<Value>(line) else {
                    continue;
                };
                let attachment = &record["attachment"];
                if attachment["type"] == "hook_success" {
                    times.extend(attachment["durationMs"].as_f64());
                }
                let infos = record["hookInfos"].as_array();
                times.extend(
                    infos
                        .into_iter()
                        .flatten()
                        .filter_map(|info| info["durationMs"].as_f64()),
                );
            }
        }
    }
    Ok(times)
}

/// When steps were first seen through the API.
#[derive(Default)]
struct Watch {
    is_over: AtomicBool,
    has_looked: AtomicBool,
    seen: Mutex<Vec<(String, String, i64)>>,
}

impl Watch {
    fn look(&self, owner: &Person) {
        while !self.is_over.load(Ordering::Relaxed) {
            // A question that fails is asked again.
            let _ = self.ask(owner);
            pause(Duration::from_millis(40));
        }
    }

    fn ask(&self, owner: &Person) -> Result<()> {
        let sessions = json_of(owner, "/api/v1/workspaces/default/sessions?limit=2")?;
        let is_first = !self.has_looked.swap(true, Ordering::Relaxed);
        for session in sessions["items"].as_array().into_iter().flatten() {
            let Some(id) = session["id"].as_str() else {
                continue;
            };
            let path = format!(
                "/api/v1/workspaces/default/sessions/{id}/steps?limit=200&text_bytes_max=0"
            );
            let steps = json_of(owner, &path)?;
            // What is there at the first look was there before.
            let now_us = if is_first {
                i64::MAX
            } else {
                process::now_us()
            };
            let mut seen = self.seen.lock().map_err(|_| "a thread failed".to_owned())?;
            for row in steps["items"].as_array().into_iter().flatten() {
                let step = row["step"]["id"].as_str().unwrap_or_default();
                let at = row["step"]["at"].as_str().unwrap_or_default();
                if !at.is_empty() && !seen.iter().any(|(held, ..)| held == step) {
                    seen.push((step.to_owned(), at.to_owned(), now_us));
                }
            }
        }
        Ok(())
    }

    fn times(&self) -> Result<Vec<f64>> {
        let seen = self.seen.lock().map_err(|_| "a thread failed".to_owned())?;
        let new = seen.iter().filter(|(.., seen_us)| *seen_us != i64::MAX);
        let times = new.filter_map(|(_, at, seen_us)| {
            let at_us = argus_session::time::parse_rfc3339_us(at)?;
            #[expect(clippy::cast_precision_loss, reason = "milliseconds")]
            let ms = (seen_us - at_us) as f64 / 1e3;
            Some(ms)
        });
        Ok(times.collect())
    }
}

fn json_of(owner: &Person, path: &str) -> Result<Value> {
    let (status, body) = owner.get(path)?;
    if status != 200 {
        return Err(format!("GET {path}: {status}"));
    }
    serde_json::from_slice(&body).map_err(|error| error.to_string())
}

/// The follower's peak memory in MB, and its share of a processor in percent.
fn follower(machine: &Machine) -> Result<(u64, f64)> {
    let status = machine.status()?;
    let pid = status["status"]["pid"].as_u64().ok_or("no follower")?;
    let pid = u32::try_from(pid).map_err(|error| error.to_string())?;
    let lived_us = status["status"]["at_us"].as_f64().unwrap_or(f64::NAN)
        - status["status"]["began_us"].as_f64().unwrap_or(f64::NAN);
    let cpu_s = process::cpu(pid).as_secs_f64();
    Ok((process::peak_rss_mb(pid), cpu_s / (lived_us / 1e6) * 100.0))
}

/// A hook call by itself: the plugin's script and the program.
fn own_times(programs: &Programs, machine: &Machine) -> Result<f64> {
    let input = json!({
        "session_id": "00000000-0000-4000-8000-00000000beef", "transcript_path": "/nowhere/x.jsonl", "cwd": "/",
        "hook_event_name": "SessionEnd", "reason": "x".repeat(4_000),
    })
    .to_string();
    let script = machine.plugin.join("client/argus-capture.sh");
    let _ = programs;
    let mut times = Vec::new();
    for _ in 0..HOOK_CALLS {
        let started = Instant::now();
        let mut child = Command::new("sh")
            .arg(&script)
            .arg("hook")
            .envs(machine.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin
                .write_all(input.as_bytes())
                .map_err(|error| error.to_string())?;
        }
        child.wait().map_err(|error| error.to_string())?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(median(&mut times))
}
