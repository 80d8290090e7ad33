//! The Liquid tags that matter to a post's links: `post_url`, `link`, `include`, `highlight`.
