//! Tags and categories: splitting, nesting, singular keys, folders. Source: `document.rb` populate_tags,
//! populate_categories; `utils.rb` pluralized_array_from_hash.
