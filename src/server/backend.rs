//! The methods: one line each.
