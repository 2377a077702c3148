//! The receiver of Anthropic's inference hooks: knows a call by its signature, stores it, and lets the request go on whatever
//! became of that.

pub(crate) mod http;
mod losses;
mod signature;

pub(crate) use losses::Losses;
