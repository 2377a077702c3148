//! `cargo xtask test` runs everything that has to hold; `cargo xtask bench` measures; `cargo xtask redact-eval` and
//! `acceptance-eval` measure redaction and acceptance on labelled cases.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

mod bench;
mod run;
mod steps;
mod tools;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test"] => steps::test(),
        ["test", step] => steps::one(step),
        ["bench"] => bench::bench("full", None),
        ["bench", "--quick"] => bench::bench("quick", None),
        ["bench", section] => bench::bench("full", Some(section)),
        ["bench", "--quick", section] => bench::bench("quick", Some(section)),
        [name @ ("redact-eval" | "acceptance-eval"), words @ ..] if !words.is_empty() => {
            bench::eval(name, words)
        }
        _ => Err(format!(
            "usage: cargo xtask test [STEP] | bench [--quick] [ingest|fold|open|lists|redaction|start|capture|browser] | redact-eval FOLDER [--misses FILE [--with-text]] [--json] | acceptance-eval FILE\nsteps: {}",
            steps::names()
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
