//! The language server: the only rooms that name tower_lsp, lsp_types, tokio or `async`.

pub mod backend;
pub mod capabilities;
pub mod convert;
pub mod publish;
pub mod state;
pub mod stdio;
pub mod watch;
