//! From what the client calls itself to where the person sat.

use crate::document::Surface;

/// The surface that an entrypoint (`CLAUDE_CODE_ENTRYPOINT`, `app.entrypoint`, the transcript's `entrypoint`) names.
pub(crate) fn of_entrypoint(entrypoint: &str) -> Surface {
    match entrypoint {
        "cli" => Surface::Terminal,
        "local-agent" => Surface::Cowork,
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
