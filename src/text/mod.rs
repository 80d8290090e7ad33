//! Text and places in it. Knows nothing of posts.
//!
//! Every place inside the program is a byte offset or a [`Span`] of bytes. Lines and columns exist only where
//! a person or an editor is spoken to, and [`position`] converts, by what [`columns`] count.

pub mod columns;
pub mod document;
pub mod edit;
pub mod fold;
mod milestones;
pub mod position;

pub use columns::PositionEncoding;
pub use document::{Document, TextSnapshot};
pub use edit::{Span, TextEdit};
pub use position::{LineIndex, Position, Range};
