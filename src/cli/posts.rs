//! `masthead posts`: what Jekyll will make of every post.
