//! Questions for permission find the call that they ask for.

use argus_session::Item;
use argus_session::document::{Decision, StepKind};
use serde_json::{Value, json};

use crate::support::items::{called, fold, log};

#[test]
fn a_permission_has_its_decision_though_the_call_ran_with_another_input() {
    let plan = json!({"plan": "# A plan"});
    let call = |input: &Value| json!({"prompt_id": "p", "tool_name": "ExitPlanMode", "tool_input": input, "tool_use_id": "u"});
    let hooks = vec![
        called(10, "PreToolUse", call(&plan)),
        called(
            11,
            "PermissionRequest",
            json!({"prompt_id": "p", "tool_name": "ExitPlanMode", "tool_input": plan}),
        ),
        called(20, "PostToolUse", call(&json!({}))),
    ];
    let decision = json!({"prompt.id": "p", "tool_use_id": "u", "tool_name": "ExitPlanMode", "decision": "accept", "source": "user_temporary"});
    let items: Vec<Item> = [hooks, vec![log(12, "", "tool_decision", decision)]].concat();
    let document = fold(items);
    let of = |kind: StepKind| {
        let step = document.turns[0]
            .steps
            .iter()
            .find(|step| step.kind == kind);
        step.unwrap().tool.as_ref().unwrap()
    };
    let asked = of(StepKind::Permission);
    assert_eq!(
        (
            asked.use_id.as_deref(),
            asked.decision,
            asked.decision_source.as_deref()
        ),
        (Some("u"), Some(Decision::Accept), Some("user_temporary"))
    );
    let input = of(StepKind::ToolCall).input.as_ref().unwrap();
    assert_eq!(input.json, Some(plan), "what the model asked for");
}
