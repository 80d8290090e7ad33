//! Permalinks and slugs. Source: `url.rb`, `drops/url_drop.rb`, `utils.rb` slugify.
