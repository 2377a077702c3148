//! What the capture client itself says. The body's `type` tells which.

use crate::Record;
use crate::fold::fact::{Fact, SessionFact};
use crate::source::value::{string, text};

pub(crate) fn facts(record: &Record, facts: &mut Vec<Fact>) {
    let body = &record.body;
    let kind = text(body, "/type").unwrap_or("unknown");
    if let ("skill_tree", Some(name), Some(hash)) =
        (kind, string(body, "/name"), string(body, "/hash"))
    {
        facts.push(Fact::Session(SessionFact::SkillTree {
            name,
            label: string(body, "/label"),
            hash,
        }));
        return;
    }
    facts.push(Fact::Count(format!("capture.{kind}")));
}
