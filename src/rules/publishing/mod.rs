//! Posts that Jekyll does not publish, or not as their author meant. Source: Jekyll `publisher.rb`,
//! `readers/post_reader.rb`.

pub mod bad_file_name;
pub mod draft_key;
pub mod future_date;
pub mod name_date;
pub mod published_text;
pub mod unpublished;
pub mod yaml_post;
