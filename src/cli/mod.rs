//! The commands for a terminal and for a site's CI.

pub mod check;
mod clock;
mod jsonl;
pub mod links;
mod list;
pub mod posts;
pub mod rules;
mod site;
pub mod tags;
