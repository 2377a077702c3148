//! Holds documents against their scenario.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

use argus_e2e::{Content, Result};
use serde_json::Value;

use crate::scenario::{Call, Scenario};

/// Telemetry alone: turns, requests with cost and time, and how often each tool was called, content on or off. With content
/// on also what was asked and answered; with content off not a word of it.
pub(crate) fn by_telemetry(
    scenario: &Scenario,
    documents: &[Value],
    content: Content,
) -> Result<()> {
    same(
        "turns",
        scenario.prompts.len() as u64,
        total(documents, "turns"),
    )?;
    requests(scenario, documents)?;
    // A tool that does not exist, or is called with a wrong input, is known to the transcript only.
    let ran: Vec<&Value> = steps_of(documents, "tool_call").collect();
    if ran.is_empty() || ran.len() > scenario.calls().len() {
        return Err(format!(
            "{} tool calls of at most {}",
            ran.len(),
            scenario.calls().len()
        ));
    }
    if let Some(call) = ran
        .iter()
        .find(|call| !call["duration_us"].is_u64() && call["tool"]["decision"] != "reject")
    {
        return Err(format!("a call without a duration: {call}"));
    }
    let all = Value::from(documents.to_vec()).to_string();
    for prompt in &scenario.prompts {
        same(
            &format!("\"{prompt}\" is there"),
            content == Content::Full,
            all.contains(prompt.as_str()),
        )?;
    }
    Ok(())
}

/// Telemetry and transcript: every prompt with its answer, every text, every call with its input, output and time, every
/// request with its cost, each exactly once; and not another total than telemetry alone had.
pub(crate) fn merged(
    scenario: &Scenario,
    project: &Path,
    documents: &[Value],
    by_telemetry: &[Value],
) -> Result<String> {
    same(
        "turns",
        scenario.prompts.len() as u64,
        total(documents, "turns"),
    )?;
    requests(scenario, documents)?;
    for name in [
        "cost_nanousd",
        "input_tokens",
        "output_tokens",
        "cache_read_tokens",
        "cache_creation_tokens",
    ] {
        same(name, total(by_telemetry, name), total(documents, name))?;
    }
    let turns: Vec<&Value> = turns_of(documents).collect();
    for prompt in &scenario.prompts {
        let found: Vec<&&Value> = turns
            .iter()
            .filter(|turn| turn["prompt"]["text"] == prompt.as_str())
            .collect();
        let [turn] = found.as_slice() else {
            return Err(format!(
                "the prompt \"{prompt}\" is there {} times",
                found.len()
            ));
        };
        same(
            &format!("outcome of \"{prompt}\""),
            "answered",
            turn["outcome"].as_str().unwrap_or_default(),
        )?;
        same(
            &format!("answer to \"{prompt}\""),
            scenario.answer(prompt),
            turn["answer"]["text"].as_str(),
        )?;
    }
    let texts = counted(
        steps_of(documents, "text")
            .map(|step| step["text"].as_str().unwrap_or("(none)").to_owned()),
    );
    same(
        "texts",
        counted(scenario.texts().into_iter().map(str::to_owned)),
        texts,
    )?;
    let asked = scenario.calls();
    each_call_once(
        &asked,
        &project.to_string_lossy(),
        steps_of(documents, "tool_call").collect(),
    )?;
    for step in steps_of(documents, "tool_call") {
        let tool = &step["tool"];
        if tool["output"].is_null() {
            return Err(format!("a call without an output: {step}"));
        }
        let ran = tool["is_error"] != true;
        if ran && !step["duration_us"].is_u64() {
            return Err(format!("a call without a duration: {step}"));
        }
        if ran
            && step["witnesses"]
                .as_array()
                .is_none_or(|seen| seen.len() < 2)
        {
            return Err(format!("a call that only one source knows: {step}"));
        }
    }
    Ok(format!(
        "{} turns, {} calls, {} requests, {} nano-USD",
        scenario.prompts.len(),
        asked.len(),
        scenario.requests(),
        total(documents, "cost_nanousd")
    ))
}

/// One model request a reply of the model, each with cost and time; together they cost what the turns and the sessions cost.
fn requests(scenario: &Scenario, documents: &[Value]) -> Result<()> {
    let found: Vec<&Value> = steps_of(documents, "model_request").collect();
    same("model requests", scenario.requests(), found.len())?;
    let mut cost = 0;
    for step in found {
        let request = &step["model_request"];
        let Some(its) = request["cost_nanousd"].as_u64().filter(|cost| *cost > 0) else {
            return Err(format!("a request without a cost: {step}"));
        };
        if !step["duration_us"].is_u64() || !request["ttft_us"].is_u64() {
            return Err(format!("a request without its times: {step}"));
        }
        cost += its;
    }
    let turns: u64 = turns_of(documents)
        .filter_map(|turn| turn["cost_nanousd"].as_u64())
        .sum();
    same("cost of the turns", cost, turns)?;
    same(
        "cost of the sessions",
        cost,
        total(documents, "cost_nanousd"),
    )
}

fn total(documents: &[Value], name: &str) -> u64 {
    documents
        .iter()
        .filter_map(|document| document["totals"][name].as_u64())
        .sum()
}

/// Turns that happened in their session: not those that a fork copied.
fn turns_of(documents: &[Value]) -> impl Iterator<Item = &Value> {
    documents
        .iter()
        .flat_map(|document| document["turns"].as_array().into_iter().flatten())
        .filter(|turn| turn["copied"] != true)
}

fn steps_of<'a>(documents: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    turns_of(documents)
        .flat_map(|turn| turn["steps"].as_array().into_iter().flatten())
        .filter(move |step| step["kind"] == kind)
}

fn counted(items: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// Every call that the model asked for is there, and no other.
fn each_call_once(asked: &[Call<'_>], project: &str, mut found: Vec<&Value>) -> Result<()> {
    for call in asked {
        let at = found.iter().position(|step| {
            step["tool"]["name"] == call.name
                && has_input(&step["tool"]["input"], call.input, project)
        });
        match at {
            Some(at) => drop(found.swap_remove(at)),
            None => {
                return Err(format!(
                    "the call {} {} is not there",
                    call.name, call.input
                ));
            }
        }
    }
    match found.first() {
        None => Ok(()),
        Some(step) => Err(format!("a call that nobody asked for: {step}")),
    }
}

/// The client may add members (`replace_all`) and cut white space at the end of a text.
fn has_input(found: &Value, asked: &Value, project: &str) -> bool {
    asked
        .as_object()
        .into_iter()
        .flatten()
        .all(|(name, wanted)| match (wanted, &found[name]) {
            (Value::String(wanted), Value::String(found)) => {
                found.trim_end() == wanted.replace("{{PROJECT}}", project).trim_end()
            }
            (wanted, found) => wanted == found,
        })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "callers compare what they have just made"
)]
fn same<T: PartialEq + Debug>(what: &str, wanted: T, found: T) -> Result<()> {
    if wanted == found {
        Ok(())
    } else {
        Err(format!("{what}: wanted {wanted:?}, found {found:?}"))
    }
}
