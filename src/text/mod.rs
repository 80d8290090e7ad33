//! Text and places in it. Knows nothing of posts.
//!
//! Every place inside the program is a byte offset or a [`Span`] of bytes. Lines and columns exist only where
//! a person or an editor is spoken to, and [`position`] is the one file that converts.

pub mod document;
pub mod edit;
pub mod fold;
mod milestones;
pub mod position;

pub use document::{Document, TextSnapshot};
pub use edit::{Span, TextEdit};
pub use position::{LineIndex, Position, PositionEncoding, Range};
