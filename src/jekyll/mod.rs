//! What Jekyll makes of a post. Knows one post, its path and the site's config; nothing of other posts, the disk
//! or the clock. The rules are upstream Jekyll's (4.x with safe_yaml); where 3.9 (GitHub Pages) differs it is named.

pub mod anchors;
pub mod config;
pub mod data;
pub mod date;
pub mod defaults;
pub mod excerpt;
pub mod footnotes;
pub mod page;
pub mod place;
pub mod reading;
pub mod ruby;
pub mod slug;
pub mod status;
pub mod taxonomy;
pub mod url;

pub use config::Config;
pub use date::Clock;
pub use reading::Reading;
pub use status::{Reason, Status};
