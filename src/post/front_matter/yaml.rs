//! The authority: libyaml's own parser (the port `libyaml-safer`) behind guards.
