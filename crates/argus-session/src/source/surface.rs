//! From what the client calls itself to where the person sat.

use crate::document::Surface;
use crate::fold::slot::Weight;

/// How much the word of a source counts that is a surface's own, over what the client within calls itself: Cowork runs Claude
/// Code by its SDK.
pub(crate) const OWN: Weight = 50;

/// The surface that an entrypoint (`CLAUDE_CODE_ENTRYPOINT`, `app.entrypoint`, the transcript's `entrypoint`) names.
pub(crate) fn of_entrypoint(entrypoint: &str) -> Surface {
    match entrypoint {
        "cli" => Surface::Terminal,
        "local-agent" | "cowork" => Surface::Cowork,
        "remote" | "claude-code-remote" => Surface::Web,
        "claude-vscode" | "claude-jetbrains" => Surface::Ide,
        name if name.starts_with("sdk-") => Surface::Headless,
        name if name.starts_with("claude-desktop") => Surface::Desktop,
        name if name.contains("vscode") || name.contains("jetbrains") || name.contains("ide") => {
            Surface::Ide
        }
        _ => Surface::Unknown,
    }
}

/// The surface that a `service.name` names, where it names one.
pub(crate) fn of_service(name: &str) -> Option<Surface> {
    match name {
        "cowork" => Some(Surface::Cowork),
        "claude-code-desktop" | "claude-desktop" => Some(Surface::Desktop),
        _ => None,
    }
}

/// The surface of the Compliance API's `product_surface`, or of an inference hook's `source.application`.
pub(crate) fn of_product(name: &str) -> Surface {
    match name {
        "cowork" => Surface::Cowork,
        "cowork_remote" => Surface::CoworkRemote,
        "claude_code" | "claude-code" => Surface::ClaudeCode,
        "claude_ai" | "claude-ai" => Surface::ClaudeAi,
        _ => Surface::Unknown,
    }
}
