//! `cargo xtask bench`: release builds of the program and of what measures it.

use crate::run::{cargo, root, run, target};
use crate::tools;

/// Measures everything and writes `docs/BENCHMARKS.md`; one section is printed only.
pub(crate) fn bench(size: &str, section: Option<&str>) -> Result<(), String> {
    run(cargo().args([
        "build",
        "--release",
        "--quiet",
        "--package",
        "argus",
        "--package",
        "argus-bench",
    ]))?;
    tools::node()?;
    let chromium = tools::chromium()?;
    let browser = root().join("e2e/browser");
    tools::npm_ci(&browser)?;
    let release = target().join("release");
    let mut command = std::process::Command::new(release.join("argus-bench"));
    command.arg("--argus").arg(release.join("argus"));
    command.arg("--out").arg(root().join("docs/BENCHMARKS.md"));
    command.arg("--browser").arg(browser);
    command.arg("--chromium").arg(chromium);
    command.args(["--size", size]);
    if let Some(section) = section {
        command.args(["--only", section]);
    }
    run(&mut command)
}
