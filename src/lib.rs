//! Masthead: a language server for blog posts, Markdown files with YAML front matter, as Jekyll and GitHub Pages
//! read them.
//!
//! # Code map
//! One way only: each room uses the rooms above it in this list and none below (`tests/layers.rs` keeps it so).
//!
//! - [`text`]: ropes, spans, positions, edits. Knows nothing of posts.
//! - [`post`]: one post, from its text alone. Never fails.
//! - [`jekyll`]: what Jekyll makes of a post: dates, tags, URLs, status.
//! - [`site`]: all posts together: which files they are, what they share.
//! - [`rules`]: the mistakes we tell an author about, one a file.
//! - [`features`]: what an editor asks for, one LSP feature a file.
//! - [`server`] and [`cli`]: the protocol and the terminal.
//!
//! # Invariants
//! 1. Only [`server`] names tower_lsp, lsp_types, tokio or `async`.
//! 2. [`post::Post::parse`] always gives a post with its problems. All spans are byte ranges of the original text.
//! 3. Rules and features are functions of an immutable snapshot to plain values: no disk, no clock, no lock.
//! 4. A request takes its snapshot before its first await. The snapshot is `Arc`s.
//! 5. Notifications change the state with no await before or in between; no lock is held over an await.
//! 6. CPU work of a request runs off the order task: a panic becomes an internal error of that request ([`fault`]).
//! 7. What the editor has open wins over the disk.
//! 8. The server is stateless between requests: resolve and command data hold all they need.
//! 9. Limits are named constants in [`limits`].
//! 10. One bad file never harms the rest: its good lines still count.

pub mod cli;
pub mod fault;
pub mod features;
pub mod jekyll;
pub mod limits;
pub mod post;
pub mod rules;
pub mod server;
pub mod site;
pub mod text;
