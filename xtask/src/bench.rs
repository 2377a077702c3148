//! `cargo xtask bench`, `redact-eval` and `acceptance-eval`: release builds of the program and of what measures it.

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
    let release = target().join("release");
    let mut command = std::process::Command::new(release.join("argus-bench"));
    command.arg("--argus").arg(release.join("argus"));
    command.arg("--out").arg(root().join("docs/BENCHMARKS.md"));
    command.arg("--repository").arg(root());
    if section.is_none_or(|section| section == "capture") {
        tools::python()?;
        run(cargo().args([
            "build",
            "--quiet",
            "--profile",
            "capture",
            "--package",
            "argus-capture",
        ]))?;
        command
            .arg("--capture")
            .arg(target().join("capture/argus-capture"))
            .arg("--plugin")
            .arg(root().join("plugin"))
            .arg("--kit")
            .arg(root().join("e2e/realclient"))
            .arg("--claude")
            .arg(tools::claude()?);
    }
    if section.is_none_or(|section| section == "browser") {
        tools::node()?;
        let browser = root().join("e2e/browser");
        command.arg("--chromium").arg(tools::chromium()?);
        tools::npm_ci(&browser)?;
        command.arg("--browser").arg(browser);
    }
    command.args(["--size", size]);
    if let Some(section) = section {
        command.args(["--only", section]);
    }
    run(&mut command)
}

/// Measures redaction or acceptance on labelled cases. `words` are the folder or file, and options, of `argus-bench NAME`.
pub(crate) fn eval(name: &str, words: &[&str]) -> Result<(), String> {
    let mut command = cargo();
    command.args(["run", "--release", "--quiet", "--package", "argus-bench"]);
    // Paths are the caller's, not the repository's.
    command.current_dir(".");
    command.args(["--", name]).args(words);
    let status = command.status().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the evaluation failed ({status})"))
    }
}
