//! Front-matter defaults of `_config.yml`. Source: `frontmatter_defaults.rb`.
