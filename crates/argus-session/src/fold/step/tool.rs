//! Tool calls and the questions for permission that belong to them.

use super::{Entities, plain};
use crate::document::{Decision, McpTool, Step, StepKind, Tool};
use crate::fold::entity::{Entity, ToolSlots};
use crate::fold::fact::{Signals, StepKey};
use crate::fold::piece::Piece;

/// The step of a tool call.
pub(super) fn call(id: &str, entity: &Entity) -> Step {
    let mut step = plain(StepKind::ToolCall, id, entity);
    let Some(slots) = &entity.tool else {
        return step;
    };
    let mut tool = read(id, slots);
    // A call that began, did not run and yet was answered was not let run: its answer is the error (measured, 2.1.330:
    // no hook fires for a denial).
    let has = |signal| entity.signals.has(signal);
    if tool.is_error.is_none()
        && has(Signals::CALL_BEGUN)
        && has(Signals::CALL_ANSWERED)
        && !has(Signals::CALL_RAN)
    {
        tool.is_error = Some(true);
        tool.error = slots.output.get().map(Piece::to_text);
    }
    step.is_error = tool.is_error == Some(true);
    step.started_agent_id.clone_from(&slots.started_agent_id);
    step.tool = Some(tool);
    step
}

fn read(id: &str, slots: &ToolSlots) -> Tool {
    let name = slots.name.value();
    let decision = slots.decision.value();
    Tool {
        use_id: (!id.starts_with("derived:")).then(|| id.to_owned()),
        input: slots.input.get().map(Piece::to_payload),
        output: slots.output.get().map(Piece::to_payload),
        result: slots.result.get().map(Piece::to_payload),
        // A call that was not let run gives the model an error, whether or not a source spells it out.
        is_error: if decision == Some(Decision::Reject) {
            Some(true)
        } else {
            slots.is_error.value()
        },
        error: slots.error.get().map(Piece::to_text),
        decision,
        decision_source: slots.decision_source.value(),
        mcp: mcp(name.as_deref(), slots),
        name,
    }
}

/// The MCP server and tool: as a source names them, else split from `mcp__server__tool` at the first `__` after the
/// prefix (a guess where a server's name holds `__`).
fn mcp(name: Option<&str>, slots: &ToolSlots) -> Option<McpTool> {
    let split = name
        .and_then(|name| name.strip_prefix("mcp__"))
        .and_then(|rest| rest.split_once("__"));
    let server = slots.mcp_server.value();
    let of_server = server.as_deref().and_then(|server| {
        let prefix = format!(
            "mcp__{}__",
            server.replace(
                |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-',
                "_"
            )
        );
        name.and_then(|name| name.strip_prefix(&prefix))
            .map(str::to_owned)
    });
    if server.is_none()
        && slots.mcp_tool.get().is_none()
        && split.is_none()
        && name != Some("mcp_tool")
    {
        return None;
    }
    Some(McpTool {
        tool: slots
            .mcp_tool
            .value()
            .or(of_server)
            .or_else(|| split.map(|(_, tool)| tool.to_owned())),
        server: server.or_else(|| split.map(|(server, _)| server.to_owned())),
    })
}

/// The step of a permission request. The hook has no tool use id: it is the call of this turn with the same name and
/// input.
pub(super) fn permission(id: &str, entity: &Entity, entities: &Entities<'_>) -> Step {
    let mut step = plain(StepKind::Permission, id, entity);
    let Some(slots) = &entity.tool else {
        return step;
    };
    let call = entities.iter().find_map(|(key, other)| match key {
        StepKey::Tool(use_id) => {
            let call = other.tool.as_ref()?;
            let is_asked_for = !slots.call_prints.is_disjoint(&call.call_prints);
            is_asked_for.then_some((use_id, call))
        }
        _ => None,
    });
    let mut tool = read("derived:", slots);
    if let Some((use_id, call)) = call {
        tool.use_id = Some(use_id.clone());
        tool.decision = call.decision.value();
        tool.decision_source = call.decision_source.value();
    }
    tool.is_error = None;
    step.tool = Some(tool);
    step
}
