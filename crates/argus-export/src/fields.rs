//! Every captured text and name of a document, one by one: what masking must not miss.

use argus_session::document::{Payload, Text};
use argus_session::{Session, Step, Turn};
use serde_json::Value;

/// What is done to a text.
type Change<'a> = &'a mut dyn FnMut(&mut String) -> bool;

/// Of a session's head.
pub(crate) fn of_session(session: &mut Session, change: Change<'_>) {
    of_text(&mut session.title, change);
    let names = session.projects.iter_mut().chain(&mut session.models);
    for name in names.chain(&mut session.notices) {
        change(name);
    }
    let user = [&mut session.user.id, &mut session.user.email];
    let client = [&mut session.client.name, &mut session.client.version];
    let place = [
        &mut session.cwd,
        &mut session.git_branch,
        &mut session.end_reason,
    ];
    for name in user.into_iter().chain(client).chain(place).flatten() {
        change(name);
    }
    for skill in &mut session.skills {
        change(&mut skill.name);
        skill.label.as_mut().map(&mut *change);
    }
    for server in &mut session.mcp_servers {
        change(&mut server.name);
    }
    for agent in &mut session.agents {
        agent.agent_type.as_mut().map(&mut *change);
    }
    if let Some(cowork) = &mut session.cowork {
        cowork.folders.iter_mut().for_each(|folder| {
            change(folder);
        });
    }
}

/// Of a turn without its steps.
pub(crate) fn of_turn(turn: &mut Turn, change: Change<'_>) {
    of_text(&mut turn.prompt.text, change);
    of_text(&mut turn.answer, change);
    turn.prompt.command.as_mut().map(change);
}

/// Of a step.
pub(crate) fn of_step(step: &mut Step, change: Change<'_>) {
    of_text(&mut step.text, change);
    step.name.as_mut().map(&mut *change);
    if let Some(tool) = &mut step.tool {
        for payload in [&mut tool.input, &mut tool.output, &mut tool.result]
            .into_iter()
            .flatten()
        {
            of_payload(payload, change);
        }
        of_text(&mut tool.error, change);
        tool.name.as_mut().map(&mut *change);
        tool.decision_source.as_mut().map(&mut *change);
        if let Some(mcp) = &mut tool.mcp {
            for name in [&mut mcp.server, &mut mcp.tool].into_iter().flatten() {
                change(name);
            }
        }
    }
    if let Some(skill) = &mut step.skill {
        change(&mut skill.name);
        for name in [&mut skill.label, &mut skill.trigger].into_iter().flatten() {
            change(name);
        }
    }
    if let Some(request) = &mut step.model_request {
        for name in [
            &mut request.model,
            &mut request.query_source,
            &mut request.stop_reason,
        ]
        .into_iter()
        .flatten()
        {
            change(name);
        }
    }
}

fn of_text(text: &mut Option<Text>, change: Change<'_>) {
    let Some(text) = text else { return };
    if text.text.as_mut().is_some_and(change) {
        // They stand elsewhere now.
        text.text_redactions.clear();
    }
}

fn of_payload(payload: &mut Payload, change: Change<'_>) {
    let Some(json) = &mut payload.json else {
        return;
    };
    let mut has_changed = false;
    of_json(json, &mut |text| {
        let changed = change(text);
        has_changed |= changed;
        changed
    });
    if has_changed {
        payload.redactions.clear();
    }
}

/// The strings of a JSON value, names of members included. The reader of JSON bounds how deep it goes.
fn of_json(value: &mut Value, change: Change<'_>) {
    match value {
        Value::String(text) => {
            change(text);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| of_json(item, change)),
        Value::Object(members) => {
            let mut changed = serde_json::Map::with_capacity(members.len());
            for (mut name, mut value) in std::mem::take(members) {
                change(&mut name);
                of_json(&mut value, change);
                changed.insert(name, value);
            }
            *members = changed;
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
